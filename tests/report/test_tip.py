"""What is said to overturn a claim soonest: what an editor can ask for comes before the scale of all errors."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tumen.judge.movable import BOUND, ERRORS
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import Verdict
from tumen.measure.units import COUNT, RATIO, SHARE, TIMES, USD, Unit
from tumen.report.tip import distance, moved_to, soonest, tip

#: Points over all ways to count, at which the verdict changes.
ERRORS_NEAR = TippingPoint(
    ERRORS.name, ERRORS.label, TIMES, None, "verdict", 1.0, 0.1, 10.0, 1.05, verdict="undetermined"
)
ERRORS_FAR = TippingPoint(ERRORS.name, ERRORS.label, TIMES, None, "verdict", 1.0, 0.1, 10.0, 8.0, verdict="depends")
BOUND_AT = TippingPoint(BOUND, BOUND, RATIO, None, "verdict", 0.9, 0.0, 2.0, 0.95, verdict="undetermined")


def lever(
    value: float | None, unit: Unit = USD, way: str | None = None, name: str = "missed", high: float = 100.0
) -> TippingPoint:
    label = "trade missing from the table"
    return TippingPoint(name, label, unit, way, "verdict", 0.0, 0.0, high, value, verdict="contradicted")


def judged(*points: TippingPoint) -> Verdict:
    ways = [SimpleNamespace(run=SimpleNamespace(id=name, label=f"way {name}")) for name in ("a", "b")]
    made: Any = SimpleNamespace(tipping_points=points, specifications=ways, outcome="supported")
    return cast(Verdict, made)


def test_the_nearest_lever_comes_before_errors_and_bounds_with_its_unit_and_where_it_stands() -> None:
    found = judged(BOUND_AT, ERRORS_FAR, lever(40.0, name="far"), lever(10.0))
    assert tip(found) == (
        "With 10 USD of trade missing from the table (taken here: 0 USD), the verdict would be “does not hold”."
    )


@pytest.mark.parametrize(("stands", "said"), [(1.0, "100 per cent"), (0.7611111, "76.1 per cent")])
def test_where_a_lever_stands_is_said_as_shortly_as_it_can_be(stands: float, said: str) -> None:
    assert f"(taken here: {said})" in tip(judged(replace(lever(0.4, SHARE, high=1.0), baseline=stands)))


def test_errors_come_first_where_they_are_by_far_nearer_or_where_no_lever_changes_the_verdict() -> None:
    said = "With all errors 1.05 times what they are taken for, the verdict would be “not settled”."
    assert distance(ERRORS_NEAR) < 0.025
    assert tip(judged(lever(10.0), ERRORS_NEAR)) == said
    assert tip(judged(lever(8.0), ERRORS_NEAR)).startswith("With 8 USD")
    assert tip(judged(lever(None), BOUND_AT, ERRORS_NEAR)) == said


def test_a_lever_that_changes_one_way_to_count_alone_names_that_way() -> None:
    assert soonest(judged(lever(10.0, way="b"), BOUND_AT)) is None
    assert tip(judged(BOUND_AT, lever(10.0, way="b"))) == (
        "Counted with “way b”, it would be “does not hold” with 10 USD of trade missing from the table "
        "(taken here: 0 USD)."
    )


def test_where_the_claims_own_bound_alone_moves_it_that_is_said() -> None:
    assert tip(judged(BOUND_AT)).startswith("The verdict stays the same for any bound below 0.95")


def test_that_nothing_moves_it_is_said_and_nothing_where_nothing_was_looked_for() -> None:
    assert tip(judged(lever(None))) == "Nothing that was moved, within its range, changes this."
    assert tip(judged()) == ""


@pytest.mark.parametrize(
    ("value", "baseline", "said"),
    [(0.4, 0.0, "1 or more"), (3.0, 0.0, "3 or more"), (5.6, 9.0, "5 or fewer"), (1200.2, 0.0, "1,201 or more")],
)
def test_of_things_that_are_counted_it_is_said_how_many_it_takes(value: float, baseline: float, said: str) -> None:
    point = TippingPoint("n", "remarks", COUNT, None, "verdict", baseline, 0.0, 5000.0, value)
    assert moved_to(point) == f"{said} remarks"


def test_a_share_stands_at_its_value() -> None:
    assert moved_to(lever(0.4, SHARE)) == "trade missing from the table at 40.0 per cent"


def point(lever: str, baseline: float, value: float, low: float, high: float) -> TippingPoint:
    return TippingPoint(lever, lever, COUNT, None, "verdict", baseline, low, high, value)


def test_how_near_a_tipping_point_is_is_a_share_of_the_way_that_its_lever_may_go() -> None:
    assert distance(point("missed", 0.0, 5.0, 0.0, 20.0)) == 0.25
    assert distance(point("credit", 0.5, 0.25, 0.0, 1.0)) == 0.5
    assert distance(point(ERRORS.name, 1.0, 10.0**0.5, 0.1, 10.0)) == pytest.approx(0.5)
    assert distance(point(ERRORS.name, 1.0, 0.1, 0.1, 10.0)) == pytest.approx(1.0)
