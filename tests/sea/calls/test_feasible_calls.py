"""Whether a ship could have called at a port in a gap, by the way over sea and the time that it had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.sea.seas import Fix, every, put, voyage
from tumen.ais.simulate.itinerary import Waypoint
from tumen.engine.backends import open_engine
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, Row
from tumen.errors import ProblemsError
from tumen.sea.calls.feasible_calls import CallInSilence, find_feasible_calls
from tumen.sea.sea_levers import FeasibleLevers
from tumen.sea.shore.sea_distance import Route
from tumen.vessels.ports import PortPlace, put_ports

#: A ship in open ocean that is silent for 20 hours and then still where it was; a degree of longitude is 60.04 miles.
STILL = [f for f in voyage(1, -140, 0, 0, 0, every(30, 0, 60)) if not 20 < f.hours < 40]


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def no_lanes() -> Route:
    """A network without lanes: only straight ways are left."""
    return lambda one, other: []


def found(engine: Engine, ports: Sequence[PortPlace], fixes: Sequence[Fix] = STILL, **levers: float) -> list[Row]:
    put(engine, fixes)
    put_ports(engine, ports)
    find_feasible_calls(engine, replace(FeasibleLevers(), **levers), no_lanes)
    return engine.rows("select * from feasible_calls order by port nulls last")


def port(name: str, lon: float, lat: float = 0.0, *, focal: bool = True) -> PortPlace:
    return PortPlace(name, lon, lat, "port", focal)


def test_call_takes_the_way_there_and_back_in_the_time_of_the_gap(engine: Engine) -> None:
    (call,) = found(engine, [port("Near", -138)])
    assert tuple(call) == tuple(column_types(CallInSilence))
    assert (call["there_nm"], call["back_nm"]) == pytest.approx((120.08, 120.08), abs=0.01)
    assert call["speed_needed_kn"] == pytest.approx(240.16 / 20, abs=0.01)
    assert call["time_left_h"] == pytest.approx(20 - 240.16 / 15, abs=0.01)
    assert (call["feasible"], call["why_not"]) == (True, None)


def test_port_too_far_in_a_straight_line_is_asked_no_way(engine: Engine) -> None:
    (call,) = found(engine, [port("Far", -136)])
    assert (call["feasible"], call["why_not"]) == (False, "too far even in a straight line")
    assert (call["there_nm"], call["speed_needed_kn"]) == (None, None)
    assert call["straight_speed_kn"] == pytest.approx(480.3 / 20, abs=0.02)


def test_stay_in_port_takes_from_the_time(engine: Engine) -> None:
    (call,) = found(engine, [port("Near", -138)], stay_h=3)
    assert call["speed_needed_kn"] == pytest.approx(240.16 / 17, abs=0.01)
    assert call["feasible"]


def test_stay_longer_than_the_gap_is_not_feasible(engine: Engine) -> None:
    assert [c["feasible"] for c in found(engine, [port("Near", -139.9)], stay_h=20)] == [False]


def test_only_ports_of_the_focal_state_are_looked_at(engine: Engine) -> None:
    ports = [port("Ours", -138), port("Other", -138, focal=False), PortPlace("Roads", -138, 0, "anchorage", True)]
    assert [c["port"] for c in found(engine, ports)] == ["Ours"]


def test_without_a_port_of_the_focal_state_it_is_said(engine: Engine) -> None:
    with pytest.raises(ProblemsError, match=r"no port of the focal state.*\[ports-none-focal\]"):
        found(engine, [port("Other", -138, focal=False)])


def test_two_ports_of_one_name_are_two_rows(engine: Engine) -> None:
    assert len(found(engine, [port("San Jose", -138), port("San Jose", -139)])) == 2


def test_port_inland_is_not_called_infeasible_but_unknown(engine: Engine) -> None:
    inland = voyage(1, 121.5, 35, 0, 0, [*every(30, 0, 20), *every(30, 90, 99)])
    (call,) = found(engine, [port("Inland", 113.0, 35.0)], inland)
    assert (call["feasible"], call["why_not"], call["speed_needed_kn"]) == (None, "no way by sea found", None)


def test_gap_across_180_degrees_is_measured_the_short_way(engine: Engine) -> None:
    fixes = [f for f in voyage(1, 179.5, -30, 3, 90, every(30, 0, 60)) if not 20 < f.hours < 44]
    (call,) = found(engine, [port("Dateline", -178.0, -30.0)], fixes)
    assert call["feasible"]
    assert call["there_nm"] + call["back_nm"] < 150


def test_no_gap_no_row(engine: Engine) -> None:
    assert found(engine, [port("Near", -138)], voyage(1, -140, 0, 0, 0, every(30, 0, 60))) == []


def test_way_that_lanes_make_longer_is_too_far_by_sea(engine: Engine) -> None:
    """A cape lies between: straight across it would do, round it would not."""
    put(engine, [f for f in voyage(1, 129.0, 38.3, 0, 0, every(30, 0, 60)) if not 20 < f.hours < 44])
    put_ports(engine, [port("West", 125.2, 38.6)])

    def round_the_south(one: Waypoint, other: Waypoint) -> Sequence[Waypoint]:
        return [(130.2, 37.5), (130.0, 35.8), (129.5, 34.6), (127.5, 33.9), (125.0, 34.0), (124.4, 37.6), (124.3, 38.3)]

    find_feasible_calls(engine, FeasibleLevers(), lambda: round_the_south)
    (call,) = engine.rows("select * from feasible_calls")
    assert call["straight_speed_kn"] < 15
    assert (call["feasible"], call["why_not"]) == (False, "too far by sea")
    assert 550 < call["there_nm"] < 850
