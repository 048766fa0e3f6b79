"""What a case knows of ports and ships, for detectors to look with; what is protected is not named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tumen.record import redaction
from tumen.record.read import Record
from tumen.record.table_files import find_files
from tumen.vessels.list_entries import texts_in
from tumen.vessels.listed import Vessel
from tumen.vessels.ports import PortPlace
from tumen.vessels.ship_names import name_meant

_PORTS = "select id, name, territory, kind, lon, lat, handles from ports order by id nulls last"
_LISTED = "select * from designated_vessels order by id nulls last"
_FLAGGED = "select id, name, imo, mmsi, flag from vessels where flag is not null order by id nulls last"

#: The tables of a record that detectors look with.
VESSEL_TABLES = ("sources", "ports", "vessels", "designated_vessels")


@dataclass(frozen=True)
class PortRow:
    """One row of the table `ports`, as far as detectors look at it."""

    id: str
    name: str
    territory: str | None
    kind: Literal["port", "anchorage"]
    lon: float
    lat: float
    handles: str | None


@dataclass(frozen=True)
class ListedRow:
    """One row of the table `designated_vessels`, as far as detectors look at it."""

    id: str
    name: str | None
    imo: int | None
    mmsi: int | None
    flag: str | None
    aliases: str | None
    authority: str
    status: str | None
    list_date: dt.date | None
    source: str

    def ends(self, other: ListedRow) -> bool:
        """Whether it says that another listing, of the same ship by the same authority, has ended."""
        if self.list_date is None or other.list_date is None or other.list_date > self.list_date:
            return False
        numbered = self.imo is not None and other.imo is not None
        same = self.imo == other.imo if numbered else self.name is not None and self.name == other.name
        return same and self.authority == other.authority and self.status == "delisted" != other.status


@dataclass(frozen=True)
class FlaggedRow:
    """One row of the table `vessels` whose flag is known."""

    id: str
    name: str | None
    imo: int | None
    mmsi: int | None
    flag: str
    aliases: None = None


@dataclass(frozen=True)
class SaidShip:
    """One row of ships.sql: what an MMSI says of itself most often."""

    mmsi: int
    name: str | None
    imo: int | None
    ship_type: int | None


@dataclass(frozen=True)
class Listing:
    """Who lists a vessel, and where that was read, as outputs may show them."""

    authority: str
    status: str | None
    source: str


@dataclass(frozen=True)
class Known:
    """What a case says of ports and ships.

    Args:
        ports: rows of the table `ports`: id, name, territory, kind, lon, lat, handles.
        focal: the state whose ports count for calls in the dark.
        vessels: those that are designated, and others whose flag is known.
        listings: by the id of a designated vessel, who lists her and where that was read.
    """

    ports: tuple[PortRow, ...] = ()
    focal: str = ""
    vessels: tuple[Vessel, ...] = ()
    listings: Mapping[str, Listing] = field(default_factory=dict)

    def places(self, named_by: Literal["name", "id"] = "name") -> tuple[PortPlace, ...]:
        """The ports as detectors take them.

        Args:
            named_by: the column that names them in findings, name or id.
        """
        return tuple(
            PortPlace(p.id if named_by == "id" else p.name, p.lon, p.lat, p.kind, p.territory == self.focal)
            for p in self.ports
        )


def known_of(record: Record, focal: str) -> Known:
    """What a record says of ports and ships. Rows of protected sources go by the ids under which outputs show them.

    Args:
        focal: the case's focal state.
    """
    ports = record.answers.rows(_PORTS, PortRow)
    listed = standing(record.answers.rows(_LISTED, ListedRow))
    others = record.answers.rows(_FLAGGED, FlaggedRow)
    shown = record.redaction.rows("designated_vessels", [row.id for row in listed])
    also = record.redaction.rows("vessels", [row.id for row in others])
    vessels = [_vessel(row, shown, listed=True) for row in listed] + [
        _vessel(row, also, listed=False) for row in others
    ]
    listings = {shown.get(row.id, row.id): _listing(row, record) for row in listed}
    return Known(tuple(ports), focal, tuple(vessels), listings)


def standing(rows: Sequence[ListedRow]) -> list[ListedRow]:
    """Listings without those of which another row says that they have ended."""
    ended = [row for row in rows if row.status == "delisted"]
    return [row for row in rows if not any(end.ends(row) for end in ended)]


def known_files(folder: Path, declared: Mapping[str, Any], tables: Collection[str]) -> tuple[Path, ...]:
    """The files of a case on which that rests.

    Args:
        folder: the case's folder.
        declared: `[record]` of case.toml.
        tables: names of the tables that a record can have.
    """
    files, _ = find_files(folder, declared, (), tables)
    return (folder / "case.toml", *(folder / file.shown for file in files if file.table in VESSEL_TABLES))


def _vessel(row: ListedRow | FlaggedRow, shown: Mapping[str, str], listed: bool) -> Vessel:
    name = name_meant(row.name)
    aliases = tuple(alias for alias in map(name_meant, texts_in(row.aliases or "", commas=False)) if alias)
    return Vessel(shown.get(row.id, row.id), name, row.imo or None, row.flag, row.mmsi, aliases, listed)


def _listing(row: ListedRow, record: Record) -> Listing:
    """Who lists a vessel, and where that was read, as outputs may show them."""
    source = record.sources[row.source]
    authority = row.authority if source.access == "public" else redaction.row_publisher(row.authority)
    return Listing(authority, row.status, source.id)
