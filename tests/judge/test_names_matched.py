"""Names that match nothing are told, with what was meant; silence is no evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import CASE, CLAIMS, SOURCES, TRADE, CaseFolder
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare

EVENTS = """\
id,date,date_precision,source_actor,target_actor,kind,description,sign,certainty,parties,source
e1,2023-02-01,day,AAA,BBB,visit,a meeting,1,high,,book
e2,2023-03-01,day,XCC,AAA,summit,a meeting,1,high,AAA+XCC+XDD,book
"""

CONTACT = """\
[[claim]]
id = "contact"
sentence = "contact"
text = "They met more often."
cites = "page 1"
measure = "contact.ratio"
holds = { above = 1 }
in_time = "fixed"
arguments = { dyad = ["AAA", "BBB"], reference = ["AAA", "XCC"], kinds = ["visit"], period = [2023-01-01, 2024-01-01] }
"""


def said(folder: Path, duckdb: DuckDB) -> list[str]:
    """What is told of a case, but for codes of the record that no state has: those here are made up."""
    return [f"{p.severity} {p}" for p in prepare(folder, duckdb).problems if p.slug != "code-of-no-state"]


def asking(case_folder: CaseFolder, old: str, new: str) -> Path:
    assert old in CONTACT
    return case_folder(
        {"claims.toml": CONTACT.replace(old, new), "record/events.csv": EVENTS, "record/trade.csv": None}
    )


def test_names_that_the_record_holds_are_let_pass(case_folder, duckdb):
    assert said(asking(case_folder, "XCC", "XCC"), duckdb) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"XCC"', '"XCX"', "got actor 'XCX', which matches nothing"),
        ('"XCC"', '"JPN"', "Declare it as an [[actor]] where the record holds nothing of it."),
        ('"XCC"', '"Japan"', "Did you mean 'JPN'?"),
        ('"XCC"', '"xcc"', "Did you mean 'XCC'?"),
        ('kinds = ["visit"]', 'kinds = ["vist"]', "got kind 'vist', which matches nothing"),
        ('kinds = ["visit"]', 'kinds = ["visit", "Summit"]', "Did you mean 'summit'?"),
        ('kinds = ["visit"]', 'kinds = ["rupture"]', "got kind 'rupture', which matches nothing"),
    ],
)
def test_a_name_that_matches_nothing_is_an_error_at_its_line(case_folder, duckdb, old, new, told):
    (only,) = said(asking(case_folder, old, new), duckdb)
    assert only.startswith("error claims.toml:9: ")
    assert told in only
    assert only.endswith("[name-unmatched]")


def test_a_kind_of_which_nothing_happened_may_stand_beside_another(case_folder, duckdb):
    assert said(asking(case_folder, 'kinds = ["visit"]', 'kinds = ["visit", "rupture"]'), duckdb) == []


def test_one_of_several_parties_is_in_the_record(case_folder, duckdb):
    assert said(asking(case_folder, '"XCC"', '"XDD"'), duckdb) == []


@pytest.mark.parametrize("added", ['\n[[actor]]\nid = "JPN"\nname = "Japan"\n', '\n[groups.JPN]\nname = "islands"\n'])
def test_an_actor_that_the_case_declares_needs_no_row(case_folder, duckdb, added):
    folder = asking(case_folder, '"XCC"', '"JPN"')
    (folder / "case.toml").write_text(CASE + added)
    assert said(folder, duckdb) == []


def test_a_name_that_is_known_later_than_the_cases_day_is_no_mistake(case_folder, duckdb):
    folder = asking(case_folder, "XCC", "XEE")
    (folder / "record" / "events.csv").write_text(EVENTS + "e3,2026-03-01,day,XEE,AAA,visit,a talk,1,high,,book\n")
    assert said(folder, duckdb) == []


def test_without_any_row_of_the_table_only_codes_that_are_no_states_are_told(case_folder, duckdb):
    text = CONTACT.replace('"XCC"', '"XQQ"').replace("visit", "vist")
    told = said(case_folder({"claims.toml": text}), duckdb)
    assert [re.findall(r"got (\w+ '\w+')", one) for one in told] == [["actor 'XQQ'"]]


def test_where_the_record_cannot_be_read_codes_that_are_no_states_are_told_all_the_same(case_folder, duckdb):
    folder = asking(case_folder, '"XCC"', '"RSU"')
    (folder / "record" / "events.csv").write_text(EVENTS.replace(",1,high", ",9,high"))
    assert any("actor 'RSU'" in one for one in said(folder, duckdb))


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ('publisher = "yearbok"', "warning claims.toml:4: got publisher 'yearbok', which matches nothing"),
        ('publisher = "Yearbook"', "Did you mean 'yearbook'?"),
        ('publisher = "yearbook", add = ["bulletn"]', "error claims.toml:4: got publisher 'bulletn'"),
        ('publisher = "yearbook", add = ["bulletin"]', "totals of all partners cannot be added"),
        ('publisher = "yearbook", unrecorded = ["arm"]', "error claims.toml:4: got kind 'arm'"),
        ('publisher = "yearbook", unrecorded_by = { arms = "instiute" }', "got publisher 'instiute'"),
    ],
)
def test_names_in_ways_to_count_are_told_at_their_line(case_folder, duckdb, option, told):
    unrecorded = (
        "id,territory,partner,start,end,kind,low_usd,high_usd,publisher,quality,source\n"
        "u1,AAA,BBB,2023-01-01,2024-01-01,arms,1,2,institute,estimate,book\n"
    )
    files = {
        "claims.toml": CLAIMS.replace('publisher = "yearbook"', option),
        "record/trade.csv": TRADE + "all,AAA,WLD,2023-01-01,2024-01-01,TOTAL,,,99,,bulletin,exact,book,\n",
        "record/unrecorded.csv": unrecorded,
    }
    (only,) = said(case_folder(files), duckdb)
    assert told in only


def test_an_option_of_a_decision_is_told_at_its_line(case_folder, duckdb):
    decided = CLAIMS.replace('specifications = ["printed"]', 'decisions = ["whose"]').split("[[claim]]")[1]
    options = "".join(
        f'[[decision.option]]\nid = "{name}"\nlabel = "{name}"\noptions = {{ publisher = "{name}" }}\n'
        for name in ("yearbook", "yearbok")
    )
    head = '[[decision]]\nid = "whose"\nlabel = "whose figures count"\n'
    (only,) = said(case_folder({"claims.toml": f"{head}{options}[[claim]]{decided}"}), duckdb)
    assert only.startswith("warning claims.toml:11: got publisher 'yearbok'")


def test_a_name_is_told_beside_whatever_else_is_wrong_with_its_claim(case_folder, duckdb):
    folder = asking(case_folder, '"XCC"', '"XCX"')
    text = (folder / "claims.toml").read_text()
    (folder / "claims.toml").write_text(
        text.replace('measure = "contact.ratio"', 'measure = "contact.ratio"\nunit = "t"')
    )
    assert sorted(re.findall(r"\[([a-z-]+)\]$", " ".join([one])) for one in said(folder, duckdb)) == [
        ["name-unmatched"],
        ["unit-mismatch"],
    ]


def test_a_publisher_of_protected_rows_alone_is_not_suggested(case_folder, duckdb):
    hidden = "kept,An Agency,Secret,,2024,B,2,restricted,,\n"
    row = "x,AAA,XCC,2023-01-01,2024-01-01,TOTAL,1,1,2,,yearboak,exact,kept,\n"
    claims = CLAIMS.replace('publisher = "yearbook"', 'publisher = "yearboat"')
    folder = case_folder(
        {"record/sources.csv": SOURCES + hidden, "record/trade.csv": TRADE + row, "claims.toml": claims}
    )
    told = " ".join(said(folder, duckdb))
    assert "yearbook" in told
    assert "yearboak" not in told


@pytest.mark.parametrize(
    ("code", "told"),
    [("EUU", "'EUU', which ISO 3166 gives no state"), ("RSU", "groups.RSU"), ("XKX", ""), ("SUN", ""), ("FRA", "")],
)
def test_actors_of_a_case_are_states_or_declared(case_folder, duckdb, code, told):
    more = f'\n[[actor]]\nid = "{code}"\nname = "Someone"\n'
    found = [one for one in said(case_folder({"case.toml": CASE + more}), duckdb) if "no-state" in one]
    assert [told in one for one in found] == ([True] if told else [])


def test_members_of_a_group_are_states(case_folder, duckdb):
    more = '\nEUU = { name = "Union", members = ["FRA", "FAR"] }\n'
    (only,) = said(case_folder({"case.toml": CASE + more}), duckdb)
    assert "'FAR', which ISO 3166 gives no state" in only
