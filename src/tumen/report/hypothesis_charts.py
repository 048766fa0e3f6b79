"""Charts of the rival explanations: evidence against hypotheses, posteriors over time, what is left out."""

from __future__ import annotations

import math
from typing import Any

from tumen.judgement.hypotheses import ItemReading, Weighed
from tumen.report.drawing import WIDTHS, Drawing, data_of, styled, svg_of
from tumen.report.hypotheses import leader_without, moved

INK, LINE = "var(--ink)", "var(--line)"
_COLOURS = [f"var(--c{n})" for n in range(1, 7)]
_DASHES = [[1, 0], [6, 3], [2, 3]]

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
        {"item": r.item.evidence.id, "hypothesis": label, "mark": mark(r.logs[place[label]]),
         "shade": _SHADES[len(mark(r.logs[place[label]]))]}
        for r in readings for label in labels
    ]  # fmt: skip
    table = tuple(
        (f"{r.item.evidence.date} {r.item.evidence.id}: {r.item.evidence.text}", *(mark(r.logs[place[n]]) or "0" for n in labels),
         f"{r.discriminates:.2f}")
        for r in readings
    )  # fmt: skip
    says = (f"{len(readings)} items against {len(labels)} explanations, after grade, group and deception: + fits better than the "
            "item fits on average (++ by a quarter or more), − fits worse.")  # fmt: skip
    svg = {
        name: svg_of(_heat_chart(rows, labels, [r.item.evidence.id for r in readings], width))
        for name, width in WIDTHS.items()
    }
    return Drawing("Evidence against explanations", says, svg, ("item", *labels, "tells, to 1"), table)


def _heat_chart(rows: list[dict[str, Any]], labels: list[str], items: list[str], width: int) -> dict[str, Any]:
    import altair as alt

    base = alt.Chart(data_of(rows))
    x = alt.X(
        "hypothesis:N", sort=labels, title=None, axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=110, grid=False)
    )
    y = alt.Y("item:N", sort=items, title=None, axis=alt.Axis(labelLimit=70, grid=False))
    fill = ["var(--contradicted)", "var(--contradicted)", LINE, "var(--supported)", "var(--supported)"]
    layers = [
        base.mark_rect(strokeWidth=1).encode(
            x=x, y=y, color=alt.Color("mark:N", legend=None, scale=alt.Scale(domain=list(_MARKS), range=fill)),
            opacity=alt.Opacity("shade:Q", legend=None, scale=None),
        ),
        base.mark_text(color=INK, fontSize=12.5).encode(x=x, y=y, text="mark:N"),
    ]  # fmt: skip
    return styled(alt.layer(*layers).properties(width=width - 60, height=alt.Step(21)))


def _over_time(weighed: Weighed) -> Drawing:
    start = {s.id: s.prior for s in weighed.standings}
    points = [("before", start), *((s.date.isoformat(), s.posterior) for s in weighed.steps)]
    labels = {s.id: s.label for s in weighed.ranking}
    rows = [
        {"when": when, "hypothesis": label, "value": 100 * at[name]}
        for when, at in points
        for name, label in labels.items()
    ]
    table = tuple((when, *(f"{100 * at[name]:.1f}" for name in labels)) for when, at in points)
    first, last = weighed.ranking[0], weighed.steps[-1].date
    says = (f"Probability of each explanation as evidence arrived, from the priors to {last}; ‘{first.label}’ ends "
            f"at {100 * first.posterior:.0f} per cent.")  # fmt: skip
    svg = {name: svg_of(_time_chart(rows, list(labels.values()), width)) for name, width in WIDTHS.items()}
    columns = ("after", *(f"{label}, per cent" for label in labels.values()))
    return Drawing("How the probabilities moved", says, svg, columns, table)


def _time_chart(rows: list[dict[str, Any]], labels: list[str], width: int) -> dict[str, Any]:
    import altair as alt

    colours = [_COLOURS[n % len(_COLOURS)] for n in range(len(labels))]
    dashes = [_DASHES[n // len(_COLOURS) % len(_DASHES)] for n in range(len(labels))]
    legend = alt.Legend(
        title=None, orient="top", columns=max(1, width // 150), labelLimit=130, symbolType="stroke", symbolOpacity=1
    )
    chart = alt.Chart(data_of(rows)).mark_line(strokeWidth=2, interpolate="step-after").encode(
        x=alt.X("when:O", sort=None, title=None, axis=alt.Axis(labelAngle=-60 if width > 400 else -90, labelOverlap=True, labelFontSize=11)),
        y=alt.Y("value:Q", title="per cent", axis=alt.Axis(tickCount=5)),
        color=alt.Color("hypothesis:N", legend=legend, scale=alt.Scale(domain=labels, range=colours)),
        strokeDash=alt.StrokeDash("hypothesis:N", legend=legend, scale=alt.Scale(domain=labels, range=dashes)),
    )  # fmt: skip
    return styled(chart.properties(width=width - 50, height=240))


def _tornado(weighed: Weighed) -> Drawing:
    leader = weighed.leader
    labels = {s.id: s.label for s in weighed.standings}
    ordered = sorted(weighed.left_out, key=lambda o: (-abs(moved(o, weighed)), o.kind, o.name))
    rows = [
        {"left": f"{o.kind} {o.name}", "from": 100 * leader.posterior, "to": 100 * o.posterior[leader.id],
         "way": "rises" if moved(o, weighed) > 0 else "falls"}
        for o in ordered[:_BARS]
    ]  # fmt: skip
    table = tuple(
        (f"{o.kind} {o.name}", ", ".join(o.items), f"{100 * o.posterior[leader.id]:.1f}", f"{100 * moved(o, weighed):+.1f}",
         labels[leader_without(o)])
        for o in ordered
    )  # fmt: skip
    says = (f"Probability of ‘{leader.label}’ when one item, source or group is left out, against "
            f"{100 * leader.posterior:.0f} per cent with all; the {len(rows)} that move it most.")  # fmt: skip
    svg = {name: svg_of(_bars(rows, width)) for name, width in WIDTHS.items()}
    columns = ("left out", "items", f"{leader.label}, per cent", "change", "then leads")
    return Drawing("What it rests on", says, svg, columns, table)


def _bars(rows: list[dict[str, Any]], width: int) -> dict[str, Any]:
    import altair as alt

    ends = [float(r[n]) for r in rows for n in ("from", "to")]
    margin = 0.05 * ((max(ends) - min(ends)) or 1.0)
    domain = [max(0.0, min(ends) - margin), min(100.0, max(ends) + margin)]
    base = alt.Chart(data_of(rows))
    y = alt.Y("left:N", sort=None, title=None, axis=alt.Axis(labelLimit=180 if width > 400 else 115, grid=False))
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
    return styled(alt.layer(*layers).properties(width=width - (210 if width > 400 else 140), height=alt.Step(21)))
