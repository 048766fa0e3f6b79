"""A frame puts numbers, names and titles where nothing lies on them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.draw.legible import STRANGE, faults
from tumen.draw.drawing import WIDTHS, Drawing
from tumen.draw.frame import BELOW, below, framed, legend, over_times, stroke
from tumen.draw.plain_svg import line, marker, picture


def drawn(name: str, axis: str, times: list[str], low: float, high: float) -> Drawing:
    """A picture of a frame with a legend."""
    svg = {}
    for place, width in WIDTHS.items():
        parts, top = legend([(line(0, 0, 22, 0), [name]), (marker("cross", 11, 0, "red", 5), ["b", name])], width)
        frame, around = over_times(times, (low, high), axis, width, top)
        svg[place] = picture(width, frame.bottom + BELOW, [*parts, *around])
    return Drawing("A", "b.", svg, (), ())


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("axis", ["per cent", *STRANGE])
def test_names_and_titles_of_any_length_lie_on_nothing(name: str, axis: str) -> None:
    assert faults(drawn(name, axis, ["2019", "2020"], 0, 100)) == []


@pytest.mark.parametrize("times", [["2019"], [str(y) for y in range(1960, 2026)], ["2020-Q1 to 2024-Q4"] * 60])
@pytest.mark.parametrize(("low", "high"), [(0, 1), (1e-9, 3e-9), (-1e15, 1e15), (1e-9, 1e15), (99.5, 99.6)])
def test_numbers_and_times_have_room(times: list[str], low: float, high: float) -> None:
    assert faults(drawn("a", "per cent", times, low, high)) == []


def test_numbers_too_near_each_other_keep_their_lines_alone() -> None:
    _, parts = framed(310, 0, (0, 1), (0, 100), {0.0: "0", 1.0: "1", 100.0: "100"})
    assert sum(p.startswith("<line") for p in parts) == 3
    assert [p for p in parts if ">1<" in p] == []
    assert any(">100<" in p for p in parts)


def test_what_stands_below_begins_and_ends_inside() -> None:
    frame, _ = framed(310, 0, (0, 1), (0, 1))
    parts = below(frame, {0.0: "the first", 0.01: "hidden", 1.0: "the last"})
    assert [e.text for e in ElementTree.fromstring(f"<g>{''.join(parts)}</g>") if e.tag == "text"] == [
        "the first",
        "the last",
    ]


def test_short_names_share_a_line_and_a_long_one_has_its_own() -> None:
    assert legend([("", ["a"]), ("", ["b"])], 310)[1] == legend([("", ["a"])], 310)[1]
    assert legend([("", ["a"]), ("", ["word " * 30])], 310)[1] > 4 * legend([("", ["a"])], 310)[1]


def test_thirty_six_lines_look_different() -> None:
    assert len({stroke(n) for n in range(36)}) == 36
