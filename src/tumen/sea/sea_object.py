"""What was found at sea as the JSON object of a run holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from tumen.judge.evaluated import Evaluated
from tumen.sea.sea_findings import CallFinding, EncounterFinding, IdentityFinding, SeaFindings, found_at_sea

#: A moment in UTC, as ISO 8601 writes it, without an offset.
_ISO = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?$"
_Moment = Annotated[str, Field(pattern=_ISO)]

_Imo = Annotated[str, Field(pattern=r"^\d{7}$")]


@dataclass(frozen=True, kw_only=True)
class EncounterObject:
    """Two ships that lay beside each other."""

    mmsi_1: Annotated[int, Field(description="MMSI of the first ship, the smaller number")]
    mmsi_2: Annotated[int, Field(description="MMSI of the second")]
    start: Annotated[_Moment, Field(description="when they came within the distance, UTC")]
    end: Annotated[_Moment, Field(description="when they parted, UTC")]
    duration_h: Annotated[float, Field(description="hours from start to end")]
    observed_h: Annotated[float, Field(description="hours of it without bridged silences")]
    longest_silence_h: Annotated[float, Field(description="longest silence that was bridged, hours; 0 where none was")]
    min_distance_m: Annotated[float, Field(description="smallest distance while both were heard, metres")]
    median_distance_m: Annotated[float, Field(description="median distance while both were heard, metres")]
    median_speed_kn: Annotated[float | None, Field(description="median of both ships' speeds, knots")]
    lon: Annotated[float, Field(description="longitude of where they were on average, degrees east")]
    lat: Annotated[float, Field(description="latitude of that, degrees north")]
    silence_before_1_h: Annotated[
        float, Field(description="the first ship's longest silence that ended in the day before the start, hours")
    ]
    silence_after_1_h: Annotated[float, Field(description="its longest that began in the day after the end, hours")]
    silence_before_2_h: Annotated[float, Field(description="as for the first ship, hours")]
    silence_after_2_h: Annotated[float, Field(description="as for the first ship, hours")]
    name_1: Annotated[str | None, Field(description="name that the first ship sends")]
    ship_type_1: Annotated[int | None, Field(description="type that she sends, ITU-R M.1371")]
    name_2: Annotated[str | None, Field(description="name that the second ship sends")]
    ship_type_2: Annotated[int | None, Field(description="type that she sends")]
    id: Annotated[str, Field(description="id of the finding, by which observations name it")]


@dataclass(frozen=True, kw_only=True)
class CallObject:
    """A call at a port of the case that a ship made, or could have made while nobody heard her."""

    mmsi: Annotated[int, Field(description="MMSI of the ship")]
    imo: Annotated[_Imo | None, Field(description="IMO number that she sends")]
    name: Annotated[str | None, Field(description="name that she sends")]
    ship_type: Annotated[int | None, Field(description="type that she sends, ITU-R M.1371")]
    id: Annotated[str, Field(description="id of the finding, by which observations name it")]
    port: Annotated[str, Field(description="name of the port")]
    certainty: Annotated[
        Literal["observed", "feasible"], Field(description="whether she was seen there, or could have been there")
    ]
    reception: Annotated[
        str | None, Field(description="whether a missing receiver explains the silence; null of a call that was seen")
    ]
    start: Annotated[_Moment, Field(description="arrival, or the silence's beginning, UTC")]
    end: Annotated[_Moment | None, Field(description="departure, or the silence's end, UTC; null where she stayed")]
    needed_speed_kn: Annotated[
        float | None,
        Field(description="knots that it took by sea to call and be back; null of a call that was seen"),
    ]


@dataclass(frozen=True, kw_only=True)
class IdentityObject:
    """Something in what a ship says of herself that does not fit, or a list that she may be on."""

    kind: Annotated[str, Field(description="what was found, such as `two-names` or `listed-imo`")]
    mmsi: Annotated[int, Field(description="MMSI of the ship")]
    name: Annotated[str | None, Field(description="name that she sends most often")]
    imo: Annotated[_Imo | None, Field(description="IMO number that she sends most often")]
    word: Annotated[str | None, Field(description="number, name or digits that were compared")]
    other: Annotated[str | None, Field(description="what they were compared with")]
    start: Annotated[_Moment, Field(description="beginning of what was found, UTC")]
    end: Annotated[_Moment, Field(description="its end, UTC")]
    gap_h: Annotated[float | None, Field(description="hours of the silence near which something changed")]
    score: Annotated[float | None, Field(description="how like a listed name it is, of 100; a number scores 100")]
    listed: Annotated[str | None, Field(description="id of the vessel that it was compared with")]
    lon: Annotated[float | None, Field(description="longitude of where she was last heard, degrees east")]
    lat: Annotated[float | None, Field(description="latitude of that, degrees north")]
    authority: Annotated[str | None, Field(description="who lists that vessel")]
    status: Annotated[str | None, Field(description="what she is listed as")]
    list_source: Annotated[str | None, Field(description="id of the source where the list was read")]
    id: Annotated[str, Field(description="id of the finding")]


@dataclass(frozen=True, kw_only=True)
class FoundAtSeaObject:
    """What detectors found in files of vessel positions."""

    source: Annotated[str, Field(description="id of the source that stands for the positions")]
    simulated: Annotated[bool, Field(description="whether any of the positions is simulated")]
    start: Annotated[_Moment, Field(description="first position, UTC")]
    end: Annotated[_Moment, Field(description="last position, UTC")]
    detectors: Annotated[
        Mapping[str, Mapping[str, float]],
        Field(description="levers of each detector that ran, by its name; a lever's name ends in its unit"),
    ]
    inputs: Annotated[
        Mapping[str, Annotated[str, Field(pattern="^[0-9a-f]{64}$")]],
        Field(description="SHA-256 of every file of positions, by its name, without folders that are the user's own"),
    ]
    silences: Annotated[int, Field(description="how many silences there were")]
    encounters: Annotated[list[EncounterObject], Field(description="ships that lay beside each other")]
    calls: Annotated[list[CallObject], Field(description="calls at ports of the case")]
    identity: Annotated[list[IdentityObject], Field(description="what does not fit in who ships say they are")]


#: The part of the object.
SEA_FORM = Annotated[
    FoundAtSeaObject | None, Field(description="what detectors found in vessel positions; null where none were given")
]


def sea_object(evaluated: Evaluated) -> FoundAtSeaObject | None:
    """What was found in vessel positions, for the JSON object; None where none were given."""
    found = found_at_sea(evaluated.findings)
    if found is None:
        return None
    return FoundAtSeaObject(
        source=found.source,
        simulated=found.simulated,
        start=found.start.isoformat(),
        end=found.end.isoformat(),
        detectors=found.detectors,
        inputs=found.inputs,
        silences=found.silences,
        encounters=[EncounterObject(**_finding(row, found)) for row in found.rows["encounters"]],
        calls=[CallObject(**_finding(row, found)) for row in found.rows["calls"]],
        identity=[IdentityObject(**_finding(row, found)) for row in found.rows["identity"]],
    )


def _finding(row: EncounterFinding | CallFinding | IdentityFinding, found: SeaFindings) -> dict[str, Any]:
    """A finding with its times as text, and its port by name: the port's id may be a protected one."""
    cells = {name: cell.isoformat() if isinstance(cell, dt.datetime) else cell for name, cell in vars(row).items()}
    return {**cells, "port": found.port_name(row.port)} if isinstance(row, CallFinding) else cells
