"""Draws of the excess of identical votes that three actors have: roll calls resampled, and fitted anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tumen.measure.draws import stream
from tumen.measure.estimate import Draws
from tumen.measure.setting import Setting
from tumen.votes.assembly import YEAR_DRAWS
from tumen.votes.loglinear import PATTERNS, Tables, alike, fit_pairs, share

Codes = NDArray[np.int64]


def counts_of(patterns: Codes) -> Tables:
    """How often each pattern occurs, shape (81, n), from patterns of shape (n, roll calls)."""
    n = patterns.shape[0]
    offset = patterns + len(PATTERNS) * np.arange(n)[:, None]
    counts = np.bincount(offset[patterns >= 0], minlength=len(PATTERNS) * n)
    return counts.reshape(n, len(PATTERNS)).T.astype(float)


def _kinds(patterns: Codes, symbols: Sequence[str]) -> tuple[Codes, Tables, Codes]:
    """Resolutions by how they were voted on.

    Returns: the patterns that occur; how often each occurs on a resolution, a row a kind of resolution; how many
        resolutions are of each kind.
    """
    voted = patterns >= 0
    _, which = np.unique(np.array(symbols)[voted], return_inverse=True)
    there, column = np.unique(patterns[voted], return_inverse=True)
    counts = np.zeros((int(which.max()) + 1, len(there)))
    np.add.at(counts, (which, column), 1.0)
    kinds, times = np.unique(counts, axis=0, return_counts=True)
    return there, kinds, times


def resampled(patterns: Codes, symbols: Sequence[str], draws: int, rng: np.random.Generator) -> Tables:
    """Tables resampled by a Bayesian bootstrap over resolutions: all roll calls on one have one weight.

    Resolutions that were voted on alike share a Gamma variate, the sum of their unit exponentials.

    Returns: weights of patterns, shape (81, draws).

    Source: Rubin (1981), doi:10.1214/aos/1176345338.
    """
    there, kinds, times = _kinds(patterns, symbols)
    tables = np.zeros((len(PATTERNS), draws))
    for kind, weights in zip(kinds, rng.standard_gamma(times[:, None], (len(times), draws)), strict=True):
        for at in np.flatnonzero(kind):
            tables[there[at]] += kind[at] * weights
    return tables


def excess_draws(tables: Tables, fit: Tables, answer: int | None) -> Draws:
    """Excess of identical votes in resampled tables; each fit starts from that of the votes as they were cast.

    Args:
        tables: shape (81, n).
        fit: of the votes as cast, shape (81,).

    Limits: twenty cycles leave an excess exact to about 0.001 and its quantiles to about 0.0001. Draws scatter too
        little; see `widened`.
    """
    single = tables.astype(np.float32)
    start = np.repeat(fit[:, None], single.shape[1], axis=1)
    wanted = alike(answer)
    return share(single, wanted) - share(fit_pairs(single, start, 20), wanted)


def resolutions(patterns: Codes, symbols: Sequence[str]) -> int:
    """On how many resolutions all four voted."""
    return len({symbol for symbol, there in zip(symbols, patterns >= 0, strict=True) if there})


def jackknife_error(patterns: Codes, symbols: Sequence[str], fit: Tables, answer: int | None) -> float:
    """Standard error of an excess, from leaving out one resolution after another; 0 where there is but one.

    Args:
        fit: where fits start, of the votes as cast, shape (81,).

    Source: Tukey's jackknife; Efron & Stein (1981), doi:10.1214/aos/1176345462: it errs toward being too wide.
    """
    there, kinds, times = _kinds(patterns, symbols)
    count = int(times.sum())
    if count < 2:
        return 0.0
    tables = np.zeros((len(PATTERNS), len(times)))
    tables[there] = (times @ kinds)[:, None] - kinds.T
    start, wanted = np.repeat(fit[:, None], len(times), axis=1), alike(answer)
    without = share(tables, wanted) - share(fit_pairs(tables, start, 40), wanted)
    apart = without - times @ without / count
    return float(np.sqrt((count - 1) / count * (times @ apart**2)))


def widened(draws: Draws, error: float) -> Draws:
    """Draws spread about their mean to a standard error, where theirs is less.

    The pairs are fitted to the votes whose excess is asked for: each vote draws the fit toward itself, so that
    resampled excesses scatter too little, the more so the fewer the votes for each pair of answers. What is left out
    draws nothing.

    Source: MacKinnon & White (1985), doi:10.1016/0304-4076(85)90158-7, for the same of a regression, where the
        jackknife's errors hold best.

    Example:
        >>> widened(np.array([0.0, 2.0]), 1.5).tolist(), widened(np.array([0.0, 2.0]), 0.5).tolist()
        ([-0.5, 2.5], [0.0, 2.0])
    """
    middle, spread = draws.mean(), draws.std()
    return middle + (draws - middle) * (error / spread) if spread < error else draws


def draws_of(
    parts: Mapping[str, Codes], symbols: Sequence[str], fit: Tables, answer: int | None, setting: Setting
) -> Mapping[str, Draws]:
    """Draws of the excess of all the votes, which no name stands for, and of each year's."""
    tables = [
        resampled(part, symbols, YEAR_DRAWS, stream(setting, "three-way", year))
        if year
        else resampled(part, symbols, setting.draws, stream(setting, "three-way"))
        for year, part in parts.items()
    ]
    ends = np.cumsum([table.shape[1] for table in tables])[:-1]
    each = np.split(excess_draws(np.concatenate(tables, axis=1), fit, answer), ends)
    errors = [jackknife_error(part, symbols, fit, answer) for part in parts.values()]
    return {year: widened(drawn, error) for year, drawn, error in zip(parts, each, errors, strict=True)}
