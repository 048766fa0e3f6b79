"""Two ships that lie beside each other are found with their exact times, and nothing that only looks like it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sea.seas import EARTH_M, Fix, beside, every, hour_of, moved, put, voyage
from tumen.engine.backends import open_engine
from tumen.engine.forms import column_types
from tumen.engine.queries import Row
from tumen.sea.encounters.encounters import encounters, find_encounters
from tumen.sea.encounters.ships_met import ShipsMet
from tumen.sea.sea_levers import EncounterLevers
from tumen.vessels.ports import PortPlace, put_ports

USUAL = EncounterLevers()


def found(fixes: Sequence[Fix], levers: EncounterLevers = USUAL, ports: Sequence[PortPlace] = ()) -> list[Row]:
    """The encounters, in order, with `start_h` and `end_h` since the sea's start."""
    engine = open_engine()
    put(engine, fixes)
    put_ports(engine, ports)
    find_encounters(engine, levers)
    rows = engine.rows(encounters(levers).query)
    engine.close()
    return [{**row, "start_h": hour_of(row["start"]), "end_h": hour_of(row["end"])} for row in rows]


def one(fixes: Sequence[Fix], levers: EncounterLevers = USUAL, ports: Sequence[PortPlace] = ()) -> Row:
    rows = found(fixes, levers, ports)
    assert len(rows) == 1, [(r["mmsi_1"], r["mmsi_2"], r["start_h"], r["end_h"]) for r in rows]
    return rows[0]


#: A ship that drifts at 0.6 knots, north of everything; it is heard every 4 minutes for 12 hours.
DRIFTER = voyage(1, 124, 38, 0.6, 70, every(4, 0, 12))

#: Coming from 10 km to 100 m in half an hour, it is within 500 m for the last 400 of 9,900 m, that is 72.7 s.
EDGE_H = 0.5 * 400 / 9900


def pair(
    hours: Sequence[float] = tuple(every(4, 0, 12)),
    away_h: tuple[float, float] = (3, 8),
    near_m: float = 100,
    drifter: Sequence[Fix] = DRIFTER,
) -> list[Fix]:
    """The drifter, and a second ship that lies 100 m off it between two moments."""
    return [*drifter, *beside(drifter, 2, near_m, 10, hours, away_h)]


# ------------------------------------------------------------------------------------- what is found


def test_entry_and_exit_are_exact() -> None:
    row = one(pair())
    assert row["start_h"] == pytest.approx(3 - EDGE_H, abs=0.003)
    assert row["end_h"] == pytest.approx(8 + EDGE_H, abs=0.003)


def test_row_tells_all_that_it_should() -> None:
    row = one(pair())
    assert set(column_types(ShipsMet)) <= set(row)
    assert (row["mmsi_1"], row["mmsi_2"]) == (1, 2)
    assert row["duration_h"] == pytest.approx(5 + 2 * EDGE_H, abs=0.003)
    assert row["observed_h"] == row["duration_h"]
    assert row["longest_silence_h"] == 0
    assert row["min_distance_m"] == pytest.approx(100, abs=0.5)
    assert row["median_distance_m"] == pytest.approx(100, abs=0.5)
    assert row["median_speed_kn"] == pytest.approx(0.6, abs=0.01)
    lon, lat = moved(124, 38, 70, 0.6 * 1852 * 5.5)
    assert (row["lon"], row["lat"]) == (pytest.approx(lon, abs=1e-3), pytest.approx(lat, abs=1e-3))
    assert [row[f"silence_{when}_{n}_h"] for n in (1, 2) for when in ("before", "after")] == [0, 0, 0, 0]


def test_the_pair_counts_once_whichever_ship_comes_first() -> None:
    swapped = [replace(f, mmsi=3 - f.mmsi) for f in pair()]
    assert one(swapped) == one(pair())
    assert one(list(reversed(pair()))) == one(pair())


def test_month_end_and_midnight_do_not_cut() -> None:
    """The sea starts at 20:00 on 31 January: at the fourth hour it is midnight and February."""
    row = one(pair())
    assert (row["start"].day, row["start"].month, row["end"].day, row["end"].month) == (31, 1, 1, 2)


@pytest.mark.parametrize(
    ("lon", "lat", "course"), [(179.96, 38, 90), (-179.99, -60, 270), (10, 89.95, 0), (20, -89.98, 45)]
)
def test_neither_180_degrees_nor_a_pole_is_an_edge(lon: float, lat: float, course: float) -> None:
    drifter = voyage(1, lon, lat, 0.9, course, every(4, 0, 12))
    north_m = 100 if lat < 89 else -100
    row = one(pair(drifter=drifter, near_m=north_m))
    assert row["duration_h"] > 5
    place = moved(lon, lat, course, 0.9 * 1852 * 5.5)
    off = math.cos(math.radians(place[1])) * math.radians((row["lon"] - place[0] + 180) % 360 - 180) * EARTH_M
    assert math.hypot(off, math.radians(row["lat"] - place[1]) * EARTH_M) < 300


def test_sparse_positions_do_not_delay_the_start() -> None:
    """Heard every 50 minutes, first at 600 m and then at 200 m: it came within 500 m 37 minutes before it was heard
    there.
    """
    still = [Fix(1, h, 124, 38) for h in every(5, 0, 8)]
    metres = [(0, 600.0), (50 / 60, 200.0), (1.5, 200.0), (2.25, 200.0), (3, 200.0), (3.8, 200.0), (4.5, 4600.0)]
    row = one([*still, *(Fix(2, h, 124, 38 + math.degrees(m / EARTH_M)) for h, m in metres)])
    assert row["start_h"] == pytest.approx(50 / 60 * 100 / 400, abs=0.002)
    assert row["end_h"] == pytest.approx(3.8 + 0.7 * 300 / 4400, abs=0.002)
    assert row["observed_h"] == row["duration_h"]


def test_step_of_70_minutes_does_not_lose_a_meeting_of_three_hours() -> None:
    """Heard at 3:20, 4:30 and 5:40, while they were together from 3:00 to 6:00."""
    row = one(pair(hours=every(70, 1, 11.5), away_h=(3, 6)))
    assert row["duration_h"] == pytest.approx(140 / 60, abs=0.01)
    assert row["observed_h"] == 0
    assert row["longest_silence_h"] == pytest.approx(70 / 60, abs=0.01)
    assert row["median_distance_m"] == pytest.approx(100, abs=5)


def test_two_ships_on_one_mmsi_are_no_zig_zag() -> None:
    twin = voyage(2, 130, 30, 12, 100, every(3, 0.01, 12))
    alone, shared = one(pair()), one([*pair(), *twin])
    assert (shared["start"], shared["end"], shared["min_distance_m"]) == (
        alone["start"],
        alone["end"],
        alone["min_distance_m"],
    )


def test_spoofed_jump_cuts_no_encounter() -> None:
    jumped = [replace(f, lon=f.lon + 5, lat=10.0) if f.mmsi == 2 and 5 < f.hours < 5.2 else f for f in pair()]
    row = one(jumped)
    assert row["duration_h"] == pytest.approx(5 + 2 * EDGE_H, abs=0.003)


def test_several_ships_make_a_row_for_each_pair() -> None:
    third = beside(DRIFTER, 3, -100, -10, every(4, 0, 12), (5, 9))
    assert [(r["mmsi_1"], r["mmsi_2"]) for r in found([*pair(), *third])] == [(1, 2), (1, 3), (2, 3)]


def test_pair_that_meets_twice_has_two_rows() -> None:
    again = [f for f in pair(away_h=(1, 4)) if f.mmsi == 1 or f.hours < 6]
    later = beside(DRIFTER, 2, 100, 10, every(4, 6, 12), (8, 11))
    assert len(found([*again, *later])) == 2


# ------------------------------------------------------------------------------------------- silence


def silent(
    from_h: float, until_h: float, mmsis: tuple[int, ...] = (2,), fixes: Sequence[Fix] | None = None
) -> list[Fix]:
    return [f for f in (pair() if fixes is None else fixes) if f.mmsi not in mmsis or not from_h < f.hours < until_h]


@pytest.mark.parametrize("mmsis", [(1,), (2,), (1, 2)])
def test_silence_is_bridged_and_never_called_observed(mmsis: tuple[int, ...]) -> None:
    row = one(silent(4, 7, mmsis))
    assert row["duration_h"] == pytest.approx(5 + 2 * EDGE_H, abs=0.003)
    assert row["longest_silence_h"] == pytest.approx(3, abs=0.001)
    assert row["observed_h"] == pytest.approx(row["duration_h"] - 3, abs=0.001)


def test_longer_silence_ends_it() -> None:
    row = one(silent(5.5, 12, fixes=pair(away_h=(3, 11.9))))
    assert row["end_h"] == pytest.approx(5.5, abs=0.08)
    assert found(silent(4, 10.5, fixes=pair(away_h=(3, 11)))) == []
    assert one(silent(4, 10.5, fixes=pair(away_h=(3, 11))), EncounterLevers(silence_h=7))["longest_silence_h"] > 6


def test_silence_that_begins_or_ends_apart_is_no_contact() -> None:
    """The second ship goes dark 100 m off and comes up again 10 km off: it was there for an hour, not for five."""
    assert found(silent(4, 8.55)) == []
    assert found(silent(2.4, 7)) == []


def test_silence_in_which_a_ship_had_to_be_faster_is_not_bridged() -> None:
    fast = voyage(1, 124, 38, 3.0, 70, every(4, 0, 12))
    fixes = pair(drifter=fast)
    assert one(fixes, EncounterLevers(slower_kn=4))["observed_h"] > 5
    assert found(silent(4, 7, (1, 2), fixes), EncounterLevers(slower_kn=4)) == []
    assert one(silent(4, 7, (1, 2), fixes), EncounterLevers(slower_kn=4, bridge_kn=4))["observed_h"] < 3


def test_silence_of_one_is_not_bridged_while_the_other_is_seen_out_of_its_reach() -> None:
    """The first ship leaves for 15 km and comes back while the second is silent."""
    away_m = {h: 15000 * (1 - abs(h - 5.5) / 1.5) if abs(h - 5.5) < 1.5 else 0.0 for h in every(4, 0, 12)}
    still = voyage(1, 124, 38, 0, 0, every(4, 0, 12))
    gone = [replace(f, lat=f.lat - math.degrees(away_m[f.hours] / EARTH_M)) for f in still]
    fixes = [*gone, *beside(still, 2, 100, 10, every(4, 0, 12), (3, 8))]
    assert found(silent(3.9, 7.1, fixes=fixes), EncounterLevers(slower_kn=20)) == []
    assert one(silent(3.9, 7.1, fixes=pair(drifter=still)))["longest_silence_h"] > 3


def test_silences_around_are_told() -> None:
    """Unheard for 1.5 hours, and up again half an hour before they meet; the second is never heard again."""
    fixes = [f for f in silent(1, 2.5, (1,), pair()) if f.mmsi == 1 or 2 < f.hours < 8.04]
    row = one(fixes)
    assert row["silence_before_1_h"] == pytest.approx(1.53, abs=0.05)
    assert (row["silence_after_1_h"], row["silence_before_2_h"]) == (0, 0)
    assert row["silence_after_2_h"] is None


# -------------------------------------------------------------------------------------------- levers


def test_each_lever_moves_what_counts() -> None:
    assert found(pair(near_m=520)) == []
    assert one(pair(near_m=520), EncounterLevers(distance_m=600))
    assert found(pair(away_h=(3, 4.8))) == []
    assert one(pair(away_h=(3, 4.8)), EncounterLevers(hours=1.5))
    assert found(pair(drifter=voyage(1, 124, 38, 2.5, 70, every(4, 0, 12)))) == []
    assert one(pair(drifter=voyage(1, 124, 38, 2.5, 70, every(4, 0, 12))), EncounterLevers(slower_kn=3))


def test_what_happens_in_ports_is_left_out() -> None:
    lon, lat = moved(124, 38, 70, 0.6 * 1852 * 5.5)
    near, far = moved(lon, lat, 0, 9800), moved(lon, lat, 0, 10300)
    assert found(pair(), ports=[PortPlace("Alpha", *near)]) == []
    assert found(pair(), ports=[PortPlace("Alpha", *near, "anchorage")]) == []
    assert one(pair(), ports=[PortPlace("Alpha", *far)])
    assert one(pair(), EncounterLevers(port_km=9), [PortPlace("Alpha", *near)])
    assert one(pair(), EncounterLevers(port_km=0), [PortPlace("Alpha", lon, lat)])


def excursion(minutes: float) -> list[Fix]:
    """The pair, the second ship out at 700 m for a while in the middle."""
    half = minutes / 120
    hours = sorted({*every(4, 0, 12), 5.5 - half - 0.01, 5.5 - half, 5.5 + half, 5.5 + half + 0.01})
    fixes = beside(DRIFTER, 2, 100, 10, hours, (3, 8))
    return [
        *DRIFTER,
        *(replace(f, lat=f.lat + math.degrees(600 / EARTH_M)) if abs(f.hours - 5.5) <= half else f for f in fixes),
    ]


def test_brief_excursion_does_not_cut() -> None:
    row = one(excursion(13))
    assert row["duration_h"] == pytest.approx(5 + 2 * EDGE_H, abs=0.003)
    assert len(found(excursion(17))) == 2
    assert len(found(excursion(13), EncounterLevers(excursion_h=0.1))) == 2
    assert len(found(excursion(28), EncounterLevers(excursion_h=0.5))) == 1


@pytest.mark.parametrize("kind", ["passing", "convoy", "apart"])
def test_what_only_looks_like_a_transfer_is_none(kind: str) -> None:
    if kind == "passing":
        other = voyage(2, *moved(124, 38, 250, 40000), 8, 70, every(4, 0, 12))
        assert found([*DRIFTER, *other]) == []
        return
    drifter = voyage(1, 124, 38, 9 if kind == "convoy" else 0.6, 70, every(4, 0, 12))
    assert found(pair(drifter=drifter, near_m=700 if kind == "apart" else 200)) == []


# ----------------------------------------------------------------------------------------- bad input


def test_positions_that_are_no_numbers_harm_no_others() -> None:
    bad = [
        Fix(1, 4.01, math.nan, 38),
        Fix(1, 4.02, 124, math.inf),
        Fix(2, 4.03, math.nan, math.nan),
        Fix(3, 4.03, 500, 95),
    ]
    assert one([*pair(), *bad]) == one(pair())


def test_the_same_positions_twice_are_the_same_encounter() -> None:
    assert one([*pair(), *pair()]) == one(pair())


def test_many_rows_of_one_mmsi_at_one_moment_harm_no_others() -> None:
    crowd = [Fix(9, 5.0, 124 + n * 1e-3, 38 - n * 1e-4) for n in range(3000)]
    rows = found([*pair(), *crowd])
    assert [(r["mmsi_1"], r["mmsi_2"]) for r in rows] == [(1, 2)]


def leaping(mmsi: int, seed: int) -> list[Fix]:
    """A ship whose position jumps about within 2 km for an hour, twelve times a second."""
    drawn = np.random.default_rng(seed).uniform(0, 0.02, (2, 43200))
    return [Fix(mmsi, 5 + n / 43200, 124 + x, 38.02 + y) for n, (x, y) in enumerate(drawn.T.tolist())]


def test_ships_that_leap_thousands_of_times_beside_each_other_harm_no_others() -> None:
    """Each pair of their positions would be a candidate, and each pair of their tracks another: 10^9 and 10^8."""
    assert [(r["mmsi_1"], r["mmsi_2"]) for r in found([*pair(), *leaping(8, 1), *leaping(9, 2)])] == [(1, 2)]


def test_pairs_are_found_alike_however_many_are_looked_at_together() -> None:
    ships = [
        *DRIFTER,
        *(f for n in range(2, 7) for f in beside(DRIFTER, n, 60.0 * n, 10.0 * n, every(7, 0, 12), (n - 1, n + 5))),
    ]
    answers = []
    for intervals in (8e6, 3000.0, 1.0):
        engine = open_engine()
        put(engine, ships)
        put_ports(engine, ())
        find_encounters(engine, batch_intervals=intervals)
        answers.append(engine.rows(encounters().query))
        engine.close()
    assert len(answers[0]) == 15
    assert answers[0] == answers[1] == answers[2]


def test_sea_without_pairs_has_no_encounters() -> None:
    assert found(DRIFTER) == []
    assert found(DRIFTER[:1]) == []


# ---------------------------------------------------------------------------------------- invariants


def same(one: Row, other: Row, but: tuple[str, ...] = ()) -> None:
    for name, value in one.items():
        if name not in (*but, "start", "end"):
            assert other[name] == pytest.approx(value, abs=0.06 if name.endswith("_m") else 0.002), name


@settings(max_examples=5, deadline=None)
@given(turned=st.floats(-360, 360), later_h=st.floats(-5000, 5000), seed=st.integers(0, 99))
def test_shift_in_longitude_and_time_changes_nothing_else(turned: float, later_h: float, seed: int) -> None:
    later_h = round(later_h * 3600) / 3600
    hours = [h + 0.03 * math.sin(seed + 7 * h) for h in every(6, 0.1, 11.9)]
    fixes = [f for f in pair(hours=hours) if f.mmsi == 1 or not 4.2 < f.hours < 6]
    moved_on = [replace(f, lon=(f.lon + turned + 180) % 360 - 180, hours=f.hours + later_h) for f in fixes]
    before, after = one(fixes), one(moved_on)
    same({**before, "start_h": before["start_h"] + later_h, "end_h": before["end_h"] + later_h}, after, ("lon",))
    assert (after["lon"] - before["lon"] - turned + 180) % 360 - 180 == pytest.approx(0, abs=1e-4)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.floats(0.02, 11.98), min_size=1, max_size=30, unique=True))
def test_more_positions_on_the_same_straight_way_change_nothing(hours: list[float]) -> None:
    usual = [0, 0.5, 1.4, 2.2, 2.5, 3, 3.7, 4.6, 5.5, 6.4, 7.2, 8, 8.5, 9.4, 10.3, 11.2, 12]
    more = sorted({*usual, *(round(h, 4) for h in hours)})
    same(one(pair(hours=usual)), one(pair(hours=more)))


def test_it_is_the_place_of_the_two_that_lies_in_a_port_and_not_that_of_one() -> None:
    """The first ship lies still 9.9 km north of a port and the second 450 m further: together at 10.1 km."""
    still = [Fix(1, hour, *moved(124, 38, 0, 9900)) for hour in every(4, 0, 12)]
    assert one(pair(drifter=still, near_m=450), ports=[PortPlace("Alpha", 124, 38)])
    assert found(pair(drifter=still, near_m=100), ports=[PortPlace("Alpha", 124, 38)]) == []
