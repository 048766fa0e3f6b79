"""The series behind an estimate, as lines with their central 90 per cent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tumen.counting import counted
from tumen.draw.drawing import LINE, LINE_COLOURS, SOFT, WIDTHS, Drawing
from tumen.draw.plain_svg import NUMBER, axis_numbers, line, picture, text_width, ticks, words_at, wrapped
from tumen.judge.verdict import Verdict
from tumen.measure.series import Point
from tumen.measure.units import Unit, digits

#: Points that a line has at least where it is drawn; fewer are read faster in the table.
_FEWEST = 3

#: Height of the plot, in pixels, and the room above its highest number.
_HIGH, _ABOVE = 200, 12


@dataclass(frozen=True)
class Plot:
    """Where points stand on a picture.

    Args:
        places: of the times, from left to right.
        low, high: ends of the upright axis.
        left, right, top: of the plot, in pixels.
    """

    places: Mapping[str, int]
    low: float
    high: float
    left: float
    right: float
    top: float

    def x(self, when: str) -> float:
        """Pixels from the left."""
        return self.left + (self.places[when] + 0.5) / len(self.places) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Pixels from above."""
        return self.top + _HIGH * (self.high - value) / (self.high - self.low)


def series(verdict: Verdict) -> list[Drawing]:
    """The series behind an estimate; its numbers alone where no line has three points."""
    estimate = verdict.estimate
    if estimate is None or len({p.when for p in verdict.points}) < 2:
        return []
    unit = estimate.series_unit or estimate.unit
    points = [scaled for p in verdict.points if (scaled := _shown(p, unit))]
    groups = list(dict.fromkeys(p.group for p in points))
    if not points:
        return []
    fits = max(sum(1 for p in points if p.group == g) for g in groups) >= _FEWEST
    says = _says(verdict, points, groups) + ("" if fits else " Too few for a picture; the table has them.")
    svg = {name: line_chart(points, unit.axis, width) for name, width in WIDTHS.items()} if fits else {}
    table = tuple((p.when, p.group, *(digits(v, 4) for v in (p.median, p.low, p.high))) for p in points)
    columns = ("when", "line", f"median, {unit.axis}", "5 per cent", "95 per cent")
    return [Drawing("The series behind it", says, svg, columns, table)]


def _shown(point: Point, unit: Unit) -> Point | None:
    """A point with its values as they are shown; None where one is not a number."""
    values = [unit.scaled(v) for v in (point.median, point.low, point.high)]
    return Point(point.when, point.group, *values) if all(map(math.isfinite, values)) else None


def _says(verdict: Verdict, points: Sequence[Point], groups: Sequence[str]) -> str:
    says = (
        f"{counted(len(points), 'point')} on {counted(len(groups), 'line')}, from {min(p.when for p in points)} to "
        f"{max(p.when for p in points)}."
    )
    ways = [s.run.label for s in verdict.specifications if s.run.series]
    if len(ways) > 1 and len(verdict.points) < sum(len(s.run.series) for s in verdict.specifications):
        says += f" As counted with “{ways[0]}”; the other ways to count have lines of the same names."
    if any(len(names) > 1 for names in bundles(points)):
        says += " Lines that coincide are drawn as one, with all their names beside it."
    return says


def bundles(points: Sequence[Point]) -> list[list[str]]:
    """The lines by name; together those that hide each other, with the same medians and
    intervals to a hundredth of the chart.
    """
    highest, lowest = max(p.high for p in points), min(p.low for p in points)
    step = (highest - lowest) / 100 or 1.0
    found: dict[tuple[tuple[str, *tuple[int, ...]], ...], list[str]] = {}

    def seen(point: Point) -> tuple[str, *tuple[int, ...]]:
        return point.when, *(round((v - lowest) / step) for v in (point.median, point.low, point.high))

    for group in dict.fromkeys(p.group for p in points):
        places = tuple(sorted(seen(p) for p in points if p.group == group))
        found.setdefault(places, []).append(group)
    return list(found.values())


def _times(points: Sequence[Point]) -> list[str]:
    """The times of an axis: every year from the first to the last where all are years, so that silence has its room."""
    times = sorted({p.when for p in points})
    if all(len(t) == 4 and t.isdigit() for t in times):
        return [f"{year:04d}" for year in range(int(times[0]), int(times[-1]) + 1)]
    return times


def line_chart(points: Sequence[Point], axis: str, width: int) -> str:
    """The picture: names above, numbers to the left, times below.

    Args:
        axis: the title of the upright axis.
        width: in pixels.
    """
    bundled = bundles(points)
    parts, top = _legend(bundled, axis, width)
    low, high = min(p.low for p in points), max(p.high for p in points)
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    low, high = low - margin, high + margin
    values = ticks(low, high, 5)
    said = axis_numbers(values)
    left = max(text_width(s, NUMBER) for s in said) + 10
    plot = Plot({t: n for n, t in enumerate(_times(points))}, low, high, left, width - 6, top + _ABOVE)
    for value, number in zip(values, said, strict=True):
        parts.append(line(left, plot.y(value), plot.right, plot.y(value), LINE))
        parts.append(words_at(left - 6, plot.y(value) + 4, number, NUMBER, SOFT, "end"))
    parts += _times_below(plot)
    for n, (name, *_) in enumerate(bundled):
        parts += _one_line([p for p in points if p.group == name], plot, n, max(0.03, 0.16 / len(bundled) ** 0.5))
    return picture(width, plot.top + _HIGH + 24, parts)


def _legend(bundled: Sequence[Sequence[str]], axis: str, width: int) -> tuple[list[str], float]:
    """The names of each line beside its stroke, then the title of the upright axis; and where it ends below."""
    parts: list[str] = []
    y = 0.0
    for n, names in enumerate(bundled):
        colour, dash = _stroke(n)
        parts.append(line(0, y + 9, 22, y + 9, colour, 3, dash))
        for said in [part for name in names for part in wrapped(name, width - 34)]:
            parts.append(words_at(28, y + 13, said))
            y += 17
    for said in wrapped(axis, width - 4, NUMBER):
        parts.append(words_at(0, y + 15, said, NUMBER, SOFT))
        y += 17
    return parts, y


def _stroke(n: int) -> tuple[str, str]:
    """Colour and dash of a line by its place: those after the first let it be seen where they lie on it."""
    return LINE_COLOURS[n % len(LINE_COLOURS)], ("", "9 4", "3 3", "9 3 2 3", "5 5", "1 4")[n % 6]


def _times_below(plot: Plot) -> list[str]:
    """The times that have room, the first among them."""
    parts, free = [line(plot.left, plot.top + _HIGH, plot.right, plot.top + _HIGH)], 0.0
    for when in plot.places:
        half = text_width(when, NUMBER) / 2
        x = min(max(plot.x(when), half), plot.right - half)
        if x - half >= free:
            parts.append(words_at(x, plot.top + _HIGH + 18, when, NUMBER, SOFT, "middle"))
            free = x + half + 10
    return parts


def _one_line(points: Sequence[Point], plot: Plot, n: int, shade: float) -> list[str]:
    """A line with its band and its points, broken where a time is left out."""
    colour, dash = _stroke(n)
    parts = []
    ordered = sorted(points, key=lambda p: plot.places[p.when])
    for _, run in groupby(enumerate(ordered), lambda item: plot.places[item[1].when] - item[0]):
        together = [p for _, p in run]
        up = " ".join(f"{plot.x(p.when):.1f},{plot.y(p.high):.1f}" for p in together)
        down = " ".join(f"{plot.x(p.when):.1f},{plot.y(p.low):.1f}" for p in reversed(together))
        middle = " ".join(f"{plot.x(p.when):.1f},{plot.y(p.median):.1f}" for p in together)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        parts.append(f'<polygon points="{up} {down}" fill="{colour}" opacity="{shade:.2f}"/>')
        parts.append(f'<polyline points="{middle}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>')
        if len(together) == 1:
            only = together[0]
            parts.append(line(plot.x(only.when), plot.y(only.low), plot.x(only.when), plot.y(only.high), colour, 1.5))
    marks = [f'<circle cx="{plot.x(p.when):.1f}" cy="{plot.y(p.median):.1f}" r="3" fill="{colour}"/>' for p in ordered]
    return [*parts, *marks]
