"""Which printed figure stands for a publisher, a partner and a period."""

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.measure.worlds import GRADED, Row, month, source, trade, world, year
from tumen.measure.units import USD, amount
from tumen.trade.cells import (
    FIGURES_LISTED,
    TradeCell,
    graded_draws,
    in_year,
    rounded_draws,
    sum_draws,
    trade_cells,
)
from tumen.trade.figure_errors import Flow

SPAN = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))


def ids(cell: TradeCell) -> str:
    """The ids of the rows that were summed into a cell."""
    return "+".join(u.id for u in cell.used)


def values(rows: Sequence[Row], flow: Flow = "total") -> dict[str, float]:
    with world(trade=rows) as record:
        return {ids(c): c.value_usd for c in trade_cells(record, "AAA", *SPAN, flow)}


def test_flows_and_totals():
    row = trade("a", None, exports_usd=40, imports_usd=50)
    assert values([row]) == {"a": 90}
    assert values([row], "exports") == {"a": 40}
    assert values([row], "imports") == {"a": 50}
    assert values([trade("a", 95, exports_usd=40, imports_usd=50, last_digit_usd=10)]) == {"a": 95}, (
        "a printed total comes first"
    )
    assert values([trade("a", 95)], "exports") == {}, "a total says nothing of one side"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([trade("a", 1, quality="rounded"), trade("b", 2)], {"b": 2}),
        ([trade("a", 1, quality="conflict"), trade("b", 2, quality="derived")], {"b": 2}),
        ([trade("a", 1, quality="conflict")], {"a": 1}),
        ([trade("a", 1, last_digit_usd=10), trade("b", 2, last_digit_usd=1)], {"b": 2}),
        ([trade("a", 1, quality=q) for q in ("suspect",)], {}),
        ([trade("a", 1, quality="lower_bound"), trade("b", 1, quality="upper_bound")], {}),
        ([trade("a", None, quality="missing"), trade("b", 1, quality="garbled")], {}),
    ],
)
def test_the_firmest_figure_stands_for_its_publisher(rows, expected):
    assert values(rows) == expected


def test_codes_are_summed_only_where_no_total_is_printed():
    codes = [trade("a", 3, commodity="270111"), trade("b", 4, commodity="270112"), trade("c", 9, commodity="27")]
    assert values(codes) == {"a+b": 7}
    assert values([*codes, trade("t", 20)]) == {"t": 20}


def test_a_year_is_its_own_figure_or_its_twelve_months():
    months = [trade(f"m{n:02}", n, **month(n)) for n in range(1, 13)]
    with world(trade=months) as record:
        found = trade_cells(record, "AAA", *SPAN)
        assert sum(c.value_usd for c in in_year(found, "p", "BBB", 2023)) == 78
    with world(trade=months[:-1]) as record:
        assert in_year(trade_cells(record, "AAA", *SPAN), "p", "BBB", 2023) == ()
    with world(trade=[*months, trade("year", 80)]) as record:
        assert [ids(c) for c in in_year(trade_cells(record, "AAA", *SPAN), "p", "BBB", 2023)] == ["year"]


def test_figures_outside_the_period_are_left_out():
    assert values([trade("a", 1, **year(2022)), trade("b", 2, **year(2022, 2024)), trade("c", 3)]) == {"c": 3}


def test_a_grade_moves_the_figure_as_the_table_of_grades_says():
    with world(trade=[trade("a", 1000)], sources=[source(reliability="E", credibility="2")]) as record:
        (cell,) = trade_cells(record, "AAA", *SPAN)
        factor = graded_draws(cell, record, GRADED) / 1000
        # Standard deviation of 0.10 from 400 draws: within five standard errors, 0.1/sqrt(800) each.
        assert factor.std() == pytest.approx(0.10, abs=5 * 0.10 / 800**0.5)
        assert factor.min() >= 0
        assert (rounded_draws(cell, GRADED) == 1000).all()
        assert sum_draws([cell], record, GRADED) == pytest.approx(1000 * factor)
        assert (sum_draws([], record, GRADED) == 0).all()


#: Two codes of one cell: a ministry graded A1 prints little of it, a blog graded E5 nearly all.
MINISTRY, BLOG = source("ministry"), source("blog", publisher="B", reliability="E", credibility="5")
OF_TWO = [
    trade("a", 2, commodity="270111", source="ministry", last_digit_usd=1),
    trade("b", 90, commodity="270112", source="blog", last_digit_usd=1),
]


def test_every_row_of_a_sum_is_shown_with_its_own_value_and_source():
    with world(trade=OF_TWO, sources=[MINISTRY, BLOG]) as record:
        (cell,) = trade_cells(record, "AAA", *SPAN)
    assert [(u.id, u.source, u.amount, u.commodity, u.rows) for u in cell.used] == [
        ("a", "ministry", amount(2, USD), "270111", 1),
        ("b", "blog", amount(90, USD), "270112", 1),
    ]
    assert {(u.start, u.end, u.actors) for u in cell.used} == {(*SPAN, ("AAA", "BBB"))}


def test_each_row_of_a_sum_errs_by_the_grade_of_its_own_source():
    exact = [{**row, "last_digit_usd": 0} for row in OF_TWO]
    with world(trade=exact, sources=[MINISTRY, BLOG]) as record:
        (cell,) = trade_cells(record, "AAA", *SPAN)
        drawn = graded_draws(cell, record, GRADED)
    # The blog's relative error is 0.10 × 4 of 90; the ministry's is 0.005 × 0.5 of 2 and shows in nothing.
    assert drawn.std() == pytest.approx(0.4 * 90, abs=5 * 36 / 800**0.5)


def test_rows_of_one_source_err_together_and_are_rounded_apart():
    rows = [trade(f"r{n}", 1000, commodity=f"{n:06}", last_digit_usd=100) for n in range(1, 9)]
    with world(trade=rows, sources=[source(reliability="E", credibility="2")]) as record:
        (cell,) = trade_cells(record, "AAA", *SPAN)
        assert rounded_draws(cell, GRADED).std() == pytest.approx(100 * (8 / 12) ** 0.5, rel=0.15)
        assert graded_draws(cell, record, GRADED).std() == pytest.approx(800, rel=0.15)


def test_very_many_rows_of_a_sum_are_shown_by_source_and_err_alike():
    rows = [
        trade(f"r{n:03}", 1000, commodity=f"{n:06}", last_digit_usd=100, source="blog" if n % 2 else "ministry")
        for n in range(2 * FIGURES_LISTED)
    ]
    with world(trade=rows, sources=[MINISTRY, BLOG]) as record:
        (cell,) = trade_cells(record, "AAA", *SPAN)
        assert cell.value_usd == 2 * FIGURES_LISTED * 1000
        assert [(u.id, u.source, u.rows, u.amount, u.commodity) for u in cell.used] == [
            ("p, BBB, 2023-01-01 to 2023-12-31 in ministry", "ministry", FIGURES_LISTED, amount(50_000, USD), ""),
            ("p, BBB, 2023-01-01 to 2023-12-31 in blog", "blog", FIGURES_LISTED, amount(50_000, USD), ""),
        ]
        assert rounded_draws(cell, GRADED).std() == pytest.approx(100 * (2 * FIGURES_LISTED / 12) ** 0.5, rel=0.15)


def test_of_figures_as_firm_as_each_other_the_better_graded_counts_whatever_they_are_called():
    for one, other in (("a", "b"), ("b", "a")):
        rows = [trade(one, 7, source="blog"), trade(other, 8, source="ministry")]
        with world(trade=rows, sources=[MINISTRY, BLOG]) as record:
            (cell,) = trade_cells(record, "AAA", *SPAN)
        assert (cell.value_usd, cell.used[0].source) == (8, "ministry")
