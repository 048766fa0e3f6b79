"""The chart of yields: one bar a harvest."""

from __future__ import annotations

from typing import Any

from tumen import Verdict
from tumen.counting import counted
from tumen.draw.drawing import INK, LINE_COLOURS, WIDTHS, Drawing, data_of, drawn, styled
from tumen_harvests.yields import SHAPE, TONNES_PER_HECTARE


def bars(verdict: Verdict) -> list[Drawing]:
    """A bar a year, with its central 90 per cent; nothing where no harvest is known."""
    points = verdict.points
    if not points:
        return []
    rows = [{"when": p.when, "median": p.median, "low": p.low, "high": p.high} for p in points]
    table = tuple((p.when, p.group, *(f"{v:.3g}" for v in (p.median, p.low, p.high))) for p in points)
    columns = ("year", "field", f"median, {TONNES_PER_HECTARE.axis}", "5 per cent", "95 per cent")
    specs = {name: _bars(rows, width) for name, width in WIDTHS.items()}
    says = f"{counted(len(points), 'harvest')} of {points[0].group}, as bars with their central 90 per cent."
    return [drawn("Yields by year", says, specs, columns, table)]


def _bars(rows: list[dict[str, Any]], width: int) -> dict[str, Any]:
    import altair as alt

    base = alt.Chart(data_of(rows))
    x = alt.X("when:O", title=None, axis=alt.Axis(labelAngle=0))
    y = alt.Y("median:Q", title=TONNES_PER_HECTARE.axis)
    layers = [
        base.mark_bar(color=LINE_COLOURS[0]).encode(x=x, y=y),
        base.mark_rule(color=INK).encode(x=x, y=alt.Y("low:Q", title=TONNES_PER_HECTARE.axis), y2="high:Q"),
    ]
    return styled(alt.layer(*layers).properties(width=width - 50, height=200))


CHARTS = {SHAPE: bars}
