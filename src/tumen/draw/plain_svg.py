"""SVG written here, for charts that are drawn often: text that wraps, round numbers on an axis, shapes as points.

Nothing measures a font, so that widths of text are taken a little wider than they are.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from html import escape

from tumen.draw.drawing import INK, LINE, SOFT
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

    Example:
        >>> ticks(0.0, 97.0, 5)
        [0.0, 20.0, 40.0, 60.0, 80.0]
    """
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(n for n in (1, 2, 5, 10) if n * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
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


def words_at(x: float, y: float, said: str, size: float = LABEL, colour: str = INK, anchor: str = "start") -> str:
    """A line of text on the page, with all that a case may have put into it made harmless."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}">'
        f"{escape(visible(said))}</text>"
    )


def line(x: float, y: float, x2: float, y2: float, colour: str = LINE, width: float = 1.0, dash: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def axis_below(low: float, high: float, y: float, left: float, right: float, title: str) -> tuple[list[str], float]:
    """A horizontal axis with its numbers, and below them its title.

    Returns: its parts, and where the page goes on below it, in pixels.
    """
    about = max(2, int((right - left) // 80))
    values = ticks(low, high, about)
    parts = [line(left, y, right, y)]
    for value, said in zip(values, axis_numbers(values), strict=True):
        x = left + (value - low) / (high - low) * (right - left)
        half = text_width(said, NUMBER) / 2
        parts.append(line(x, y, x, y + 5))
        parts.append(words_at(min(max(x, left + half), right - half), y + 18, said, NUMBER, SOFT, "middle"))
    lines = wrapped(title, right - left, NUMBER)
    parts += [words_at((left + right) / 2, y + 36 + 15 * n, t, NUMBER, SOFT, "middle") for n, t in enumerate(lines)]
    return parts, y + 26 + 15 * len(lines)


def picture(width: float, height: float, parts: Sequence[str]) -> str:
    """The parts as one SVG of so many pixels, which the page may make smaller."""
    return (
        f'<svg aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" font-family="system-ui, sans-serif">'
        f"{''.join(parts)}</svg>"
    )
