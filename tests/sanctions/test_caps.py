"""Deliveries against a cap of 500 barrels a year."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import (
    EXACT,
    GRADED,
    YEAR,
    Draws,
    Given,
    Row,
    Scenario,
    Setting,
    cap,
    delivery,
    few,
    moved,
    run,
    unreported,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import Amount, amount
from tumen.sanctions.units import BARRELS, BARRELS_A_YEAR
from tumen.sea.units import TONNES

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "caps.excess": Scenario(
        {"recipient": "AAA", "product": "oil", "provision": "cap", "period": YEAR},
        {"load": 0.5, "barrels_per_tonne": [7.5, 8.33]},
        {
            "provisions": [cap()],
            "deliveries": [delivery("b", tonnes=20, last_digit=1), delivery("c", "CCC", barrels=100, last_digit=10)],
            "unreported": [unreported("tankers", 900, last_digit=10)],
        },
        {"deliveries": [delivery("gas", tonnes=9, product="gas")], "unreported": [unreported("x", 5, recipient="CCC")]},
    ),
}

ASK = {"recipient": "AAA", "product": "oil", "provision": "cap", "period": ["2023-01-01", "2024-01-01"]}
TWO = {**ASK, "period": ["2022-01-01", "2024-01-01"]}
HALF = {"load": 0.5, "barrels_per_tonne": [8.0, 8.0]}


def excess(
    deliveries: Sequence[Row] = (),
    estimates: Sequence[Row] = (),
    options: Given = None,
    ask: Given = None,
    provisions: Sequence[Row] | None = None,
    setting: Setting = EXACT,
) -> SpecificationRun:
    with world(
        provisions=[cap()] if provisions is None else provisions, deliveries=deliveries, unreported=estimates
    ) as record:
        return run(record, "caps.excess", ask or ASK, options or HALF, setting)


def test_excess_is_notified_and_unreported_deliveries_less_the_cap():
    # 20 t of 8 barrels, 100 barrels more, and 900 barrels at 90 per cent that are 500 at 50: 260 over.
    found = excess([delivery("b", tonnes=20), delivery("c", "CCC", barrels=100)], [unreported("t", 900)])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 160 + 100 + 500 - 500))
    assert found.bounds == frozenset()
    assert [(u.table, u.amount, u.actors) for u in found.used] == [
        ("provisions", amount(500, BARRELS_A_YEAR), ("AAA",)),
        ("deliveries", amount(20, TONNES), ("BBB", "AAA")),
        ("deliveries", amount(100, BARRELS), ("CCC", "AAA")),
        ("unreported", amount(900, BARRELS), ("AAA",)),
    ]


def test_rows_used_say_of_when_and_of_what_they_are():
    used = excess([delivery("b", tonnes=20)], [unreported("t", 900)]).used
    assert {u.commodity for u in used} == {"oil"}
    cap_used, *others = used
    assert (cap_used.kind, cap_used.start, cap_used.end) == ("cap", dt.date(2018, 1, 1), None)
    assert {(u.start, u.end) for u in others} == {(dt.date(2023, 1, 1), dt.date(2024, 1, 1))}


def test_estimate_with_the_higher_load_alone_is_taken_to_assume_it():
    found = excess([delivery("b", barrels=0)], [unreported("t", 900, load_low="")])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.0))


def test_the_levers_are_the_load_and_the_barrels_in_a_tonne():
    found = excess([delivery("b", tonnes=20)], [unreported("t", 900)])
    assert found.baselines == {"load": 0.5, "barrels_per_tonne": 8.0}
    assert moved(found, "load", 0.9) == pytest.approx(np.full(EXACT.draws, 160 + 900 - 500))
    assert moved(found, "barrels_per_tonne", 10.0) == pytest.approx(np.full(EXACT.draws, 200 + 500 - 500))


def test_figures_in_barrels_need_no_density_and_offer_no_lever():
    found = excess([delivery("b", barrels=100)], [unreported("t", 900, load=None)])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 500.0)), "an estimate without a load is taken as it is"
    assert found.baselines == {}


def test_a_load_between_two_is_drawn_between_them():
    found = excess([delivery("b", barrels=0)], [unreported("t", 900, load_low=0.6, load_high=0.9)])
    at_full_load = (found.draws + 500) / 0.5
    assert at_full_load.min() >= 900 / 0.9 - 1e-9
    assert at_full_load.max() <= 900 / 0.6 + 1e-9


@pytest.mark.parametrize("provision", [[], [cap(9, "t")], [cap(None, None)]])
def test_a_provision_without_a_cap_in_barrels_is_named(provision):
    found = excess([delivery("b", barrels=100)], provisions=provision)
    assert found.draws.size == 0
    assert found.missing == ("a cap in barrels under the provision 'cap'",)


@pytest.mark.parametrize("dates", [{"start": "2023-02-01"}, {"start": "2018-01-01", "end": "2023-12-01"}])
def test_a_cap_that_was_not_in_force_the_whole_year_is_said(dates):
    found = excess([delivery("b", barrels=100)], [unreported("t", 9)], provisions=[cap(**dates)])
    assert found.draws.size == 0
    assert found.missing == ("2023: the cap was not in force the whole year",)


def test_a_year_of_which_nothing_is_known_is_missing():
    found = excess()
    assert found.missing == ("2023: deliveries, notified or estimated",)
    assert [u.table for u in found.used] == ["provisions"]


def test_a_year_without_an_estimate_is_missing_while_the_notified_part_is_below_the_cap():
    found = excess([delivery("b", barrels=400)])
    assert found.draws.size == 0
    assert found.missing == ("2023: an estimate of deliveries that were not notified",)
    assert [u.id for u in found.used] == ["cap", "b"]


def test_a_notified_part_beyond_the_cap_needs_no_estimate():
    found = excess([delivery("b", barrels=600)])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 100.0))
    assert found.bounds == {"lower"}
    assert found.notes == ("2023: the notified part alone; the rest was not estimated",)


def test_an_estimate_without_a_notified_figure_is_a_lower_bound():
    found = excess(estimates=[unreported("t", 1800)])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 500.0))
    assert found.bounds == {"lower"}
    assert found.notes == ("2023: no notified figure; the sum leaves it out",)


def test_part_of_a_year_is_a_lower_bound_unless_it_is_scaled_by_its_days():
    # 73 of 365 days: a fifth of the year.
    part = unreported("t", 900, start="2023-01-01", end="2023-03-15")
    plain = excess([delivery("b", barrels=100)], [part])
    assert plain.draws == pytest.approx(np.full(EXACT.draws, 100 + 500 - 500))
    assert plain.bounds == {"lower"}
    assert plain.notes == (
        "2023: the estimate covers 2023-01-01 to 2023-03-14, not scaled up, so the year is a lower bound",
    )
    scaled = excess([delivery("b", barrels=100)], [part], {**HALF, "whole_year": True})
    assert scaled.draws == pytest.approx(np.full(EXACT.draws, 100 + 5 * 500 - 500))
    assert scaled.bounds == frozenset()
    assert scaled.notes[0].endswith("scaled to the whole year")


def test_of_several_estimates_the_longest_and_firmest_stands():
    short = unreported("short", 9000, start="2023-01-01", end="2023-06-01")
    derived = unreported("derived", 600, load=0.33, quality="derived")
    bound = unreported("bound", 100, load=0.6, quality="lower_bound")
    printed = unreported("printed", 900)
    assert excess([delivery("b", barrels=0)], [short, derived, printed, bound]).used[-1].id == "printed"
    assert excess([delivery("b", barrels=0)], [short, derived, bound]).used[-1].id == "derived"
    only = excess([delivery("b", barrels=0)], [short, bound])
    assert only.used[-1].id == "bound"
    assert only.used[-1].amount == Amount(100, None, BARRELS)
    assert only.bounds == {"lower"}


@pytest.mark.parametrize(("how", "expected"), [("lowest", 100.0), ("highest", 300.0), ("mean", 200.0)])
def test_years_are_combined(how, expected):
    rows = [delivery("b22", barrels=600, **year(2022)), delivery("b23", barrels=800)]
    estimates = [unreported("t22", 0, **year(2022)), unreported("t23", 0)]
    found = excess(rows, estimates, ask={**TWO, "combine": how})
    assert found.draws == pytest.approx(np.full(EXACT.draws, expected))
    assert [(p.when, p.median) for p in found.series] == [("2022", 100.0), ("2023", 300.0)]


@pytest.mark.parametrize(
    ("how", "bounds"), [("lowest", {"upper"}), ("highest", {"lower"}), ("mean", {"lower", "upper"})]
)
def test_a_missing_year_leaves_the_rest_a_bound(how, bounds):
    # The lowest of the years known is the most that the lowest of all years can be, and so on.
    found = excess([delivery("b", barrels=800)], [unreported("t", 0)], ask={**TWO, "combine": how})
    assert found.missing == ("2022: deliveries, notified or estimated",)
    assert found.bounds == bounds
    assert found.draws == pytest.approx(np.full(EXACT.draws, 300.0))


@few
@given(
    tonnes=st.integers(0, 10**5), barrels=st.integers(1, 10**6), loads=st.tuples(st.floats(0.05, 1), st.floats(0.05, 1))
)
def test_excess_rises_with_the_load(tonnes, barrels, loads):
    found = excess(
        [delivery("b", tonnes=tonnes, last_digit=1)], [unreported("t", barrels, last_digit=10)], setting=GRADED
    )
    low, high = (moved(found, "load", load) for load in sorted(loads))
    assert (low <= high).all()
    if loads[0] != loads[1]:
        assert low.mean() < high.mean()


@few
@given(tonnes=st.integers(0, 10**4), barrels=st.integers(1, 10**5), factor=st.integers(2, 50))
def test_all_amounts_and_the_cap_times_a_constant_scale_the_excess(tonnes, barrels, factor):
    def draws(scale: int) -> Draws:
        notified = [delivery("b", tonnes=tonnes * scale, last_digit=scale)]
        estimates = [unreported("t", barrels * scale, last_digit=10 * scale)]
        return excess(notified, estimates, provisions=[cap(500 * scale)], setting=GRADED).draws

    assert draws(factor) == pytest.approx(factor * draws(1), rel=1e-9, abs=1e-6)
