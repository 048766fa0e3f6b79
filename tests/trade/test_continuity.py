"""Whether a flow went on: its mean after over its mean before."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from tests.measure.worlds import (
    EXACT,
    GRADED,
    OTHER_TRADE,
    Draws,
    Given,
    Row,
    Scenario,
    Setting,
    few,
    measured,
    month,
    moved,
    run,
    trade,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.months import step_error
from tumen.measure.units import RATIO, USD, Amount, amount
from tumen.trade.continuity import ContinuityArguments
from tumen.trade.printed_flow import printed_flow

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "continuity.ratio": Scenario(
        {
            "territory": "AAA",
            "partner": "BBB",
            "by": "month",
            "before": ["2023-01-01", "2023-05-01"],
            "after": ["2023-06-01", "2023-10-01"],
        },
        {"publisher": "p"},
        {"trade": [trade(f"m{n}", 10 + n * n, last_digit_usd=1, **month(n)) for n in range(1, 10)]},
        OTHER_TRADE,
    ),
}

BY_YEAR = {
    "territory": "AAA",
    "partner": "BBB",
    "by": "year",
    "before": ["2021-01-01", "2023-01-01"],
    "after": ["2023-01-01", "2024-01-01"],
}
BY_MONTH = {**BY_YEAR, "by": "month", "before": ["2023-01-01", "2023-04-01"], "after": ["2023-06-20", "2023-09-01"]}
P = {"publisher": "p"}
YEARS = [trade("y21", 80, **year(2021)), trade("y22", 120, **year(2022)), trade("y23", 110)]


def months(*amounts: int | None, first: int = 1, **more: Any) -> list[Row]:
    return [trade(f"m{n:02}", a, **month(n), **more) for n, a in enumerate(amounts, first) if a is not None]


def ratio(
    rows: Sequence[Row], ask: Given = None, options: Given = None, setting: Setting = EXACT, **tables: Sequence[Row]
) -> SpecificationRun:
    with world(trade=rows, **tables) as record:
        return run(record, "continuity.ratio", ask or BY_YEAR, options or P, setting)


def test_by_year_it_is_the_ratio_of_the_printed_means():
    found = ratio(YEARS)
    assert found.draws == pytest.approx(np.full(EXACT.draws, 110 / 100))
    assert [(p.when, p.median) for p in found.series] == [("2021", 80), ("2022", 120), ("2023", 110)]
    assert [u.id for u in found.used] == ["y21", "y22", "y23"]


def test_rows_used_say_their_figure_and_of_what_it_is():
    one = ratio(YEARS).used[1]
    assert (one.amount, one.actors, one.commodity) == (amount(120, USD), ("AAA", "BBB"), "TOTAL")
    assert (one.start, one.end) == (dt.date(2022, 1, 1), dt.date(2023, 1, 1))
    exports = [trade(f"y{n}", None, exports_usd=n, **year(n)) for n in (2021, 2022, 2023)]
    assert ratio(exports, {**BY_YEAR, "flow": "exports"}).used[0].amount == amount(2021, USD)


@pytest.mark.parametrize(("flow", "counts"), [("total", 51), ("imports", 31), ("exports", 20)])
def test_a_row_shows_the_figure_that_counts_where_its_total_was_rounded_apart(flow, counts):
    sides = {"exports_usd": 20, "imports_usd": 31, "last_digit_usd": 1}
    rows = [trade(f"y{n}", 50, **sides, **year(n)) for n in (2021, 2022, 2023)]
    found = ratio(rows, {**BY_YEAR, "flow": flow})
    assert {u.amount for u in found.used} == {amount(counts, USD)}
    assert found.series[0].median == pytest.approx(counts, abs=0.1)


def test_series_is_of_money_though_what_is_asked_for_is_a_ratio():
    with world(trade=YEARS) as record:
        found = measured(record, "continuity.ratio", BY_YEAR, P)
    assert (found.unit, found.series_unit) == (RATIO, USD)


def test_by_month_a_month_cut_by_the_period_is_left_out():
    # 20 June cuts June; July and August are whole.
    found = ratio(months(10, 10, 10, None, None, 99, 20, 20), BY_MONTH)
    assert found.draws == pytest.approx(np.full(EXACT.draws, 2.0)), "a steady flow has no ups and downs to resample"
    assert [u.id for u in found.used] == ["m01", "m02", "m03", "m07", "m08"]


def test_by_month_the_interval_holds_the_flows_own_ups_and_downs():
    found = ratio(months(5, 10, 15, None, None, None, 18, 22), BY_MONTH)
    low, middle, high = np.quantile(found.draws, [0.05, 0.5, 0.95])
    assert low < 1.7 < 2.0 < 2.4 < high
    assert middle == pytest.approx(2.0, abs=0.15)


def test_months_that_drift_slowly_leave_a_wider_interval_than_the_same_months_shuffled():
    # By hand: the shares of the mean run from 0.3 to 1.7 and back in the one, up and down at once in the other.
    slow = [13, 10, 10, 10, 7, 4, 3, 3, 7, 10, 16, 17, 17, 13]
    quick = [3, 17, 7, 13, 10, 10, 3, 17, 4, 16, 10, 7, 13, 10]
    assert sorted(slow) == sorted(quick)
    ask = {**BY_MONTH, "before": ["2022-01-01", "2023-03-01"], "after": ["2023-03-01", "2023-05-01"]}

    def width(flow: Sequence[int]) -> float:
        rows = [trade(f"m{n:02}", a, **month(n % 12 + 1, 2022 + n // 12)) for n, a in enumerate([*flow, 10, 10])]
        return float(np.subtract(*np.quantile(ratio(rows, ask).draws, [0.95, 0.05])))

    assert width(slow) > 3 * width(quick)


def test_the_draws_by_month_are_students_t_about_the_ratio_of_the_means():
    draws = ratio(months(5, 10, 15, None, None, None, 18, 22), BY_MONTH).draws
    error, free = step_error(np.array([5.0, 10.0, 15.0]), np.array([18.0, 22.0]))
    assert stats.kstest(np.log(draws / 2) / error, stats.t(free).cdf).pvalue > 1e-4


@pytest.mark.parametrize(("before", "enough"), [(11, False), (12, True)])
def test_one_month_on_a_side_needs_a_year_on_the_other(before, enough):
    rows = [trade(f"m{n:02}", 10 + n % 3, **month(n % 12 + 1, 2022 + n // 12)) for n in range(before + 1)]
    parts = [f"{2022 + n // 12}-{n % 12 + 1:02}-01" for n in (0, before, before + 1)]
    found = ratio(rows, {**BY_MONTH, "before": parts[:2], "after": parts[1:]})
    assert bool(found.draws.size) == enough
    lacks = () if enough else ("months to tell how the flow scatters: two on both sides, or twelve on one",)
    assert found.missing == lacks
    assert len(found.used) == before + 1


def test_by_year_the_years_ups_and_downs_are_no_error():
    assert ratio(YEARS).draws == pytest.approx(np.full(EXACT.draws, ratio(YEARS).draws[0]))


def test_a_month_without_a_figure_is_missing_and_never_zero():
    found = ratio(months(10, None, 10, None, None, None, 20), BY_MONTH)
    assert found.draws.size == 0
    assert found.missing == ("p's figures before: 2023-02", "p's figures after: 2023-08")


def test_a_month_that_the_case_cannot_know_yet_is_named_so():
    ask = {**BY_MONTH, "after": ["2024-12-01", "2025-02-01"]}
    assert ratio(months(10, 10, 10), ask).missing == ("p's figures after: 2024-12, 2025-01 (after the case's date)",)


def test_a_bound_is_told_of_but_is_no_figure():
    rows = [*YEARS[:2], trade("least", 100, quality="lower_bound"), trade("most", 130, quality="upper_bound")]
    found = ratio(rows)
    assert found.missing == ("p's figures after: 2023",)
    assert found.notes == (
        "2023: only a bound is published, at least 100 USD (row least)",
        "2023: only a bound is published, at most 130 USD (row most)",
    )


def test_a_row_that_is_a_bound_is_shown_as_one():
    with world(trade=[trade("least", 100, quality="lower_bound")]) as record:
        (row,) = printed_flow(record, "AAA", "BBB", "TOTAL", (dt.date(2023, 1, 1), dt.date(2024, 1, 1)))
    assert row.used("total").amount == Amount(100, None, USD)


def test_a_flow_of_nothing_before_has_no_ratio():
    found = ratio([trade("y21", 0, **year(2021)), trade("y22", 0, **year(2022)), trade("y23", 5)])
    assert found.draws.size == 0
    assert found.missing == ("a flow before that is surely above zero, to compare with",)


def test_a_flow_that_stopped_is_a_ratio_of_zero():
    assert not ratio([*YEARS[:2], trade("y23", 0)]).draws.any()


def test_a_basket_is_its_own_figure_or_the_sum_of_its_codes():
    baskets = [{"basket": "chips", "commodity": code, "source": "s"} for code in ("854231", "854232")]
    codes = [
        trade(f"{code}-{at}", amount, commodity=code, **year(at))
        for code, at, amount in [
            ("854231", 2021, 3),
            ("854232", 2021, 5),
            ("854231", 2022, 4),
            ("854232", 2022, 4),
            ("854231", 2023, 2),
            ("854232", 2023, 2),
            ("999999", 2023, 50),
        ]
    ]
    ask = {**BY_YEAR, "commodity": "chips"}
    assert ratio(codes, ask, baskets=baskets).draws == pytest.approx(np.full(EXACT.draws, 0.5))
    whole = [*codes, trade("whole", 8, commodity="chips")]
    found = ratio(whole, ask, baskets=baskets)
    assert found.draws == pytest.approx(np.full(EXACT.draws, 1.0))
    assert "854231-2023" not in [u.id for u in found.used]


def test_one_side_of_trade():
    rows = [
        trade(f"y{n}", None, exports_usd=e, imports_usd=i, **year(n))
        for n, e, i in [(2021, 10, 30), (2022, 10, 30), (2023, 5, 60)]
    ]
    assert ratio(rows, {**BY_YEAR, "flow": "exports"}).draws == pytest.approx(np.full(EXACT.draws, 0.5))
    assert ratio(rows, {**BY_YEAR, "flow": "imports"}).draws == pytest.approx(np.full(EXACT.draws, 2.0))


SIDES = [
    trade("y21", 100, exports_usd=40, imports_usd=60, **year(2021)),
    trade("y22", 100, exports_usd=40, imports_usd=60, **year(2022)),
    trade("y23", 120, exports_usd=60, imports_usd=60),
]


def test_imports_are_brought_from_cif_to_fob_on_both_sides():
    found = ratio(SIDES, options={**P, "cif_fob": [1.25, 1.25]})
    assert found.draws == pytest.approx(np.full(EXACT.draws, (60 + 48) / (40 + 48)))
    assert moved(found, "cif_fob", 1.0) == pytest.approx(np.full(EXACT.draws, 1.2))


def test_a_year_printed_as_a_total_alone_is_never_compared_with_one_brought_to_fob():
    # A firm total comes before a derived pair, but a total cannot be divided by CIF over FOB: mixing
    # the two would make trade seem to fall.
    rows = [
        *SIDES[1:],
        trade("total", 100, **year(2021)),
        trade("pair", 100, exports_usd=40, imports_usd=60, quality="derived", **year(2021)),
    ]
    plain, fob = ratio(rows), ratio(rows, options={**P, "cif_fob": [1.25, 1.25]})
    assert [u.id for u in plain.used] == ["total", "y22", "y23"]
    assert "cif_fob" not in plain.baselines
    assert [u.id for u in fob.used] == ["pair", "y22", "y23"]
    assert fob.draws == pytest.approx(np.full(EXACT.draws, 108 / 88))
    lacking = ratio(rows[:-1], options={**P, "cif_fob": [1.25, 1.25]})
    assert lacking.missing == ("p's figures with imports apart before: 2021",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"before": ["2022-06-01", "2023-01-01"]}, "whole calendar years"),
        ({"by": "month", "after": ["2023-01-02", "2023-01-31"]}, "a whole calendar month"),
        ({"before": ["2022-01-01", "2024-01-01"]}, "no later than"),
        ({"after": ["2024-01-01", "2023-01-01"]}, "runs forward"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(change, words):
    with pytest.raises(ValidationError, match=words):
        ContinuityArguments.model_validate({**BY_YEAR, **change})


@few
@given(
    amounts=st.lists(st.integers(50, 1000), min_size=5, max_size=5),
    factor=st.integers(2, 1000),
    digit=st.integers(0, 9),
)
def test_all_money_times_a_constant_changes_no_ratio(amounts, factor, digit):
    def draws(scale: int) -> Draws:
        scaled = [a * scale for a in amounts]
        rows = months(*scaled[:3], None, None, None, *scaled[3:], last_digit_usd=digit * scale)
        return ratio(rows, BY_MONTH, setting=GRADED).draws

    plain = draws(1)
    assert (plain >= 0).all()
    assert plain == pytest.approx(draws(factor), rel=1e-9)
