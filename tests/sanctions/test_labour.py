"""Workers of AAA in BBB and CCC after a deadline, small enough to count by hand."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import (
    EXACT,
    GRADED,
    Given,
    Row,
    Scenario,
    Setting,
    few,
    moved,
    run,
    source,
    workers,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import Amount, amount
from tumen.sanctions.units import COUNTED_WORKERS

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "labour.stock": Scenario(
        {"of": "AAA", "hosts": ["BBB", "CCC"], "after": "2022-06-01"},
        {},
        {"workers": [workers("b", 100, 200), workers("b2", 150, publisher="q"), workers("c", 40, host="CCC")]},
        {
            "workers": [
                workers("x", 9, host="DDD"),
                workers("y", 9, kind="plan"),
                workers("z", 9, origin_actor="DDD"),
                workers("old", 9, **year(2022)),
            ]
        },
    ),
}

ASK = {"of": "AAA", "hosts": ["BBB", "CCC"], "after": "2022-06-01"}
LACKING = "CCC: a figure (stock) for a period that begins on or after 2022-06-01"


def stock(rows: Sequence[Row], options: Given = None, ask: Given = None, setting: Setting = EXACT) -> SpecificationRun:
    with world(workers=rows) as record:
        return run(record, "labour.stock", {**ASK, **(ask or {})}, options, setting)


@pytest.mark.parametrize(("how", "expected"), [("sum", 140.0), ("lowest", 40.0), ("highest", 100.0)])
def test_hosts_are_combined(how, expected):
    found = stock([workers("b", 100), workers("c", 40, host="CCC")], ask={"combine": how})
    assert found.draws == pytest.approx(np.full(EXACT.draws, expected))
    assert found.bounds == frozenset()
    assert [(u.id, u.amount, u.actors, u.kind) for u in found.used] == [
        ("b", amount(100, COUNTED_WORKERS), ("AAA", "BBB"), "stock"),
        ("c", amount(40, COUNTED_WORKERS), ("AAA", "CCC"), "stock"),
    ]
    assert {(u.start, u.end) for u in found.used} == {(dt.date(2023, 1, 1), dt.date(2024, 1, 1))}
    assert [(p.when, p.group, p.median) for p in found.series] == [("2023", "BBB", 100.0), ("2023", "CCC", 40.0)]


def test_a_range_is_drawn_evenly():
    found = stock([workers("b", 100, 200)], ask={"hosts": ["BBB"]})
    assert 100 <= found.draws.min() < 105
    assert 195 < found.draws.max() <= 200
    assert found.draws.mean() == pytest.approx(150, abs=5)


@pytest.mark.parametrize(("how", "bound"), [("sum", "lower"), ("highest", "lower"), ("lowest", "upper")])
def test_a_missing_host_is_named_and_never_zero(how, bound):
    found = stock([workers("b", 100)], ask={"combine": how})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 100.0))
    assert found.missing == (LACKING,)
    assert found.bounds == {bound}


def test_a_period_that_begins_before_the_deadline_says_nothing_of_staying():
    found = stock([workers("b", 100, **year(2022)), workers("c", 40, start="2022-05-31", host="CCC")])
    assert found.draws.size == 0
    assert found.missing[1] == LACKING


def test_the_deadlines_own_day_counts_and_what_the_case_cannot_know_does_not():
    assert stock([workers("b", 100, start="2022-06-01")]).draws.size
    assert stock([workers("b", 100, **year(2025))]).draws.size == 0


@pytest.mark.parametrize("kind", ["entries", "departures", "plan"])
def test_entries_departures_and_plans_are_no_stock(kind):
    rows = [workers("b", 100, kind=kind)]
    assert stock(rows).draws.size == 0
    assert stock(rows, ask={"kind": kind}).draws == pytest.approx(np.full(EXACT.draws, 100.0))


@pytest.mark.parametrize("quality", ["suspect", "garbled", "missing"])
def test_figures_that_are_no_evidence_are_left_out(quality):
    assert stock([workers("b", 100, quality=quality)]).draws.size == 0


def test_at_least_and_at_most_pin_the_number_from_one_side():
    ask = {"hosts": ["BBB"]}
    least = stock([workers("b", 100, quality="lower_bound", high="")], ask=ask)
    most = stock([workers("b", "", 80, quality="upper_bound")], ask=ask)
    assert least.bounds == {"lower"}
    assert most.bounds == {"upper"}
    assert [found.used[0].amount for found in (least, most)] == [
        Amount(100, None, COUNTED_WORKERS),
        Amount(None, 80, COUNTED_WORKERS),
    ]
    assert most.draws == pytest.approx(np.full(EXACT.draws, 80.0))
    both = stock(
        [workers("a", 100, quality="lower_bound"), workers("b", 80, quality="upper_bound", publisher="q")], ask=ask
    )
    assert both.bounds == {"lower", "upper"}


def test_publishers_are_drawn_between_each_by_its_latest_figure():
    rows = [
        workers("old", 900, **year(2022) | {"start": "2022-07-01"}),
        workers("new", 100),
        workers("other", 300, publisher="q"),
    ]
    found = stock(rows, ask={"hosts": ["BBB"]})
    assert set(found.draws.tolist()) == {100.0, 300.0}
    assert (found.draws == 300).mean() == pytest.approx(0.5, abs=0.08)
    assert [u.id for u in found.used] == ["new", "other"]
    only = stock(rows, {"publishers": ["q"]}, {"hosts": ["BBB"]})
    assert only.draws == pytest.approx(np.full(EXACT.draws, 300.0))


def test_a_share_of_the_figure_for_all_hosts_stands_in_for_the_hosts():
    found = stock([workers("all", 1000, host="WLD"), workers("b", 5)], {"share_of_all": [0.8, 0.8]})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 800.0))
    assert found.missing == ()
    assert found.baselines == {"share_counted": pytest.approx(0.8)}
    assert moved(found, "share_counted", 0.25) == pytest.approx(np.full(EXACT.draws, 250.0))
    assert stock([workers("b", 5)], {"share_of_all": [0.8, 0.8]}).missing == (
        "all hosts together: a figure (stock) for a period that begins on or after 2022-06-01",
    )


def test_what_workers_send_home_is_noted_and_not_counted():
    rows = [
        workers("b", 100, remittance_low_usd=5, remittance_high_usd=9),
        workers("c", 40, host="CCC", remittance_low_usd=7),
    ]
    assert stock(rows).notes == (
        "BBB: remittances of 5 to 9 USD a year (b)",
        "CCC: remittances of at least 7 USD a year (c)",
    )


def test_the_sources_grade_widens_the_draws():
    with world(workers=[workers("b", 1000)], sources=[source(reliability="C", credibility="3")]) as record:
        found = run(record, "labour.stock", {**ASK, "hosts": ["BBB"]}, {}, GRADED)
    assert found.draws.std() == pytest.approx(1000 * 0.03, rel=0.15)


def test_a_share_range_reversed_is_refused():
    with pytest.raises(ValueError, match="the low end before the high one"):
        stock([workers("b", 1)], {"share_of_all": [0.9, 0.1]})


@few
@given(low=st.integers(0, 10**6), width=st.integers(0, 10**6), factor=st.integers(2, 50))
def test_all_figures_times_a_constant_scale_the_stock(low, width, factor):
    def draws(scale: int) -> np.ndarray:
        rows = [workers("b", low * scale, (low + width) * scale), workers("c", 40 * scale, host="CCC")]
        return stock(rows, setting=GRADED).draws

    assert draws(factor) == pytest.approx(factor * draws(1), rel=1e-9, abs=1e-6)


@few
@given(low=st.integers(0, 10**6), more=st.integers(1, 10**6))
def test_another_host_never_lowers_the_sum(low, more):
    alone = stock([workers("b", low)], setting=GRADED)
    both = stock([workers("b", low), workers("c", more, host="CCC")], setting=GRADED)
    assert (both.draws >= alone.draws).all()
