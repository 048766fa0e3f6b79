"""`tumen grades` as a user meets it, and what a case adopts of it."""

import tomllib

import pytest
from click.testing import CliRunner

from tests.conftest import CASE, TRADE, CaseFolder
from tumen.case.error_parts import TableErrors
from tumen.cli import main

OTHER = "".join(
    f"{value}-{year},AAA,BBB,{year}-01-01,{year + 1}-01-01,TOTAL,,,{value + year % 3},,{name},exact,book,\n"
    for year in range(2015, 2023)
    for name, value in (("yearbook", 90), ('"cust""oms"', 110), ("bank", 70))
)
ADOPTED = """
[errors.trade]
bias = 0.2
noise = 0.1

[[errors.trade.publisher]]
name = "yearbook"
where = { partner = ["BBB"] }
bias = 0.05
noise = 0.025
"""


def said(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_grades_prints_pairs_the_fit_and_what_grades_say(case_folder: CaseFolder) -> None:
    told = said("grades", case_folder({"record/trade.csv": TRADE + OTHER}))
    assert "Publishers print the same flow and period: 24 pairs. 100 per cent of them differ" in told
    assert "Fitted: a lasting bias of" in told
    (row,) = (line for line in told.splitlines() if line.startswith("yearbook"))
    assert row.split()[:4] == ["yearbook", "AAA–BBB", "8", "16"]
    assert row.endswith("1.0%")
    assert "AAA–BBB total" not in told
    flows = said("grades", case_folder({"record/trade.csv": TRADE + OTHER}), "--flows")
    assert "yearbook AAA–BBB total" in flows


def test_what_grades_prints_for_case_toml_can_be_adopted(case_folder: CaseFolder) -> None:
    files = {"record/trade.csv": TRADE + OTHER}
    toml = said("grades", case_folder(files), "--toml")
    assert {p.name for p in TableErrors.model_validate(tomllib.loads(toml)["errors"]["trade"]).publisher} == {
        "bank",
        'cust"oms',
        "yearbook",
    }
    assert "no errors, no warnings" in said("check", case_folder({**files, "case.toml": CASE + "\n" + toml}))


def test_too_few_publishers_are_told(case_folder: CaseFolder) -> None:
    folder = case_folder()
    assert "Too few publishers share two periods" in said("grades", folder)
    assert said("grades", folder, "--toml").startswith("# Too few")


def test_a_case_with_errors_is_refused(case_folder: CaseFolder) -> None:
    assert "[key-missing]" in said("grades", case_folder(edits={"case.toml": ("seed = 1\n", "")}), code=2)


def test_explain_tells_the_errors_that_were_adopted(case_folder: CaseFolder) -> None:
    told = said("explain", case_folder({"case.toml": CASE + ADOPTED}), "share-2023")
    adopted = (
        "errors that the case adopted: a lasting bias of {} per cent for this flow of yearbook, a noise of {} per cent"
    )
    assert adopted.format("5", "2.5") in told
    assert adopted.format("20", "10") in told
    assert "errors that the case adopted" not in said("explain", case_folder(), "share-2023")


def test_adopted_errors_widen_the_estimate(case_folder: CaseFolder) -> None:
    def interval(case: str, name: str) -> tuple[float, float]:
        import json

        (claim,) = json.loads(said("run", case_folder({"case.toml": case}, name=name), "--format", "json"))["claims"]
        return claim["specifications"][0]["low"], claim["specifications"][0]["high"]

    plain, wide = interval(CASE, "plain"), interval(CASE + ADOPTED, "wide")
    assert wide[0] < plain[0] < plain[1] < wide[1]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("[errors.trades]\nbias = 0.1\nnoise = 0.1\n", "expected a table whose measures take them: trade, unrecorded"),
        ("[errors.votes]\nbias = 0.1\nnoise = 0.1\n", "[errors-not-taken]"),
        ("[errors.trade]\nbias = 0.1\n", "both bias and noise, or neither"),
        ("[errors.trade]\nbias = -0.1\nnoise = 0.1\n", "[bad-value]"),
        ("[errors.trade]\nbais = 0.1\n", "[unknown-key]"),
        (ADOPTED + ADOPTED.split("\n\n")[1], "each publisher once for the same rows"),
        (ADOPTED.replace("partner =", "party ="), "got column 'party'; expected one of territory, partner"),
        (
            '[[errors.trade.differs]]\npublisher = "yearbook"\nhow = "so"\nfigures = ["export"]\n',
            "got figure 'export'; expected one of total, exports, imports. Did you mean 'exports' or 'imports'?",
        ),
        ('[[errors.trade.repeats]]\npublisher = "yearbook"\nof = "yearbook"\n', "a publisher that repeats another"),
        ("range_coverage = 1.0\n", "[bad-value]"),
    ],
    ids=str,
)
def test_errors_that_cannot_be_are_refused(case_folder: CaseFolder, given: str, told: str) -> None:
    case = given + CASE if given.startswith("range") else f"{CASE}\n{given}"
    assert told in said("check", case_folder({"case.toml": case}), code=2)


def test_a_publisher_that_no_row_has_is_a_warning(case_folder: CaseFolder) -> None:
    told = said("check", case_folder({"case.toml": CASE + ADOPTED.replace("yearbook", "yearbok")}))
    assert "warning: case.toml:" in told
    assert "got errors of publisher 'yearbok'; expected a publisher of the table. Did you mean 'yearbook'?" in told
