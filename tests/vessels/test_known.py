"""What a case says of ports and ships reaches detectors, with the ids of protected rows left behind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import CaseFolder
from tests.measure.worlds import world
from tests.tables import TABLES
from tumen.engine.queries import Row
from tumen.vessels.known import ListedRow, Listing, known_files, known_of, standing
from tumen.vessels.listed import Vessel
from tumen.vessels.ports import PortPlace

PORT: Row = {"id": "quay", "name": "The Quay", "territory": "AAA", "kind": "port", "lat": 1, "lon": 2, "source": "s"}
LISTING: Row = {"authority": "A committee", "status": "designated", "source": "s"}


def test_ports_are_the_focal_states_where_their_territory_is_it() -> None:
    with world(
        ports=[PORT, {**PORT, "id": "roads", "name": "Roads", "territory": "BBB", "kind": "anchorage"}]
    ) as record:
        known = known_of(record, "AAA")
    assert known.places() == (
        PortPlace("The Quay", 2.0, 1.0, "port", True),
        PortPlace("Roads", 2.0, 1.0, "anchorage", False),
    )
    assert [place.name for place in known.places(named_by="id")] == ["quay", "roads"]


def test_listed_vessels_have_their_aliases_and_others_only_count_where_their_flag_is_known() -> None:
    rows: list[Row] = [
        {"id": "v1", "mmsi": 5, "flag": "BBB", "source": "s"},
        {"id": "v2", "imo": "9074729", "source": "s"},
    ]
    listed = {**LISTING, "id": "l1", "name": "Alfa", "imo": "1234567", "aliases": "Beta| gamma 2 |"}
    with world(vessels=rows, designated_vessels=[listed, {**LISTING, "id": "l2", "mmsi": 7}]) as record:
        known = known_of(record, "AAA")
    assert known.vessels == (
        Vessel("l1", "ALFA", 1234567, None, None, ("BETA", "GAMMA 2")),
        Vessel("l2", "", None, None, 7),
        Vessel("v1", "", None, "BBB", 5, listed=False),
    )
    told = Listing(authority="A committee", status="designated", source="s")
    assert known.listings == {"l1": told, "l2": told}


def listing(name: str, status: str, day: str | None, imo: int | None = 1234567, authority: str = "UN") -> ListedRow:
    """One authority's row of a ship."""
    return ListedRow(
        name, "A SHIP", imo, None, None, None, authority, status, dt.date.fromisoformat(day) if day else None, "s"
    )


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (listing("off", "delisted", "2024-03-01"), ["off"]),
        (listing("off", "delisted", "2024-03-01", imo=None), ["off"]),
        (listing("off", "delisted", "2024-03-01", imo=7654321), ["on", "off"]),
        (listing("off", "delisted", "2024-03-01", authority="OFAC"), ["on", "off"]),
        (listing("off", "delisted", "2024-01-01"), ["on", "off"]),
        (listing("off", "delisted", None), ["on", "off"]),
        (listing("off", "seized", "2024-03-01"), ["on", "off"]),
    ],
)
def test_a_listing_stands_until_its_authority_ends_it(end: ListedRow, left: list[str]) -> None:
    assert [row.id for row in standing([listing("on", "designated", "2024-02-01"), end])] == left


def test_files_are_the_case_and_the_tables_that_are_looked_with(case_folder: CaseFolder) -> None:
    folder = case_folder({"record/ports.csv": "", "other/ships.csv": "", "record/votes.csv": ""})
    named: list[Path] = [
        folder / name for name in ("case.toml", "other/ships.csv", "record/ports.csv", "record/sources.csv")
    ]
    assert sorted(known_files(folder, {"vessels": ["other/ships.csv"]}, TABLES)) == sorted(named)
