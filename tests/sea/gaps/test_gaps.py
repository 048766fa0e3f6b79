"""Silences of a ship are found whatever else happens on its MMSI, and what reception says of each is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.sea.seas import Fix, every, hour_of, put, voyage
from tumen.engine.backends import open_engine
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, Row
from tumen.sea.gaps.gaps import Gap, find_gaps
from tumen.sea.sea_levers import GapLevers
from tumen.vessels.ports import PortPlace, put_ports


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def found(engine: Engine, fixes: Sequence[Fix], ports: Sequence[PortPlace] = (), **levers: float) -> list[Row]:
    put(engine, fixes)
    put_ports(engine, ports)
    find_gaps(engine, replace(GapLevers(), **levers))
    return engine.rows('select * from gaps order by mmsi nulls last, "start" nulls last')


def times(rows: Sequence[Row]) -> list[tuple[int, float, float]]:
    return [(row["mmsi"], hour_of(row["start"]), hour_of(row["end"])) for row in rows]


def silent(mmsi: int, first_h: float, last_h: float, minutes: float = 30, lon: float = 124.0) -> list[Fix]:
    """A ship that drifts east at 1 knot for four days and is not heard between two hours."""
    fixes = voyage(mmsi, lon, 38, 1, 90, every(minutes, 0, 96))
    return [f for f in fixes if not first_h < f.hours < last_h]


def test_gap_begins_with_the_last_message_and_ends_with_the_next(engine: Engine) -> None:
    (gap,) = found(engine, silent(1, 20, 38))
    assert tuple(gap) == tuple(column_types(Gap))
    assert times([gap]) == [(1, 20, 38)]
    assert gap["duration_h"] == pytest.approx(18)
    assert gap["distance_nm"] == pytest.approx(18, rel=1e-3)
    assert gap["speed_kn"] == pytest.approx(1, rel=1e-3)


def test_silence_of_twelve_hours_is_a_gap_and_a_shorter_one_is_none(engine: Engine) -> None:
    assert times(found(engine, [*silent(1, 20, 32), *silent(2, 20, 31.5, lon=130)])) == [(1, 20, 32)]


def test_silence_of_days_is_a_gap(engine: Engine) -> None:
    assert times(found(engine, silent(1, 20, 80))) == [(1, 20, 80)]


def test_gap_across_180_degrees_is_as_long_as_elsewhere(engine: Engine) -> None:
    fixes = [f for f in voyage(1, 179.9, 10, 1, 90, every(30, 0, 40)) if not 2 < f.hours < 20]
    (gap,) = found(engine, fixes)
    assert gap["lon_1"] > 0 > gap["lon_2"]
    assert gap["distance_nm"] == pytest.approx(18, rel=1e-3)


def test_another_ship_on_the_mmsi_does_not_end_a_gap(engine: Engine) -> None:
    other = voyage(1, 140, 20, 0, 0, every(30, 0.1, 96))
    assert times(found(engine, [*silent(1, 20, 80), *other])) == [(1, 20, 80)]


def test_spoofed_place_during_a_gap_does_not_hide_it(engine: Engine) -> None:
    spoofed = [Fix(1, h, -60.0, -20.0, 1.0, 90.0) for h in (45, 45.5, 46)]
    assert (1, 20, 80) in times(found(engine, [*silent(1, 20, 80), *spoofed]))


def test_two_ships_that_could_not_be_one_leave_no_gap(engine: Engine) -> None:
    early, late = voyage(1, 124, 38, 0, 0, every(30, 0, 10)), voyage(1, -60, 0, 0, 0, every(30, 40, 50))
    assert found(engine, [*early, *late]) == []


def test_ship_that_is_never_heard_again_has_no_gap(engine: Engine) -> None:
    assert (
        found(engine, [*voyage(1, 124, 38, 1, 90, every(30, 0, 10)), *voyage(2, 130, 30, 1, 90, every(30, 0, 90))])
        == []
    )


# ------------------------------------------------------------------------------------------ reception


def test_messages_before_are_counted_in_the_hours_before(engine: Engine) -> None:
    (gap,) = found(engine, silent(1, 20, 38), before_h=6)
    assert gap["messages_before"] == 12
    assert gap["rate_before_per_h"] == 2
    assert gap["own_rate_per_h"] == pytest.approx(2)


def test_reception_is_good_where_another_ship_goes_on_being_heard_near(engine: Engine) -> None:
    (gap,) = found(engine, [*silent(1, 20, 38), *voyage(2, 124.6, 38, 0, 0, every(15, 0, 96))])
    assert (gap["reception"], gap["others_after"], gap["area_rate_per_h"]) == ("good", 1, 4.0)


def test_reception_is_untested_where_nobody_else_is_near(engine: Engine) -> None:
    (gap,) = found(engine, [*silent(1, 20, 38), *voyage(2, 127, 38, 0, 0, every(15, 0, 96))])
    assert (gap["reception"], gap["others_after"], gap["area_rate_per_h"]) == ("untested", 0, None)


def test_reception_is_untested_where_others_fall_silent_too(engine: Engine) -> None:
    (gap, _) = found(engine, [*silent(1, 20, 38), *silent(2, 19, 39, lon=124.1)])
    assert (gap["reception"], gap["others_after"]) == ("untested", 0)


def test_reception_is_poor_where_the_ship_was_heard_seldom_before(engine: Engine) -> None:
    near = voyage(2, 124.6, 38, 0, 0, every(15, 0, 96))
    assert [g["reception"] for g in found(engine, [*silent(1, 20, 38, minutes=60), *near])] == ["poor"]


def test_reception_is_untested_where_positions_begin_too_late_to_tell(engine: Engine) -> None:
    near = voyage(2, 124.6, 38, 0, 0, every(15, 0, 96))
    assert [g["reception"] for g in found(engine, [*silent(1, 3, 38), *near])] == ["untested"]


def test_others_are_looked_for_across_180_degrees(engine: Engine) -> None:
    fixes = [f for f in voyage(1, 179.98, 10, 0, 0, every(30, 0, 60)) if not 20 < f.hours < 38]
    (gap,) = found(engine, [*fixes, *voyage(2, -179.9, 10, 0, 0, every(15, 0, 60))])
    assert (gap["others_after"], gap["reception"]) == (1, "good")


def test_gap_in_a_port_names_the_nearest(engine: Engine) -> None:
    ports = [PortPlace("Far", 124.5, 38.05), PortPlace("Near", 124.4, 38.0), PortPlace("Beyond", 125.0, 38.0)]
    (gap,) = found(engine, silent(1, 20, 38), ports)
    assert gap["port"] == "Near"


def test_ship_is_told_by_what_it_says_most_often(engine: Engine) -> None:
    fixes = [replace(f, name="RIGHT" if n % 5 else "WRONG", imo=9074729) for n, f in enumerate(silent(1, 20, 38))]
    (gap,) = found(engine, fixes)
    assert (gap["name"], gap["imo"], gap["ship_type"]) == ("RIGHT", 9074729, None)


def test_positions_without_names_are_enough(engine: Engine) -> None:
    (gap,) = found(engine, silent(1, 20, 38))
    assert (gap["name"], gap["imo"], gap["port"]) == (None, None, None)


# ---------------------------------------------------------------------------------------- moments


def heard_again(fixes: Sequence[Fix], later_s: float) -> list[Fix]:
    """Every message, and once more as another receiver heard it."""
    return [*fixes, *(replace(fix, hours=fix.hours + later_s / 3600) for fix in fixes)]


@pytest.mark.parametrize("later_s", [2, 9.5])
def test_what_two_receivers_heard_counts_once(engine: Engine, later_s: float) -> None:
    fixes = [*silent(1, 20, 38, minutes=60), *silent(2, 200, 200, minutes=60, lon=124.1)]
    (gap,) = found(engine, heard_again(fixes, later_s))
    assert (gap["messages_before"], gap["reception"]) == (12, "poor")
    assert gap["own_rate_per_h"] == pytest.approx(1, rel=0.01)
    assert gap["area_rate_per_h"] == pytest.approx(1)


def test_messages_farther_apart_are_moments_of_their_own(engine: Engine) -> None:
    fixes = [*silent(1, 20, 38, minutes=60), *silent(2, 200, 200, minutes=60, lon=124.1)]
    (gap,) = found(engine, heard_again(fixes, 11))
    assert (gap["messages_before"], gap["reception"]) == (24, "good")


def test_ship_that_sends_every_two_seconds_is_heard_all_the_time(engine: Engine) -> None:
    busy = voyage(1, 124, 38, 1, 90, every(2 / 60, 0, 1))
    (gap,) = found(engine, [*busy, *voyage(1, 124.3, 38, 1, 90, every(30, 20, 40))])
    assert gap["messages_before"] == 361


def unended(engine: Engine, fixes: Sequence[Fix], **levers: float) -> list[Row]:
    """Gaps, and those that last until the positions end."""
    put(engine, fixes)
    put_ports(engine, ())
    find_gaps(engine, replace(GapLevers(), **levers), and_open=True)
    return engine.rows('select * from gaps order by mmsi nulls last, "start" nulls last')


def test_ship_that_is_not_heard_again_has_an_open_gap_until_the_positions_end(engine: Engine) -> None:
    (gap,) = unended(engine, [*silent(1, 20, 999), *voyage(2, 124.1, 38, 0, 0, every(30, 0, 96))])
    assert (gap["mmsi"], hour_of(gap["start"]), gap["state"], gap["reception"]) == (1, 20, "open", "good")
    assert gap["duration_h"] == pytest.approx(76)
    assert [gap[c] for c in ("end", "lon_2", "lat_2", "distance_nm", "speed_kn")] == [None] * 5
    assert gap["lon_1"] == pytest.approx(124.42, abs=0.01)


def test_open_gaps_are_found_only_where_asked(engine: Engine) -> None:
    assert found(engine, [*silent(1, 20, 999), *voyage(2, 124.1, 38, 0, 0, every(30, 0, 96))]) == []


@pytest.mark.parametrize(("last_h", "number"), [(84, 1), (84.5, 0)])
def test_open_gap_is_as_long_as_any(engine: Engine, last_h: float, number: int) -> None:
    fixes = [*silent(1, last_h, 999), *voyage(2, 124.1, 38, 0, 0, every(30, 0, 96))]
    assert len(unended(engine, fixes)) == number


def test_ship_that_fell_silent_twice_has_a_closed_and_an_open_gap(engine: Engine) -> None:
    fixes = [*(f for f in silent(1, 20, 40) if f.hours <= 60), *voyage(2, 124.1, 38, 0, 0, every(30, 0, 96))]
    gaps = unended(engine, fixes)
    assert [(hour_of(gap["start"]), gap["state"]) for gap in gaps] == [(20, "closed"), (60, "open")]


def test_number_in_one_message_has_no_open_gap(engine: Engine) -> None:
    assert unended(engine, [Fix(1, 3.0, 124.0, 38.0), *voyage(2, 124.1, 38, 0, 0, every(30, 0, 96))]) == []


def test_ship_that_jumps_before_she_falls_silent_has_one_open_gap(engine: Engine) -> None:
    spoofed = [Fix(1, 19.75, 10.0, 50.0)]
    fixes = [*silent(1, 20, 999), *spoofed, *voyage(2, 124.1, 38, 0, 0, every(30, 0, 96))]
    assert [(gap["mmsi"], gap["state"]) for gap in unended(engine, fixes)] == [(1, "open")]
