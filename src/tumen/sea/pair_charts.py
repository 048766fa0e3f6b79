"""Two ships around an encounter: how far apart and how fast, with silence drawn as silence."""

from __future__ import annotations

import math

from tumen.draw.drawing import FEWEST_POINTS, INK, LINE, LINE_COLOURS, REGION, TOO_FEW, WIDTHS, Drawing
from tumen.draw.frame import ABOVE, Frame, axis_below, framed, legend, numbered, titled
from tumen.draw.plain_svg import line, picture, rect, strokes, ticks
from tumen.sea.sea_findings import EncounterFinding, PairTrack, SeaFindings, Trace
from tumen.sea.sea_map import simulated_line

#: Pairs beyond this many are counted, not drawn.
DRAWN = 6

#: Rows of the table beside a chart, at most about.
_LISTED = 60

#: Distances that the upright axis has, in metres.
_METRES = (0, 100, 500, 2_000, 10_000, 50_000)

#: Dashes of the two ships' speeds.
_DASHES = ("", "5 3")


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
    fits = sum(1 for d in pair.distances_m if not math.isnan(d)) >= FEWEST_POINTS
    says = (
        f"{label}Together from {row.start:%Y-%m-%d %H:%M} to {row.end:%Y-%m-%d %H:%M} UTC, {row.duration_h:.1f} h, of "
        f"which {row.observed_h:.1f} h observed; median distance {row.median_distance_m:,.0f} m. Grey bands: a ship "
        f"was silent.{told}{'' if fits else TOO_FEW}"
    )
    within_m = float(findings.detectors["encounters"]["distance_m"])
    svg = {
        name: _chart(pair, row.duration_h, within_m, names, width, findings.simulated)
        for name, width in WIDTHS.items()
        if fits
    }
    columns = ("hours from the start", "distance, m", *(f"speed of {name}, knots" for name in names))
    return Drawing(" and ".join(names), says, svg, columns, _table(pair))


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


def _chart(pair: PairTrack, together_h: float, within_m: float, names: list[str], width: int, simulated: bool) -> str:
    """Distance above, speeds below, on one axis of hours."""
    banner, y = simulated_line(simulated)
    parts, y = legend(_samples(pair, within_m, names), width, y)
    heard = [hour for ship in pair.ships for hour in ship.hours]
    hours = (min(heard), max(heard))
    far = max(within_m, *(d for d in pair.distances_m if not math.isnan(d)))
    marks = {_near(m): f"{m} m" if m < 1000 else f"{m // 1000} km" for m in _METRES if m <= 1.05 * far}
    fastest = max((v for ship in pair.ships for v in ship.speeds_kn if not math.isnan(v)), default=1.0) or 1.0
    title, y = titled("distance", width, y)
    above, grid = framed(width, y + ABOVE, hours, (0, 1.03 * _near(far)), marks, 150)
    parts += [*title, *_ground(pair, together_h, above), *grid]
    parts.append(line(above.left, above.y(_near(within_m)), above.right, above.y(_near(within_m)), INK, 1, "4 3"))
    apart = [(above.x(h), _at(above, _near(d))) for h, d in zip(pair.hours, pair.distances_m, strict=True)]
    parts += strokes(apart, INK, 1.8)
    title, y = titled("speed, knots", width, above.bottom + 8)
    under, grid = framed(
        width, y + ABOVE, hours, (0, 1.05 * fastest), numbered(ticks(0, 1.05 * fastest, 4)), 110, above.left
    )
    parts += [*title, *_ground(pair, together_h, under), *grid]
    for n, ship in enumerate(pair.ships):
        parts += strokes([(under.x(h), _at(under, v)) for h, v in _broken(ship)], LINE_COLOURS[n], 2, _DASHES[n])
    axis, y = axis_below(*hours, under.bottom, under.left, under.right, "hours from the start")
    return picture(width, y, [*banner, *parts, *axis])


def _samples(pair: PairTrack, within_m: float, names: list[str]) -> list[tuple[str, list[str]]]:
    """What each stroke and each band stands for."""
    speeds = [line(0, 0, 22, 0, LINE_COLOURS[n], 2, _DASHES[n]) for n in (0, 1)]
    samples = [(rect(2, -6, 20, 6, REGION, 0.6), ["together"])]
    if any(ship.silences for ship in pair.ships):
        samples.append((rect(2, -6, 20, 6, LINE, 0.9), ["a ship was silent"]))
    samples.append((line(0, 0, 22, 0, INK, 1, "4 3"), [f"within {within_m:,.0f} m of each other"]))
    samples += [(speed, [f"speed of {name}"]) for speed, name in zip(speeds, names, strict=True)]
    return samples


def _ground(pair: PairTrack, together_h: float, frame: Frame) -> list[str]:
    """The time together, and the silences, as bands."""
    bands = [(0.0, together_h, REGION, 0.6), *((a, b, LINE, 0.9) for ship in pair.ships for a, b in ship.silences)]
    first, last = frame.across
    return [
        rect(frame.x(max(a, first)), frame.top, frame.x(min(b, last)), frame.bottom, colour, shade)
        for a, b, colour, shade in bands
    ]


def _near(metres: float) -> float:
    """A distance as it stands on an axis that has room for what is near."""
    return math.log1p(metres / 100)


def _at(frame: Frame, value: float) -> float | None:
    return None if math.isnan(value) else frame.y(value)


def _broken(ship: Trace) -> list[tuple[float, float]]:
    """A ship's speeds with a hole in every silence, so that no line is drawn across it."""
    points = list(zip(ship.hours, ship.speeds_kn, strict=True))
    return sorted([*points, *(((a + b) / 2, math.nan) for a, b in ship.silences)], key=lambda p: p[0])
