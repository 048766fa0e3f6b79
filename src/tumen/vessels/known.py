"""What a case knows of ports and ships, for detectors to look with; what is protected is not named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tumen.engine.queries import Row
from tumen.record import redaction
from tumen.record.files import find_files
from tumen.record.read import Record
from tumen.vessels.listed import Vessel
from tumen.vessels.ports import PortPlace

#: The tables of a record that detectors look with.
TABLES = ("sources", "ports", "vessels", "designated_vessels")


@dataclass(frozen=True)
class Known:
    """What a case says of ports and ships.

    Args:
        ports: rows of the table `ports`: id, name, territory, kind, lon, lat, handles.
        focal: the state whose ports count for calls in the dark.
        vessels: those that are designated, and others whose flag is known.
        listings: by the id of a designated vessel, who lists her and where that was read: authority, status, source.
    """

    ports: tuple[Row, ...] = ()
    focal: str = ""
    vessels: tuple[Vessel, ...] = ()
    listings: Mapping[str, Row] = field(default_factory=dict)

    def places(self, named_by: str = "name") -> tuple[PortPlace, ...]:
        """The ports as detectors take them.

        Args:
            named_by: the column that names them in findings, name or id.
        """
        return tuple(
            PortPlace(str(p[named_by]), p["lon"], p["lat"], p["kind"], p["territory"] == self.focal) for p in self.ports
        )


def known_of(record: Record, focal: str) -> Known:
    """What a record says of ports and ships. Rows of protected sources go by the ids under which outputs show them.

    Args:
        focal: the case's focal state.
    """
    ports = record.answers("select id, name, territory, kind, lon, lat, handles from ports order by id nulls last")
    listed = record.answers("select * from designated_vessels order by id nulls last")
    others = record.answers("select * from vessels where flag is not null order by id nulls last")
    shown = record.redaction.rows("designated_vessels", [str(row["id"]) for row in listed])
    also = record.redaction.rows("vessels", [str(row["id"]) for row in others])
    vessels = [_vessel(row, shown, listed=True) for row in listed] + [
        _vessel(row, also, listed=False) for row in others
    ]
    listings = {shown.get(str(row["id"]), str(row["id"])): _listing(row, record) for row in listed}
    return Known(tuple(ports), focal, tuple(vessels), listings)


def known_files(folder: Path, declared: Mapping[str, Any]) -> tuple[Path, ...]:
    """The files of a case on which that rests.

    Args:
        folder: the case's folder.
        declared: `[record]` of case.toml.
    """
    files, _ = find_files(folder, declared, ())
    return (folder / "case.toml", *(folder / file.shown for file in files if file.table in TABLES))


def _vessel(row: Row, shown: Mapping[str, str], listed: bool) -> Vessel:
    name = str(row["name"] or "").strip().upper()
    aliases = tuple(alias.strip().upper() for alias in str(row.get("aliases") or "").split("|") if alias.strip())
    imo = int(row["imo"]) if row["imo"] else None
    return Vessel(shown.get(str(row["id"]), str(row["id"])), name, imo, row["flag"], row["mmsi"], aliases, listed)


def _listing(row: Row, record: Record) -> Row:
    """Who lists a vessel, and where that was read, as outputs may show them."""
    source = record.sources[str(row["source"])]
    public = source.access == "public"
    authority = str(row["authority"]) if public else redaction.row_publisher(str(row["authority"]))
    return {"authority": authority, "status": row["status"], "source": source.id}
