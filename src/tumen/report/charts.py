"""The series behind an estimate, as lines with their central 90 per cent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby

from tumen.counting import counted
from tumen.draw.drawing import FEWEST_POINTS, TOO_FEW, WIDTHS, Drawing
from tumen.draw.frame import BELOW, Frame, legend, over_times, stroke
from tumen.draw.plain_svg import area, line, marker, picture, strokes
from tumen.judge.verdict import Verdict
from tumen.measure.series import Point
from tumen.measure.units import Unit, in_words


def series(verdict: Verdict) -> list[Drawing]:
    """The series behind an estimate; its numbers alone where no line has three points, or all are the same."""
    estimate = verdict.estimate
    if estimate is None or len({p.when for p in verdict.points}) < 2:
        return []
    unit = estimate.series_unit or estimate.unit
    points = [scaled for p in verdict.points if (scaled := _shown(p, unit))]
    groups = list(dict.fromkeys(p.group for p in points))
    if not points:
        return []
    values = {v for p in points for v in (p.median, p.low, p.high)}
    few = max(sum(1 for p in points if p.group == g) for g in groups) < FEWEST_POINTS
    fits = not few and len(values) > 1
    same = "" if few or fits else f" Every value is {in_words(values.pop(), 4)}; the table has them."
    says = _says(verdict, points, groups) + (TOO_FEW if few else same)
    svg = {name: line_chart(points, unit.axis, width) for name, width in WIDTHS.items()} if fits else {}
    table = tuple((p.when, p.group, *(in_words(v, 4) for v in (p.median, p.low, p.high))) for p in points)
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
        says += " Lines that coincide are drawn as one."
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
    parts, top = legend([(line(0, 0, 22, 0, *_pen(n)), _names(names)) for n, names in enumerate(bundled)], width)
    times = _times(points)
    frame, around = over_times(times, _ends(points), axis, width, top)
    parts += around
    places = {when: n + 0.5 for n, when in enumerate(times)}
    for n, (name, *_) in enumerate(bundled):
        own = {places[p.when]: p for p in points if p.group == name}
        parts += _one_line(own, frame, n, max(0.03, 0.16 / len(bundled) ** 0.5))
    return picture(width, frame.bottom + BELOW, parts)


def _ends(points: Sequence[Point]) -> tuple[float, float]:
    """Ends of the upright axis, with some room, and none below nothing where no value is."""
    low, high = min(p.low for p in points), max(p.high for p in points)
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    return (max(0.0, low - margin) if low >= 0 else low - margin), high + margin


def _names(coinciding: Sequence[str]) -> list[str]:
    """The names of lines that coincide; of more than two the first, and how many there are."""
    if len(coinciding) <= 2:
        return list(coinciding)
    return [coinciding[0], f"and {counted(len(coinciding) - 1, 'other')}, which it hides"]


def _pen(n: int) -> tuple[str, float, str]:
    colour, dash = stroke(n)
    return colour, 3, dash


def _one_line(points: Mapping[float, Point], frame: Frame, n: int, shade: float) -> list[str]:
    """A line with its band and its points by place, broken where a time is left out."""
    colour, dash = stroke(n)
    parts, marks = [], []
    ordered = sorted(points.items())
    for _, run in groupby(enumerate(ordered), lambda item: item[1][0] - item[0]):
        together = [(frame.x(place), p) for _, (place, p) in run]
        up, down = ([(x, frame.y(end)) for x, p in together for end in [getattr(p, e)]] for e in ("high", "low"))
        parts.append(area([*up, *reversed(down)], colour, shade))
        parts += strokes([(x, frame.y(p.median)) for x, p in together], colour, 2, dash)
        parts += [line(*up[0], *down[0], colour, 1.5)] * (len(together) == 1)
        marks += [marker("circle", x, frame.y(p.median), colour, 3) for x, p in together]
    return [*parts, *marks]
