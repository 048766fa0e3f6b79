"""Numbers of ships that do not fit together are found, and ships that say the same all along are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.evasion.seas import Fix, every, hour_of, put, voyage
from tumen.engine import open_engine
from tumen.evasion.identity import COLUMNS, find_identity
from tumen.queries import Engine, Row

#: Numbers whose check digits were worked out by hand: 9*7+0*6+7*5+4*4+7*3+2*2 = 139.
RIGHT, WRONG, OTHER = 9074729, 9074728, 9319466


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def ship(mmsi: int, first_h: float, last_h: float, imo: int | None, name: str | None = None) -> list[Fix]:
    return voyage(mmsi, 124, 38, 1, 90, every(30, first_h, last_h), imo=imo, name=name)


def found(engine: Engine, fixes: Sequence[Fix]) -> list[Row]:
    put(engine, fixes)
    find_identity(engine)
    return engine.rows('select * from identity order by "start" nulls last, kind nulls last, mmsi nulls last')


def told(rows: Sequence[Row]) -> list[tuple[str, int, float, float]]:
    return [(row["kind"], row["mmsi"], hour_of(row["start"]), hour_of(row["end"])) for row in rows]


def test_ship_that_says_the_same_all_along_is_not_found(engine: Engine) -> None:
    assert found(engine, ship(1, 0, 48, RIGHT, "SAME")) == []


def test_number_with_a_wrong_check_digit_is_found(engine: Engine) -> None:
    rows = found(engine, ship(1, 2, 5, WRONG, "SLIP"))
    assert told(rows) == [("imo-invalid", 1, 2, 5)]
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["imo"], rows[0]["name"], rows[0]["messages"], rows[0]["lon"]) == (WRONG, "SLIP", 7, 124)


@pytest.mark.parametrize("imo", [907472, 90747290])
def test_number_of_other_than_seven_digits_is_found(engine: Engine, imo: int) -> None:
    assert told(found(engine, ship(1, 0, 1, imo))) == [("imo-invalid", 1, 0, 1)]


def test_number_on_two_mmsis_at_a_time_is_found_while_both_send_it(engine: Engine) -> None:
    (row,) = found(engine, [*ship(1, 0, 10, RIGHT), *ship(2, 6, 20, RIGHT)])
    assert told([row]) == [("imo-on-two-mmsis", 1, 6, 10)]
    assert row["mmsi_2"] == 2


def test_two_numbers_on_one_mmsi_at_a_time_are_found(engine: Engine) -> None:
    mixed = [replace(f, imo=OTHER if 10 <= n <= 12 else RIGHT) for n, f in enumerate(ship(1, 0, 10, RIGHT))]
    (row,) = found(engine, mixed)
    assert told([row]) == [("two-imos", 1, 5, 6)]
    assert (row["imo"], row["imo_2"], row["messages"], row["messages_2"]) == (RIGHT, OTHER, 18, 3)


def test_mmsi_changed_over_a_silence_is_found_once(engine: Engine) -> None:
    (row,) = found(engine, [*ship(1, 0, 10, RIGHT, "A"), *ship(2, 24, 40, RIGHT, "B")])
    assert told([row]) == [("mmsi-changed", 1, 10, 24)]
    assert (row["mmsi_2"], row["name"], row["name_2"]) == (2, "A", "B")


def test_mmsi_changed_over_a_shorter_silence_is_not(engine: Engine) -> None:
    assert found(engine, [*ship(1, 0, 10, RIGHT), *ship(2, 21, 40, RIGHT)]) == []


def test_positions_without_numbers_have_no_findings(engine: Engine) -> None:
    assert found(engine, [*ship(1, 0, 10, None), *ship(2, 0, 10, 0)]) == []
