"""How close each dyad of a triangle is, year by year, with what the monitor signalled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tumen.draw.drawing import FEWEST_POINTS, INK, LINE_COLOURS, SOFT, TOO_FEW, WIDTHS, Drawing
from tumen.draw.frame import ABOVE, BELOW, Frame, below, framed, numbered, titled
from tumen.draw.plain_svg import area, line, marker, picture, strokes, words_at, wrapped
from tumen.measure.estimate import SpecificationRun
from tumen.measure.series import Alarm, Point

#: Height, in pixels, of a dyad's panel and of a line of text above it.
_PANEL, _ROW = 110, 17

#: What the marks of an alarm mean.
_MARKED = " A dotted line stands where the new level begins, ▲ where it was signalled."


def years_seen(run: SpecificationRun) -> list[str]:
    """Every year from the first to the last in which something was seen."""
    return [str(y) for y in range(int(run.shapes[0].when), int(run.shapes[-1].when) + 1)]


def closeness(run: SpecificationRun) -> Drawing:
    """A panel a dyad: its closeness with the central 90 per cent, the line above which it is friendly, its alarms."""
    years = years_seen(run)
    amity = 100 * run.figures["amity"]
    signalled = " ".join(f"{a.says[0].upper()}{a.says[1:]}." for a in run.alarms) or "The monitor signalled nothing."
    fits = len(years) >= FEWEST_POINTS
    says = (
        f"Counted as “{run.label}”. Above the dashed line, at {amity:.0f} per cent, a dyad counts as "
        f"friendly. {signalled}{_MARKED if run.alarms and fits else ''}{'' if fits else TOO_FEW}"
    )
    rows = tuple((p.when, p.group, *(f"{100 * v:.0f}" for v in (p.median, p.low, p.high))) for p in run.series)
    svg = {name: _panels(run, years, amity, width) for name, width in WIDTHS.items()} if fits else {}
    return Drawing("How close each dyad is", says, svg, ("year", "dyad", "per cent", "5 per cent", "95 per cent"), rows)


def _panels(run: SpecificationRun, years: Sequence[str], amity: float, width: int) -> str:
    """One panel a dyad, below one another, each with its times."""
    parts, y = titled("closeness, per cent", width, 0)
    for n, dyad in enumerate(sorted({p.group for p in run.series})):
        alarms = [a for a in run.alarms if a.group == dyad]
        said = [dyad, *(f"▲ since {a.since}, signalled {a.when}" for a in alarms)]
        lines = [one for text in said for one in wrapped(text, width - 4)]
        y += 6
        parts += [words_at(0, y + 13 + _ROW * k, one, bold=not k) for k, one in enumerate(lines)]
        y += _ROW * len(lines)
        frame, grid = framed(width, y + ABOVE, (0, len(years)), (0, 100), numbered([0.0, 50.0, 100.0]), _PANEL)
        parts += [*grid, *below(frame, {k + 0.5: year for k, year in enumerate(years)})]
        parts.append(line(frame.left, frame.y(amity), frame.right, frame.y(amity), SOFT, 1, "4 3"))
        parts += _line(run, years, dyad, frame, LINE_COLOURS[n % len(LINE_COLOURS)])
        parts += [part for alarm in alarms for part in _signal(alarm, years, frame)]
        y = frame.bottom + BELOW
    return picture(width, y, parts)


def _line(run: SpecificationRun, years: Sequence[str], dyad: str, frame: Frame, colour: str) -> list[str]:
    """A dyad's closeness with its interval; years in which it was not seen are gaps."""
    points = {p.when: p for p in run.series if p.group == dyad}
    places = {year: frame.x(n + 0.5) for n, year in enumerate(years)}
    medians = [(places[y], frame.y(100 * points[y].median) if y in points else None) for y in years]
    bands = [
        _band(places, points[a], points[b], frame, colour) for a, b in pairwise(years) if a in points and b in points
    ]
    marks = []
    for year, point in points.items():
        x = places[year]
        marks.append(line(x, frame.y(100 * point.low), x, frame.y(100 * point.high), colour))
        marks.append(marker("circle", x, frame.y(100 * point.median), colour, 3))
    return [*bands, *strokes(medians, colour), *marks]


def _band(places: dict[str, float], one: Point, other: Point, frame: Frame, colour: str) -> str:
    """The interval from one year to the next."""
    ends = ((one, one.high), (other, other.high), (other, other.low), (one, one.low))
    return area([(places[point.when], frame.y(100 * end)) for point, end in ends], colour, 0.2)


def _signal(alarm: Alarm, years: Sequence[str], frame: Frame) -> list[str]:
    """A dotted line where the new level begins, and a mark where that was known."""
    since, when = (frame.x(years.index(at) + 0.5) for at in (alarm.since, alarm.when))
    return [line(since, frame.top, since, frame.bottom, INK, 1.2, "2 2"), marker("wedge", when, frame.y(8), INK, 6)]
