"""Whether a move's mean level stayed in a band, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import EXACT, Row, Scenario, moved, run, world
from tests.system.systems import DRIVERS, MOVES, coded
from tumen.engine.embedded import DuckDB
from tumen.measure.estimate import SpecificationRun
from tumen.prepare import prepare
from tumen.system.theory import SYSTEM_FILE

NAME = "system.stayed_within"
ASK = {"actor": "AAA", "move": "help", "last": 2}

SCENARIOS = {
    "system.stayed_within": Scenario(
        ASK, {}, {"moves": MOVES[:2]}, {"moves": [*MOVES[2:], coded("2023H1", "AAA.other", "some")]}
    ),
}

#: Many draws, so that shares of them are near their probabilities.
MANY = replace(EXACT, draws=40_000)


def measured(moves: Sequence[Row], setting: Any = MANY, **asked: Any) -> SpecificationRun:
    with world(moves=moves, drivers=DRIVERS) as record:
        return run(record, NAME, {**ASK, **asked}, setting=setting)


def shares(found: SpecificationRun) -> dict[float, float]:
    values, counts = np.unique(found.draws, return_counts=True)
    return dict(zip(values.tolist(), (counts / found.draws.size).tolist(), strict=True))


def test_each_period_is_drawn_as_its_coders_have_it() -> None:
    found = measured([coded("2023H1", "AAA.help", "none", certainty="medium")], last=1)
    assert shares(found) == pytest.approx({-1.0: 0.8, 0.0: 0.1, 1.0: 0.1}, abs=0.01)


def test_the_mean_of_the_periods_counts_and_they_are_drawn_apart() -> None:
    found = measured([coded(p, "AAA.help", "none", certainty="medium") for p in ("2023H1", "2023H2")])
    apart = {-1.0: 0.64, -0.5: 0.16, 0.0: 0.17, 0.5: 0.02, 1.0: 0.01}
    assert shares(found) == pytest.approx(apart, abs=0.01)
    assert found.effective == 2


def test_two_neighbours_at_a_level_that_may_not_stand_twice_count_for_all() -> None:
    levels = {"2022H2": "much", "2023H1": "none", "2023H2": "none", "2024H1": "much"}
    moves = [coded(name, "AAA.help", level) for name, level in levels.items()]
    sure = [moved(measured(moves, last=4, never_twice=level), "doubt", 0.0) for level in (None, "none")]
    assert [set(draws.tolist()) for draws in sure] == [{0.0}, {-1.0}]
    far = [moves[0], moves[1], coded("2023H2", "AAA.help", "much"), coded("2024H1", "AAA.help", "none")]
    kept = moved(measured(far, last=4, never_twice="none"), "doubt", 0.0)
    assert set(kept.tolist()) == {0.0}


def test_doubt_moves_the_draws_from_what_was_coded_to_anything() -> None:
    found = measured([coded("2023H1", "AAA.help", "none", certainty="low")], last=1)
    for doubt, chance in ((0.0, 1.0), (0.5, 0.8), (1.0, 0.6), (3.0, 1 / 3)):
        assert np.mean(moved(found, "doubt", doubt) == -1) == pytest.approx(chance, abs=0.01)
    assert np.array_equal(moved(found, "doubt", 1.0), found.draws)


def test_only_the_last_periods_count_and_only_their_rows_are_used() -> None:
    moves = [coded("2022H1", "AAA.help", "none"), *MOVES[:2]]
    found = measured(moves)
    assert [used.id for used in found.used] == ["ann-2023H1-AAA.help", "ann-2023H2-AAA.help"]
    assert "2023H1 to 2023H2" in found.notes
    assert [point.when for point in found.series] == ["2022H1", "2023H1", "2023H2"]


def test_the_series_is_the_mean_place_of_each_period_inside_its_range() -> None:
    found = measured(MOVES[:2])
    assert [point.median for point in found.series] == pytest.approx([-0.925, 0.925])
    assert all(point.low <= point.median <= point.high for point in found.series)


def test_a_period_that_nobody_coded_may_be_anything_and_does_not_count() -> None:
    found = measured([coded("2023H1", "AAA.help", "some"), coded("2024H1", "AAA.help", "some")], last=3)
    assert shares(measured([coded("2023H1", "AAA.help", "some")], last=1))[0.0] == pytest.approx(0.95, abs=0.01)
    assert found.effective == 2
    assert "not coded in 2023H2: every level is as probable there" in found.notes


@pytest.mark.parametrize(
    ("moves", "asked", "missing"),
    [
        ((), {}, "a coding of AAA.help"),
        (MOVES[:1], {}, "codings of 2 periods in a row of AAA.help"),
        (MOVES, {"move": "helq"}, "the move AAA.helq in system.toml"),
        ([*MOVES, coded("2024", "AAA.help", "some")], {}, "periods of one form of AAA.help"),
    ],
)
def test_what_is_lacking_is_named(moves: Sequence[Row], asked: dict[str, Any], missing: str) -> None:
    assert measured(moves, **asked).missing == (missing,)


def test_agreement_of_coders_is_told() -> None:
    others = [coded("2023H1", "AAA.help", "none", "bob"), coded("2023H2", "AAA.help", "some", "bob")]
    (note,) = [n for n in measured([*MOVES, *others]).notes if "alpha" in n]
    assert note == "2 coders of 2 periods: Krippendorff's alpha 0.40 on levels as names, 0.83 in their order"


CLAIM = """
[[claim]]
id = "kept"
sentence = "kept"
text = "Alphaland keeps helping."
cites = "page 2"
measure = "system.stayed_within"
holds = { within = [-0.5, 0.5] }
arguments = { actor = "AAA", move = "help", never_twice = "none" }
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"help"', '"hepl"', "claim 'kept' with move 'AAA.hepl'; expected one of system.toml: AAA.help, BBB.lean."),
        (
            '"none"',
            '"nome"',
            "claim 'kept' with AAA.help at level 'nome'; expected one of system.toml: none, some, much.",
        ),
    ],
)
def test_a_move_or_a_level_that_is_not_there_is_told_at_its_line(
    case_folder: Any, old: str, new: str, told: str
) -> None:
    from tests.conftest import CLAIMS
    from tests.system.test_system_file import RIVALS
    from tests.system.test_system_file import SYSTEM as TEXT

    files = {"claims.toml": CLAIMS + CLAIM.replace(old, new), SYSTEM_FILE: TEXT, "hypotheses.toml": RIVALS}
    engine = DuckDB()
    try:
        errors = [p for p in prepare(case_folder(files), engine).problems if p.severity == "error"]
    finally:
        engine.close()
    (only,) = errors
    assert f"got {told}" in str(only)
    assert (only.file, only.line) == ("claims.toml", 25)
