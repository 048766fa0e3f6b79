"""What detectors found at a small sea, written by hand, and a record that has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.measure.worlds import Row, world
from tumen.detect.joining import with_findings
from tumen.engine.forms import column_types
from tumen.record.read import Record
from tumen.sea.sea_findings import CallFinding, EncounterFinding, IdentityFinding, SeaFindings

NOON = dt.datetime(2023, 5, 10, 12)


def day(number: int, hour: float = 0.0) -> dt.datetime:
    """Noon of a day of May 2023, and some hours."""
    return NOON.replace(day=number) + dt.timedelta(hours=hour)


FIRST, LAST = day(1), day(30)


def port(name: str = "quay", **more: Any) -> Row:
    """A port of AAA that handles coal and oil."""
    row = {"name": name.title(), "territory": "AAA", "kind": "port", "lat": 38.7, "lon": 125.4, "handles": "coal+oil"}
    return {"id": name, **row, "source": "s", **more}


def vessel(name: str = "v1", **more: Any) -> Row:
    """The description of a tanker of 1,000 tonnes with MMSI 1."""
    return {"id": name, "mmsi": 1, "kind": "tanker", "deadweight_t": 1000, "source": "s", **more}


def call(at: dt.datetime, mmsi: int = 1, hours: float = 10.0, **more: Any) -> CallFinding:
    """A tanker's observed call at the quay."""
    made = CallFinding(
        mmsi=mmsi,
        imo=None,
        name=f"SHIP {mmsi}",
        ship_type=80,
        id=f"call-{mmsi}-{at:%m%d%H}",
        port="quay",
        certainty="observed",
        reception=None,
        start=at,
        end=at + dt.timedelta(hours=hours),
        needed_speed_kn=None,
    )
    return replace(made, **more)


def dark(at: dt.datetime, mmsi: int = 1, hours: float = 30.0, **more: Any) -> CallFinding:
    """A silence of a tanker in which she could have called at the quay."""
    return call(
        at,
        mmsi,
        hours,
        **{
            "certainty": "feasible",
            "reception": "good",
            "id": f"dark-{mmsi}-{at:%m%d%H}",
            "needed_speed_kn": 6.0,
            **more,
        },
    )


def met(at: dt.datetime, one: int = 1, other: int = 2, **more: Any) -> EncounterFinding:
    """Two cargo ships that lie together for four hours."""
    found = EncounterFinding(
        mmsi_1=one,
        mmsi_2=other,
        start=at,
        end=at + dt.timedelta(hours=4),
        duration_h=4.0,
        observed_h=3.5,
        longest_silence_h=0.5,
        min_distance_m=40.0,
        median_distance_m=60.0,
        median_speed_kn=0.4,
        lon=124.0,
        lat=-37.5,
        silence_before_1_h=0.0,
        silence_after_1_h=0.0,
        silence_before_2_h=None,
        silence_after_2_h=None,
        name_1=f"SHIP {one}",
        ship_type_1=70,
        name_2=None,
        ship_type_2=None,
        id=f"encounter-{one}-{other}-{at:%m%d%H}",
    )
    return replace(found, **more)


def match(mmsi: int = 1, kind: str = "listed-imo", **more: Any) -> IdentityFinding:
    """A ship that says a listed vessel's number, or a name like hers, in all of May 2023."""
    row: dict[str, Any] = dict.fromkeys(column_types(IdentityFinding))
    row |= {"id": f"identity-{kind}-{mmsi}", "kind": kind, "mmsi": mmsi, "name": f"SHIP {mmsi}", "word": "9074729"}
    row |= {"other": "ALFA", "start": FIRST, "end": LAST, "score": 100.0, "listed": "l1", "authority": "A committee"}
    row |= {"status": "designated", "list_source": "book", "lon": 124.0, "lat": 37.0}
    return IdentityFinding(**{**row, **more})


def findings(
    encounters: Sequence[EncounterFinding] = (),
    calls: Sequence[CallFinding] = (),
    start: dt.datetime = FIRST,
    end: dt.datetime = LAST,
    simulated: bool = False,
    matches: Sequence[IdentityFinding] = (),
    **more: Any,
) -> SeaFindings:
    """Those, in positions of May 2023."""
    levers = {"encounters": {"distance_m": 500.0}, "port-calls": {"entry_m": 3000.0}}
    inputs = {"heard.parquet": "0" * 64}
    return SeaFindings(encounters, calls, matches, levers, inputs, start, end, simulated, **more)


@contextmanager
def sea(found: SeaFindings, **tables: Sequence[Row]) -> Iterator[Record]:
    """A record with one port and these tables, to which the findings belong."""
    with world(**{"ports": [port()], **tables}) as record:
        yield with_findings(record, "positions", found)
