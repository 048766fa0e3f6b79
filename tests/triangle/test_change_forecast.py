"""Forecasts of a change of configuration: what they know, how they are scored, and how often they come true."""

import numpy as np
import pytest

from tests.measure.worlds import Scenario, event
from tumen.triangle.change_forecast import back_said, back_test, brier, change_by_step
from tumen.triangle.dyads import shape_of
from tumen.triangle.local_level import STEP_SDS, filtered

#: Seven years of events, some of each sign, between each two of three actors.
_BY_YEAR = [
    event(f"{one}{other}{n}-{m}", f"{n}-0{m}-05", one, other, sign=1 if (n * m + len(one)) % 3 else -1)
    for one, other in (("AAA", "BBB"), ("BBB", "CCC"), ("CCC", "AAA"))
    for n in range(2017, 2024)
    for m in range(1, 6)
]

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "configuration.change_probability": Scenario(
        {"of": ["AAA", "BBB", "CCC"], "period": ["2017-01-01", "2024-01-01"], "until": "2026-05-05"},
        {"evidence": "events"},
        {"events": _BY_YEAR},
        {
            "events": [
                event("x1", "2023-02-02", other="DDD"),
                event("x2", "2016-02-02"),
                event("x3", "2023-02-02", sign=0),
            ]
        },
    ),
}


def test_brier_scores_by_hand():
    # Two of three changed. Others' rates: 1/2, 1/2, 1; so (1/4 + 1/4 + 1) / 3. No change is wrong twice.
    scores = brier(np.array([0.5, 0.5, 0.0]), np.array([True, True, False]))
    assert scores == pytest.approx({"model": 0.5 / 3, "no change": 2 / 3, "base rate": 0.5})


def test_a_forecast_from_a_past_year_does_not_know_what_came():
    rng = np.random.default_rng(3)
    seen, variance = rng.normal(0, 1, (12, 3)), np.full((12, 3), 0.1)
    normals = rng.standard_normal((2, 300, 3))
    early, _ = back_test(seen, variance, filtered(seen, variance), 2, 0.0, normals)
    other = np.concatenate([seen[:8], seen[8:] + 5])
    late, _ = back_test(other, variance, filtered(other, variance), 2, 0.0, normals)
    assert len(early) == 6  # from the fifth year to the tenth
    assert np.array_equal(early[:4], late[:4])
    assert not np.array_equal(early[4:], late[4:])


def test_chance_of_change_grows_with_the_step():
    seen, variance = np.tile([2.0, 1.0, 0.5], (8, 1)), np.full((8, 3), 0.01)
    normals = np.random.default_rng(1).standard_normal((2, 4000, 3))
    chances = change_by_step(filtered(seen, variance), -1, 2, 0.0, normals)
    assert chances.shape == STEP_SDS.shape
    assert chances[0] < 0.01
    assert (np.diff(chances) > -0.02).all()
    assert chances[-1] > 0.7


def test_few_past_years_are_said_to_prove_little():
    assert back_said(np.full(3, 0.5), np.array([True, False, True]), 2).endswith("so few years prove little")
    assert back_said(np.full(12, 0.5), np.arange(12) % 2 == 0, 2).endswith("(lower is better)")


def test_forecasts_come_true_as_often_as_they_say():
    rng, worlds, years, ahead = np.random.default_rng(5), 250, 13, 2
    said, came = np.empty(worlds), np.empty(worlds)
    for n in range(worlds):
        steps = rng.normal(0, rng.choice(STEP_SDS), (years + ahead - 1, 3))
        level = np.cumsum(np.concatenate([rng.normal(0.8, 0.7, (1, 3)), steps]), axis=0)
        alike = rng.binomial(80, 1 / (1 + np.exp(-level[:years]))) + 0.5
        model = filtered(np.log(alike / (81 - alike)), 1 / alike + 1 / (81 - alike))
        said[n] = model.posterior(-1) @ change_by_step(model, -1, ahead, 0.0, rng.standard_normal((2, 200, 3)))
        came[n] = (shape_of(level[years - 1], 0.0) != shape_of(level[-1], 0.0)).any()
    # Three standard errors of a sum of as many events with the chances said.
    assert abs(said.sum() - came.sum()) < 3 * np.sqrt((said * (1 - said)).sum())
    assert np.mean((said - came) ** 2) < came.mean() * (1 - came.mean())
