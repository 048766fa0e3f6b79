"""Text wraps inside its room, numbers of an axis read as people write them, and a case's words stay words."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tumen.draw.frame import axis_below
from tumen.draw.plain_svg import axis_numbers, picture, text_width, ticks, words_at, wrapped


@pytest.mark.parametrize("label", ["word " * 40, "x" * 200, "伊朗" * 100, "إيران " * 33, ""])
def test_every_line_of_a_label_fits_and_no_letter_is_lost(label: str) -> None:
    lines = wrapped(label, 306)
    assert all(text_width(line) <= 306 for line in lines)
    assert "".join(lines).replace(" ", "") == label.replace(" ", "")


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1e15), (1e-9, 3e-9), (-2, 7), (1e-9, 1e15), (99.5, 99.6), (-1e13, -1e12)]
)
def test_numbers_of_an_axis_differ_and_have_no_exponent(low: float, high: float) -> None:
    said = axis_numbers(ticks(low, high, 4))
    assert len(said) >= 2
    assert len(set(said)) == len(said)
    assert not any("e" in one or len(one) > 12 for one in said)


def test_numbers_of_an_axis_lie_inside_the_picture_apart_and_above_its_title() -> None:
    parts, _ = axis_below(0.0, 1e15, 0.0, 8, 302, "USD " * 40)
    found = [e for e in ElementTree.fromstring(picture(310, 99, parts)) if e.tag.endswith("text")]
    numbers = [e for e in found if float(e.attrib["y"]) < 20]
    ends = [(float(e.attrib["x"]), text_width(e.text or "", 12) / 2) for e in numbers]
    assert all(x - half >= 0 and x + half <= 310 for x, half in ends)
    assert all(x + half < x2 - half2 for (x, half), (x2, half2) in pairwise(ends))
    assert all(float(e.attrib["y"]) >= 36 for e in found if e not in numbers)


def test_markup_and_hidden_characters_of_a_case_are_text() -> None:
    said = words_at(0, 0, '<script>alert("x")</script>\u202e')
    found = ElementTree.fromstring(said)
    assert not list(found)
    assert found.text == '<script>alert("x")</script>\\u202e'
