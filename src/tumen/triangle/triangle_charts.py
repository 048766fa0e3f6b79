"""The triangle itself over time, and each dyad's closeness with what the monitor signalled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from tumen.counting import counted
from tumen.draw.drawing import INK, LINE_COLOURS, SOFT, WIDTHS, Drawing, data_of, drawn, styled
from tumen.judge.verdict import Verdict
from tumen.measure.estimate import SpecificationRun
from tumen.measure.series import Point, Shape
from tumen.triangle.configuration import TYPES_OF_A_TRIANGLE

#: Where the three actors of a triangle stand in its square, in order of their names: left, top, right.
_PLACES = ((0.14, 0.2), (0.5, 0.86), (0.86, 0.2))

#: How each relation is drawn: its colour and, as a second cue, its dash.
_FRIENDLY, _NOT, _EITHER, _UNSEEN = "friendly", "not friendly", "could be either", "not seen"
_SIGNS = {
    _FRIENDLY: (LINE_COLOURS[0], [1, 0]),
    _NOT: (LINE_COLOURS[1], [7, 4]),
    _EITHER: (SOFT, [2, 3]),
    _UNSEEN: (SOFT, [1, 7]),
}

#: A relation is drawn as friendly, or as not, with at least this probability.
_SURE = 0.95


def triangle_drawings(verdict: Verdict) -> list[Drawing]:
    """For each way to count: the triangles year by year, then each dyad's closeness with its alarms."""
    runs = [s.run for s in verdict.specifications if s.run.shapes]
    return [drawing for run in runs for drawing in (_triangles(run), _closeness(run))]


def _years(run: SpecificationRun) -> list[str]:
    """Every year from the first to the last in which something was seen."""
    return [str(y) for y in range(int(run.shapes[0].when), int(run.shapes[-1].when) + 1)]


def _dyads(run: SpecificationRun) -> list[str]:
    return sorted({p.group for p in run.series})


def _sign(share: float | None) -> str:
    if share is None:
        return _UNSEEN
    return _FRIENDLY if share >= _SURE else _NOT if share <= 1 - _SURE else _EITHER


def _likeliest(shape: Shape | None, question: str) -> tuple[str, float] | None:
    answers = shape.chances.get(question) if shape else None
    return next(iter(answers.items())) if answers else None


def _told(answer: tuple[str, float] | None) -> str:
    return f"{answer[0]} {answer[1]:.2f}" if answer else "not all three seen"


def _triangles(run: SpecificationRun) -> Drawing:
    years, shapes = _years(run), {s.when: s for s in run.shapes}
    points = {(p.when, p.group): p for p in run.series}
    types = Counter(found[0] for s in run.shapes if (found := _likeliest(s, "type")))
    likeliest = "; ".join(f"{name} in {n}" for name, n in types.most_common()) or "none, as never all three were seen"
    signalled = ", ".join(f"{a.group} in {a.when}" for a in run.alarms) or "nothing"
    says = (
        f"{counted(len(years), 'year')} from {years[0]} to {years[-1]}, counted as “{run.label}”. The closer two are, "
        "the thicker their line; the number beside it is their closeness in per cent. "
        f"Likeliest type: {likeliest}. Signalled by the monitor (▲): {signalled}."
    )
    dyads = _dyads(run)
    rows = tuple(_row(year, dyads, shapes.get(year), points) for year in years)
    marks = [m for year in years for m in _marks(year, dyads, shapes.get(year), points, run)]
    specs = {name: _small_multiples(marks, 6 if name == "wide" else 3) for name in WIDTHS}
    columns = (
        "year",
        *(f"{d}, per cent" for d in dyads),
        "likeliest type",
        "balance",
        "likeliest order",
        "type and order as seen",
    )
    return drawn("The triangle, year by year", says, specs, columns, rows)


def _row(year: str, dyads: list[str], shape: Shape | None, points: Mapping[tuple[str, str], Point]) -> tuple[str, ...]:
    friendly = shape.chances["friendly"] if shape else {}
    cells = [f"{100 * points[year, d].median:.0f}, {_sign(friendly[d])}" if d in friendly else _UNSEEN for d in dyads]
    return (
        year,
        *cells,
        *(_told(_likeliest(shape, q)) for q in ("type", "balance", "order")),
        shape.seen if shape and shape.seen else "not all three seen",
    )


def _marks(
    year: str, dyads: list[str], shape: Shape | None, points: Mapping[tuple[str, str], Point], run: SpecificationRun
) -> list[dict[str, Any]]:
    """Everything drawn for one year: lines, corners, names, the type below, and a mark where an alarm was raised."""
    actors = sorted({name for dyad in dyads for name in dyad.split("–")})
    friendly = shape.chances["friendly"] if shape else {}
    raised = {a.group for a in run.alarms if a.when == year}
    marks: list[dict[str, Any]] = []
    for (one, other), ((x, y), (x2, y2)) in zip(combinations(actors, 2), combinations(_PLACES, 2), strict=True):
        dyad = f"{one}–{other}"
        width = 1.5 + 8 * points[year, dyad].median if dyad in friendly else 1.5
        edge = {"x": x, "y": y, "x2": x2, "y2": y2, "width": width, "sign": _sign(friendly.get(dyad))}
        marks.append({"when": year, "kind": "edge", **edge})
        if dyad in friendly:
            outside = {"x": x + x2 - 0.5, "y": y - 0.14 if y == y2 else (y + y2) / 2}
            marks.append({"when": year, "kind": "share", **outside, "text": f"{100 * points[year, dyad].median:.0f}"})
        if dyad in raised:
            marks.append({"when": year, "kind": "alarm", "x": (x + x2) / 2, "y": (y + y2) / 2})
    for name, (x, y) in zip(actors, _PLACES, strict=True):
        marks.append(
            {"when": year, "kind": "actor", "x": x, "y": y, "text": name, "name_y": y + (0.12 if y > 0.5 else -0.13)}
        )
    kind = _likeliest(shape, "type")
    name, _, more = kind[0].partition(", ") if kind else ("not all seen", "", "")
    below = ", ".join(part for part in (more.replace("third party", "third"), f"{kind[1]:.2f}" if kind else "") if part)
    marks += [
        {"when": year, "kind": "type", "x": 0.5, "y": at, "text": text} for at, text in ((-0.15, name), (-0.31, below))
    ]
    return marks


def _small_multiples(marks: list[dict[str, Any]], columns: int) -> dict[str, Any]:
    import altair as alt

    def where(kind: str) -> Any:
        return alt.Chart().transform_filter(f"datum.kind == '{kind}'")

    signs = [s for s in _SIGNS if any(m.get("sign") == s for m in marks)]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.38, 1.02], nice=False))
    legend = alt.Legend(
        title=None,
        orient="top",
        symbolType="stroke",
        symbolOpacity=1,
        columns=2 if columns == 3 else 4,
        symbolSize=300,
        columnPadding=16,
    )
    colour = alt.Color("sign:N", scale=alt.Scale(domain=signs, range=[_SIGNS[s][0] for s in signs]), legend=legend)
    dash = alt.StrokeDash("sign:N", scale=alt.Scale(domain=signs, range=[_SIGNS[s][1] for s in signs]), legend=legend)
    width = alt.StrokeWidth("width:Q", scale=None, legend=None)
    small = {"fontSize": 10.5, "color": INK}
    layers = [
        where("edge")
        .mark_rule(strokeCap="butt")
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour, strokeDash=dash, strokeWidth=width),
        where("alarm")
        .mark_point(
            filled=True, shape="triangle-up", size=170, opacity=1, color=INK, stroke="var(--card)", strokeWidth=2
        )
        .encode(x=x, y=y),
        where("actor").mark_point(filled=True, size=46, opacity=1, color=INK).encode(x=x, y=y),
        where("actor").mark_text(**small).encode(x=x, y=alt.Y("name_y:Q", axis=None), text="text:N"),
        where("share").mark_text(fontSize=9.5, color=SOFT).encode(x=x, y=y, text="text:N"),
        where("type").mark_text(**small, limit=98).encode(x=x, y=y, text="text:N"),
    ]
    header = alt.Header(title=None, labelColor=INK, labelFontWeight="bold", labelFontSize=12, labelPadding=2)
    chart = alt.layer(*layers, data=data_of(marks)).properties(width=94, height=118)
    return styled(chart.facet(facet=alt.Facet("when:O", title=None, header=header), columns=columns, spacing=10))


def _closeness(run: SpecificationRun) -> Drawing:
    years, dyads = _years(run), _dyads(run)
    amity = 100 * run.figures["amity"]
    signalled = " ".join(f"{a.says[0].upper()}{a.says[1:]}." for a in run.alarms) or "The monitor signalled nothing."
    says = (
        f"Counted as “{run.label}”. Above the dashed line, at {amity:.0f} per cent, a dyad counts as "
        f"friendly. {signalled}"
    )
    rows = tuple((p.when, p.group, *(f"{100 * v:.0f}" for v in (p.median, p.low, p.high))) for p in run.series)
    specs = {name: _panels(run, years, dyads, amity, width - 60) for name, width in WIDTHS.items()}
    return drawn("How close each dyad is", says, specs, ("year", "dyad", "per cent", "5 per cent", "95 per cent"), rows)


def _panels(run: SpecificationRun, years: list[str], dyads: list[str], amity: float, width: int) -> dict[str, Any]:
    """One panel a dyad, below one another on one axis of time."""
    import altair as alt

    panels = []
    for dyad, colour in zip(dyads, LINE_COLOURS, strict=False):
        layers = [
            alt.Chart(data_of([{"at": amity}])).mark_rule(color=SOFT, strokeDash=[4, 3]).encode(y="at:Q"),
            *_line(run, years, dyad, colour, labels=dyad == dyads[-1]),
            *_signals(run, years, dyad),
        ]
        title = alt.TitleParams(dyad, anchor="start", color=INK, fontSize=12, offset=4)
        panels.append(alt.layer(*layers).properties(width=width, height=110, title=title))
    return styled(alt.vconcat(*panels, spacing=8))


def _line(run: SpecificationRun, years: list[str], dyad: str, colour: str, *, labels: bool) -> list[Any]:
    """A dyad's closeness with its interval; years in which it was not seen are gaps."""
    import altair as alt

    points = {p.when: p for p in run.series if p.group == dyad}
    rows = [
        {"when": y, **{n: 100 * getattr(points[y], n) if y in points else None for n in ("median", "low", "high")}}
        for y in years
    ]
    base = alt.Chart(data_of(rows))
    gap: Any = "break-paths-show-domains"
    years_axis = alt.Axis(labelAngle=0, labelOverlap=True, labels=labels, ticks=labels)
    x = alt.X("when:O", title=None, scale=alt.Scale(domain=years), axis=years_axis)
    per_cent = alt.Axis(values=[0, 50, 100], labelExpr="datum.label + ' %'")
    y = alt.Y("median:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=per_cent)
    low = alt.Y("low:Q", title=None)
    return [
        base.mark_area(opacity=0.2, color=colour, invalid=gap).encode(x=x, y=low, y2="high:Q"),
        base.mark_line(strokeWidth=2, color=colour, invalid=gap).encode(x=x, y=y),
        base.mark_rule(color=colour, strokeWidth=1, invalid="filter").encode(x=x, y=low, y2="high:Q"),
        base.mark_point(filled=True, size=34, opacity=1, color=colour, invalid="filter").encode(x=x, y=y),
    ]


def _signals(run: SpecificationRun, years: list[str], dyad: str) -> list[Any]:
    """What the monitor signalled in a dyad: a line where the new level begins, a mark where that was known."""
    import altair as alt

    layers = []
    for alarm in [a for a in run.alarms if a.group == dyad]:
        said = {
            "since": alarm.since,
            "when": alarm.when,
            "at": 12,
            "text": f"since {alarm.since}, signalled {alarm.when}",
        }
        base = alt.Chart(data_of([said])).encode(x="when:O", y="at:Q")
        late = 2 * years.index(alarm.when) >= len(years)
        beside: dict[str, Any] = {"align": "right", "dx": -10} if late else {"align": "left", "dx": 10}
        layers += [
            alt.Chart(data_of([said])).mark_rule(color=INK, strokeDash=[2, 2]).encode(x="since:O"),
            base.mark_point(filled=True, shape="triangle-up", size=110, opacity=1, color=INK),
            base.mark_text(color=INK, fontSize=11, **beside).encode(text="text:N"),
        ]
    return layers


def readings(run: SpecificationRun) -> list[str]:
    """One line for each time whose kind was asked for: the lines' values, then the likeliest answers."""
    lines = []
    for shape in run.shapes:
        points = [f"{p.group} {p.median:.2f} ({p.low:.2f} to {p.high:.2f})" for p in run.series if p.when == shape.when]
        likeliest = [(what, *next(iter(by.items()))) for what, by in shape.chances.items() if what != "friendly"]
        answers = [f"{name} {share:.2f}" for _, name, share in likeliest] or ["not all three seen"]
        lines.append(f"{shape.when}: {', '.join([*points, *answers])}")
    return lines


CHARTS = {TYPES_OF_A_TRIANGLE: triangle_drawings}
