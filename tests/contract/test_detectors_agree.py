"""The queries behind gaps, calls and loitering give the same rows on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import tumen
from tests.contract.test_positions_agree import rounded
from tests.sea.seas import Fix, every, put, voyage
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine
from tumen.sea.calls.feasible_calls import feasible_calls, find_feasible_calls
from tumen.sea.calls.port_calls import port_calls
from tumen.sea.detecting import SeaDetector
from tumen.sea.encounters.named_encounters import named_encounters
from tumen.sea.gaps.gaps import gaps
from tumen.sea.identity.identity import identity
from tumen.sea.loitering.loitering import loitering
from tumen.sea.sea_levers import FeasibleLevers
from tumen.vessels.listed import Vessel
from tumen.vessels.ports import PortPlace, put_ports

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

#: Queries that the tests here ask, through the detector that they belong to.
ASKED = {
    "gaps",
    "gaps_before",
    "gaps_cell_hours",
    "gaps_cells",
    "gaps_moments",
    "gaps_open",
    "gaps_others",
    "gaps_own_rates",
    "gaps_silences",
    "ships",
    "ships_said",
    "feasible_calls",
    "feasible_near",
    "feasible_pairs",
    "loitering",
    "loitering_legs",
    "loitering_places",
    "loitering_shore_near",
    "loitering_shore_off",
    "port_calls",
    "port_calls_fixes",
    "port_calls_stays",
    "identity",
    "identity_changes",
    "identity_digits",
    "identity_numbers",
    "identity_pairs",
    "identity_same",
    "identity_words",
}

PORTS = (
    PortPlace("Roads", 179.99, 51.2, "anchorage"),
    PortPlace("Harbour", -179.9, 51.3, focal=True),
    PortPlace("Far", 10.0, 50.0, focal=True),
)

DETECTORS: tuple[SeaDetector, ...] = (
    gaps(and_open=True),
    named_encounters(known=(Vessel("met", "ALONGSIDE"),)),
    replace(feasible_calls(), find=lambda engine: find_feasible_calls(engine, FeasibleLevers(), lambda: lambda *_: [])),
    port_calls(),
    loitering(),
    identity(
        known=(
            Vessel("twin", "THE TWIN"),
            Vessel("silent", "", 9074729, "AUT"),
            Vessel("own", "", None, "AUT", 211000005, listed=False),
            Vessel("number", "", mmsi=211000006, aliases=("AFTER",)),
        )
    ),
)


#: Tables that a detector leaves besides its findings.
LEFT = {"feasible-calls": ("gaps",)}


def sea() -> list[Fix]:
    """Ships on both sides of 180 degrees, one silent and one long silent in port, two on one MMSI, one that drifts, and
    two of changing names and numbers.
    """
    silent = voyage(1, 179.9, 51, 2, 60, every(23, 0, 90), name="SILENT", imo=9074729)
    berthed = voyage(2, 179.985, 51.2, 0, 0, every(17, 0, 96))
    twin = voyage(2, -150, 40, 0.5, 10, every(41, 0.1, 96), name="TWIN")
    seldom = voyage(3, -179.5, 50.8, 1.5, 80, every(70, 0, 96))
    renamed = [
        *voyage(211000005, 10, 55, 0, 0, every(60, 0, 9), name="BEFORE", imo=9162480),
        *voyage(211000005, 10, 55, 0, 0, every(60, 30, 50), name="AFTER", imo=9162485),
        *voyage(211000006, 10, 57, 0, 0, every(60, 3, 9), imo=9162485),
        *voyage(211000006, 10, 57, 0, 0, every(60, 31, 40), imo=9074729),
    ]
    return [
        *renamed,
        *voyage(211000007, 11, 57.5, 0, 0, every(20, 0, 9), name="ALONGSIDE"),
        *voyage(211000008, 11.001, 57.5, 0, 0, every(20, 0, 9), imo=9162485),
        *(f for f in silent if not 20 < f.hours < 40),
        *(f for f in berthed if not 10 < f.hours < 60),
        *twin,
        *(f for f in seldom if not 30 < f.hours < 58),
    ]


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Engine, Engine]]:
    opened = (open_engine(), open_engine("spark://local[2]"))
    for engine in opened:
        put(engine, sea())
        put_ports(engine, PORTS)
    yield opened
    for engine in opened:
        engine.close()


def test_no_query_of_the_detectors_is_left_unasked() -> None:
    there = {path.stem for room in ("sea", "vessels") for path in (Path(tumen.__file__).parent / room).rglob("*.sql")}
    others = ("encounters_", "pair_tracks", "found_", "ports_handling")  # which other tests here ask
    assert {name for name in there if not name.startswith(others)} == ASKED


@pytest.mark.spark
@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_findings_agree(both: tuple[Engine, Engine], detector: SeaDetector) -> None:
    answers = []
    for engine in both:
        detector.find(engine)
        answers.append(rounded(engine.rows(detector.query)))
        for table in {detector.table, *LEFT.get(detector.name, ())}:
            engine.drop(table)
    assert answers[0] == answers[1]
    assert len(answers[0]) > 0
