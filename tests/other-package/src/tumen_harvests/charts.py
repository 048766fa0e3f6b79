"""The chart of yields: one bar a harvest."""

from __future__ import annotations

from collections.abc import Sequence

from tumen import Verdict
from tumen.counting import counted
from tumen.draw.drawing import INK, LINE_COLOURS, WIDTHS, Drawing
from tumen.draw.frame import BELOW, over_times
from tumen.draw.plain_svg import line, picture, rect
from tumen.measure.series import Point
from tumen.measure.units import digits
from tumen_harvests.yields import SHAPE, TONNES_PER_HECTARE


def bars(verdict: Verdict) -> list[Drawing]:
    """A bar a year, with its central 90 per cent; nothing where no harvest is known."""
    points = verdict.points
    if not points:
        return []
    table = tuple((p.when, p.group, *(digits(v) for v in (p.median, p.low, p.high))) for p in points)
    columns = ("year", "field", f"median, {TONNES_PER_HECTARE.axis}", "5 per cent", "95 per cent")
    svg = {name: _bars(points, width) for name, width in WIDTHS.items()}
    says = f"{counted(len(points), 'harvest')} of {points[0].group}, as bars with their central 90 per cent."
    return [Drawing("Yields by year", says, svg, columns, table)]


def _bars(points: Sequence[Point], width: int) -> str:
    years, most = [p.when for p in points], max(p.high for p in points)
    frame, parts = over_times(years, (0, 1.05 * most), TONNES_PER_HECTARE.axis, width)
    for n, p in enumerate(points):
        parts.append(rect(frame.x(n + 0.2), frame.y(0), frame.x(n + 0.8), frame.y(p.median), LINE_COLOURS[0]))
        parts.append(line(frame.x(n + 0.5), frame.y(p.low), frame.x(n + 0.5), frame.y(p.high), INK))
    return picture(width, frame.bottom + BELOW, parts)


CHARTS = {SHAPE: bars}
