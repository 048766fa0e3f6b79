"""Who met is told with an encounter: names, numbers, flags, and whom of a list a ship may be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sea.seas import Fix, every, put, voyage
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine, Row
from tumen.sea.encounters.named_encounters import find_named_encounters
from tumen.sea.sea_levers import EncounterLevers
from tumen.vessels.listed import Vessel
from tumen.vessels.ports import put_ports

#: Ships whose digits are of one territory, of three, and of none.
ONE, THREE, NONE = 211000001, 306000002, 790000003


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def lying(mmsi: int, lon: float, name: str | None, imo: int | None = None) -> list[Fix]:
    """A ship that lies still for ten hours."""
    return voyage(mmsi, lon, 38, 0, 0, every(20, 0, 10), name=name, imo=imo)


def met(engine: Engine, fixes: list[Fix], *known: Vessel) -> list[Row]:
    put(engine, fixes)
    put_ports(engine, ())
    find_named_encounters(engine, EncounterLevers(), known)
    return engine.rows("select * from encounters order by mmsi_1, mmsi_2")


def test_both_ships_have_what_they_say_and_whose_digits_they_have(engine: Engine) -> None:
    (row,) = met(engine, [*lying(ONE, 124, "M/V ALFA", 9074729), *lying(THREE, 124.001, "@@@@")])
    assert [row[c] for c in ("mmsi_1", "name_1", "imo_1", "flag_1", "listed_1")] == [
        ONE,
        "M/V ALFA",
        9074729,
        "DEU",
        None,
    ]
    assert [row[c] for c in ("mmsi_2", "name_2", "imo_2", "flag_2", "listed_2")] == [
        THREE,
        None,
        None,
        "BES+CUW+SXM",
        None,
    ]
    assert row["duration_h"] == pytest.approx(10, abs=0.01)


def test_digits_that_are_nobodys_are_no_flag(engine: Engine) -> None:
    (row,) = met(engine, [*lying(ONE, 124, "A"), *lying(NONE, 124.001, "B")])
    assert (row["flag_1"], row["flag_2"]) == ("DEU", None)


@pytest.mark.parametrize(
    ("vessel", "by"),
    [
        (Vessel("l1", "OTHER", 9074729), "imo"),
        (Vessel("l1", "", mmsi=ONE), "mmsi"),
        (Vessel("l1", "ALFA ONE"), "name"),
        (Vessel("l1", "ALFA ONE", listed=False), None),
        (Vessel("l1", "ALFA TWO"), None),
    ],
)
def test_the_listed_vessel_that_a_ship_may_be_is_told_and_by_what(
    engine: Engine, vessel: Vessel, by: str | None
) -> None:
    (row,) = met(engine, [*lying(ONE, 124, "ALFA ONE", 9074729), *lying(THREE, 124.001, "B")], vessel)
    expected = ("l1", by) if by else (None, None)
    assert ((row["listed_1"], row["listed_by_1"]), row["listed_2"]) == (expected, None)


def test_a_number_goes_before_a_name(engine: Engine) -> None:
    known = Vessel("a-name", "ALFA ONE"), Vessel("z-number", "OTHER", mmsi=ONE)
    (row,) = met(engine, [*lying(ONE, 124, "ALFA ONE"), *lying(THREE, 124.001, "B")], *known)
    assert (row["listed_1"], row["listed_by_1"]) == ("z-number", "mmsi")
