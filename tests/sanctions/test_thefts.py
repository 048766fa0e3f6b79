"""What AAA steals in a year against exports of 100 USD."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import (
    EXACT,
    GRADED,
    YEAR,
    Given,
    Row,
    Scenario,
    Setting,
    few,
    moved,
    run,
    source,
    stolen,
    theft,
    trade,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import USD, Amount, amount
from tumen.record.same import things
from tumen.sanctions.theft_reports import TheftReport, thefts_of

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "thefts.value": Scenario(
        {"actor": "AAA", "period": YEAR},
        {"exports": "p"},
        {
            "thefts": [theft("t", 30), theft("t2", 40, duplicate_of="t"), theft("u", 5)],
            "trade": [trade("all", exports_usd=100, partner="WLD", last_digit_usd=1)],
        },
        {
            "thefts": [
                theft("x", 9, attributed_to="DDD"),
                theft("y", 9, "researcher"),
                theft("z", 9, date="2021-01-01"),
            ],
            "theft_totals": [stolen("firm", 77)],
        },
    ),
}

ASK = {"actor": "AAA", "period": ["2023-01-01", "2024-01-01"]}
TWO = {**ASK, "period": ["2022-01-01", "2024-01-01"]}
EXPORTS = [trade("all", exports_usd=100, partner="WLD"), trade("all-22", exports_usd=50, partner="WLD", **year(2022))]


def value(
    thefts: Sequence[Row] = (),
    totals: Sequence[Row] = (),
    options: Given = None,
    ask: Given = None,
    exports: Sequence[Row] = EXPORTS,
    setting: Setting = EXACT,
) -> SpecificationRun:
    with world(thefts=thefts, theft_totals=totals, trade=exports) as record:
        return run(record, "thefts.value", ask or ASK, {"exports": "p", **(options or {})}, setting)


def test_value_is_the_sum_of_the_years_thefts_over_exports():
    found = value([theft("a", 30), theft("b", 20), theft("elsewhen", 99, date="2021-01-01")])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.5))
    assert found.bounds == {"lower"}, "a list leaves out what nobody attributed"
    assert found.notes == ("2023: 2 thefts; what no list names is left out",)
    assert [(u.table, u.amount, u.actors, u.text) for u in found.used] == [
        ("thefts", amount(20, USD), ("AAA",), "V"),
        ("thefts", amount(30, USD), ("AAA",), "V"),
        ("trade", amount(100, USD), ("AAA", "WLD"), ""),
    ]
    assert found.used[0].start == found.used[0].end == dt.date(2023, 5, 5)


def test_no_theft_is_counted_twice():
    rows = [
        theft("a", 30),
        theft("b", 30, duplicate_of="a"),
        theft("c", 30, duplicate_of="b"),
        theft("d", 10),
        theft("e", 10, duplicate_of="d"),
    ]
    found = value(rows)
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.4))
    assert found.notes == ("2023: 2 thefts; what no list names is left out",)


def test_thefts_that_the_same_sources_tell_of_are_one_observation():
    rows = [theft("a", 30), theft("b", 20), theft("c", 10, source="t"), theft("d", 5, source="u")]
    tables = {"sources": [source("s"), source("t"), source("u", origin="t")], "thefts": rows, "trade": EXPORTS}
    with world(**tables) as record:
        assert run(record, "thefts.value", ASK, {"exports": "p"}).effective == 2.0
    assert value(totals=[stolen("firm", 77)], options={"totals": ["firm"]}).effective is None


def test_rows_that_name_each_other_are_one_theft():
    report = TheftReport("a", 30, 30, "p", "exact", "s", dt.date(2023, 5, 5), "V", "AAA", "government")
    (one,) = thefts_of([report, replace(report, id="b", low_usd=20)], "government", things({"a": "b", "b": "a"}))
    assert (one.low_usd, one.high_usd) == (20, 30)


def test_reports_that_disagree_are_drawn_between():
    found = value([theft("a", 30), theft("b", 50, duplicate_of="a", quality="conflict")])
    inside = (found.draws >= 0.3) & (found.draws <= 0.5)
    assert inside.mean() == pytest.approx(0.8, abs=5 * (0.8 * 0.2 / EXACT.draws) ** 0.5)
    ranged = value([theft("a", None, low_usd=30, high_usd=50)])
    assert (ranged.draws == found.draws).all()
    assert ranged.used[0].amount == Amount(30, 50, USD)


@pytest.mark.parametrize(
    ("quality", "said"), [("lower_bound", "at least 30 USD"), ("upper_bound", "at most 30 USD"), ("exact", "30 USD")]
)
def test_a_theft_that_is_printed_as_a_bound_is_shown_as_one(quality, said):
    (used,) = [u for u in value([theft("a", 30, quality=quality)]).used if u.table == "thefts"]
    assert used.amount is not None
    assert used.amount.said == said


@pytest.mark.parametrize(
    ("level", "expected"), [("government", 0.1), ("panel", 0.3), ("firms", 0.7), ("researcher", 1.5)]
)
def test_a_theft_counts_where_its_attribution_is_firm_enough(level, expected):
    rows = [theft("a", 10), theft("b", 20, "panel"), theft("c", 40, "firms"), theft("d", 80, "researcher")]
    assert value(rows, options={"attribution": level}).draws == pytest.approx(np.full(EXACT.draws, expected))


def test_a_less_firm_report_gives_no_figure_but_keeps_the_date():
    # The researcher's row stands for the theft; only the government's figure counts.
    rows = [theft("a", 90, "researcher"), theft("b", 10, duplicate_of="a", date="2024-01-01")]
    assert value(rows).draws == pytest.approx(np.full(EXACT.draws, 0.1))
    both = value(rows, options={"attribution": "researcher"}).draws
    assert np.median(both) == pytest.approx((0.1 * 0.9) ** 0.5, rel=0.3)


def test_thefts_without_a_usable_figure_are_left_out():
    rows = [theft("a", None, quality="missing"), theft("b", 9, quality="suspect"), theft("c", 9, quality="garbled")]
    assert value(rows).missing == ("2023: a theft with an attribution at least as firm as 'government'",)


@pytest.mark.parametrize(("how", "expected"), [("lowest", 0.3), ("highest", 0.8), ("mean", 0.55)])
def test_years_are_combined(how, expected):
    found = value([theft("a", 30), theft("b", 40, date="2022-03-03")], ask={**TWO, "combine": how})
    assert found.draws == pytest.approx(np.full(EXACT.draws, expected))
    assert [(p.when, p.median) for p in found.series] == [("2022", 0.8), ("2023", 0.3)]


def test_a_year_without_thefts_or_without_exports_is_missing_never_zero():
    found = value([theft("a", 30)], ask=TWO)
    assert found.missing == ("2022: a theft with an attribution at least as firm as 'government'",)
    assert found.bounds == {"lower", "upper"}
    none = value([theft("a", 30)], exports=EXPORTS[1:])
    assert none.draws.size == 0
    assert none.missing == ("2023: p's figure for AAA's exports to all partners",)


def test_totals_stand_in_place_of_the_list():
    found = value([theft("a", 30)], [stolen("t", 200)], {"totals": ["firm"]})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 2.0))
    assert found.bounds == frozenset()
    total = found.used[0]
    assert (total.amount, total.actors) == (amount(200, USD), ("AAA",))
    assert (total.start, total.end) == (dt.date(2023, 1, 1), dt.date(2024, 1, 1))


def test_totals_of_several_firms_are_one_range_and_revised_ones_left_out():
    rows = [
        stolen("a", 100),
        stolen("b", 300, publisher="other"),
        stolen("c", 900, quality="conflict"),
        stolen("d", 500, publisher="third"),
        stolen("part", 7, start="2023-01-01", end="2023-07-01"),
    ]
    found = value(totals=rows, options={"totals": ["firm", "other"]})
    inside = (found.draws >= 1.0) & (found.draws <= 3.0)
    assert inside.mean() == pytest.approx(0.8, abs=5 * (0.8 * 0.2 / EXACT.draws) ** 0.5)
    assert [u.id for u in found.used if u.table == "theft_totals"] == ["a", "b"]
    only = value(totals=[stolen("c", 900, quality="conflict")], options={"totals": ["firm"]})
    assert only.draws == pytest.approx(np.full(EXACT.draws, 9.0))


def test_a_firm_without_a_total_of_the_year_is_told():
    found = value(totals=[stolen("a", 100)], options={"totals": ["firm", "other"]})
    assert found.notes == ("2023: no total by other",)
    assert value(totals=[stolen("a", 100)], options={"totals": ["firm"]}).notes == ()


def test_a_total_that_is_missing_or_a_bound_is_said():
    assert value(totals=[], options={"totals": ["firm", "other"]}).missing == ("2023: a total by firm, other",)
    least = value(totals=[stolen("a", 100, quality="lower_bound")], options={"totals": ["firm"]})
    assert least.bounds == {"lower"}
    assert least.used[0].amount == Amount(100, None, USD)
    counted = value(totals=[stolen("a", None, incidents=4)], options={"totals": ["firm"]})
    assert counted.draws.size == 0


def test_the_levers_are_what_is_counted_and_exports_that_are_missing():
    found = value([theft("a", 30)])
    assert found.baselines == {"value_counted": 1.0, "exports_missing_usd": 0.0}
    assert moved(found, "value_counted", 0.5) == pytest.approx(np.full(EXACT.draws, 0.15))
    assert moved(found, "exports_missing_usd", 200.0) == pytest.approx(np.full(EXACT.draws, 0.1))


@few
@given(one=st.integers(1, 10**6), other=st.integers(1, 10**6), factor=st.integers(2, 50))
def test_the_ratio_does_not_depend_on_the_currency(one, other, factor):
    def draws(scale: int) -> np.ndarray:
        exports = [trade("all", exports_usd=100 * scale, last_digit_usd=scale, partner="WLD")]
        return value([theft("a", one * scale), theft("b", other * scale)], exports=exports, setting=GRADED).draws

    assert draws(factor) == pytest.approx(draws(1), rel=1e-9)


@few
@given(values=st.lists(st.integers(1, 10**6), min_size=1, max_size=5))
def test_a_less_firm_level_never_counts_less(values):
    rows = [theft(f"t{n}", v, ("government", "researcher")[n % 2]) for n, v in enumerate(values)]
    firm = value(rows, setting=GRADED).draws
    loose = value(rows, options={"attribution": "researcher"}, setting=GRADED).draws
    assert (loose >= firm).all()


def test_no_row_makes_no_theft():
    assert thefts_of([], "researcher", {}) == []


EVER = [trade(f"all-{n}", exports_usd=100, partner="WLD", **year(n)) for n in range(2016, 2024)]


def test_other_years_are_what_a_year_is_compared_with():
    rows = [theft(f"t{n}", 10 * (n - 2015), date=f"{n}-05-05") for n in range(2016, 2024) if n != 2020]
    found = value(
        [*rows, theft("twice", 5, date="2017-01-01"), theft("unsure", 99, "researcher", date="2020-01-01")],
        exports=EVER,
    )
    assert found.peers is not None
    assert found.peers.of == "other years"
    # 2020 has no theft that is attributed firmly enough, and 2023 is the claim's own.
    expected = {"2016": 0.1, "2017": 0.25, "2018": 0.3, "2019": 0.4, "2021": 0.6, "2022": 0.7}
    assert found.peers.values == pytest.approx(expected)
    assert value(rows, exports=EVER[4:]).peers is None


def test_other_years_come_from_the_totals_where_those_count():
    totals = [stolen(f"firm-{n}", n - 2010, **year(n)) for n in range(2016, 2024)]
    found = value([theft("t", 99, date="2017-05-05")], totals, {"totals": ["firm"]}, exports=EVER)
    assert found.peers is not None
    assert found.peers.values == pytest.approx({str(n): (n - 2010) / 100 for n in range(2016, 2023)})
