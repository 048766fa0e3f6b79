"""Which printed figure stands for a publisher, a partner and a period."""

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.measurement.worlds import GRADED, Row, month, source, trade, world, year
from tumen.measurement.trade.trade import Flow, cells, grade_draws, in_year, rounded_draws, sum_draws

SPAN = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))


def values(rows: Sequence[Row], flow: Flow = "total") -> dict[str, float]:
    with world(trade=rows) as record:
        return {c.id: c.value_usd for c in cells(record, "AAA", *SPAN, flow)}


def test_flows_and_totals():
    row = trade("a", None, exports_usd=40, imports_usd=50)
    assert values([row]) == {"a": 90}
    assert values([row], "exports") == {"a": 40}
    assert values([row], "imports") == {"a": 50}
    assert values([trade("a", 95, exports_usd=40, imports_usd=50)]) == {"a": 95}, "a printed total comes first"
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
    assert values(codes) == {"a": 7}
    assert values([*codes, trade("t", 20)]) == {"t": 20}


def test_a_year_is_its_own_figure_or_its_twelve_months():
    months = [trade(f"m{n:02}", n, **month(n)) for n in range(1, 13)]
    with world(trade=months) as record:
        found = cells(record, "AAA", *SPAN)
        assert sum(c.value_usd for c in in_year(found, "p", "BBB", 2023)) == 78
    with world(trade=months[:-1]) as record:
        assert in_year(cells(record, "AAA", *SPAN), "p", "BBB", 2023) == ()
    with world(trade=[*months, trade("year", 80)]) as record:
        assert [c.id for c in in_year(cells(record, "AAA", *SPAN), "p", "BBB", 2023)] == ["year"]


def test_figures_outside_the_period_are_left_out():
    assert values([trade("a", 1, **year(2022)), trade("b", 2, **year(2022, 2024)), trade("c", 3)]) == {"c": 3}


def test_a_grade_moves_the_figure_as_the_table_of_grades_says():
    with world(trade=[trade("a", 1000)], sources=[source(reliability="E", credibility="2")]) as record:
        (cell,) = cells(record, "AAA", *SPAN)
        factor = grade_draws(cell, record, GRADED)
        # Standard deviation of 0.10 from 400 draws: within five standard errors, 0.1/sqrt(800) each.
        assert factor.std() == pytest.approx(0.10, abs=5 * 0.10 / 800**0.5)
        assert factor.min() >= 0
        assert (rounded_draws(cell, GRADED) == 1000).all()
        assert sum_draws([cell], record, GRADED) == pytest.approx(1000 * factor)
        assert (sum_draws([], record, GRADED) == 0).all()
