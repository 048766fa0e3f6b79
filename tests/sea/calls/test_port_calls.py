"""Calls at ports: radii of entry and exit, stops, and silence inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.sea.seas import Fix, every, hour_of, put
from tumen.engine.backends import open_engine
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, Row
from tumen.sea.calls.port_calls import PortCall, find_port_calls
from tumen.sea.sea_levers import PortCallLevers
from tumen.vessels.ports import PortPlace, put_ports

HARBOUR = PortPlace("Harbour", 10.0, 0.0)

#: A degree of latitude in kilometres on the sphere.
DEGREE_KM = 111.195


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def found(engine: Engine, fixes: Sequence[Fix], ports: Sequence[PortPlace] = (HARBOUR,), **levers: float) -> list[Row]:
    put(engine, fixes)
    put_ports(engine, ports)
    find_port_calls(engine, replace(PortCallLevers(), **levers))
    return engine.rows('select * from port_calls order by mmsi nulls last, "start" nulls last, port nulls last')


def off(mmsi: int, hours: float, km: float, speed_kn: float | None = 5.0, lon: float = 10.0) -> Fix:
    """A ship some kilometres north of the harbour."""
    return Fix(mmsi, hours, lon, km / DEGREE_KM, speed_kn)


def call(mmsi: int = 1, silence: tuple[float, float] = (99, 99)) -> list[Fix]:
    """In from the sea at hour 0, within 3 km at 1, stopped at 1 km from 2 to 20, out of 4 km at 22."""
    inside = [off(mmsi, h, 1.0, 0.0) for h in every(30, 2, 20) if not silence[0] < h < silence[1]]
    return [off(mmsi, 0, 20), off(mmsi, 0.5, 3.5), off(mmsi, 1, 2.9), *inside, off(mmsi, 21, 3.9), off(mmsi, 22, 4.1)]


def test_call_lasts_from_entry_to_exit_and_the_stop_is_counted(engine: Engine) -> None:
    (one,) = found(engine, call())
    assert tuple(one) == tuple(column_types(PortCall))
    assert (hour_of(one["start"]), hour_of(one["end"])) == (1, 21)
    assert (one["duration_h"], one["stopped_h"], one["messages"]) == pytest.approx((20, 19, 39))
    assert one["distance_m"] == pytest.approx(1000, rel=1e-3)
    assert (one["port"], one["entered"], one["departed"], one["went_dark"]) == ("Harbour", True, True, False)


def test_ship_that_passes_without_stopping_makes_no_call(engine: Engine) -> None:
    assert found(engine, [off(1, h / 10, abs(h - 30) / 3, 8.0) for h in range(60)]) == []


def test_ship_that_never_comes_within_the_entry_makes_no_call(engine: Engine) -> None:
    assert found(engine, [off(1, h, 3.5, 0.0) for h in every(30, 0, 10)]) == []


def test_ship_between_the_radii_has_not_left(engine: Engine) -> None:
    fixes = [off(1, h, 1.8 if int(h) % 2 else 3.4, 0.1) for h in every(30, 0, 10)]
    assert len(found(engine, fixes)) == 1


def test_ship_that_leaves_and_returns_calls_twice(engine: Engine) -> None:
    again = [replace(f, hours=f.hours + 30) for f in call()]
    assert [hour_of(c["start"]) for c in found(engine, [*call(), *again])] == [1, 31]


def test_between_the_two_speeds_a_ship_does_what_it_did_before(engine: Engine) -> None:
    """Stopped at 0.1 from hour 1, still stopped at 0.4, gone on at 0.6; 0.4 after that is no stop."""
    speeds = {0: 3.0, 1: 0.1, 2: 0.4, 3: 0.4, 4: 0.6, 5: 0.4, 6: 0.4}
    (one,) = found(engine, [off(1, h, 1.0, s) for h, s in speeds.items()])
    assert one["stopped_h"] == pytest.approx(3)


def test_ship_that_sends_no_speed_stops_where_it_lies(engine: Engine) -> None:
    fixes = [off(1, h, 1.0, None) for h in every(30, 0, 10)]
    (one,) = found(engine, fixes)
    assert one["stopped_h"] == pytest.approx(10)


def test_silence_inside_is_marked_and_not_counted_as_stopped(engine: Engine) -> None:
    (one,) = found(engine, call(silence=(5, 15)))
    assert (one["went_dark"], one["silent_inside_h"]) == (True, pytest.approx(10))
    assert one["stopped_h"] == pytest.approx(9)


def test_silence_of_days_inside_does_not_part_a_call(engine: Engine) -> None:
    late = [off(1, h, 1.0, 0.0) for h in every(30, 90, 95)]
    (one,) = found(engine, [*call()[:-2], *late, off(1, 97, 20)])
    assert (hour_of(one["start"]), hour_of(one["end"])) == (1, 95)
    assert (one["silent_inside_h"], one["went_dark"], one["departed"]) == (pytest.approx(70), True, True)


def test_ship_that_falls_silent_in_port_and_is_next_heard_at_sea_went_dark(engine: Engine) -> None:
    (one,) = found(engine, [*call()[:-2], *[off(1, h, 60, 10.0) for h in every(30, 60, 62)]])
    assert (one["silent_after_h"], one["went_dark"]) == (pytest.approx(40), True)


def test_ship_that_is_first_heard_again_in_port_went_dark(engine: Engine) -> None:
    early = [off(1, h, 90, 10.0) for h in every(30, -20, -10)]
    (one,) = found(engine, [*early, *[off(1, h, 1.0, 0.0) for h in every(30, 2, 9)], off(1, 10, 30)])
    assert (one["silent_before_h"], one["went_dark"], one["entered"]) == (pytest.approx(12), True, True)


def test_end_of_the_data_is_no_departure_and_no_silence(engine: Engine) -> None:
    (one,) = found(engine, call()[3:-2])
    assert (one["entered"], one["departed"], one["went_dark"], one["silent_after_h"]) == (False, False, False, None)


def test_two_ships_on_one_mmsi_do_not_break_each_others_calls(engine: Engine) -> None:
    other = [Fix(1, h, -120.0, 40.0, 0.0) for h in every(30, 0.1, 22.1)]
    assert [hour_of(c["start"]) for c in found(engine, [*call(), *other])] == [1]


def test_message_counts_for_the_nearest_of_two_ports(engine: Engine) -> None:
    near = PortPlace("Next door", 10.0, -2.0 / DEGREE_KM)
    assert [c["port"] for c in found(engine, call()[3:-2], [near, HARBOUR])] == ["Harbour"]


@pytest.mark.parametrize(("lon", "lat"), [(180.0, 0.0), (-180.0, 0.0), (179.999, 70.0), (0.0, 85.0), (-0.001, -60.0)])
def test_port_is_found_wherever_it_is(engine: Engine, lon: float, lat: float) -> None:
    east, west = (lon + 0.004 + 180) % 360 - 180, (lon - 0.004 + 180) % 360 - 180
    fixes = [Fix(1, h, east if int(2 * h) % 2 else west, lat, 0.0) for h in every(30, 0, 6)]
    (one,) = found(engine, fixes, [PortPlace("Edge", lon, lat)])
    assert one["messages"] == 13


def test_no_port_no_call(engine: Engine) -> None:
    assert found(engine, call(), []) == []


def test_kind_and_flag_of_the_port_are_told(engine: Engine) -> None:
    (one,) = found(engine, call(), [PortPlace("Roads", 10.0, 0.0, "anchorage", True)])
    assert (one["kind"], one["focal"]) == ("anchorage", True)
