"""Levers of detectors: one declaration for the command line, for cases and for the detectors."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tumen.detect.levers import lever_problems, levers_of
from tumen.sea.sea_levers import (
    OF_A_CASE,
    ORDERED,
    CaseLevers,
    EncounterLevers,
    FeasibleLevers,
    GapLevers,
    IdentityLevers,
    PortCallLevers,
    case_levers,
)


def at(*path: str | int) -> int | None:
    return len(path)


def got(moved: dict[str, dict[str, float]]) -> list[tuple[str, str]]:
    return [(p.slug, p.got) for p in lever_problems(moved, OF_A_CASE, ORDERED, "case.toml", at)]


@pytest.mark.parametrize("kind", [f.name for f in fields(CaseLevers)])
def test_usual_value_of_each_lever_is_within_its_range(kind: str) -> None:
    for lever in levers_of(type(getattr(CaseLevers(), kind))):
        assert lever.low <= lever.default <= lever.high
        assert lever.meaning.endswith(".")


def test_case_moves_some_levers_and_leaves_the_others() -> None:
    moved = case_levers({"encounters": {"hours": 3}, "port-calls": {"exit_km": 6}})
    assert moved == CaseLevers(EncounterLevers(hours=3), PortCallLevers(exit_km=6))
    assert case_levers({"identity": {"least_score": 80}}) == CaseLevers(identity=IdentityLevers(least_score=80))
    assert case_levers({}) == CaseLevers()


def test_gaps_of_a_case_are_those_that_its_feasible_calls_lie_in() -> None:
    moved = case_levers({"gaps": {"min_gap_h": 24}, "feasible-calls": {"most_kn": 12}})
    assert moved.gaps == GapLevers(min_gap_h=24)
    assert moved.feasible_calls == FeasibleLevers(min_gap_h=24, most_kn=12)


def test_every_slip_is_told_at_once() -> None:
    moved = {
        "encounter": {"hours": 3.0},
        "encounters": {"distance": 300.0, "hours": 0.0, "leg_h": 2.0},
        "port-calls": {"exit_km": 2.0},
        "feasible-calls": {"min_gap_h": 3.0, "stay_h": float("nan")},
    }
    assert got(moved) == [
        ("unknown-detector", "detector 'encounter'"),
        ("unknown-detector-lever", "lever 'distance' of encounters"),
        ("detector-lever-range", "hours = 0"),
        ("detector-lever-range", "entry_km above exit_km"),
        ("unknown-detector-lever", "lever 'min_gap_h' of feasible-calls"),
        ("detector-lever-range", "stay_h = nan"),
    ]


def test_slip_is_told_at_the_line_of_its_key() -> None:
    told = list(lever_problems({"gaps": {"gap": 1.0}, "loitering": {}}, OF_A_CASE, ORDERED, "case.toml", at))
    assert [(p.line, p.fix) for p in told] == [
        (3, "Known: before_h, enough_before, max_speed_kn, min_gap_h, port_km."),
        (2, "Known: encounters, feasible-calls, gaps, identity, port-calls."),
    ]


@pytest.mark.parametrize("hours", [0.0, 1e9])
def test_value_below_or_above_the_range_of_a_lever_is_refused(hours: float) -> None:
    assert got({"encounters": {"hours": hours}}) == [("detector-lever-range", f"hours = {hours:g}")]
