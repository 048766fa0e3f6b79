"""Which figures are like for like, and what is fitted to them."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from tests.measure.worlds import Row, month, source, trade, world, year
from tumen.case.error_parts import Differing, Repeating, TableErrors
from tumen.measure.setting import Grading
from tumen.trade.grades import FittedGrades, grades_of
from tumen.trade.like_for_like import Comparable, Likes, pairs_of, printed_by_several

NOTHING = TableErrors()
FLAT = Grading(dict.fromkeys("ABCDEF", 0.02), dict.fromkeys("123456", 1.0))


def read(rows: Sequence[Row], sources: Sequence[Row] = (source(),)) -> Sequence[Comparable]:
    with world(trade=rows, sources=sources) as record:
        return printed_by_several(record)


def like(rows: Sequence[Row], errors: TableErrors = NOTHING) -> set[tuple[str, str, float]]:
    return {(f.publisher, f.flow, f.value_usd) for f in Likes(errors).of(read(rows))}


def two(one: Row | None = None, **more: object) -> list[Row]:
    """A total that p and q print."""
    return [one or trade("p", 100), trade("q", 110, **{"publisher": "q", **more})]


def years(first: int, last: int, **values: float) -> list[Row]:
    """Totals of publishers in some years, each year a tenth more than the one before."""
    return [
        trade(f"{name}{y}", round(value * 1.1 ** (y - first), 6), publisher=name, **year(y))
        for y in range(first, last)
        for name, value in values.items()
    ]


def test_two_publishers_that_print_one_flow_and_period_are_a_pair():
    assert like(two()) == {("p", "total", 100.0), ("q", "total", 110.0)}


@pytest.mark.parametrize(
    "more",
    [
        {"publisher": "p", "quality": "rounded"},
        year(2022),
        month(1),
        {"partner": "CCC"},
        {"commodity": "27"},
        {"quality": "derived"},
        {"quality": "conflict"},
        *({"quality": quality} for quality in ("lower_bound", "upper_bound", "suspect", "garbled")),
    ],
    ids=str,
)
def test_figures_of_another_thing_or_that_nobody_printed_are_no_pair(more):
    assert like(two(**more)) == set()


def test_a_printed_figure_comes_before_a_computed_one_of_the_same_publisher():
    rows = [*two(), trade("better", 120, publisher="q", quality="derived", last_digit_usd=0)]
    assert ("q", "total", 110.0) in like(rows)


def test_sides_are_compared_apart_and_their_totals_only_where_somebody_prints_no_sides():
    sides = [trade(name, None, exports_usd=40, imports_usd=60, publisher=name) for name in "pq"]
    assert {flow for _, flow, _ in like(sides)} == {"exports", "imports"}
    assert {name for name, flow, _ in like([*sides, trade("r", 90, publisher="r")]) if flow == "total"} == set("pqr")


def test_zero_is_compared_with_nothing():
    assert like(two(trade("p", 0))) == set()


def test_figures_that_differ_by_definition_are_compared_with_their_like_alone():
    errors = TableErrors(differs=(Differing(publisher="q", how="with crude"),))
    assert like(two(), errors) == set()
    both = TableErrors(differs=tuple(Differing(publisher=name, how="with crude") for name in "pq"))
    assert len(like(two(), both)) == 2
    other = TableErrors(differs=tuple(Differing(publisher=name, how=f"with {name}") for name in "pq"))
    assert like(two(), other) == set()


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({"figures": ("exports",)}, 2),
        ({"figures": ("total",)}, 0),
        ({"where": {"partner": ("CCC",)}}, 2),
        ({"where": {"partner": ("BBB",), "territory": ("AAA",)}}, 0),
        ({"since": dt.date(2023, 1, 2)}, 2),
        ({"since": dt.date(2023, 1, 1)}, 0),
        ({"until": dt.date(2023, 1, 1)}, 2),
        ({"until": dt.date(2023, 1, 2)}, 0),
    ],
    ids=str,
)
def test_a_difference_is_of_the_figures_rows_and_periods_that_it_names(more, kept):
    errors = TableErrors(differs=(Differing(publisher="q", how="with crude", **more),))
    assert len(like(two(), errors)) == kept


def test_who_repeats_another_is_no_second_maker_but_stands_for_the_first_where_that_prints_nothing():
    errors = TableErrors(repeats=(Repeating(publisher="q", of="p"),))
    assert like(two(), errors) == set()
    third = trade("r", 90, publisher="r")
    assert like([*two(), third], errors) == {("p", "total", 100.0), ("r", "total", 90.0)}
    assert like([two()[1], third], errors) == {("q", "total", 110.0), ("r", "total", 90.0)}


def test_figures_of_protected_sources_are_left_out():
    hidden = source("h", access="restricted", public_description="an official")
    assert pairs_of(read(two(), [source(), hidden]), FLAT)
    assert pairs_of(read(two(source="h"), [source(), hidden]), FLAT) == []


def test_a_pair_is_beyond_its_grades_where_it_differs_by_more_than_their_band():
    # Two per cent each: the ratio's logarithm may lie 1.645 times 2.83 per cent apart, which is 4.65 per cent.
    (near,) = pairs_of(read(two(trade("p", 105.1))), FLAT)
    (far,) = pairs_of(read(two(trade("p", 104.9))), FLAT)
    assert (near.beyond, far.beyond) == (False, True)
    assert near.graded == pytest.approx(0.02 * 2**0.5)
    assert near.apart == pytest.approx(np.log(105.1 / 110))


def fitted(rows: Sequence[Row], errors: TableErrors = NOTHING) -> FittedGrades:
    return grades_of(read(rows), errors, FLAT)


def test_a_bias_that_lasts_is_told_from_a_noise():
    # q prints a tenth more than p in every year: all is bias.
    found = fitted(years(2010, 2020, p=100, q=110))
    assert found.noise == pytest.approx(0, abs=1e-3)
    assert found.bias == pytest.approx(np.log(1.1) / 2**0.5, rel=1e-3)
    one, other = (row.effect or 0.0 for row in found.flows)
    assert other - one == pytest.approx(np.log(1.1), rel=1e-3)
    # q prints a tenth more and a tenth less in turn: all is noise.
    turns = [trade(f"q{y}", 110 if y % 2 else 100 / 1.1, publisher="q", **year(y)) for y in range(2010, 2020)]
    found = fitted([*(trade(f"p{y}", 100, **year(y)) for y in range(2010, 2020)), *turns])
    assert found.bias == pytest.approx(0, abs=0.02)
    assert found.noise == pytest.approx(np.log(1.1) / 2**0.5, rel=0.1)


def test_the_spread_of_pairs_is_that_of_the_figures_behind_them():
    found = fitted(years(2010, 2020, p=100, q=110))
    assert found.printed is not None
    assert (found.printed.pairs, found.printed.beyond) == (10, 1.0)
    assert found.printed.root_mean_square == pytest.approx(np.log(1.1) / 2**0.5, rel=1e-3)
    assert found.printed.robust == pytest.approx(np.log(1.1) / 0.6745 / 2**0.5, rel=1e-3)
    assert found.like == found.totals == found.printed


def test_every_figure_and_pair_is_counted_with_its_maker():
    found = fitted([*years(2010, 2013, p=100, q=110, r=95), *years(2013, 2014, p=100, q=120)])
    assert [(row.name, row.figures, row.pairs) for row in found.relations] == [("p", 4, 7), ("q", 4, 7), ("r", 3, 6)]
    assert all(row.graded == pytest.approx(0.02) for row in found.relations)


def test_a_publisher_of_whom_little_is_printed_is_taken_to_be_like_the_others():
    rng = np.random.default_rng(4)
    rows = [
        trade(f"{name}{y}", 100 * np.exp(bias + rng.normal(0, 0.05)), publisher=name, **year(y))
        for name, bias in (("p", 0.0), ("q", 0.2), ("r", -0.1))
        for y in range(2000, 2020)
    ]
    found = fitted([*rows, trade("s", 160, publisher="s", **year(2019))])
    (s,) = (row for row in found.flows if row.name == "s")
    assert s.effect is not None
    assert 0 < s.effect < np.log(1.6) - 0.05, "pulled towards the others"
    assert all(row.bias > 0 and row.noise > 0 for row in found.flows)


def test_a_bias_is_shared_by_commodities():
    codes = [
        trade(f"{name}{code}", value, commodity=code, publisher=name)
        for name, value in (("p", 100), ("q", 110))
        for code in ("270111", "270112")
    ]
    assert [(row.name, row.figures) for row in fitted(codes).flows] == [("p", 2), ("q", 2)]


def test_too_few_figures_are_not_fitted():
    assert fitted(two()).bias is None
    assert fitted([trade("p", 1)]).printed is None


def test_the_order_and_the_ids_of_rows_change_nothing():
    rows = years(2010, 2016, p=100, q=112, r=93)
    turned = [{**row, "id": f"z{n}"} for n, row in enumerate(reversed(rows))]
    one, other = fitted(rows), fitted(turned)
    assert [(r.name, r.bias, r.noise) for r in one.flows] == [(r.name, r.bias, r.noise) for r in other.flows]
