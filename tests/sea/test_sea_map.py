"""The map and the charts of pairs: what they say and show of findings written by hand."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from tests.draw.legible import STRANGE, faults
from tests.measure.sightings import call, dark, day, findings, match, met
from tumen.draw.drawing import TOO_FEW
from tumen.sea.gaps.gaps import Gap
from tumen.sea.pair_charts import DRAWN, pair_charts
from tumen.sea.sea_findings import PairTrack, SeaFindings, Trace
from tumen.sea.sea_map import ROWS_BELOW_MAP, sea_map
from tumen.vessels.known import PortRow

NONE: frozenset[str] = frozenset()
QUAY = PortRow(id="quay", name="Quay", territory=None, kind="port", lon=125.4, lat=38.7, handles=None)


def gap(lon: float, lon_2: float) -> Gap:
    """A silence of a day, of a ship without a name."""
    return Gap(
        mmsi=5,
        name=None,
        imo=None,
        ship_type=None,
        start=day(7),
        end=day(8),
        duration_h=24.0,
        lon_1=lon,
        lat_1=30.0,
        lon_2=lon_2,
        lat_2=31.0,
        distance_nm=80.0,
        speed_kn=3.3,
        messages_before=14,
        rate_before_per_h=1.2,
        own_rate_per_h=1.2,
        area_rate_per_h=1.0,
        others_after=1,
        reception="good",
        port=None,
        state="closed",
    )


def found(simulated: bool = False, **more: object) -> SeaFindings:
    made = findings(
        [met(day(10), lat=37.0), met(day(12), 3, 4, lat=36.0)], [call(day(5)), dark(day(8))], simulated=simulated
    )
    return replace(made, ports=[QUAY], **more)  # type: ignore[arg-type]  # fields that a test names


def test_the_map_lists_every_finding_with_ships_times_and_place() -> None:
    drawn = sea_map(found(gaps=[gap(123.0, 124.0)], silences=7), frozenset({"encounter-3-4-051212"}))
    assert drawn is not None
    assert drawn.rows[:3] == (
        (
            "encounter that a verdict rests on",
            "SHIP 3 (MMSI 3) and MMSI 4, 2023-05-12 12:00 to 2023-05-12 16:00",
            "36.00, 124.00",
        ),
        ("other encounter", "SHIP 1 (MMSI 1) and MMSI 2, 2023-05-10 12:00 to 2023-05-10 16:00", "37.00, 124.00"),
        ("call seen", "SHIP 1 (MMSI 1) at Quay, 2023-05-05 12:00 to 2023-05-05 22:00", "38.70, 125.40"),
    )
    assert [row[0] for row in drawn.rows[3:]] == [
        "call feasible while silent",
        "port",
        "silence, from last to first message",
    ]
    assert drawn.says == (
        "Vessel positions of 2023-05-01 to 2023-05-30; encounters: 2; calls seen: 1; feasible while silent: 1; "
        "silences: 7. The 1 longest silences that reception does not explain are drawn. Coastline: Natural Earth."
    )


def test_ships_that_may_be_on_a_list_say_so_in_the_map_and_in_the_chart_of_their_pair() -> None:
    likely = match(2, "listed-name", score=91.6, other="BETA")
    made = findings([met(day(10), lat=37.0)], matches=[match(1), likely], pairs=[pair("encounter-1-2-051012")])
    drawn = sea_map(made, NONE)
    assert drawn is not None
    by_number = "SHIP 1 (MMSI 1; IMO number of ALFA (A committee: designated))"
    by_name = "MMSI 2 (name 92 of 100 like BETA (A committee: designated); a likeness is no proof)"
    assert drawn.rows[0][1].startswith(f"{by_number} and {by_name}, 2023-05-10")
    assert "ships that may be on a list: 2" in drawn.says
    (chart,), _ = pair_charts(made, NONE)
    assert chart.title == "SHIP 1 (MMSI 1; number of a listed vessel) and MMSI 2; name like a listed one"
    assert chart.says.endswith(
        "SHIP 1 (MMSI 1; number of a listed vessel): IMO number of ALFA (A committee: designated). MMSI 2; name "
        "like a listed "
        "one: name 92 of 100 like BETA (A committee: designated); a likeness is no proof."
    )
    assert "number of a listed vessel" in chart.svg["wide"]


def test_land_ports_and_kinds_are_drawn_in_both_widths_without_script_or_request() -> None:
    drawn = sea_map(found(), NONE)
    assert drawn is not None
    for svg in drawn.svg.values():
        assert re.search(r'<path d="(M[^M]+){20}', svg)
        assert ">Quay<" in svg
        assert ">call seen<" in svg
        assert not re.search(r"<script|href|url\(http", svg)
        assert 'aria-hidden="true"' in svg


def test_of_ports_beside_each_other_those_are_named_whose_names_have_room_and_all_are_in_the_table() -> None:
    pier, mole = (replace(QUAY, id=n, name=n, lon=QUAY.lon + east) for n, east in (("Pier", 0.03), ("Mole", 0.06)))
    drawn = sea_map(replace(found(), ports=[QUAY, pier, mole]), NONE)
    assert drawn is not None
    assert ">Quay<" in drawn.svg["wide"]
    assert ">Pier<" not in drawn.svg["wide"]
    assert ">Mole<" in drawn.svg["wide"]
    assert [row[1] for row in drawn.rows if row[0] == "port"] == ["Quay", "Pier", "Mole"]


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_ships_and_ports_are_called_map_and_charts_stay_legible(name: str) -> None:
    named = [met(day(10), lat=37.0, name_1=name, name_2=name), met(day(12), 3, 4, lat=36.0, name_1=name)]
    ports = [replace(QUAY, id=str(n), name=name, lon=QUAY.lon - n / 10) for n in range(60)]
    made = findings(named, [call(day(5), port="0")], simulated=True, pairs=[pair(row.id) for row in named])
    charts, _ = pair_charts(made, NONE)
    for drawn in (sea_map(replace(made, ports=ports, gaps=[gap(123.0, 124.0)]), NONE), *charts):
        assert drawn is not None
        assert faults(drawn) == []


@pytest.mark.parametrize("apart_m", [0.0, 1e-9, 1e9])
@pytest.mark.parametrize("speed_kn", [0.0, 1e-9, 1e15])
def test_a_pair_may_be_any_distance_apart_at_any_speed(apart_m: float, speed_kn: float) -> None:
    whole = pair("encounter-1-2-051012")
    ships = [replace(ship, speeds_kn=(speed_kn,) * len(ship.hours)) for ship in whole.ships]
    made = replace(whole, distances_m=(apart_m,) * 6, ships=(ships[0], ships[1]))
    (drawn,), _ = pair_charts(found(pairs=[made]), NONE)
    assert faults(drawn) == []
    assert drawn.svg


def test_two_distances_are_told_in_the_table_alone() -> None:
    whole = pair("encounter-1-2-051012")
    (drawn,), _ = pair_charts(found(pairs=[replace(whole, distances_m=(90.0, *[math.nan] * 4, 80.0))]), NONE)
    assert drawn.svg == {}
    assert drawn.says.endswith(TOO_FEW)


@pytest.mark.parametrize("simulated", [False, True])
def test_simulated_findings_say_so_in_words_and_in_the_drawing(simulated: bool) -> None:
    made = found(simulated, pairs=[pair("encounter-1-2-051012")])
    charts, _ = pair_charts(made, NONE)
    for drawn in (sea_map(made, NONE), *charts):
        assert drawn is not None
        assert drawn.says.startswith("Simulated: nothing here was observed. ") == simulated
        assert all(("SIMULATED" in svg) == simulated for svg in drawn.svg.values())


def test_a_map_across_the_antimeridian_shows_what_lies_on_both_sides_side_by_side() -> None:
    made = findings([met(day(10), lon=179.5), met(day(11), 3, 4, lon=-179.5)])
    drawn = sea_map(replace(made, gaps=[gap(179.0, -179.0)]), NONE)
    assert drawn is not None
    labels = re.findall(r">([\d.]+°[EW]?)<", drawn.svg["wide"])
    assert any(label.endswith("E") for label in labels)
    assert any(label.endswith("W") for label in labels)


def test_nothing_found_is_no_map() -> None:
    assert sea_map(findings(), NONE) is None


def test_a_long_list_is_cut_and_says_so() -> None:
    drawn = sea_map(findings([met(day(1, n), n, n + 500, lat=35.0) for n in range(ROWS_BELOW_MAP + 5)]), NONE)
    assert drawn is not None
    assert len(drawn.rows) == ROWS_BELOW_MAP
    assert f"The table lists the first {ROWS_BELOW_MAP} of {ROWS_BELOW_MAP + 5}." in drawn.says


def pair(encounter: str) -> PairTrack:
    heard = Trace(1, (-1.0, 0.0, 0.5, 2.0, 3.0), (9.0, 0.5, 0.4, 0.4, 8.0), ((0.5, 2.0),))
    other = Trace(2, (-1.0, 0.0, 1.0, 2.0, 3.0), (7.0, 0.3, math.nan, 0.3, 7.5))
    return PairTrack(
        encounter, (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0), (9000.0, 90.0, 80.0, math.nan, 85.0, 12000.0), (heard, other)
    )


def test_a_pairs_table_says_silent_where_nothing_is_known() -> None:
    (drawn,), left = pair_charts(found(pairs=[pair("encounter-1-2-051012")]), NONE)
    assert left == 1
    assert drawn.title == "SHIP 1 (MMSI 1) and MMSI 2"
    assert drawn.columns == (
        "hours from the start",
        "distance, m",
        "speed of SHIP 1 (MMSI 1), knots",
        "speed of MMSI 2, knots",
    )
    assert drawn.rows[2:4] == (("0.50", "80", "0.4", ""), ("1.00", "silent", "", ""))
    assert "4.0 h, of which 3.5 h observed; median distance 60 m" in drawn.says


def test_no_line_is_drawn_across_a_silence() -> None:
    whole = pair("encounter-1-2-051012")
    heard = replace(whole.ships[0], silences=())
    made = found(pairs=[whole])
    across = found(
        pairs=[replace(whole, distances_m=(9000.0, 90.0, 80.0, 82.0, 85.0, 12000.0), ships=(heard, whole.ships[1]))]
    )

    def strokes(some: SeaFindings) -> int:
        (drawn,), _ = pair_charts(some, NONE)
        return drawn.svg["wide"].count("<polyline")

    assert strokes(made) == strokes(across) + 2


def test_pairs_that_a_verdict_rests_on_come_first_then_listed_numbers_and_the_rest_is_counted() -> None:
    meetings = [met(day(n + 1), n, 50 + n) for n in range(DRAWN + 3)]
    hers = [match(DRAWN + 1), match(1, "listed-name")]
    made = findings(meetings, matches=hers, pairs=[pair(row.id) for row in meetings])
    charts, left = pair_charts(made, frozenset({meetings[-1].id}))
    assert left == 3
    assert len(charts) == DRAWN
    assert [chart.title.split(" (")[0] for chart in charts[:3]] == [f"SHIP {n}" for n in (DRAWN + 2, DRAWN + 1, 0)]
