"""What a record says of the parameters, against integrals done otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import dblquad, quad

from tests.system.games import game
from tumen.measure.arrays import Floats
from tumen.system import fit as fitting
from tumen.system.fit import Observed, fit, log_probability
from tumen.system.game import Context, Game, Payoffs, payoffs_of
from tumen.system.worth import frequencies

#: A move of two levels, and an aim whose weight is all that is unknown: 3 × weight is the log-odds of "mid".
ONE = game({"AAA.help": 2}, [("AAA.calm", {"AAA.help": "mid"}, 1.0, None)], weight=(0.0, 2.0), precision=3.0)

MUTUAL = [
    ("AAA.calm", {"AAA.help": "high", "BBB.lean": "mid"}, (0.2, 1.0), None),
    ("AAA.cost", {"AAA.help": "high"}, (-0.6, -0.1), "need"),
    ("BBB.gain", {"BBB.lean": "mid", "AAA.help": "high"}, (0.3, 0.9), None),
    ("BBB.pride", {"BBB.lean": "mid"}, (-0.6, -0.1), None),
]
TWO = game({"AAA.help": 3, "BBB.lean": 2}, MUTUAL, weight=(0.2, 2.0), habit=(0.0, 1.5), precision=(0.5, 4.0))


def sure(*levels: list[int], of: tuple[int, ...], needs: Floats | None = None) -> Observed:
    """A record in which levels are certain."""
    periods = len(levels[0])
    drivers = np.zeros((0, 1, periods)) if needs is None else needs[None, None]
    return Observed(tuple(np.eye(k)[one].T for one, k in zip(levels, of, strict=True)), drivers)


def record(periods: int = 12, seed: int = 1) -> Observed:
    """Some record of the two."""
    rng = np.random.default_rng(seed)
    return sure(
        rng.integers(3, size=periods).tolist(),
        rng.integers(2, size=periods).tolist(),
        of=(3, 2),
        needs=rng.random(periods),
    )


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def chance(weight: float) -> float:
    return float(1 / (1 + np.exp(-3 * weight)))


def test_evidence_of_one_unknown_is_the_integral_over_it():
    seen = sure([0, 1, 1, 0, 1, 1, 1, 1], of=(2,))
    integral = quad(lambda w: chance(w) ** 6 * (1 - chance(w)) / 2, 0, 2)[0]
    found = fit(ONE, seen, 4000, rng())
    assert found.evidence == pytest.approx(np.log(integral), abs=4 * found.error + 0.005)
    mean = quad(lambda w: w * chance(w) ** 6 * (1 - chance(w)) / 2, 0, 2)[0] / integral
    assert found.parameters[:, ONE.box.place("weight AAA.calm")].mean() == pytest.approx(mean, abs=0.04)


def test_evidence_with_habit_and_an_uncertain_coder_is_the_integral_over_both():
    it = game({"AAA.help": 2}, [("AAA.calm", {"AAA.help": "mid"}, 1.0, None)], weight=(0.0, 2.0), habit=(0.0, 1.5))
    coded = np.array([[0.9, 0.2, 0.4, 0.1, 0.05], [0.1, 0.8, 0.6, 0.9, 0.95]])

    def likelihood(weight: float, habit: float) -> float:
        total = 1.0
        for period in range(1, 5):
            odds = weight + habit * (coded[1, period - 1] - coded[0, period - 1])
            mid = 1 / (1 + np.exp(-odds))
            total *= coded[1, period] * mid + coded[0, period] * (1 - mid)
        return float(total)

    integral = dblquad(likelihood, 0, 1.5, 0, 2)[0] / 3
    found = fit(it, Observed((coded,), np.zeros((0, 1, 5))), 4000, rng())
    assert found.evidence == pytest.approx(np.log(integral), abs=4 * found.error + 0.005)


def test_each_score_is_of_a_forecast_by_the_periods_before():
    """The third period given the first two, as a ratio of two integrals."""
    found = fit(ONE, sure([0, 1, 1, 0], of=(2,)), 8000, rng())
    whole = [quad(f, 0, 2)[0] for f in (chance, lambda w: chance(w) ** 2, lambda w: chance(w) ** 2 * (1 - chance(w)))]
    by_hand = np.log([whole[0] / 2, whole[1] / whole[0], whole[2] / whole[1]])
    assert found.scores == pytest.approx(by_hand, abs=0.02)
    third = quad(lambda w: chance(w) ** 3, 0, 2)[0] / whole[1]
    assert found.ahead[0][1] == pytest.approx([whole[0] / 2, whole[1] / whole[0], third], abs=0.01)


def test_scores_sum_to_the_evidence_of_the_whole_record():
    found = fit(TWO, record(), 4000, rng())
    draws = TWO.box.at(rng(9).random((40_000, TWO.size)))
    logs = log_probability(TWO, draws, record(), 1, 12)[0].sum(axis=1)
    assert found.scores.sum() == found.evidence
    assert found.evidence == pytest.approx(float(np.log(np.exp(logs).mean())), abs=0.15)


def test_a_record_that_says_nothing_leaves_the_ranges_as_they_were():
    seen = Observed((np.full((3, 10), 1 / 3), np.full((2, 10), 1 / 2)), np.full((1, 1, 10), 0.5))
    found = fit(TWO, seen, 3000, rng())
    places = (found.parameters - TWO.box.low) / (TWO.box.high - TWO.box.low)
    assert found.scores == pytest.approx(np.full(9, np.log(1 / 6)), abs=1e-12)
    assert places.mean(axis=0) == pytest.approx(0.5, abs=0.03)
    assert places.std(axis=0) == pytest.approx(12**-0.5, abs=0.02)
    assert found.effective == 3000
    assert found.error == 0


def test_of_a_move_that_never_changes_only_that_it_pays_is_learnt():
    """Of an agent that always did the same, another's aims stay as they were."""
    seen = record()
    steady = Observed((np.eye(3)[[2] * 12].T, np.full((2, 12), 0.5)), seen.drivers)
    apart = game(
        {"AAA.help": 3, "BBB.lean": 2},
        [("AAA.calm", {"AAA.help": "high"}, (0.2, 1.0), None), ("BBB.pride", {"BBB.lean": "mid"}, (-0.6, 0.6), None)],
        weight=(0.2, 2.0),
        precision=(0.5, 4.0),
    )
    found = fit(apart, replace(steady, drivers=np.zeros((0, 1, 12))), 3000, rng())
    places = (found.parameters - apart.box.low) / np.maximum(apart.box.high - apart.box.low, 1e-12)
    means = dict(zip(apart.box.names, places.mean(axis=0), strict=True))
    assert means["weight AAA.calm"] > 0.6
    assert means["precision AAA"] > 0.6
    assert means["weight BBB.pride"] == pytest.approx(0.5, abs=0.04)
    assert means["effect 1"] == pytest.approx(0.5, abs=0.04)


def test_parameters_stay_in_their_ranges_and_points_stay_points():
    box = TWO.box.with_ranges({"weight AAA.calm": (1.3, 1.3), "precision BBB": (0.7, 0.9)})
    found = fit(TWO, record(), 500, rng(), box)
    assert box.holds(found.parameters).all()
    assert found.parameters.shape == (500, TWO.size)


def test_seeds_change_the_evidence_by_less_than_a_fifth():
    found = [fit(TWO, record(16), 3000, rng(seed)) for seed in range(3)]
    evidence = [one.evidence for one in found]
    assert max(evidence) - min(evidence) < 0.2
    assert max(one.error for one in found) < 0.1


def test_a_record_of_the_models_own_is_told_from_one_of_others():
    """A hundred periods of what one agent did, told of the other."""
    both = game(
        {"AAA.help": 2, "BBB.lean": 2},
        [("AAA.calm", {"AAA.help": "mid"}, (0.5, 1.0), None), ("BBB.pride", {"BBB.lean": "mid"}, (-1.0, -0.5), None)],
        precision=2.0,
    )
    seen = sure([1, 1, 1, 0] * 10, [0, 0, 1, 0] * 10, of=(2, 2))
    true, shuffled = (fit(both, one, 500, rng()).evidence for one in (seen, seen.shuffled((1, 0))))
    assert true > shuffled + 10


def test_the_first_period_is_given_not_forecast():
    seen = record()
    assert len(fit(TWO, seen, 200, rng()).scores) == 11
    assert len(frequencies(seen)) == 11


@pytest.mark.parametrize("at_once", [1, 3_000, 40_000])
def test_blocks_of_draws_give_the_numbers_of_all_at_once(monkeypatch, at_once):
    draws = TWO.box.at(rng().random((90, TWO.size)))
    whole, solved = log_probability(TWO, draws, record(), 1, 12)
    monkeypatch.setattr(fitting, "_AT_ONCE", at_once)
    found, parts = log_probability(TWO, draws, record(), 1, 12)
    assert found == pytest.approx(whole, abs=1e-9)
    assert parts.turned.shape == solved.turned.shape == (90, 11)
    for mine, theirs in zip(parts.chances, solved.chances, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-9)


def test_blocks_are_the_smaller_the_larger_the_game(monkeypatch):
    sizes: list[int] = []

    def counted(it: Game, parameters: Floats, context: Context) -> Payoffs:
        sizes.append(len(parameters))
        return payoffs_of(it, parameters, context)

    monkeypatch.setattr(fitting, "payoffs_of", counted)
    monkeypatch.setattr(fitting, "_AT_ONCE", 7 * 11 * 25)
    log_probability(TWO, TWO.box.at(rng().random((60, TWO.size))), record(), 1, 12)
    assert sizes == [25, 25, 10]  # five levels and two pairs of them, in eleven periods
