"""A new edition is written, and each claim's lacking evidence is said with the day when it is usually known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import CLAIMS, SOURCES, TRADE, CaseFolder
from tumen.cli import main

#: A yearbook of each year, out on 1 March after it, and a claim of the year after the last.
YEARS = {
    "claims.toml": CLAIMS.replace("2024-01-01] }", "2025-01-01] }").replace("[2023-01-01", "[2024-01-01"),
    "record/trade.csv": TRADE.replace(",note\n", ",published,note\n").replace(",book,", ",book,2024-03-01,"),
    "record/sources.csv": SOURCES.replace(",2024,", ",2024-03-01,"),
}


def tumen(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_what_a_claim_lacks_is_said_with_the_day_when_it_is_usually_known(case_folder: CaseFolder) -> None:
    case = case_folder(YEARS)
    said = tumen("new-edition", case, "--as-of", "2025-02-28")
    assert said.exit_code == 0, said.output
    assert said.output.splitlines() == [
        f"Edition as of 2025-02-28 written to {case}/case.toml. Fill in what changed, by whom and why.",
        "1 claim lacks evidence as of 2025-02-28:",
        "share-2023:",
        "  2024: yearbook's figure for AAA with BBB",
        "  2024: yearbook's figure for AAA with all partners",
        "  yearbook, trade by year: next to 2024-12-31, usually known by 2025-03-02 (60 days after, 1 figure)",
    ]


def test_a_figure_that_is_overdue_is_said_to_be(case_folder: CaseFolder) -> None:
    said = tumen("new-edition", case_folder(YEARS), "--as-of", "2025-03-02")
    assert "usually known by 2025-03-02, which is past (60 days after, 1 figure)" in said.output


def test_the_new_edition_is_the_case_from_then_on_and_says_what_it_does_not_say(case_folder: CaseFolder) -> None:
    case = case_folder()
    assert "No claim lacks evidence as of 2026-01-31." in tumen("new-edition", case, "--as-of", "2026-01-31").output
    checked = tumen("check", case).output
    assert "the edition as of 2026-01-31 without title, changed, by, why" in checked
    assert "the edition as of 2024-12-31 without title, by, why" in checked
    assert "no errors" in checked
    assert ran(case)["as_of"] == "2026-01-31"
    assert tumen("new-edition", case, "--as-of", "2027-01-31").exit_code == 0
    assert ran(case)["since"]["edition"]["as_of"] == "2026-01-31"


def ran(case: Path, *more: str) -> Any:
    return json.loads(tumen("run", case, "--format", "json", *more).stdout)


@pytest.mark.parametrize("day", ["2024-12-31", "2024-12-30"])
def test_a_day_that_is_not_later_is_refused_and_nothing_is_written(case_folder: CaseFolder, day: str) -> None:
    case = case_folder()
    before = (case / "case.toml").read_text()
    said = tumen("new-edition", case, "--as-of", day)
    assert said.exit_code == 2
    assert f"got a new edition as of {day}; expected a day after 2024-12-31" in said.output
    assert (case / "case.toml").read_text() == before


def test_a_case_with_errors_gets_no_edition(case_folder: CaseFolder) -> None:
    case = case_folder(edits={"claims.toml": ("dependence.share", "dependence.shame")})
    said = tumen("new-edition", case, "--as-of", "2026-01-31")
    assert said.exit_code == 2
    assert "got claim 'share-2023' names measure 'dependence.shame'" in said.output
    assert "[[edition]]" not in (case / "case.toml").read_text()


def test_a_link_in_place_of_case_toml_is_not_written_through(case_folder: CaseFolder, tmp_path: Path) -> None:
    case = case_folder()
    other = tmp_path / "elsewhere.toml"
    (case / "case.toml").rename(other)
    (case / "case.toml").symlink_to(other)
    before = other.read_text()
    assert tumen("new-edition", case, "--as-of", "2026-01-31").exit_code != 0
    assert other.read_text() == before


def test_a_run_says_what_changed_since_the_edition_before(case_folder: CaseFolder) -> None:
    editions = "\n".join(f'[[edition]]\nas_of = {day}\ntitle = "{day[:4]}"' for day in ("2024-06-30", "2025-06-30"))
    case = case_folder(YEARS)
    header = (case / "case.toml").read_text().replace("as_of = 2024-12-31\n", "")
    (case / "case.toml").write_text(f"{header}\n{editions}\n")
    later = [line.replace("2023-01-01,2024-01-01", "2024-01-01,2025-01-01") for line in TRADE.splitlines()[1:]]
    rows = "".join(f"late-{line}\n".replace(",book,", ",book,2025-03-01,") for line in later)
    (case / "record" / "trade.csv").write_text(YEARS["record/trade.csv"] + rows)
    found = ran(case)
    assert found["edition"]["title"] == "2025"
    assert found["since"] == {
        "edition": {"as_of": "2024-06-30", "title": "2024", "changed": "", "by": "", "why": ""},
        "claims": [
            {
                "claim": "share-2023",
                "before": "undetermined",
                "now": "supported",
                "probability_before": None,
                "probability": 0.95,
                "new": ["trade/late-with-all", "trade/late-with-b"],
                "gone": [],
            }
        ],
        "let_in": {"trade": 2},
    }
    assert "Changed: share-2023 undetermined → supported (2 new rows)." in tumen("run", case, "--verbose").output
    assert "not settled → holds: " in tumen("run", case, "--brief").output
    assert ran(case, "--as-of", "2024-06-30")["since"] is None
    assert ran(case, "--as-of", "2025-02-28")["since"]["claims"] == []
