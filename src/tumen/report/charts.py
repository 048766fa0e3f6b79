"""Charts of a verdict: every way to count against the claim, and the series behind an estimate."""

from __future__ import annotations

import math
from typing import Any

from tumen.counting import counted
from tumen.draw.drawing import INK, LINE_COLOURS, REGION, WIDTHS, Drawing, data_of, drawn, styled
from tumen.judge.verdict import Verdict
from tumen.report.plain_words import region

_OUTCOMES = ["supported", "contradicted", "undetermined"]


def specification_curve(verdict: Verdict) -> Drawing | None:
    """Every way to count as a point with its central 90 per cent, against the claim's region.

    Source: Simonsohn, Simmons & Nelson (2020), doi:10.1038/s41562-020-0912-z.
    """
    estimate = verdict.estimate
    if estimate is None or not verdict.headlines:
        return None
    rows: list[dict[str, Any]] = []
    for order, item in enumerate(verdict.specifications):
        summary = item.summary
        if summary.median is None or summary.low is None or summary.high is None:
            continue
        values = {
            n: estimate.unit.scaled(v)
            for n, v in (("median", summary.median), ("low", summary.low), ("high", summary.high))
        }
        rows.append({"order": order, "label": item.run.label, "outcome": item.outcome, **values})
    bounds = [estimate.unit.scaled(b) for b in verdict.claim.holds.bounds]
    title = "Every way to count"
    table = tuple(
        (str(r["label"]), *(f"{r[n]:.4g}" for n in ("median", "low", "high")), str(r["outcome"])) for r in rows
    )
    says = (
        f"{counted(len(rows), 'estimate')} with the central 90 per cent; the claim holds "
        f"{region(verdict.claim.holds, estimate.unit)}."
    )
    specs = {name: _curve(rows, bounds, verdict, estimate.unit.axis, width) for name, width in WIDTHS.items()}
    return drawn(
        title,
        says,
        specs,
        ("counted as", f"median, {estimate.unit.axis}", "5 per cent", "95 per cent", "verdict"),
        table,
    )


def _curve(rows: list[dict[str, Any]], bounds: list[float], verdict: Verdict, axis: str, width: int) -> dict[str, Any]:
    import altair as alt

    data = data_of(rows)
    span = [*bounds, *(r["low"] for r in rows), *(r["high"] for r in rows)]
    margin = 0.06 * ((max(span) - min(span)) or abs(max(span)) or 1.0)
    domain = [min(span) - margin, max(span) + margin]
    y = alt.Y("order:O", axis=None, scale=alt.Scale(paddingInner=0.2))
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=domain, zero=False, nice=False),
        title=axis,
        axis=alt.Axis(tickCount=max(3, width // 110)),
    )
    colour = alt.Color(
        "outcome:N", legend=None, scale=alt.Scale(domain=_OUTCOMES, range=[f"var(--{o})" for o in _OUTCOMES])
    )
    shape = alt.Shape("outcome:N", legend=None, scale=alt.Scale(domain=_OUTCOMES, range=["circle", "cross", "diamond"]))
    base = alt.Chart(data)
    layers = [
        alt.Chart(data_of(_where(bounds, verdict, domain)))
        .mark_rect(color=REGION, opacity=0.5)
        .encode(x=alt.X("from:Q", scale=alt.Scale(domain=domain, zero=False, nice=False), title=axis), x2="to:Q"),
        alt.Chart(data_of([{"at": b} for b in bounds])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="at:Q"),
        base.mark_rule(strokeWidth=3, yOffset=6).encode(x=x, x2="high:Q", y=y, color=colour),
        base.mark_point(size=90, filled=True, opacity=1, yOffset=6).encode(
            x="median:Q", y=y, color=colour, shape=shape
        ),
        base.mark_text(align="left", baseline="middle", yOffset=-10, color=INK, fontSize=12.5, limit=width).encode(
            x=alt.value(2), y=y, text="label:N"
        ),
    ]
    return styled(alt.layer(*layers).properties(width=width, height=alt.Step(44)))


def _where(bounds: list[float], verdict: Verdict, domain: list[float]) -> list[dict[str, float]]:
    """The stretch of the axis where the claim holds, for shading."""
    low, high = domain
    holds = verdict.claim.holds
    if holds.above is not None:
        return [{"from": max(low, bounds[0]), "to": high}]
    if holds.below is not None:
        return [{"from": low, "to": min(high, bounds[0])}]
    if holds.within is not None:
        return [{"from": max(low, bounds[0]), "to": min(high, bounds[1])}]
    return [{"from": low, "to": bounds[0]}, {"from": bounds[1], "to": high}]


def series(verdict: Verdict) -> list[Drawing]:
    """The series behind an estimate: each line with its central 90 per cent."""
    estimate, points = verdict.estimate, verdict.points
    if estimate is None or len({p.when for p in points}) < 2:
        return []
    unit = estimate.series_unit or estimate.unit
    rows = [
        {
            "when": p.when,
            "group": p.group,
            **{n: unit.scaled(v) for n, v in (("median", p.median), ("low", p.low), ("high", p.high))},
        }
        for p in points
        if all(math.isfinite(v) for v in (p.median, p.low, p.high))
    ]
    groups = list(dict.fromkeys(str(r["group"]) for r in rows))
    axis = unit.axis
    table = tuple((str(r["when"]), str(r["group"]), *(f"{r[n]:.4g}" for n in ("median", "low", "high"))) for r in rows)
    says = (
        f"{counted(len(rows), 'point')} on {counted(len(groups), 'line')}, from {points[0].when} to "
        f"{max(p.when for p in points)}."
    )
    ways = [s.run.label for s in verdict.specifications if s.run.series]
    if len(ways) > 1 and len(points) < sum(len(s.run.series) for s in verdict.specifications):
        says += f" As counted with “{ways[0]}”; the other ways to count have lines of the same names."
    rows = _with_gaps(rows, groups)
    specs = {name: _lines(rows, groups, axis, width) for name, width in WIDTHS.items()}
    columns = ("when", "line", f"median, {axis}", "5 per cent", "95 per cent")
    return [drawn("The series behind it", says, specs, columns, table)]


def _with_gaps(rows: list[dict[str, Any]], groups: list[str]) -> list[dict[str, Any]]:
    """Rows with an empty one for every year that a line leaves out: silence is drawn as silence."""
    if not all(len(str(r["when"])) == 4 and str(r["when"]).isdigit() for r in rows):
        return rows
    years = [int(r["when"]) for r in rows]
    have = {(r["when"], r["group"]) for r in rows}
    empty = {"median": None, "low": None, "high": None}
    every = [(str(y), g) for y in range(min(years), max(years) + 1) for g in groups]
    gaps = [{"when": when, "group": group, **empty} for when, group in every if (when, group) not in have]
    return sorted([*rows, *gaps], key=lambda r: str(r["when"]))


def _lines(rows: list[dict[str, Any]], groups: list[str], axis: str, width: int) -> dict[str, Any]:
    import altair as alt

    base = alt.Chart(data_of(rows))
    gap: Any = "break-paths-show-domains"
    x = alt.X("when:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=groups, range=LINE_COLOURS[: len(groups)]),
        legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=width, symbolType="stroke", symbolOpacity=1),
    )
    y = alt.Y("median:Q", title=axis, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5))
    layers = [
        base.mark_area(opacity=0.16, invalid=gap).encode(x=x, y=alt.Y("low:Q", title=axis), y2="high:Q", color=colour),
        base.mark_line(strokeWidth=2, invalid=gap).encode(x=x, y=y, color=colour),
        base.mark_point(filled=True, size=34, opacity=1, invalid="filter").encode(x=x, y=y, color=colour),
    ]
    return styled(alt.layer(*layers).properties(width=width - 50, height=220))
