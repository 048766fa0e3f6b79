"""SVG written here: text that wraps, round numbers on an axis, lines, and shapes as points.

Nothing measures a font, so that widths of text are taken a little wider than they are.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from tumen.draw.drawing import CARD, INK, LINE
from tumen.errors import visible
from tumen.measure.units import digits

#: Sizes, in pixels, of labels and of numbers on an axis.
LABEL, NUMBER = 12.5, 12.0

#: Width of a letter as a share of its size, and of one that takes a square.
_LETTER, _SQUARE = 0.58, 1.05

_LARGE = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1.0, ""))

#: Numbers all nearer to nothing than this are written with a power of ten.
_TINY = 1e-4

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def text_width(text: str, size: float = LABEL) -> float:
    """Width of a text, in pixels, a little more than any usual font takes.

    Example:
        >>> text_width("abcd", 10.0), text_width("伊朗", 10.0)
        (23.2, 21.0)
    """
    wide = sum(1 for c in text if unicodedata.east_asian_width(c) in "WF")
    return size * (_SQUARE * wide + _LETTER * (len(text) - wide))


def wrapped(text: str, width: float, size: float = LABEL) -> list[str]:
    """A text in lines of at most so many pixels, broken between words, and inside a word that is too long.

    Example:
        >>> wrapped("one two three", 60.0, 10.0)
        ['one two', 'three']
    """
    lines = [""]
    for word in visible(text).split():
        longer = f"{lines[-1]} {word}".lstrip()
        if text_width(longer, size) <= width:
            lines[-1] = longer
            continue
        pieces = _pieces(word, width, size)
        lines = [*lines, *pieces] if lines[-1] else pieces
    return lines


def _pieces(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def ticks(low: float, high: float, about: int) -> list[float]:
    """Round numbers from one end of an axis to the other: steps of 1, 2 or 5 times a power of ten.

    Returns: three at least, and about as many as asked for at most.

    Example:
        >>> ticks(0.0, 97.0, 5), ticks(66.0, 74.4, 4)
        ([0.0, 20.0, 40.0, 60.0, 80.0], [66.0, 68.0, 70.0, 72.0, 74.0])
    """
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(n for n in (1, 2, 5, 10) if n * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last - first < 2:
        return ticks(low, high, about + 1)
    return [float(f"{n * step:.12g}") for n in range(first, last + 1)]


def axis_numbers(values: Sequence[float]) -> list[str]:
    """The numbers of an axis as people write them, all in one size.

    Example:
        >>> axis_numbers([0.0, 2.5e11, 5e11]), axis_numbers([0.0, 2e-9]), axis_numbers([1500.0, -0.5])
        (['0', '250 bn', '500 bn'], ['0', '2 × 10⁻⁹'], ['1,500', '-0.5'])
    """
    largest = max(map(abs, values), default=0.0)
    if 0 < largest < _TINY:
        power = math.floor(math.log10(largest))
        return [f"{digits(v / 10.0**power, 6)} × 10{str(power).translate(_RAISED)}" if v else "0" for v in values]
    size, name = next((s, n) for s, n in _LARGE if largest >= s or s == 1.0)
    return [digits(v / size, 9) + name if v else "0" for v in values]


def _short(value: float) -> str:
    """A place in pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def words_at(
    x: float,
    y: float,
    said: str,
    size: float = LABEL,
    colour: str = INK,
    anchor: str = "start",
    *,
    bold: bool = False,
    clear: bool = False,
    turned: int = 0,
) -> str:
    """A line of text on the page, with all that a case may have put into it made harmless.

    Args:
        clear: whether it stands clear of what is drawn below it.
        turned: degrees by which it is turned.
    """
    sized = "" if size == NUMBER else f' font-size="{size:g}"'  # the picture's own
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    more = ' font-weight="600"' * bold + f' stroke="{CARD}" stroke-width="3" paint-order="stroke"' * clear
    more += f' transform="rotate({turned} {_short(x)} {_short(y)})"' * bool(turned)
    return (
        f'<text x="{_short(x)}" y="{_short(y)}"{sized} fill="{colour}"{anchored}{more}>{escape(visible(said))}</text>'
    )


def line(x: float, y: float, x2: float, y2: float, colour: str = LINE, width: float = 1.0, dash: str = "") -> str:
    """A straight line."""
    wide = "" if width == 1 else f' stroke-width="{width:g}"'
    ends = f'x1="{_short(x)}" y1="{_short(y)}" x2="{_short(x2)}" y2="{_short(y2)}"'
    return f'<line {ends} stroke="{colour}"{wide}{_dashed(dash)}/>'


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def rect(x: float, y: float, x2: float, y2: float, colour: str, opacity: float = 1.0) -> str:
    """A filled rectangle between two corners, in any order."""
    faint = "" if opacity == 1 else f' opacity="{opacity:g}"'
    size = f'width="{_short(abs(x2 - x))}" height="{_short(abs(y2 - y))}"'
    return f'<rect x="{_short(min(x, x2))}" y="{_short(min(y, y2))}" {size} fill="{colour}"{faint}/>'


def blocks(corners: Iterable[tuple[float, float, float, float]], colour: str) -> str:
    """Many rectangles as one shape, each between two corners (x, y, x2, y2); takes a third of the room of as many.

    Example:
        >>> blocks([(0, 1, 2.5, 4)], "red"), blocks([], "red")
        ('<path d="M0,1H2.5V4H0Z" fill="red"/>', '')
    """
    path = _around(corners)
    return f'<path d="{path}" fill="{colour}"/>' if path else ""


def outlines(corners: Iterable[tuple[float, float, float, float]], colour: str) -> str:
    """Many rectangles as lines around faintly tinted ground, in one shape."""
    path = _around(corners)
    look = f'fill="{colour}" fill-opacity="0.18" stroke="{colour}" stroke-width="1.4"'
    return f'<path d="{path}" {look}/>' if path else ""


def _around(corners: Iterable[tuple[float, float, float, float]]) -> str:
    return "".join(f"M{_short(x)},{_short(y)}H{_short(x2)}V{_short(y2)}H{_short(x)}Z" for x, y, x2, y2 in corners)


def area(corners: Iterable[tuple[float, float]], colour: str, opacity: float) -> str:
    """A filled shape."""
    return f'<polygon points="{_corners(corners)}" fill="{colour}" opacity="{opacity:.2f}"/>'


def strokes(points: Iterable[tuple[float, float | None]], colour: str, width: float = 2.0, dash: str = "") -> list[str]:
    """A line through points, broken where a height is None; a point with none beside it is a dot."""
    parts = []
    for known, run in groupby(points, lambda p: p[1] is not None):
        corners = [(x, y) for x, y in run if y is not None]
        if known and len(corners) == 1:
            parts.append(marker("circle", *corners[0], colour, width))
        elif known:
            line_of = f'fill="none" stroke="{colour}" stroke-width="{width:g}"{_dashed(dash)}'
            parts.append(f'<polyline points="{_corners(corners)}" {line_of}/>')
    return parts


def _corners(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in corners)


#: Corners of marks, for a size of one.
_SHAPES = {
    "diamond": ((0, -1.2), (1, 0), (0, 1.2), (-1, 0)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "wedge": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
}


def marker(shape: str, x: float, y: float, colour: str, size: float, *, hollow: bool = False) -> str:
    """A point.

    Args:
        shape: "circle", "diamond", "square", "wedge" or "cross".
        size: half of its height, in pixels.
    """
    look = f'fill="none" stroke="{colour}" stroke-width="1.8"' if hollow else f'fill="{colour}"'
    if shape == "circle":
        return f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{size:g}" {look}/>'
    if shape == "cross":
        way = f"m{-size:g},{-size:g}l{2 * size:g},{2 * size:g}m0,{-2 * size:g}l{-2 * size:g},{2 * size:g}"
        return f'<path d="M{_short(x)},{_short(y)}{way}" fill="none" stroke="{colour}" stroke-width="{size / 2:g}"/>'
    return f'<polygon points="{_corners((x + size * a, y + size * b) for a, b in _SHAPES[shape])}" {look}/>'


def moved(x: float, y: float, parts: Iterable[str]) -> str:
    """Parts of a picture, at another place."""
    return f'<g transform="translate({_short(x)},{_short(y)})">{"".join(parts)}</g>'


def picture(width: float, height: float, parts: Iterable[str]) -> str:
    """The parts as one SVG of so many pixels, which the page may make smaller."""
    return (
        f'<svg aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" font-size="{NUMBER:g}">{"".join(parts)}</svg>'
    )
