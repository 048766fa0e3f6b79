"""Charts of the rival explanations: evidence against hypotheses, posteriors over time, what is left out."""

from __future__ import annotations

import math
from typing import Any

from tumen.counting import counted
from tumen.draw.drawing import INK, LINE, LINE_COLOURS, WIDTHS, Drawing, data_of, drawn, styled
from tumen.explanations.sentences import leader_shift, leader_without
from tumen.explanations.weighing import ItemReading, Weighed

#: Width, in pixels, above which there is room for an item's text beside its row; how long the text may be,
#: and the room for it, as a reader's font may be wider than the one that it is measured in.
_DESK, _TEXT, _ROOM = 400, 235, 285

#: Ratio to the item's mean from which a cell is marked once, and from which twice.
_ONCE, _TWICE = 1.05, 1.25

#: Bars that a tornado shows; the table beside it holds the rest.
_BARS = 14

#: Opacity of a cell by the number of its signs.
_SHADES = (0.25, 0.28, 0.6)

_MARKS = ("−−", "−", "", "+", "++")


def hypothesis_drawings(weighed: Weighed) -> list[Drawing]:
    """The heat map, the posteriors over time and the tornado of left-out items."""
    return [_heat(weighed), _over_time(weighed), _tornado(weighed)]


def mark(log: float) -> str:
    """How an item bears on a hypothesis, as signs: two from a factor of 1.25, one from 1.05.

    Example:
        >>> [mark(v) for v in (-0.5, -0.1, 0.0, 0.1, 0.5)]
        ['−−', '−', '', '+', '++']
    """
    size = abs(log)
    strength = 2 if size >= math.log(_TWICE) else 1 if size >= math.log(_ONCE) else 0
    return _MARKS[2 + (strength if log > 0 else -strength)]


def _in_time(weighed: Weighed) -> list[ItemReading]:
    return sorted(weighed.readings, key=lambda r: (r.item.evidence.date, r.item.evidence.id))


def _heat(weighed: Weighed) -> Drawing:
    readings = _in_time(weighed)
    labels = [s.label for s in weighed.ranking]
    place = {s.label: n for n, s in enumerate(weighed.standings)}
    rows = [
        {
            "item": r.item.evidence.id,
            "hypothesis": label,
            "mark": mark(r.logs[place[label]]),
            "shade": _SHADES[len(mark(r.logs[place[label]]))],
        }
        for r in readings
        for label in labels
    ]
    table = tuple(
        (
            f"{r.item.evidence.date} {r.item.evidence.id}: {r.item.evidence.text}",
            *(mark(r.logs[place[n]]) or "0" for n in labels),
            f"{r.discriminates:.2f}",
        )
        for r in readings
    )
    says = (
        f"{counted(len(readings), 'item')}, one in each row, against {counted(len(labels), 'explanation')}. "
        "+ means that the item was more to be expected under this explanation than under the others on average (++ by "
        "a quarter or more), − that it was less. What weakens an item is already taken off."
    )
    items = [r.item.evidence.id for r in readings]
    texts = {r.item.evidence.id: r.item.evidence.text for r in readings}
    specs = {name: _heat_chart(rows, labels, items, texts, width) for name, width in WIDTHS.items()}
    return drawn("Evidence against explanations", says, specs, ("item", *labels, "tells, to 1"), table)


def _heat_chart(
    rows: list[dict[str, Any]], labels: list[str], items: list[str], texts: dict[str, str], width: int
) -> dict[str, Any]:
    import altair as alt

    wide = width > _DESK
    named = {item: f"{item}: {texts[item]}" if wide else item for item in items}
    base = alt.Chart(data_of([{**row, "item": named[row["item"]]} for row in rows]))
    x = alt.X(
        "hypothesis:N", sort=labels, title=None, axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=110, grid=False)
    )
    limit, room = (_TEXT, _ROOM) if wide else (50, 50)
    y = alt.Y(
        "item:N", sort=list(named.values()), title=None, axis=alt.Axis(labelLimit=limit, minExtent=room, grid=False)
    )
    fill = ["var(--contradicted)", "var(--contradicted)", LINE, "var(--supported)", "var(--supported)"]
    layers = [
        base.mark_rect(strokeWidth=1).encode(
            x=x,
            y=y,
            color=alt.Color("mark:N", legend=None, scale=alt.Scale(domain=list(_MARKS), range=fill)),
            opacity=alt.Opacity("shade:Q", legend=None, scale=None),
        ),
        base.mark_text(color=INK, fontSize=12.5).encode(x=x, y=y, text="mark:N"),
    ]
    return styled(alt.layer(*layers).properties(width=width - room - 30, height=alt.Step(21)))


def _over_time(weighed: Weighed) -> Drawing:
    labels = {s.id: s.label for s in weighed.ranking}
    start = {s.id: s.prior for s in weighed.standings}
    points = [
        ("before", start, start, start),
        *((s.date.isoformat(), s.posterior, s.low, s.high) for s in weighed.steps),
    ]
    rows = [
        {"n": n, "hypothesis": label, "value": 100 * at[name], "low": 100 * low[name], "high": 100 * high[name]}
        for n, (_, at, low, high) in enumerate(points)
        for name, label in labels.items()
    ]
    table = tuple(
        (when, *(f"{100 * at[name]:.1f} ({100 * low[name]:.1f} to {100 * high[name]:.1f})" for name in labels))
        for when, at, low, high in points
    )
    first, last = weighed.ranking[0], weighed.steps[-1].date
    says = (
        f"A panel for each explanation shows its probability on {counted(len(weighed.steps), 'day')} "
        f"with new evidence, from before any evidence to {last}. The band holds the central 90 per cent of the "
        f"readings of the scores. ‘{first.label}’ ends at {100 * first.posterior:.0f} per cent."
    )
    specs = {name: _time_chart(rows, list(labels.values()), width) for name, width in WIDTHS.items()}
    columns = ("after", *(f"{label}, per cent" for label in labels.values()))
    return drawn("How the probabilities moved", says, specs, columns, table)


def _time_chart(rows: list[dict[str, Any]], labels: list[str], width: int) -> dict[str, Any]:
    import altair as alt

    abreast = 4 if width > _DESK else 2
    base = alt.Chart(data_of(rows))
    x = alt.X("n:Q", title=None, axis=alt.Axis(labels=False, ticks=False, grid=False))
    scale = alt.Scale(domain=[0, min(100.0, max(float(r["high"]) for r in rows) + 5)], nice=False)
    y = alt.Y("low:Q", title="per cent", scale=scale, axis=alt.Axis(tickCount=4))
    layers = [
        base.mark_area(opacity=0.3, interpolate="step-after", color=LINE_COLOURS[0]).encode(x=x, y=y, y2="high:Q"),
        base.mark_line(strokeWidth=2, interpolate="step-after", color=LINE_COLOURS[0]).encode(
            x=x, y=alt.Y("value:Q", title="per cent")
        ),
    ]
    panel = alt.layer(*layers).properties(width=(width - 60) // abreast - 20, height=90)
    header = alt.Header(labelColor=INK, labelFontSize=12, labelLimit=120, labelPadding=2)
    facet = alt.Facet("hypothesis:N", sort=labels, title=None, header=header)
    return styled(panel.facet(facet, columns=abreast, spacing=14))


def _tornado(weighed: Weighed) -> Drawing:
    leader = weighed.leader
    labels = {s.id: s.label for s in weighed.standings}
    ordered = sorted(weighed.left_out, key=lambda o: (-abs(leader_shift(o, weighed)), o.kind, o.name))
    texts = {r.item.evidence.id: f"{r.item.evidence.id}: {r.item.evidence.text}" for r in weighed.readings}
    rows = [
        {
            "left": f"{o.kind} {o.name}",
            "text": texts[o.name] if o.kind == "item" else f"{o.kind} {o.name}",
            "from": 100 * leader.posterior,
            "to": 100 * o.posterior[leader.id],
            "way": "rises" if leader_shift(o, weighed) > 0 else "falls",
        }
        for o in ordered[:_BARS]
    ]
    table = tuple(
        (
            f"{o.kind} {o.name}",
            ", ".join(o.items),
            f"{100 * o.posterior[leader.id]:.1f}",
            f"{100 * leader_shift(o, weighed):+.1f}",
            labels[leader_without(o)],
        )
        for o in ordered
    )
    says = (
        f"Probability of ‘{leader.label}’ without one item, without all of one source, or without all of one "
        "group, against "
        f"{100 * leader.posterior:.0f} per cent with everything; the {len(rows)} that move it most."
    )
    specs = {name: _bars(rows, width) for name, width in WIDTHS.items()}
    columns = ("left out", "items", f"{leader.label}, per cent", "change", "then leads")
    return drawn("If one thing were left out", says, specs, columns, table)


def _bars(rows: list[dict[str, Any]], width: int) -> dict[str, Any]:
    import altair as alt

    ends = [float(r[n]) for r in rows for n in ("from", "to")]
    margin = 0.05 * ((max(ends) - min(ends)) or 1.0)
    domain = [max(0.0, min(ends) - margin), min(100.0, max(ends) + margin)]
    base = alt.Chart(data_of(rows))
    wide = width > _DESK
    limit, room = (_TEXT, _ROOM) if wide else (110, 135)
    y = alt.Y(
        "text:N" if wide else "left:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelLimit=limit, minExtent=room, grid=False),
    )
    x = alt.X(
        "from:Q", title="per cent", scale=alt.Scale(domain=domain, zero=False, nice=False), axis=alt.Axis(tickCount=4)
    )
    colour = alt.Color(
        "way:N", legend=None, scale=alt.Scale(domain=["rises", "falls"], range=["var(--c1)", "var(--c2)"])
    )
    layers = [
        base.mark_bar(height=12).encode(x=x, x2="to:Q", y=y, color=colour),
        alt.Chart(data_of([{"at": rows[0]["from"]}])).mark_rule(color=INK).encode(x="at:Q"),
    ]
    return styled(alt.layer(*layers).properties(width=width - room - 20, height=alt.Step(21)))
