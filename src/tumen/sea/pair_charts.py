"""Two ships around an encounter: how far apart and how fast, with silence drawn as silence."""

from __future__ import annotations

import math
from typing import Any

from tumen.draw.drawing import INK, LINE, LINE_COLOURS, REGION, WIDTHS, Drawing, data_of, drawn, styled
from tumen.sea.sea_findings import EncounterFinding, PairTrack, SeaFindings, Trace

#: Pairs beyond this many are counted, not drawn.
DRAWN = 6

#: Rows of the table beside a chart, at most about.
_LISTED = 60

_METRES = "datum.value < 1000 ? datum.value + ' m' : datum.value / 1000 + ' km'"


def pair_charts(findings: SeaFindings, used: frozenset[str]) -> tuple[list[Drawing], int]:
    """A chart for each pair: those that a verdict rests on first, then those with a listed number, then by time.

    Args:
        used: ids of the findings that a verdict rests on.

    Returns: the charts, and how many encounters were left out.
    """
    rows = {row.id: row for row in findings.encounters}

    def place(pair: PairTrack) -> tuple[object, ...]:
        row = rows[pair.encounter]
        return pair.encounter not in used, not findings.has_number(row), row.start, pair.encounter

    ordered = sorted(findings.pairs, key=place)
    return [_drawing(p, rows[p.encounter], findings) for p in ordered[:DRAWN]], len(rows) - len(ordered[:DRAWN])


def _drawing(pair: PairTrack, row: EncounterFinding, findings: SeaFindings) -> Drawing:
    listed = [findings.listing(mmsi, row.start, row.end) for mmsi, _ in row.ships]
    numbers = [f"MMSI {mmsi}{_match(mmsi, row, findings)}" for mmsi, _ in row.ships]
    names = [f"{name} ({said})" if name else said for (_, name), said in zip(row.ships, numbers, strict=True)]
    told = "".join(f" {name}: {who[2:]}." for name, who in zip(names, listed, strict=True) if who)
    label = "Simulated: nothing here was observed. " if findings.simulated else ""
    says = (
        f"{label}Together from {row.start:%Y-%m-%d %H:%M} to {row.end:%Y-%m-%d %H:%M} UTC, {row.duration_h:.1f} h, of "
        f"which {row.observed_h:.1f} h observed; median distance {row.median_distance_m:,.0f} m. Grey bands: a ship "
        f"was silent.{told}"
    )
    within_m = float(findings.detectors["encounters"]["distance_m"])
    specs = {
        name: _chart(pair, row.duration_h, within_m, names, width, findings.simulated) for name, width in WIDTHS.items()
    }
    columns = ("hours from the start", "distance, m", *(f"speed of {name}, knots" for name in names))
    return drawn(" and ".join(names), says, specs, columns, _table(pair))


def _match(mmsi: int, row: EncounterFinding, findings: SeaFindings) -> str:
    """What stands behind the number of a ship that may be on a list; the caption says more."""
    kinds = {match.kind for match in findings.matched(mmsi, row.start, row.end)}
    if not kinds:
        return ""
    return "; name like a listed one" if kinds == {"listed-name"} else "; number of a listed vessel"


def _table(pair: PairTrack) -> tuple[tuple[str, ...], ...]:
    """The series as rows, thinned evenly."""
    speeds = [dict(zip(ship.hours, ship.speeds_kn, strict=True)) for ship in pair.ships]

    def cell(value: float, digits: int, nothing: str) -> str:
        return nothing if math.isnan(value) else f"{value:,.{digits}f}"

    rows = [
        (f"{hour:.2f}", cell(apart, 0, "silent"), *(cell(one.get(hour, math.nan), 1, "") for one in speeds))
        for hour, apart in zip(pair.hours, pair.distances_m, strict=True)
    ]
    return tuple(rows[:: max(1, math.ceil(len(rows) / _LISTED))])


def _chart(
    pair: PairTrack, together_h: float, within_m: float, names: list[str], width: int, simulated: bool
) -> dict[str, Any]:
    import altair as alt

    gap: Any = "break-paths-show-domains"
    title = "hours from the start" + (" (SIMULATED)" if simulated else "")
    apart = [{"from": h, "value": _number(d)} for h, d in zip(pair.hours, pair.distances_m, strict=True)]
    fast = [
        {"from": h, "value": _number(v), "ship": name}
        for ship, name in zip(pair.ships, names, strict=True)
        for h, v in _broken(ship)
    ]
    far = alt.Y(
        "value:Q",
        title="distance",
        scale=alt.Scale(type="symlog", constant=100, domainMin=0, nice=False),
        axis=alt.Axis(values=[0, 100, 500, 2000, 10000, 50000], labelExpr=_METRES),
    )
    speed = alt.Y("value:Q", title="speed, knots", scale=alt.Scale(domainMin=0), axis=alt.Axis(tickCount=4))
    colour = alt.Color(
        "ship:N",
        scale=alt.Scale(domain=names, range=LINE_COLOURS[:2]),
        legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=width, symbolType="stroke"),
    )
    dash = alt.StrokeDash("ship:N", scale=alt.Scale(domain=names, range=[[1, 0], [5, 3]]), legend=None)
    upper, lower = _hours(pair, None), _hours(pair, title)
    limit = alt.Chart(data_of([{"at": within_m}])).mark_rule(strokeDash=[4, 3], color=INK, opacity=0.6).encode(y="at:Q")
    above = [
        *_ground(pair, together_h, upper),
        limit,
        alt.Chart(data_of(apart)).mark_line(color=INK, strokeWidth=1.8, invalid=gap).encode(x=upper, y=far),
    ]
    below = [
        *_ground(pair, together_h, lower),
        alt.Chart(data_of(fast))
        .mark_line(strokeWidth=1.8, invalid=gap)
        .encode(x=lower, y=speed, color=colour, strokeDash=dash),
    ]
    both = [
        alt.layer(*layers).properties(width=width - 60, height=height)
        for layers, height in ((above, 150), (below, 110))
    ]
    return styled(alt.vconcat(*both, spacing=8))


def _hours(pair: PairTrack, title: str | None) -> Any:
    """The axis of time, with its labels where it has a title."""
    import altair as alt

    heard = [hour for ship in pair.ships for hour in ship.hours]
    scale = alt.Scale(domain=[min(heard), max(heard)], nice=False)
    return alt.X("from:Q", scale=scale, title=title, axis=alt.Axis(labels=title is not None, ticks=title is not None))


def _ground(pair: PairTrack, together_h: float, x: Any) -> list[Any]:
    """The time together, and the silences, as bands."""
    import altair as alt

    bands = [{"from": start, "to": end} for ship in pair.ships for start, end in ship.silences]
    return [
        alt.Chart(data_of([{"from": 0.0, "to": together_h}]))
        .mark_rect(color=REGION, opacity=0.6)
        .encode(x=x, x2="to:Q"),
        alt.Chart(data_of(bands)).mark_rect(color=LINE, opacity=0.9).encode(x=x, x2="to:Q"),
    ]


def _number(value: float) -> float | None:
    """A number, or nothing where there is none."""
    return None if math.isnan(value) else value


def _broken(ship: Trace) -> list[tuple[float, float]]:
    """A ship's speeds with a hole in every silence, so that no line is drawn across it."""
    points = list(zip(ship.hours, ship.speeds_kn, strict=True))
    return sorted([*points, *(((a + b) / 2, math.nan) for a, b in ship.silences)], key=lambda p: p[0])
