"""All detectors over the small sea of `coal_run`: what a record is given of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.sea.coal_run import COLLIER, PORTS, RECEIVER, TANKER, WATCH, write_positions
from tests.sea.seas import hour_of
from tumen.ais.positions import read_positions
from tumen.ais.simulate.simulate import simulate, write
from tumen.engine.backends import open_engine
from tumen.errors import Problem, ProblemsError
from tumen.sea.observing import observe
from tumen.sea.sea_findings import SeaFindings
from tumen.sea.sea_levers import CaseLevers, IdentityLevers
from tumen.vessels.known import Known, Listing
from tumen.vessels.listed import Vessel

NOW = dt.datetime(2024, 6, 1)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return [write_positions(tmp_path_factory.mktemp("sea") / "heard.parquet")]


@pytest.fixture(scope="module")
def observed(files: list[Path]) -> tuple[SeaFindings, tuple[Problem, ...]]:
    return observe(files, Known(PORTS, "AAA"), "duckdb", NOW)


def test_the_encounter_and_both_kinds_of_call_are_found(observed: tuple[SeaFindings, tuple[Problem, ...]]) -> None:
    found, notes = observed
    assert notes == ()
    (met,) = found.encounters
    assert (met.mmsi_1, met.mmsi_2, met.name_1) == (COLLIER, RECEIVER, "COLLIER")
    assert hour_of(met.start) == pytest.approx(20, abs=0.3)
    seen, dark = found.calls
    assert (seen.mmsi, seen.certainty, seen.port, seen.imo) == (COLLIER, "observed", "quay", "9074729")
    assert seen.end
    assert dark.end
    assert hour_of(seen.end) == pytest.approx(6.2, abs=0.3)
    assert (dark.mmsi, dark.certainty, dark.reception, dark.ship_type) == (TANKER, "feasible", "good", 80)
    assert (hour_of(dark.start), hour_of(dark.end)) == (14.0, 38.0)
    assert found.silences == 1
    assert [gap.mmsi for gap in found.gaps] == [TANKER]
    assert not found.simulated


def test_rows_have_ids_that_name_ships_and_moments(
    observed: tuple[SeaFindings, tuple[Problem, ...]],
) -> None:
    found, _ = observed
    ids = [row.id for rows in found.rows.values() for row in rows]
    assert ids == [
        f"encounter-{COLLIER}-{RECEIVER}-{found.encounters[0].start:%Y%m%dT%H%M%SZ}",
        f"call-{COLLIER}-20240131T200000Z",
        f"dark-call-{TANKER}-20240201T100000Z",
        f"identity-mid-{COLLIER}-20240131T200000Z",
        f"identity-mid-{TANKER}-20240131T200000Z",
        f"identity-mid-{WATCH}-20240131T200000Z",
        f"identity-mid-{RECEIVER}-{found.identity[3].start:%Y%m%dT%H%M%SZ}",
    ]
    assert [
        found.detector(t, i) for t, i in zip(("encounters", "calls", "calls", "identity"), ids[:4], strict=True)
    ] == [
        "encounters",
        "port-calls",
        "feasible-calls",
        "identity",
    ]
    assert set(found.detectors) == {"encounters", "port-calls", "feasible-calls", "identity"}


def test_the_pair_is_kept_with_its_tracks(observed: tuple[SeaFindings, tuple[Problem, ...]]) -> None:
    (pair,) = observed[0].pairs
    assert pair.encounter == observed[0].encounters[0].id
    together = [d for h, d in zip(pair.hours, pair.distances_m, strict=True) if 0.5 < h < 5]
    assert max(together) < 500


def test_the_same_positions_give_the_same_findings(
    files: list[Path], observed: tuple[SeaFindings, tuple[Problem, ...]]
) -> None:
    again, _ = observe(files, Known(PORTS, "AAA"), "duckdb", NOW)
    first = observed[0]
    assert (again.rows, again.gaps, again.inputs, again.detectors) == (
        first.rows,
        first.gaps,
        first.inputs,
        first.detectors,
    )


#: The sea is heard from 20 h before midnight of the first day to 4 h before that of the third: see `coal_run`.
WALL = dt.date(2024, 2, 1)


def test_positions_after_the_cases_day_are_left_out_and_counted(
    files: list[Path], observed: tuple[SeaFindings, tuple[Problem, ...]], tmp_path: Path
) -> None:
    tidy = tmp_path / "tidy.parquet"
    read_positions(files, tidy, open_engine, NOW)
    for given in (files, [tidy]):
        found, notes = observe(given, Known(PORTS, "AAA"), "duckdb", NOW, as_of=WALL)
        assert found.end.date() == WALL < observed[0].end.date()
        assert found.calls[0] == observed[0].calls[0], "which was over by then"
        assert (found.later > 0, notes) == (True, ())


def test_the_last_day_that_there_are_positions_of_leaves_none_out(
    files: list[Path], observed: tuple[SeaFindings, tuple[Problem, ...]]
) -> None:
    assert observe(files, Known(PORTS, "AAA"), "duckdb", NOW, as_of=dt.date(2024, 2, 2))[0].rows == observed[0].rows


def test_positions_that_are_all_later_are_none(files: list[Path]) -> None:
    with pytest.raises(ProblemsError, match="no position until 2024-01-30, the case's day"):
        observe(files, Known(PORTS, "AAA"), "duckdb", NOW, as_of=dt.date(2024, 1, 30))


LISTED = Known(
    PORTS,
    "AAA",
    (Vessel("l1", "OLD NAME", 9074729), Vessel("l2", "TANKERS"), Vessel("v1", "", mmsi=WATCH, listed=False)),
    {name: Listing("A committee", "named", "book") for name in ("l1", "l2")},
)


def test_ships_are_compared_with_the_vessels_that_the_case_lists_and_each_match_names_its_list(
    files: list[Path],
) -> None:
    found, notes = observe(files, LISTED, "duckdb", NOW, levers=CaseLevers(identity=IdentityLevers(least_score=70)))
    assert notes == ()
    told = [(m.id, m.imo, m.listed, m.authority, m.status, m.list_source) for m in found.matches]
    assert told == [
        (f"identity-listed-imo-{COLLIER}-20240131T200000Z", "9074729", "l1", "A committee", "named", "book"),
        (f"identity-listed-name-{TANKER}-20240131T200000Z", "9074731", "l2", "A committee", "named", "book"),
    ]
    assert found.matches[1].score == pytest.approx(100 * 6 / 7, abs=0.1)
    assert found.detectors["identity"]["least_score"] == 70


def test_encounter_of_a_ship_with_a_listed_number_is_kept_for_drawing_before_longer_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine()
    write(simulate(seed=3, days=3, vessels=60), tmp_path, engine, 3)
    engine.close()
    sea = sorted(tmp_path.glob("*.parquet"))
    monkeypatch.setattr("tumen.sea.observing.PAIRS", 1)
    found, _ = observe(sea, Known((), "AAA"), "duckdb", NOW)
    longest, *others = sorted(found.encounters, key=lambda row: -row.duration_h)
    assert [pair.encounter for pair in found.pairs] == [longest.id]
    another = next(row for row in others if row.mmsi_1 != longest.mmsi_1)
    hers = Known((), "AAA", (Vessel("l", "", mmsi=another.mmsi_1),), {"l": Listing("A committee", None, "book")})
    assert [pair.encounter for pair in observe(sea, hers, "duckdb", NOW)[0].pairs] == [another.id]
