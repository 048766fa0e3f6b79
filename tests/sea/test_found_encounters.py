"""Encounters of ships that had called at AAA's coal port, each a transfer of coal with a chance."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from tests.measure.sightings import call, dark, day, findings, match, met, port, sea
from tests.measure.worlds import EXACT, Given, Row, Setting, evasion, moved, run, source, world
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import HOURS, amount
from tumen.sea.found_encounters import DAYS_BEFORE, TRANSFER
from tumen.sea.sea_findings import SeaFindings

ASK = {"of": "AAA", "cargo": "coal", "kinds": ["sts"], "since": "2023-01-01"}
MANY = Setting(20_000, 7, EXACT.as_of, EXACT.grading)


def cases(found: SeaFindings, ask: Given = None, **tables: Sequence[Row]) -> SpecificationRun:
    with sea(found, **tables) as record:
        return run(record, "evasion.cases", {**ASK, **(ask or {})}, {"found": True}, MANY)


@pytest.mark.parametrize(("visit", "kind"), [(call, "observed"), (dark, "feasible")])
def test_an_encounter_after_a_call_is_a_case_with_the_chance_of_the_calls_certainty(visit: Any, kind: str) -> None:
    found = cases(findings([met(day(10))], [visit(day(5))]))
    assert set(found.draws.tolist()) == {0.0, 1.0}
    # The mean of an even range; four standard errors of a share of 20,000 draws are at most 0.0142.
    assert found.draws.mean() == pytest.approx(sum(TRANSFER[kind]) / 2, abs=0.0142)
    assert found.bounds == {"lower"}
    assert found.baselines == {"truth_each": pytest.approx(sum(TRANSFER[kind]) / 2)}


def test_what_was_seen_is_said_and_leads_to_the_encounter_and_the_call() -> None:
    found = cases(findings([met(day(10)), met(day(12), 8, 9)], [call(day(5))]))
    assert [(u.table, u.id, u.source) for u in found.used] == [
        ("encounters", "encounter-1-2-051012", "vessel-positions"),
        ("calls", "call-1-050512", "vessel-positions"),
    ]
    encounter, before = found.used
    assert (encounter.kind, encounter.amount) == ("encounter", amount(4.0, HOURS))
    assert encounter.text == (
        "SHIP 1 (MMSI 1) and a ship without a name (MMSI 2), from 2023-05-10 12:00 at 37.50S 124.00E, 3.5 h observed"
    )
    assert encounter.start == encounter.end == day(10).date()
    assert (before.kind, before.text) == ("call", "one of them called at Quay and had left by 2023-05-05 22:00")
    assert before.start == before.end == day(5).date()
    assert found.notes == (
        "no published cases",
        "1 of 2 encounters found in positions of 2023-05-01 to 2023-05-30 followed a call at a port that handles coal",
        "an encounter after a call is no proof of a transfer, nor of its cargo; that any of them was one has a "
        "chance of "
        f"{(found.draws > 0).mean():.2f} by our convention",
    )


def test_ship_that_may_be_on_a_list_is_told_with_the_list_and_counts_for_no_more() -> None:
    plain = cases(findings([met(day(10))], [call(day(5))]))
    likely = match(2, "listed-name", score=91.6, other="BETA", authority="Another", status="named")
    told = cases(
        findings([met(day(10))], [call(day(5))], matches=[likely, match(1), match(1, listed="l2", authority="Another")])
    )
    assert told.used[0].text.startswith(
        "SHIP 1 (MMSI 1; IMO number of ALFA (A committee: designated, Another: designated)) and a ship without a name "
        "(MMSI 2; name 92 of 100 like BETA (Another: named); a likeness is no proof), from "
    )
    assert told.draws.tolist() == plain.draws.tolist()
    assert {u.source for u in told.used} == {"vessel-positions"}


@pytest.mark.parametrize(
    ("start", "end", "said"), [(day(1), day(9), False), (day(1), day(10, 1), True), (day(11), day(12), False)]
)
def test_listed_number_counts_only_where_it_was_said_then(start: dt.datetime, end: dt.datetime, said: bool) -> None:
    told = cases(findings([met(day(10))], [call(day(5))], matches=[match(1, start=start, end=end)]))
    assert ("ALFA" in told.used[0].text) is said


def test_call_that_was_only_feasible_is_told_so() -> None:
    before = cases(findings([met(day(10))], [dark(day(5))])).used[1]
    assert before.kind == "call feasible while silent"
    assert before.text.startswith("one of them could have called, while silent, at Quay and had left by ")


def test_many_encounters_do_not_add_up_to_near_certainty() -> None:
    many = cases(findings([met(day(6, n)) for n in range(40)], [call(day(5))]))
    assert set(many.draws.tolist()) == {0.0, 40.0}
    assert (many.draws > 0).mean() == pytest.approx(0.4, abs=0.0142)


def test_the_firmer_call_of_either_ship_counts() -> None:
    found = cases(findings([met(day(10))], [dark(day(8), mmsi=1), call(day(5), mmsi=2)]))
    assert [u.id for u in found.used] == ["encounter-1-2-051012", "call-2-050512"]


def test_encounters_count_only_after_a_call_of_the_days_before_at_a_port_that_handles_the_cargo() -> None:
    ports = [port(), port("oilpier", handles="oil"), port("abroad", territory="BBB")]
    meetings = [met(day(27), 1, 2), met(day(5), 3, 4), met(day(10), 5, 6), met(day(10), 7, 8), met(day(10), 9, 10)]
    calls = [
        call(day(10), 1),
        call(day(6), 3),
        call(day(5), 5, port="oilpier"),
        call(day(5), 7, port="abroad"),
        call(day(5), 9, end=None),
    ]
    assert calls[0].end
    assert (day(27) - calls[0].end).days > DAYS_BEFORE
    found = cases(findings(meetings, calls), ports=ports)
    assert found.missing == ("a published case (sts) of coal since 2023-01-01",)
    assert cases(findings([met(day(25))], [call(day(10))]), ports=ports).draws.max() == 1.0


def test_tugs_and_fishing_boats_and_days_before_the_ban_do_not_count() -> None:
    calls = [call(day(5))]
    assert cases(findings([met(day(10), ship_type_2=52)], calls)).draws.size == 0
    assert cases(findings([met(day(10), ship_type_1=30)], calls)).draws.size == 0
    assert cases(findings([met(day(10))], calls), {"since": "2023-05-11"}).draws.size == 0
    assert cases(findings([met(day(10), ship_type_2=80)], calls)).draws.size


def test_encounters_are_added_to_published_cases_and_never_lower_the_chance_of_any() -> None:
    found = cases(
        findings([met(day(10))], [call(day(5))]), evasion_cases=[evasion("a")], sources=[source(credibility="3")]
    )
    # One minus the chances that neither is true: 1 − 0.25 × 0.6.
    assert (found.draws > 0).mean() == pytest.approx(0.85, abs=0.0142)
    assert found.draws.max() == 2.0
    none = cases(findings([met(day(10))]), evasion_cases=[evasion("a")], sources=[source(credibility="3")])
    assert none.draws.mean() == pytest.approx(0.75, abs=0.0142)
    assert none.notes == (
        "1 published case, by 1 independent origin; that at least one is true has a chance of 0.750",
        "0 of 1 encounter found in positions of 2023-05-01 to 2023-05-30 followed a call at a port that handles coal",
    )


def test_the_chance_can_be_moved_to_none_and_to_all() -> None:
    found = cases(findings([met(day(10)), met(day(11))], [call(day(5)), dark(day(6), 2)]))
    assert moved(found, "truth_each", 0.0).max() == 0
    assert moved(found, "truth_each", 1.0).min() == 2


def test_without_positions_it_says_so_and_leaves_published_cases_to_other_ways_to_count() -> None:
    with world(ports=[port()], evasion_cases=[evasion("a")]) as record:
        found = run(record, "evasion.cases", ASK, {"found": True})
    assert found.missing == ("vessel positions, which --positions gives",)
