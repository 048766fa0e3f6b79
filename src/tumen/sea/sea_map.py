"""The map of what was found at sea: coastline, ports, encounters, silences and calls, with land as land."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tumen.draw.drawing import INK, LINE, LINE_COLOURS, SOFT, WIDTHS, Drawing, data_of, drawn, styled
from tumen.sea.sea_findings import CallFinding, EncounterFinding, SeaFindings
from tumen.sea.shore.coastline import Box, land

if TYPE_CHECKING:
    from tumen.sea.gaps.gaps import Gap

#: Findings of one kind beyond this many are counted, not listed in the table beside the map.
ROWS_BELOW_MAP = 100

#: The room that the name of a port takes, as shares of the map.
_NAME_HIGH, _NAME_WIDE = 0.03, 0.15

#: Room around what is shown, degrees.
_MARGIN_DEG = 0.5

#: Kinds of marks, as the legend has them: label, colour, shape, size.
_RESTS, _OTHER, _SEEN, _FEASIBLE, _SILENCE, _PORT = _KINDS = (
    ("encounter that a verdict rests on", LINE_COLOURS[1], "diamond", 90),
    ("other encounter", LINE_COLOURS[0], "circle", 45),
    ("call seen", LINE_COLOURS[2], "square", 160),
    ("call feasible while silent", LINE_COLOURS[4], "triangle-up", 160),
    ("silence, from last to first message", LINE_COLOURS[3], "stroke", 0),
    ("port", INK, "cross", 20),
)


def sea_map(findings: SeaFindings, used: frozenset[str]) -> Drawing | None:
    """A map of findings, ports and coastline.

    Args:
        used: ids of the findings that a verdict rests on.

    Returns: None where nothing was found.
    """
    marks = _marks(findings, used)
    lines = [_silence(gap, findings) for gap in findings.gaps]
    if not marks and not lines:
        return None
    box = _box(marks, lines)
    marks = [*marks, *(m for m in _ports(findings) if _inside(m, box))]
    rows = [(str(m["kind"]), str(m["says"]), f"{m['lat']:.2f}, {m['lon']:.2f}") for m in marks]
    rows += [
        (_SILENCE[0], s["says"], f"{s['lat']:.2f}, {s['lon']:.2f} to {s['lat_2']:.2f}, {s['lon_2']:.2f}") for s in lines
    ]
    said = "; ".join(f"{what}: {number}" for what, number in _counts(findings))
    more = (
        f" The {len(findings.gaps)} longest silences that reception does not explain are drawn."
        if findings.gaps
        else ""
    )
    more += f" The table lists the first {ROWS_BELOW_MAP} of {len(rows)}." if len(rows) > ROWS_BELOW_MAP else ""
    label = "Simulated: nothing here was observed. " if findings.simulated else ""
    says = f"{label}Vessel positions of {findings.days}; {said}.{more} Coastline: Natural Earth."
    specs = {name: _chart(box, marks, lines, width, findings.simulated) for name, width in WIDTHS.items()}
    return drawn(
        "What was found at sea",
        says,
        specs,
        ("what", "ships and times (UTC)", "latitude, longitude"),
        tuple(rows[:ROWS_BELOW_MAP]),
    )


def _counts(findings: SeaFindings) -> list[tuple[str, int]]:
    seen = sum(1 for call in findings.calls if call.certainty == "observed")
    listed = len({match.mmsi for match in findings.matches})
    return [
        ("encounters", len(findings.encounters)),
        ("calls seen", seen),
        ("feasible while silent", len(findings.calls) - seen),
        ("silences", findings.silences),
        *([("ships that may be on a list", listed)] if listed else []),
    ]


def _marks(findings: SeaFindings, used: frozenset[str]) -> list[dict[str, Any]]:
    """Encounters and calls as points."""
    places = {p.id: p for p in findings.ports}
    marks = []
    for met in findings.encounters:
        kind = (_RESTS if met.id in used else _OTHER)[0]
        ships = " and ".join(_ship(*ship, met, findings) for ship in met.ships)
        marks.append({"kind": kind, "lon": met.lon, "lat": met.lat, "says": f"{ships}, {_times(met)}"})
    for call in findings.calls:
        port = places[call.port]
        kind = (_SEEN if call.certainty == "observed" else _FEASIBLE)[0]
        says = f"{_ship(call.mmsi, call.name, call, findings)} at {port.name}, {_times(call)}"
        marks.append({"kind": kind, "lon": port.lon, "lat": port.lat, "says": says})
    return sorted(marks, key=lambda m: [k for k, *_ in _KINDS].index(m["kind"]))


def _ports(findings: SeaFindings) -> list[dict[str, Any]]:
    return [{"kind": _PORT[0], "lon": p.lon, "lat": p.lat, "says": p.name, "name": p.name} for p in findings.ports]


def _silence(gap: Gap, findings: SeaFindings) -> dict[str, Any]:
    says = f"{_ship(gap.mmsi, gap.name, gap, findings)}, {_times(gap)}"
    return {"lon": gap.lon_1, "lat": gap.lat_1, "lon_2": gap.lon_2, "lat_2": gap.lat_2, "says": says}


def _times(row: EncounterFinding | CallFinding | Gap) -> str:
    """From when to when, in words."""
    until = f"{row.end:%Y-%m-%d %H:%M}" if row.end else "after the last position"
    return f"{row.start:%Y-%m-%d %H:%M} to {until}"


def _ship(mmsi: int, name: str | None, row: EncounterFinding | CallFinding | Gap, findings: SeaFindings) -> str:
    listed = findings.listing(mmsi, row.start, row.end)
    return f"{name} (MMSI {mmsi}{listed})" if name else f"MMSI {mmsi}{f' ({listed[2:]})' if listed else ''}"


def _box(marks: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]]) -> Box:
    """What is shown: all that was found, with room around it, neither much higher than wide nor much wider than
    high.
    """
    lon = [m["lon"] for m in marks] + [x for s in lines for x in (s["lon"], s["lon_2"])]
    lat = [m["lat"] for m in marks] + [y for s in lines for y in (s["lat"], s["lat_2"])]
    found = Box.around(lon, lat, _MARGIN_DEG)
    middle = (found.north + found.south) / 2
    tall = max(found.north - found.south, (found.east - found.west) * _shrink(middle) / 2)
    south, north = max(-85.0, middle - tall / 2), min(85.0, middle + tall / 2)
    wide = min(360.0, max(found.east - found.west, 0.9 * (north - south) / _shrink(middle)))
    west = (found.west + found.east - wide) / 2
    return Box(west, south, west + wide, north)


def _shrink(lat: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return max(0.1, math.cos(math.radians(lat)))


def _inside(mark: dict[str, Any], box: Box) -> bool:
    return box.south <= mark["lat"] <= box.north and box.west <= _turned(mark["lon"], box) <= box.east


def _turned(lon: float, box: Box) -> float:
    """A longitude by whole circles to where the box has it."""
    return lon + 360.0 * math.ceil((box.west - lon) / 360.0)


def _chart(
    box: Box, marks: list[dict[str, Any]], lines: list[dict[str, Any]], width: int, simulated: bool
) -> dict[str, Any]:
    import altair as alt

    plot = width - 50
    height = int(plot * (box.north - box.south) / ((box.east - box.west) * _shrink((box.north + box.south) / 2)))
    x, y = _axes(box, width)
    kinds = [k for k in _KINDS if any(m["kind"] == k[0] for m in marks) or (k is _SILENCE and lines)]
    names = [k[0] for k in kinds]
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=1 if width < 400 else 2,
        columnPadding=40,
        labelLimit=width,
        symbolOpacity=1,
        symbolSize=70,
        symbolStrokeWidth=2,
    )
    colour = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[k[1] for k in kinds]), legend=legend)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=names, range=[k[2] for k in kinds]), legend=legend)
    placed = [{**m, "lon": _turned(m["lon"], box)} for m in marks]
    ends = [{**s, "kind": _SILENCE[0], "lon": _turned(s["lon"], box), "lon_2": _turned(s["lon_2"], box)} for s in lines]
    rings = [[*ring, ring[0]] for ring in land(box)]
    outlines = [
        {"ring": n, "order": i, "lon": float(a), "lat": float(b)}
        for n, r in enumerate(rings)
        for i, (a, b) in enumerate(r)
    ]
    layers = [
        alt.Chart(data_of(outlines))
        .mark_line(filled=True, fill=LINE, stroke=SOFT, strokeWidth=0.6, clip=True, interpolate="linear-closed")
        .encode(x=x, y=y, detail="ring:N", order="order:Q"),
        alt.Chart(data_of(ends))
        .mark_rule(strokeDash=[2, 3], strokeWidth=1.2, clip=True)
        .encode(x=x, y=y, x2="lon_2:Q", y2="lat_2:Q", color=colour),
        *_names([m for m in placed if m["kind"] == _PORT[0]], box, x, y),
        *(
            alt.Chart(data_of([m for m in placed if m["kind"] == label]))
            .mark_point(size=size, strokeWidth=1.8, opacity=1, clip=True)
            .encode(x=x, y=y, color=colour, shape=shape)
            for label, _, _, size in kinds
            if (label != _SILENCE[0])
        ),
    ]
    if simulated:
        said = alt.Chart(data_of([{"text": "SIMULATED"}]))
        layers.append(
            said.mark_text(
                x=plot / 2, y=height - 14, fontSize=15, fontWeight="bold", color="var(--contradicted)"
            ).encode(text="text:N")
        )
    return styled(alt.layer(*layers).properties(width=plot, height=height))


def _axes(box: Box, width: int) -> tuple[Any, Any]:
    """Longitude and latitude with their degrees."""
    import altair as alt

    signed = "datum.value == 0 ? '0°' : format(abs(datum.value), '~g') + '°' + (datum.value > 0 ? '{}' : '{}')"
    east = signed.replace("datum.value", "((datum.value + 540) % 360 - 180)").format("E", "W")
    ticks = max(3, width // 110)
    x = alt.Axis(labelExpr=east, tickCount=ticks, gridOpacity=0.4)
    y = alt.Axis(labelExpr=signed.format("N", "S"), tickCount=6, gridOpacity=0.4)
    return (
        alt.X("lon:Q", scale=alt.Scale(domain=[box.west, box.east], nice=False, zero=False), title=None, axis=x),
        alt.Y("lat:Q", scale=alt.Scale(domain=[box.south, box.north], nice=False, zero=False), title=None, axis=y),
    )


def _names(ports: list[dict[str, Any]], box: Box, x: Any, y: Any) -> list[Any]:
    """Names of ports, to the left of those in the map's right quarter; one beside a port that is named has none."""
    import altair as alt

    def named(some: list[dict[str, Any]], dx: int, align: Any) -> Any:
        base = alt.Chart(data_of(some)).mark_text(dx=dx, align=align, fontSize=11, color=INK, clip=True)
        return base.encode(x=x, y=y, text="name:N")

    high, wide = _NAME_HIGH * (box.north - box.south), _NAME_WIDE * (box.east - box.west)
    told: list[dict[str, Any]] = []
    for port in ports:
        if not any(abs(port["lat"] - t["lat"]) < high and abs(port["lon"] - t["lon"]) < wide for t in told):
            told.append(port)
    edge = box.west + 0.75 * (box.east - box.west)
    return [
        named([p for p in told if p["lon"] <= edge], 9, "left"),
        named([p for p in told if p["lon"] > edge], -9, "right"),
    ]
