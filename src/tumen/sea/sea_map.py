"""The map of what was found at sea: coastline, ports, encounters, silences and calls, with land as land."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tumen.draw.drawing import INK, LINE, LINE_COLOURS, SOFT, WIDTHS, Drawing
from tumen.draw.frame import BELOW, Frame, below, framed, legend
from tumen.draw.plain_svg import LABEL, line, marker, picture, text_width, ticks, words_at
from tumen.measure.units import digits
from tumen.sea.sea_findings import CallFinding, EncounterFinding, SeaFindings
from tumen.sea.shore.coastline import Box, land

if TYPE_CHECKING:
    from tumen.sea.gaps.gaps import Gap

#: Findings of one kind beyond this many are counted, not listed in the table beside the map.
ROWS_BELOW_MAP = 100

#: Size of the name of a port, and half of the room that a mark takes, in pixels.
_NAME, _CLEAR = 11.0, 6.0

#: Room around what is shown, degrees.
_MARGIN_DEG = 0.5

#: Kinds of marks, as the legend has them: label, colour, shape, half of its size in pixels.
_RESTS, _OTHER, _SEEN, _FEASIBLE, _SILENCE, _PORT = _KINDS = (
    ("encounter that a verdict rests on", LINE_COLOURS[1], "diamond", 6),
    ("other encounter", LINE_COLOURS[0], "circle", 4),
    ("call seen", LINE_COLOURS[2], "square", 6),
    ("call feasible while silent", LINE_COLOURS[4], "wedge", 7),
    ("silence, from last to first message", LINE_COLOURS[3], "stroke", 0),
    ("port", INK, "cross", 3),
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
    svg = {name: _chart(box, marks, lines, width, findings.simulated) for name, width in WIDTHS.items()}
    return Drawing(
        "What was found at sea",
        says,
        svg,
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


def _chart(box: Box, marks: list[dict[str, Any]], lines: list[dict[str, Any]], width: int, simulated: bool) -> str:
    """Land, silences, marks and names of ports in a frame of degrees, below what the marks mean."""
    banner, y = simulated_line(simulated)
    parts, y = legend(_samples(marks, lines), width, y)
    across, up = (box.west, box.east), (box.south, box.north)
    level = {value: _degrees(value, "N", "S") for value in ticks(*up, 6)}
    shape = (box.north - box.south) / ((box.east - box.west) * _shrink((box.north + box.south) / 2))
    frame, grid = framed(width, y + 8, across, up, level)
    frame, grid = framed(width, y + 8, across, up, level, (frame.right - frame.left) * shape)
    upright = ticks(*across, max(3, width // 110))
    grid += [line(frame.x(v), frame.top, frame.x(v), frame.bottom) for v in upright]
    ends = [(_turned(s["lon"], box), s["lat"], _turned(s["lon_2"], box), s["lat_2"]) for s in lines]
    silences = [line(frame.x(a), frame.y(b), frame.x(c), frame.y(d), _SILENCE[1], 1.2, "2 3") for a, b, c, d in ends]
    placed = [(m, frame.x(_turned(m["lon"], box)), frame.y(m["lat"])) for m in marks]
    looks = {label: (shape_of, colour, size) for label, colour, shape_of, size in _KINDS}
    points = [_point(x, y, *looks[m["kind"]]) for m, x, y in placed]
    names = _names(
        [(m["name"], x, y) for m, x, y in placed if m["kind"] == _PORT[0]], [(x, y) for _, x, y in placed], frame
    )
    degrees = below(frame, {v: _degrees((v + 540) % 360 - 180, "E", "W") for v in upright})
    drawn = [*banner, *parts, *grid, _land(box, frame), *silences, *points, *names, *degrees]
    return picture(width, frame.bottom + BELOW, drawn)


def simulated_line(simulated: bool) -> tuple[list[str], float]:
    """What stands at the top of a picture of which nothing was observed; and where that ends."""
    if not simulated:
        return [], 0.0
    return [words_at(0, 14, "SIMULATED", LABEL, "var(--contradicted)", bold=True)], 18.0


def _samples(marks: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """What each mark means, of those that are drawn."""
    seen = {m["kind"] for m in marks} | ({_SILENCE[0]} if lines else set())
    return [(_point(11, 0, shape, colour, size), [label]) for label, colour, shape, size in _KINDS if label in seen]


def _point(x: float, y: float, shape: str, colour: str, size: float) -> str:
    if shape == "stroke":
        return line(x - 11, y, x + 11, y, colour, 1.2, "2 3")
    return marker(shape, x, y, colour, size, hollow=True)


def _degrees(value: float, positive: str, negative: str) -> str:
    """Degrees as a map has them.

    Example:
        >>> _degrees(-125.5, "E", "W"), _degrees(0.0, "N", "S")
        ('125.5°W', '0°')
    """
    return f"{digits(abs(value), 7)}°{positive if value > 0 else negative if value < 0 else ''}"


def _land(box: Box, frame: Frame) -> str:
    """Land as one shape, with the shore as its edge."""
    rings = [
        " ".join(dict.fromkeys(f"{frame.x(float(lon)):.1f},{frame.y(float(lat)):.1f}" for lon, lat in ring))
        for ring in land(box)
    ]
    return (
        f'<path d="{"".join(f"M{ring}z" for ring in rings)}" fill="{LINE}" fill-rule="evenodd" stroke="{SOFT}" '
        'stroke-width="0.6"/>'
    )


def _names(ports: Sequence[tuple[str, float, float]], marks: Sequence[tuple[float, float]], frame: Frame) -> list[str]:
    """Names of ports, to the right of each or to its left; none where it would lie on a mark, on another name or
    outside the map.

    Args:
        ports: name and place on the picture.
        marks: places of all marks.
    """
    taken = [(x - _CLEAR, x + _CLEAR, y) for x, y in marks]
    parts = []
    for name, x, y in ports:
        wide = text_width(name, _NAME)
        for start, place, anchor in ((x + 9, x + 9, "start"), (x - 9 - wide, x - 9, "end")):
            beside = (abs(y - high) > _NAME + 2 or start > right or start + wide < left for left, right, high in taken)
            if frame.left <= start and start + wide <= frame.right and all(beside):
                taken.append((start, start + wide, y))
                parts.append(words_at(place, y + 4, name, _NAME, INK, anchor, clear=True))
                break
    return parts
