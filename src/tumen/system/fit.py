"""What the record says of the parameters: period after period, with what each period was forecast to be before it.

Sequential Monte Carlo over the periods (Chopin 2002, doi:10.1093/biomet/89.3.539), tempered inside a period that says
much, so that the draws stay many: where they would become too few they are resampled and moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.game import Context, Game, Ranges, payoffs_of
from tumen.system.solver import FOLLOWED, Solved, draws_together, solve

#: Share of draws that have to count while a period is taken in, and below which they are resampled after it.
_LEAST, _FEW = 0.3, 0.5

#: Most numbers that the payoffs of draws solved at once may have.
_AT_ONCE = 4_000_000

#: Moves after each resampling, and shares of parameters that are drawn anew in one.
_MOVES = ((0.3, 1.0), (0.12, 1.0), (0.5, 0.2), (0.12, 1.0))


@dataclass(frozen=True)
class Observed:
    """What was seen of the agents.

    Args:
        coded: of each agent, how probable each level is by the coders; shape (levels, periods).
        drivers: shape (drivers, 1, periods).
    """

    coded: tuple[Floats, ...]
    drivers: Floats

    @property
    def periods(self) -> int:
        """How many there are."""
        return int(self.drivers.shape[2])

    def context(self, first: int, last: int) -> Context:
        """What moved agents in some periods after the first of all, half-open.

        Which level was the last is known as far as the coders know it; habit is reckoned with its mean.
        """
        before = tuple(one[:, None, first - 1 : last - 1] for one in self.coded)
        return Context(self.drivers[:, :, first:last], before)

    def shuffled(self, order: Sequence[int]) -> Observed:
        """The same with what was seen of one agent told of another; see the tests of identification."""
        return Observed(tuple(self.coded[n] for n in order), self.drivers)


@dataclass(frozen=True)
class Fit:
    """Parameters after the record.

    Args:
        parameters: draws, shape (draws, parameters), each as probable as another.
        scores: of each period after the first, the logarithm of how probable it was by those before it.
        ahead: of each agent, how probable each level was by the periods before; shape (levels, periods - 1).
        error: how far the logarithm of the evidence may be off by the luck of the draws, a standard error.
        effective: how many of the draws counted, where they were fewest; what is drawn after that is not more certain.
        turned: the share of games whose branch turned back; see `tumen.system.solver`.
        residual: how far any equilibrium was from exact.
    """

    parameters: Floats
    scores: Floats
    ahead: tuple[Floats, ...]
    error: float
    effective: int
    turned: float
    residual: float

    @property
    def evidence(self) -> float:
        """The logarithm of how probable the whole record was, the first period given."""
        return float(self.scores.sum())


def log_probability(game: Game, parameters: Floats, seen: Observed, first: int, last: int) -> tuple[Floats, Solved]:
    """How probable what was seen in some periods is, as logarithms.

    Returns: shape (draws, periods), and the equilibria behind it.
    """
    context, size = seen.context(first, last), _block(game, last - first)
    parts = [parameters[n : n + size] for n in range(0, len(parameters), size)]
    solved = draws_together([solve(payoffs_of(game, part, context), followed=FOLLOWED) for part in parts])
    total = np.zeros((len(parameters), last - first))
    for agent, chances in enumerate(solved.chances):
        total += np.log(np.einsum("ldt,lt->dt", chances, seen.coded[agent][:, first:last]))
    return total, solved


def _block(game: Game, periods: int) -> int:
    """How many draws are solved at once, so that memory stays bounded."""
    pairs = {(term.agent, term.level, term.other, term.other_level) for term in game.terms if term.other is not None}
    return max(1, _AT_ONCE // (periods * (sum(game.levels) + len(pairs))))


def fit(game: Game, seen: Observed, draws: int, rng: np.random.Generator, box: Ranges | None = None) -> Fit:
    """Parameters as probable as ranges and record make them, and a forecast's score for each period.

    Args:
        draws: how many to keep.
        box: ranges of the parameters, where not the game's own.
    """
    ranges = box or game.box
    particles = _Particles(rng.random((draws, game.size)), np.zeros((draws, seen.periods - 1)), np.zeros(draws))
    scores, turned, residual, fewest, variance = [], 0.0, 0.0, 1.0, 0.0
    ahead: list[list[Floats]] = [[] for _ in game.agents]
    for period in range(1, seen.periods):
        new, solved = log_probability(game, ranges.at(particles.places), seen, period, period + 1)
        particles.logs[:, period - 1] = new[:, 0]
        turned, residual = max(turned, float(solved.turned.mean())), max(residual, solved.residual)
        shares = _shares(particles.weights)
        for agent, chances in enumerate(solved.chances):
            ahead[agent].append(chances[:, :, 0] @ shares)
        score, particles, counted = _taken_in(game, seen, ranges, particles, period, rng)
        scores.append(score)
        fewest, variance = min([fewest, *counted]), variance + _variance(counted, draws)
    left = _counting(particles.weights)
    error = float(np.sqrt(variance + _variance([left], draws)))
    last = _shaken(game, seen, ranges, _resampled(particles, rng), np.ones(seen.periods - 1), rng)
    return Fit(
        ranges.at(last.places),
        np.array(scores),
        tuple(np.stack(one, axis=1) for one in ahead),
        error,
        int(min(fewest, left) * draws),
        turned,
        residual,
    )


def _shares(logs: Floats) -> Floats:
    """Shares of one, by the logarithms of weights."""
    weights = np.exp(logs - logs.max())
    shares: Floats = weights / weights.sum()
    return shares


def _variance(counted: Sequence[float], draws: int) -> float:
    """What resamplings add to the variance of the logarithm of the evidence, by the share of draws that counted."""
    return sum(1.0 / share - 1.0 for share in counted) / draws


@dataclass(frozen=True)
class _Particles:
    """Draws on their way through the record.

    Args:
        places: in the ranges, shape (draws, parameters).
        logs: how probable each period was, shape (draws, periods after the first).
        weights: logarithms of how much each counts, shape (draws,).
    """

    places: Floats
    logs: Floats
    weights: Floats


def _taken_in(
    game: Game, seen: Observed, ranges: Ranges, held: _Particles, period: int, rng: np.random.Generator
) -> tuple[float, _Particles, list[float]]:
    """Take in one period: its score, the draws after it, and the share of them that counted at each resampling."""
    taken, score = 0.0, 0.0
    counted: list[float] = []
    while taken < 1.0:
        new = held.logs[:, period - 1]
        more = _as_much(held.weights, new, 1.0 - taken)
        after = held.weights + more * new
        score += _log_mean(after) - _log_mean(held.weights)
        taken = min(1.0, taken + more)
        held = replace(held, weights=after)
        if taken < 1.0 or _counting(after) < _FEW:
            counted.append(_counting(after))
            powers = np.append(np.ones(period - 1), taken)
            held = _shaken(game, seen, ranges, _resampled(held, rng), powers, rng)
    return score, held, counted


def _as_much(weights: Floats, logs: Floats, left: float) -> float:
    """How much of a period can be taken in before too few draws count: an exponent, at most what is left."""
    if _counting(weights + left * logs) >= _LEAST:
        return left
    low, high = 0.0, left
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _counting(weights + middle * logs) >= _LEAST else (low, middle)
    return max(low, left / 1000)


def _log_mean(logs: Floats) -> float:
    """The logarithm of a mean, of logarithms."""
    return float(np.log(np.exp(logs - logs.max()).mean()) + logs.max())


def _counting(logs: Floats) -> float:
    """The effective share of draws with some logarithms as weights."""
    return min(1.0, float(1.0 / (_shares(logs) ** 2).sum() / len(logs)))


def _resampled(held: _Particles, rng: np.random.Generator) -> _Particles:
    """Draws each as often as its weight says; systematic (Kitagawa 1996, doi:10.2307/1390750)."""
    draws = len(held.weights)
    points = (np.arange(draws) + rng.random()) / draws
    kept = np.minimum(np.searchsorted(np.cumsum(_shares(held.weights)), points), draws - 1)
    return _Particles(held.places[kept], held.logs[kept], np.zeros(draws))


def _shaken(
    game: Game, seen: Observed, ranges: Ranges, held: _Particles, powers: Floats, rng: np.random.Generator
) -> _Particles:
    """Move each draw some times, so that those which were copied part again (Metropolis).

    Args:
        powers: how far each period counts.
    """
    places, logs, last = held.places, held.logs.copy(), len(powers) + 1
    for share, width in _MOVES:
        moved = np.where(rng.random(places.shape) < share, _near(places, width, rng), places)
        new = log_probability(game, ranges.at(moved), seen, 1, last)[0]
        better = (new - logs[:, : last - 1]) @ powers
        taken = np.log(rng.random(len(places))) < better
        places = np.where(taken[:, None], moved, places)
        logs[taken, : last - 1] = new[taken]
    return _Particles(places, logs, held.weights)


def _near(places: Floats, width: float, rng: np.random.Generator) -> Floats:
    """Places drawn anew, at most so far away; those beyond an end come back from it."""
    if width >= 1.0:
        return rng.random(places.shape)
    moved = np.abs(places + width * (2 * rng.random(places.shape) - 1))
    found: Floats = np.where(moved > 1.0, 2.0 - moved, moved)
    return found
