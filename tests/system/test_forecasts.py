"""The measures system.move_probability and system.stays_within: by hand, by what is set, and what they lack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.measure.worlds import EXACT, Scenario, measured, moved, run, world
from tests.system.systems import CHANGING, KNOWN, PERIODS, UNRELATED, coded, driven, record_of
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import SHARE
from tumen.system.forecasts import MEASURES, without_luck
from tumen.system.theory import SYSTEM_FILE, System
from tumen.system.units import PLACE

MOVE, BAND = "system.move_probability", "system.stays_within"
ASK = {"actor": "BBB", "move": "lean", "level": "near", "until": "2024-12-31"}
STAYS = {"actor": "AAA", "move": "help", "band": [-0.5, 0.5], "until": "2025-12-31"}

SCENARIOS = {
    MOVE: Scenario(ASK, {}, CHANGING, UNRELATED),
    BAND: Scenario(STAYS, {}, CHANGING, UNRELATED),
}


def alone(need: float = 1.0, system: System = KNOWN, future: str = "", name: str = MOVE, **ask: object):
    """What is found of the one actor."""
    leans = {
        "moves": [coded(p, "BBB.lean", "near") for p in PERIODS],
        "drivers": [driven(p, "need", need) for p in PERIODS],
    }
    with world(**leans) as record:
        options = {"future": future} if future else {}
        asked = {**ASK, **ask}
        if name == BAND:
            del asked["level"]
        return run(record, name, asked, options, replace(EXACT, parts={SYSTEM_FILE: system}))


def softmax(pay: float) -> float:
    return 1 / (1 + float(np.exp(-pay)))


@pytest.mark.parametrize("need", [1.0, 0.5, 0.0])
def test_p_is_the_softmax_of_what_each_level_pays(need: float):
    found = alone(need)
    assert found.draws == pytest.approx(softmax(2.0 * 0.5 * 0.8 * need))
    assert found.probabilities


def test_a_declared_future_sets_drivers_from_its_period_on():
    assert alone(future="relief").draws == pytest.approx(0.5)
    before = [p.median for p in alone(future="relief").series if p.group == "as forecast"]
    assert before == pytest.approx([softmax(0.8), 0.5])
    assert "driver.need" not in alone(future="relief").baselines


def test_p_follows_its_levers():
    found = alone(0.5)
    assert moved(found, "driver.need", 1.0) == pytest.approx(softmax(0.8))
    assert moved(found, "driver.need", 0.0) == pytest.approx(0.5)
    assert moved(found, "weight.BBB.gain", 2.0) == pytest.approx(softmax(0.8))
    assert moved(found, "precision.BBB", 0.0) == pytest.approx(0.5)
    assert moved(found, "habit.BBB", 3.0) == pytest.approx(found.draws)


def test_the_levers_are_those_of_the_case():
    with world(**CHANGING) as record:
        found = measured(record, MOVE, ASK)
    names = {lever.name for lever in found.levers}
    assert {
        "weight.AAA.calm",
        "weight.BBB.gain",
        "habit.AAA",
        "precision.BBB",
        "driver.need",
        "driver.press",
    } == names - {
        "habit.BBB",
        "precision.AAA",
    }
    assert set(found.specifications[0].baselines) == names


def test_the_more_it_needs_the_nearer_it_leans():
    needs = [run_with(need).draws.mean() for need in (0.1, 0.9)]
    assert needs[0] < needs[1]


def run_with(need: float) -> SpecificationRun:
    with world(**record_of("near", need=need)) as record:
        return run(record, MOVE, ASK)


def test_levels_of_a_move_come_to_one():
    with world(**CHANGING) as record:
        each = [run(record, MOVE, {**ASK, "level": level}).draws for level in ("away", "near")]
    assert np.sum(each, axis=0) == pytest.approx(1.0)


def test_what_is_coded_and_what_is_forecast_are_one_series():
    with world(**CHANGING) as record:
        found = run(record, MOVE, ASK)
    assert [(p.when, p.group) for p in found.series][-3:] == [
        ("2023H2", "as coded"),
        ("2024H1", "as forecast"),
        ("2024H2", "as forecast"),
    ]
    assert found.forecast is not None
    assert str(found.forecast.until) == "2024-12-31"
    assert found.forecast.resolves == "coded by the same rules, BBB’s lean is ‘near’ in 2024H2"
    assert found.series[-1].median == pytest.approx(float(np.median(found.draws)))


def test_a_mean_stays_in_a_band_as_often_as_counting_says():
    # Four fair throws of 0 or 1: their mean lies from 0.4 to 0.6 in 6 of 16 ways.
    found = alone(0.0, name=BAND, band=[0.4, 0.6], until="2025-12-31")
    assert found.draws.mean() == pytest.approx(6 / 16, abs=0.03)
    # Every draw has the same parameters: what spread there is, is luck, and is taken out.
    assert found.draws.std() < 0.03


def test_a_wider_band_holds_more():
    with world(**CHANGING) as record:
        chances = [
            run(record, BAND, {**STAYS, "band": band}).draws.mean() for band in ([-0.2, 0.2], [-0.5, 0.5], [-1, 1])
        ]
    assert chances[0] < chances[1] < chances[2] == 1.0


def test_luck_of_few_futures_is_taken_out_and_the_mean_kept():
    rng = np.random.default_rng(1)
    fair = (rng.random((10, 4000)) < 0.5).astype(float)
    torn = (rng.random((10, 4000)) < np.repeat([0.1, 0.9], 2000)).astype(float)
    assert without_luck(fair).std() < 0.02
    assert without_luck(torn).std() == pytest.approx(0.4, abs=0.01)
    assert without_luck(torn).mean() == pytest.approx(torn.mean())


@pytest.mark.parametrize(
    ("ask", "options", "lacking"),
    [
        ({"move": "lena"}, {}, "a move BBB.lena in system.toml"),
        ({"level": "nearer"}, {}, "a level ‘nearer’ of BBB.lean in system.toml"),
        ({}, {"future": "war"}, "a future ‘war’ in system.toml"),
        ({"until": "2023-12-31"}, {}, "a period after 2023H2, and at most 20 on, that is over by 2023-12-31"),
        ({"until": "2099-12-31"}, {}, "a period after 2023H2, and at most 20 on, that is over by 2099-12-31"),
    ],
)
def test_what_is_lacking_is_named(ask: dict[str, object], options: dict[str, str], lacking: str):
    with world(**CHANGING) as record:
        found = run(record, MOVE, {**ASK, **ask}, options)
    assert found.missing == (lacking,)
    assert {row.table for row in found.used} == {"moves", "drivers"}


def test_too_few_periods_are_counted():
    few = {name: [row for row in rows if row["period"] < "2022H2"] for name, rows in CHANGING.items()}
    with world(**few) as record:
        assert run(record, MOVE, ASK).missing == ("4 periods with coded moves; there are 3",)


def test_what_must_be_known_of_the_fit_stands_beside_it():
    with world(**CHANGING) as record:
        found = run(record, MOVE, ASK)
    assert found.beside == (
        "a model of the analyst's own, fitted to the coded moves of 2021H1 to 2023H2; it holds if the model does",
    )
    assert found.notes[1].startswith("score of its forecasts of each period by those before it: -")


def test_the_series_of_a_band_is_of_places_on_the_moves_scale():
    (stays,) = (measure for measure in MEASURES if measure.name == "system.stays_within")
    assert (stays.unit, stays.series_unit) == (SHARE, PLACE)
