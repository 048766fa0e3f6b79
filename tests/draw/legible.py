"""What makes a picture hard to read, found in its SVG: text outside, on other text, under a line, or alive."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree

from tumen.draw.drawing import WIDTHS, Drawing
from tumen.draw.plain_svg import NUMBER, text_width
from tumen.errors import visible

#: What pictures are made of; nothing else may be in them.
PARTS = {"svg", "g", "text", "line", "rect", "polyline", "polygon", "path", "circle"}

#: Letters are taken a little wider than they are.
_WIDE = 0.9

#: Labels that a case may bring: long, in one piece, from right to left, and meant to come alive.
STRANGE = ("word " * 40, "x" * 200, "إيران مع روسيا " * 5, "伊朗" * 30, '<script>alert("x")</script>\u202e', "")

Segment = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """Where a text stands."""

    said: str
    left: float
    top: float
    right: float
    bottom: float
    clear: bool


def faults(drawing: Drawing) -> list[str]:
    """What is wrong with the pictures of a drawing, in words."""
    assert set(drawing.svg) in (set(), set(WIDTHS))
    return [f"{name}: {fault}" for name, svg in drawing.svg.items() for fault in _of(svg, WIDTHS[name])]


def _of(svg: str, width: int) -> Iterator[str]:
    root = ElementTree.fromstring(svg)
    yield from (f"holds {e.tag}" for e in root.iter() if e.tag.split("}")[-1] not in PARTS)
    yield from (f"{n}={v}" for e in root.iter() for n, v in e.attrib.items() if n.startswith("on") or "href" in n)
    yield from (f"hidden letters in {e.text!r}" for e in root.iter() if e.text and visible(e.text) != e.text)
    yield from (f"no number: {v}" for e in root.iter() for v in e.attrib.values() if "nan" in v or "inf" in v)
    boxes, segments = _placed(root)
    high = float(root.attrib["height"])
    for box in boxes:
        if box.left < -1 or box.right > width + 1 or box.top < -1 or box.bottom > high + 1:
            yield f"outside: {box}"
        if not box.clear:
            yield from (f"a line {s} crosses {box}" for s in segments if _crosses(s, box))
    for one, other in combinations(boxes, 2):
        apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
        if not apart:
            yield f"{one} lies on {other}"


def _placed(root: ElementTree.Element) -> tuple[list[Box], list[Segment]]:
    """Texts that stand level, and straight lines."""
    boxes: list[Box] = []
    segments: list[Segment] = []

    def walk(element: ElementTree.Element, x: float, y: float) -> None:
        if element.tag.endswith("}g"):
            a, b = element.attrib["transform"].removeprefix("translate(").removesuffix(")").split(",")
            x, y = x + float(a), y + float(b)
        if element.tag.endswith("text") and element.text and "transform" not in element.attrib:
            boxes.append(_box(element, x, y))
        if element.tag.endswith("}line"):
            ends = [float(element.attrib[n]) for n in ("x1", "y1", "x2", "y2")]
            segments.append((ends[0] + x, ends[1] + y, ends[2] + x, ends[3] + y))
        if element.tag.endswith("polyline"):
            corners = [tuple(map(float, c.split(","))) for c in element.attrib["points"].split()]
            segments.extend((a + x, b + y, c + x, d + y) for (a, b), (c, d) in pairwise(corners))
        for inner in element:
            walk(inner, x, y)

    walk(root, 0.0, 0.0)
    return boxes, segments


def _box(element: ElementTree.Element, x: float, y: float) -> Box:
    said, size = element.text or "", float(element.attrib.get("font-size", NUMBER))
    wide = _WIDE * text_width(said, size)
    start = {"start": 0.0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    left, base = x + float(element.attrib["x"]) - start, y + float(element.attrib["y"])
    return Box(said, left, base - 0.72 * size, left + wide, base + 0.1 * size, "stroke" in element.attrib)


def _crosses(segment: Segment, box: Box) -> bool:
    """Whether some point of a straight line lies in a box."""
    x, y, x2, y2 = segment
    steps = max(2, math.ceil(max(abs(x2 - x), abs(y2 - y))))
    return any(
        box.left < x + n / steps * (x2 - x) < box.right and box.top < y + n / steps * (y2 - y) < box.bottom
        for n in range(steps + 1)
    )
