"""Encounters with the names, numbers, types and flags of both ships, and whom of a list they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, query
from tumen.sea.detecting import SeaDetector
from tumen.sea.encounters.encounters import find_encounters
from tumen.sea.encounters.ships_met import ShipsMet
from tumen.sea.identity.identity import find_identity
from tumen.sea.sea_levers import EncounterLevers
from tumen.vessels.listed import Vessel, put_mids
from tumen.vessels.ship_names import make_ships

#: Of what is found of identities, whom ships may be.
_MATCHES = "select kind, mmsi, score, listed from identity where kind in ('listed-imo', 'listed-mmsi', 'listed-name')"

#: A table of matches without any.
_NO_MATCHES = (
    "select cast(null as varchar) as kind, cast(null as bigint) as mmsi, cast(null as double) as score, "
    "cast(null as varchar) as listed where 1 = 0"
)


#: Who met.
_MET = "select mmsi_1 as mmsi from encounters union select mmsi_2 as mmsi from encounters"


@dataclass(frozen=True)
class NamedEncounter(ShipsMet):
    """One row of encounters_named.sql: an encounter, and who met.

    Args:
        name_1, imo_1, ship_type_1: as the MMSI says most often; None where it never says.
        flag_1: the territories, ISO 3166 alpha-3, that have the country digits of the MMSI, joined by +.
        listed_1, listed_by_1: the id of the listed vessel that she may be, and by what: imo, mmsi or name.
        name_2, imo_2, ship_type_2, flag_2, listed_2, listed_by_2: of the other ship.
    """

    name_1: str | None
    imo_1: int | None
    ship_type_1: int | None
    flag_1: str | None
    listed_1: str | None
    listed_by_1: str | None
    name_2: str | None
    imo_2: int | None
    ship_type_2: int | None
    flag_2: str | None
    listed_2: str | None
    listed_by_2: str | None


def find_named_encounters(
    engine: Engine, levers: EncounterLevers = EncounterLevers(), known: Sequence[Vessel] = ()
) -> None:
    """Make the table `encounters` as `find_encounters` does, with the columns of `NamedEncounter`.

    Args:
        engine: holds `positions` and `ports`.
        known: vessels to look for, such as those that a sanctions committee designated.

    Limits: a name that is like a listed one is no proof. Whom a ship may be is told as `find_identity` tells it, with
        its usual levers.
    """
    find_encounters(engine, levers)
    for table in ("tracked", "encounter_near", "encounter_legs", "encounter_steps", "encounter_batches"):
        engine.drop(table)
    listed = [vessel for vessel in known if vessel.listed]
    if listed:
        find_identity(engine, known=listed)
        engine.create("encounter_matches", _MATCHES)
        engine.drop("identity")
    else:
        engine.create("encounter_matches", _NO_MATCHES)
    make_ships(engine, _MET)
    put_mids(engine)
    engine.create("bare_encounters", "select * from encounters")
    engine.drop("encounters")
    engine.create("encounters", query("tumen.sea.encounters", "encounters_named"))
    for table in ("bare_encounters", "encounter_matches", "ships", "mids"):
        engine.drop(table)


def named_encounters(levers: EncounterLevers = EncounterLevers(), known: Sequence[Vessel] = ()) -> SeaDetector:
    """The detector, for `tumen.sea.detecting`."""
    return SeaDetector(
        "encounters",
        ("encounter", "encounters"),
        levers,
        lambda engine: find_named_encounters(engine, levers, known),
        tuple(column_types(NamedEncounter)),
        ("start", "mmsi_1", "mmsi_2"),
    )
