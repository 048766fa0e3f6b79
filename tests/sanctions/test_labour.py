"""Workers of AAA in BBB and CCC after a deadline, small enough to count by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

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
from tumen.measure.setting import Grading
from tumen.measure.units import Amount, amount
from tumen.record.left_out import BeyondWall
from tumen.record.wall import behind_wall
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
                workers("it", 9, scope="IT"),
                workers("some", 9, host="XXX"),
            ]
        },
    ),
}

ASK = {"of": "AAA", "hosts": ["BBB", "CCC"], "after": "2022-06-01"}
ALONE = {"hosts": ["BBB"]}
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


def test_most_of_what_a_range_may_stand_for_lies_inside_it():
    found = stock([workers("b", 100, 225)], ask={"hosts": ["BBB"]})
    assert np.median(found.draws) == pytest.approx(150, rel=0.06)
    inside = (found.draws >= 100) & (found.draws <= 225)
    assert inside.mean() == pytest.approx(0.8, abs=5 * (0.8 * 0.2 / EXACT.draws) ** 0.5)


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


@pytest.mark.parametrize("low", ["", 80])
def test_at_least_and_at_most_pin_the_number_from_one_side_where_no_figure_is_printed(low):
    least = stock([workers("b", 100, quality="lower_bound", high="")], ask=ALONE)
    most = stock([workers("b", low, 80, quality="upper_bound")], ask=ALONE)
    assert least.bounds == {"lower"}
    assert most.bounds == {"upper"}
    assert [found.used[0].amount for found in (least, most)] == [
        Amount(100, None, COUNTED_WORKERS),
        Amount(None, 80, COUNTED_WORKERS),
    ]
    assert most.draws == pytest.approx(np.full(EXACT.draws, 80.0))
    assert most.notes == ("BBB: no figure is printed, only at most 80 workers (b)",)


def at_least(name: str, value: int, **more: Any) -> Row:
    return workers(name, value, "", quality="lower_bound", publisher=name, **more)


def at_most(name: str, value: int, **more: Any) -> Row:
    return workers(name, "", value, quality="upper_bound", publisher=name, **more)


#: What three publishers print, each 20,000.
THREE = tuple(workers(name, 20_000, publisher=name) for name in "pqr")


@pytest.mark.parametrize("bound", [at_most("m", 50_000), at_least("l", 500), at_most("m", 20_000)])
def test_a_bound_that_figures_keep_is_told_and_moves_nothing(bound):
    alone, both = stock(THREE, ask=ALONE), stock([*THREE, bound], ask=ALONE)
    assert both.draws == pytest.approx(np.full(EXACT.draws, 20_000.0))
    assert (both.bounds, both.used) == (frozenset(), alone.used)
    said = {"m": "at most", "l": "at least"}[bound["id"]]
    (note,) = both.notes
    assert note.startswith(f"BBB: also printed, and not drawn: {said} ")
    assert note.endswith(f" workers ({bound['id']})")
    assert both.beside == ()


@pytest.mark.parametrize(
    ("bound", "side", "said"),
    [
        (at_most("m", 9_000), "upper", "at most 9,000 workers (m)"),
        (at_least("l", 60_000), "lower", "at least 60,000 workers (l)"),
    ],
)
def test_a_bound_beyond_which_every_figure_lies_opens_its_side_and_is_said(bound, side, said):
    found = stock([*THREE, bound], ask=ALONE)
    assert found.draws == pytest.approx(np.full(EXACT.draws, 20_000.0))
    assert found.bounds == {side}
    assert [u.id for u in found.used] == ["p", "q", "r", bound["id"]]
    assert found.beside == tuple(f"BBB: 20,000 workers ({name}) against {said}" for name in "pqr")
    assert found.notes == found.beside


def test_a_bound_that_some_figures_keep_opens_nothing_and_the_others_are_named():
    rows = [workers("a", 20, publisher="a"), workers("b", 60, publisher="b"), workers("c", 30, 70, publisher="c")]
    found = stock([*rows, at_most("m", 50)], ask=ALONE)
    assert found.bounds == frozenset()
    assert stock([rows[2], at_most("m", 50)], ask=ALONE).bounds == frozenset()
    assert found.beside == (
        "BBB: 60 workers (b) against at most 50 workers (m)",
        "BBB: 30 to 70 workers (c) in part against at most 50 workers (m)",
    )


def test_a_bound_of_an_earlier_time_says_nothing_of_a_later_figure():
    before = year(2022) | {"start": "2022-07-01"}
    found = stock([*THREE, at_most("m", 9_000, **before), at_most("now", 10_000, start="2022-12-31")], ask=ALONE)
    assert found.bounds == {"upper"}
    assert [u.id for u in found.used] == ["p", "q", "r", "now"]
    assert len(found.beside) == 3
    old = stock([*THREE, at_most("m", 9_000, **before)], ask=ALONE)
    assert (old.bounds, old.beside) == (frozenset(), ())
    assert old.notes == ("BBB: also printed, and not drawn: at most 9,000 workers (m)",)
    older = [workers(name, 20_000, publisher=name, **before) for name in "pqr"]
    assert stock([*older, at_most("m", 9_000)], ask=ALONE).bounds == {"upper"}


def test_every_bound_that_a_figure_goes_against_is_said_and_the_tightest_opens_its_side():
    found = stock([*THREE[:1], at_most("m", 9_000), at_most("n", 10_000)], ask=ALONE)
    assert found.beside == (
        "BBB: 20,000 workers (p) against at most 9,000 workers (m)",
        "BBB: 20,000 workers (p) against at most 10,000 workers (n)",
    )
    assert [u.id for u in found.used] == ["p", "m"]


def test_without_a_figure_the_tightest_bounds_are_the_ends_of_a_range():
    rows = [at_least("l", 60), at_least("loose", 5), at_most("m", 80), at_most("looser", 900)]
    found = stock(rows, ask=ALONE)
    assert found.bounds == frozenset()
    assert 60 <= found.draws.min() < 62
    assert 78 < found.draws.max() <= 80
    assert found.draws.mean() == pytest.approx(70, abs=1)
    assert [u.id for u in found.used] == ["l", "m"]
    assert found.notes == (
        "BBB: no figure is printed, only at least 60 workers (l) and at most 80 workers (m)",
        "BBB: also printed, and not drawn: at least 5 workers (loose)",
        "BBB: also printed, and not drawn: at most 900 workers (looser)",
    )


def test_bounds_that_leave_no_room_leave_both_sides_open_and_are_said():
    found = stock([at_least("l", 100), at_most("m", 80)], ask=ALONE)
    assert found.bounds == {"lower", "upper"}
    assert found.beside == ("BBB: at least 100 workers (l) against at most 80 workers (m)",)
    assert ((found.draws >= 80) & (found.draws <= 100)).all()
    figure = stock([at_least("l", 100), at_most("m", 80), workers("p", 50)], ask=ALONE)
    assert figure.bounds == {"lower"}
    assert figure.beside == (
        "BBB: at least 100 workers (l) against at most 80 workers (m)",
        "BBB: 50 workers (p) against at least 100 workers (l)",
    )


def test_publishers_that_print_the_same_bound_are_drawn_between():
    found = stock([at_least("k", 100), at_least("l", 100)], ask=ALONE)
    assert [u.id for u in found.used] == ["k", "l"]
    assert found.notes == ("BBB: no figure is printed, only at least 100 workers (k, l)",)


def test_a_range_flagged_as_a_bound_counts_by_the_end_that_binds():
    least = stock([workers("b", 100, 200, quality="lower_bound")], ask=ALONE)
    most = stock([workers("b", 100, 200, quality="upper_bound")], ask=ALONE)
    assert (least.bounds, most.bounds) == (frozenset({"lower"}), frozenset({"upper"}))
    assert (set(least.draws), set(most.draws)) == ({100.0}, {200.0})
    assert most.used[0].amount is not None
    assert most.used[0].amount.said == "at most 100 to 200 workers"


def test_a_publishers_later_bound_leaves_its_figure_unless_it_rules_it_out():
    before, after = year(2023), year(2024)
    figure = workers("figure", 20, **before)
    keeps = workers("least", 5, "", quality="lower_bound", **after)
    rules_out = workers("least", 60, "", quality="lower_bound", **after)
    assert [u.id for u in stock([figure, keeps], ask=ALONE).used] == ["figure"]
    found = stock([figure, rules_out], ask=ALONE)
    assert [u.id for u in found.used] == ["least"]
    assert found.bounds == {"lower"}
    assert found.beside == ()
    older = workers("older", 5, "", quality="lower_bound", **year(2022) | {"start": "2022-07-01"})
    assert stock([figure, older], ask=ALONE).notes == ()


def test_of_one_publishers_figures_for_one_period_one_counts():
    assert [u.id for u in stock([workers("a", 100), workers("b", 300)], ask=ALONE).used] == ["a"]


def test_what_one_publisher_prints_for_one_period_against_itself_is_said():
    rows = [workers("figure", 20), workers("least", 60, "", quality="lower_bound")]
    found = stock(rows, ask=ALONE)
    assert found.bounds == {"lower"}
    assert found.beside == ("BBB: 20 workers (figure) against at least 60 workers (least)",)


def test_a_part_never_stands_for_all_nor_another_part():
    rows = [workers("all", 100), workers("it", 40, scope="IT", publisher="q")]
    assert [u.id for u in stock(rows, ask=ALONE).used] == ["all"]
    (used,) = stock(rows, ask={**ALONE, "scope": "IT"}).used
    assert (used.id, used.kind) == ("it", "stock, IT")
    assert stock(rows[1:], ask=ALONE).draws.size == 0
    assert stock(rows, ask={**ALONE, "scope": "seafood"}).missing == (
        "BBB: a figure (stock, seafood) for a period that begins on or after 2022-06-01",
    )


@pytest.mark.parametrize("ask", [{"scope": "troops"}, {"scope": "part"}, {"kind": "visas"}])
def test_soldiers_other_parts_and_visas_are_no_workers(ask):
    with pytest.raises(ValueError, match="Input should be"):
        stock([], ask=ask)


def test_hosts_without_a_code_cannot_be_asked_for():
    with pytest.raises(ValueError, match="hosts by their codes: XXX stands for other hosts in each row"):
        stock([], ask={"hosts": ["BBB", "XXX"]})


@pytest.mark.parametrize("kind", ["stock", "entries", "departures", "plan"])
def test_a_figure_without_a_start_is_told_and_does_not_count(kind):
    rows = [workers("open", 15_000, start="", kind=kind), workers("b", 100, kind=kind, publisher="q")]
    said = "BBB: 15,000 workers (open) does not count: nobody prints since when"
    alone, both = (stock(some, ask={**ALONE, "kind": kind}) for some in (rows[:1], rows))
    assert (alone.draws.size, alone.notes) == (0, (said,))
    assert (set(both.draws), both.notes) == ({100.0}, (said,))
    assert (
        stock([rows[1], workers("open", 9, start="", kind=kind, host="DDD")], ask={**ALONE, "kind": kind}).notes == ()
    )


def test_a_figure_without_a_start_happened_when_it_ended():
    rows = [workers("then", 1, start="", end="2024-07-01"), workers("later", 1, start="", end="2024-07-02")]
    with world(workers=rows) as record:
        assert behind_wall(record, dt.date(2024, 6, 30)).left_out["workers"] == BeyondWall(1, 0)


def test_a_figure_that_ended_before_the_deadline_is_not_told():
    assert stock([workers("open", 15_000, start="", end="2022-06-01")], ask=ALONE).notes == ()
    assert stock([workers("open", 15_000, start="", end="2022-06-02")], ask=ALONE).notes != ()


@pytest.mark.parametrize("ends", [(100, 300), (100, 100), (200, 250)])
def test_a_figure_between_those_of_others_changes_nothing(ends):
    rows = [workers("low", 100, publisher="x"), workers("high", 300, publisher="y")]
    wide = [workers("wide", 100, 300, publisher="x")]
    between = workers("more", *ends, publisher="z")
    for before in (rows, wide):
        assert (stock([*before, between], ask=ALONE).draws == stock(before, ask=ALONE).draws).all()


@pytest.mark.parametrize(("rough", "quantile"), [("low", 0.02), ("high", 0.98)])
def test_each_end_errs_by_the_grade_of_its_own_source(rough, quantile):
    grading = Grading({**dict.fromkeys("ABCDF", 0.0), "E": 0.3}, dict.fromkeys("123456", 1.0))

    def reach(named: str) -> float:
        rows = [
            workers(name, number, publisher=name, source="rough" if name == named else "s")
            for name, number in (("low", 100), ("high", 300))
        ]
        with world(workers=rows, sources=[source(), source("rough", reliability="E")]) as record:
            found = run(record, "labour.stock", {**ASK, **ALONE}, {}, replace(EXACT, grading=grading))
        return float(np.quantile(found.draws, quantile))

    assert abs(reach(rough) / reach("neither") - 1) > 0.05


def test_publishers_are_one_range_each_by_its_latest_figure():
    rows = [
        workers("old", 900, **year(2022) | {"start": "2022-07-01"}),
        workers("new", 100),
        workers("other", 300, publisher="q"),
    ]
    found = stock(rows, ask={"hosts": ["BBB"]})
    assert np.median(found.draws) == pytest.approx((100 * 300) ** 0.5, rel=0.06)
    inside = (found.draws >= 100) & (found.draws <= 300)
    assert inside.mean() == pytest.approx(0.8, abs=5 * (0.8 * 0.2 / EXACT.draws) ** 0.5)
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
