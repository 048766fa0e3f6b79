"""A series is drawn where it has a shape to see, one stroke for lines that coincide, and nothing lies outside."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest

from tests.draw.legible import STRANGE, faults
from tests.judge.estimates import claim, evenly, of, spec
from tumen.draw.drawing import WIDTHS, Drawing
from tumen.judge.verdict import judge
from tumen.measure.series import Point
from tumen.report.charts import bundles, line_chart, series


def points(group: str, *values: float, first: int = 2019) -> list[Point]:
    return [Point(str(first + n), group, v, v * 0.9, v * 1.1) for n, v in enumerate(values)]


def drawn(*given: Point) -> list[Drawing]:
    return series(judge(claim(), of(spec(evenly(), series=tuple(given))), {}, dt.date(2024, 1, 1)))


def elements(given: list[Point], width: int = WIDTHS["narrow"]) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(line_chart(given, "USD", width)))


def test_lines_of_two_points_are_told_in_the_table_alone() -> None:
    (found,) = drawn(*points("a", 0.1, 0.2), *points("b", 0.3, 0.4))
    assert found.svg == {}
    assert found.says.endswith("Too few for a picture; the table has them.")
    assert len(found.rows) == 4


def test_three_points_are_drawn_in_both_widths() -> None:
    (found,) = drawn(*points("a", 0.1, 0.2, 0.3))
    assert set(found.svg) == set(WIDTHS)


def test_lines_that_coincide_are_one_stroke_with_both_names() -> None:
    given = [*points("a", 1, 2, 3), *points("b", 1, 2, 3), *points("c", 3, 2, 1)]
    assert bundles(given) == [["a", "b"], ["c"]]
    found = elements(given)
    assert sum(1 for e in found if e.tag.endswith("polyline")) == 2
    assert {"a", "b", "c"} <= {e.text for e in found}
    (one,) = drawn(*points("a", 0.1, 0.2, 0.3), *points("b", 0.1, 0.2, 0.3))
    assert "Lines that coincide are drawn as one" in one.says


def test_lines_of_the_same_medians_and_other_intervals_stay_two() -> None:
    wider = [Point(p.when, "b", p.median, p.low - 1, p.high + 1) for p in points("a", 1, 2, 3)]
    assert bundles([*points("a", 1, 2, 3), *wider]) == [["a"], ["b"]]


def test_a_year_that_is_left_out_breaks_the_line() -> None:
    given = [*points("a", 1, 2), *points("a", 3, 4, first=2023)]
    found = elements(given)
    assert sum(1 for e in found if e.tag.endswith("polyline")) == 2
    assert "2021" in {e.text for e in found}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("values", [(1e-9, 1e15, 1.0), (1e-9, 2e-9, 3e-9), (0.0, 0.0, 0.0), (2.5e11, 1e11, 5e11)])
def test_whatever_a_case_brings_is_legible(values: tuple[float, ...], name: str) -> None:
    svg = {place: line_chart(points(name, *values), "USD", width) for place, width in WIDTHS.items()}
    assert faults(Drawing("A", "b.", svg, (), ())) == []
    assert not [e for e in elements(points(name, *values)) if re.fullmatch(r"[-\d.]+e[-+]\d+", e.text or "")]


def test_sixty_lines_are_legible() -> None:
    given = [p for n in range(60) for p in points(f"line {n}", n, 2 * n, 3 * n)]
    svg = {place: line_chart(given, "USD", width) for place, width in WIDTHS.items()}
    assert faults(Drawing("A", "b.", svg, (), ())) == []


def test_values_that_are_all_the_same_are_told_in_words() -> None:
    (found,) = drawn(*[Point(str(year), "a", 0.25, 0.25, 0.25) for year in range(2019, 2025)])
    assert found.svg == {}
    assert found.says.endswith("Every value is 25; the table has them.")


def test_of_many_lines_that_coincide_the_first_is_named_and_the_others_counted() -> None:
    found = elements([p for name in "abcd" for p in points(name, 1, 2, 3)])
    assert [e.text for e in found if e.tag.endswith("text")][:2] == ["a", "and 3 others, which it hides"]


def test_no_number_of_the_axis_is_below_nothing_where_no_value_is() -> None:
    assert not [e for e in elements(points("a", 0, 0, 0)) if (e.text or "").startswith("-")]
    assert [e for e in elements(points("a", -3, 1, 2)) if (e.text or "").startswith("-")]


def test_large_numbers_of_the_axis_have_their_size_as_a_word() -> None:
    assert "200 bn" in {e.text for e in elements(points("a", 2.5e11, 1e11, 5e11))}
