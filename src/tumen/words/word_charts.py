"""Words and deeds on one time axis, with silence drawn as silence."""

from __future__ import annotations

from typing import Any

from tumen.counting import counted
from tumen.draw.drawing import INK, LINE, LINE_COLOURS, WIDTHS, Drawing, data_of, drawn, styled
from tumen.judge.verdict import Verdict
from tumen.measure.series import Point
from tumen.words.gap import WORDS_AND_DEEDS
from tumen.words.units import WARMTH


def words_and_deeds(verdict: Verdict) -> list[Drawing]:
    """Each quarter's words and deeds as points with their central 90 per cent, quarters without a word as bands.

    Returns: nothing where no way to count could be run.
    """
    points = verdict.points
    if not points:
        return []
    silent = next(s.run.silent for s in verdict.specifications if s.run.series)
    quarters = sorted({*silent, *(p.when for p in points)})
    says = (
        f"{counted(len(quarters), 'quarter')} from {quarters[0]} to {quarters[-1]}; in {len(silent) or 'none'} of them "
        "the record has no word, which the bands show."
    )
    rows = sorted(
        [(p.when, p.group, *(f"{v:.3g}" for v in (p.median, p.low, p.high))) for p in points]
        + [(when, "words", "none", "", "") for when in silent]
    )
    specs = {name: _axis_of(points, silent, quarters, width) for name, width in WIDTHS.items()}
    columns = ("when", "line", f"mean, {WARMTH.axis}", "5 per cent", "95 per cent")
    return [drawn("Words against deeds", says, specs, columns, tuple(rows))]


def _axis_of(said: list[Point], silent: tuple[str, ...], quarters: list[str], width: int) -> dict[str, Any]:
    import altair as alt

    groups = ["words", "deeds", "no word"]
    rows = [{"when": p.when, "group": p.group, "median": p.median, "low": p.low, "high": p.high} for p in said]
    bands = [{"when": when, "group": "no word"} for when in silent]
    years = alt.Axis(
        labelAngle=0,
        labelOverlap=True,
        ticks=False,
        labelExpr="slice(datum.value, -2) == 'Q1' ? slice(datum.value, 0, 4) : ''",
    )
    place = alt.Scale(domain=quarters, paddingInner=0.05, paddingOuter=0.1)
    x = alt.X("when:O", title=None, axis=years, scale=place)
    y = alt.Y(
        "median:Q",
        title=WARMTH.axis,
        scale=alt.Scale(domain=[-1.05, 1.05]),
        axis=alt.Axis(values=[-1, -0.5, 0, 0.5, 1]),
    )
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=groups, range=[*LINE_COLOURS[:2], LINE]),
        legend=alt.Legend(title=None, orient="top", symbolOpacity=1),
    )
    shape = alt.Shape("group:N", scale=alt.Scale(domain=groups, range=["circle", "diamond", "square"]), legend=None)
    beside = alt.XOffset("group:N", scale=alt.Scale(domain=groups[:2], paddingOuter=0.5))
    base = alt.Chart(data_of(rows))
    layers = [
        alt.Chart(data_of(bands)).mark_rect(opacity=0.7).encode(x=x, color=colour),
        alt.Chart(data_of([{"at": 0}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(y="at:Q"),
        base.mark_rule(strokeWidth=2).encode(
            x=x, xOffset=beside, y=alt.Y("low:Q", title=WARMTH.axis), y2="high:Q", color=colour
        ),
        base.mark_point(filled=True, size=42, opacity=1).encode(x=x, xOffset=beside, y=y, color=colour, shape=shape),
    ]
    return styled(alt.layer(*layers).properties(width=width - 50, height=240))


CHARTS = {WORDS_AND_DEEDS: words_and_deeds}
