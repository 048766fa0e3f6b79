"""Counts of how four actors answered, the log-linear model of their pairs, and what lies beyond it.

A *pattern* numbers the answers of four actors, 0 to 80: three answers each, the last actor's running fastest.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: How many answers there are: yes, abstained, no.
ANSWERS = 3

#: Answers of the four actors in every pattern.
PATTERNS: NDArray[np.int64] = np.array(list(np.ndindex(*(ANSWERS,) * 4)), dtype=np.int64)

#: Weights of patterns, shape (patterns, n): a column is one table.
Tables = NDArray[Any]

#: How much likelier an identical answer is, as a logarithm, in a start that searches an end of the room.
_TILT = 12.0

#: The same where an end is sought that nothing passes, step by step, and how often the margins are fitted at each.
_TILTS = ((12.0, 60), (50.0, 60), (200.0, 120))


def possible(counts: Tables) -> NDArray[np.bool_]:
    """The patterns that the model gives any weight: those of which every pair of answers was seen.

    Args:
        counts: of one table, shape (81,).
    """
    seen = np.ones(len(PATTERNS), dtype=bool)
    for one, other in combinations(range(4), 2):
        pair = PATTERNS[:, one] * ANSWERS + PATTERNS[:, other]
        seen &= np.bincount(pair, counts, ANSWERS**2)[pair] > 0
    return seen


def fit_pairs(tables: Tables, start: Tables, cycles: int) -> Tables:
    """Expected tables under the log-linear model with all two-way terms and none beyond, by proportional fitting.

    Args:
        tables: weights of patterns, shape (81, n).
        start: where to start, of the same shape. Ones where a pattern is possible, or the fit of another table,
            lead to the model; any other start keeps its own interactions beyond the pairs.
        cycles: how many times all six margins are fitted in turn.

    Returns: tables whose two-way margins are those of `tables`.

    Source: Deming and Stephan (1940), doi:10.1214/aoms/1177731829; Bishop, Fienberg and Holland, Discrete
        Multivariate Analysis (1975), chapter 3.

    Example:
        >>> votes = np.zeros((81, 1)); votes[[0, 40, 80], 0] = 3, 1, 2
        >>> fit_pairs(votes, np.ones_like(votes), 50)[[0, 40, 80], 0].round(6).tolist()
        [3.0, 1.0, 2.0]
    """
    shape = (ANSWERS,) * 4 + tables.shape[1:]
    others = [tuple(a for a in range(4) if a not in pair) for pair in combinations(range(4), 2)]
    margins = [tables.reshape(shape).sum(axis=axes, keepdims=True) for axes in others]
    fitted = np.array(start, dtype=tables.dtype).reshape(shape)
    for _ in range(cycles):
        for axes, margin in zip(others, margins, strict=True):
            here = fitted.sum(axis=axes, keepdims=True)  # not as a product of matrices, which would start threads
            fitted *= np.divide(margin, here, out=np.zeros_like(margin), where=here > 0)
    return fitted.reshape(tables.shape)


def alike(answer: int | None = None) -> NDArray[np.bool_]:
    """Which patterns have the same answer of the first three, or one given answer; shape (81,).

    Example:
        >>> int(alike().sum()), int(alike(0).sum())
        (9, 3)
    """
    same = (PATTERNS[:, 0] == PATTERNS[:, 1]) & (PATTERNS[:, 1] == PATTERNS[:, 2])
    found: NDArray[np.bool_] = same if answer is None else same & (PATTERNS[:, 0] == answer)
    return found


def share(tables: Tables, wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Share that the wanted patterns have of each table."""
    found: NDArray[np.float64] = tables[wanted].sum(axis=0, dtype=float) / tables.sum(axis=0, dtype=float)
    return found


def fit_and_room(counts: Tables, answer: int | None) -> tuple[Tables, float, float]:
    """The model's fit of one table, and the least and greatest excess that other votes with its pairs could have.

    The ends are found by proportional fitting, too, from starts that avoid identical answers and favour them.

    Args:
        counts: shape (81,).

    Returns: the fit, shape (81,); the least excess and the greatest, both shares of the table.

    Limits: the room found is a little narrower than the true one, as the start is tilted by a finite factor.
        tests/reference compares it with linear programming.
    """
    wanted = alike(answer)
    start = np.exp(np.outer(wanted, [0.0, -_TILT, _TILT])) * possible(counts)[:, None]
    three = fit_pairs(np.repeat(counts[:, None], 3, axis=1).astype(float), start, 120)
    middle, least, greatest = share(three, wanted)
    return three[:, 0], float(least - middle), float(greatest - middle)


def passed_by_none(counts: Tables, answer: int | None) -> tuple[float, float]:
    """Two shares of identical answers between which those of all tables with the same pairs lie, without exception.

    A table that proportional fitting made of a tilted start is exp(tilt · identical - terms of pairs). So the terms,
    over the tilt, are as large as `identical` in every pattern, but for the table's own logarithm; and their mean is
    the same in every table with these pairs. It bounds the share of identical answers in all of them (weak duality of
    linear programming), however well the fit has converged.

    Args:
        counts: shape (81,).

    Returns: the least and the greatest, shares of the table.

    Source: Fang, Rajasekera and Tsao, Entropy Optimization and Mathematical Programming (1997), chapter 3.

    Limits: further apart than the true ends by up to a point; tests/reference compares them with linear programming.
    """
    seen = counts > 0
    weights = counts[seen] / counts.sum()
    ends = []
    for sign in (-1.0, 1.0):
        wanted = sign * alike(answer)
        logs = np.where(possible(counts), wanted, -np.inf)
        before = 1.0
        for tilt, cycles in _TILTS:
            start = np.exp((tilt / before) * (logs - logs.max()))
            fitted = fit_pairs(counts[:, None].astype(float), start[:, None], cycles)[:, 0]
            with np.errstate(divide="ignore"):
                logs, before = np.log(fitted), tilt
        ends.append(sign * float(weights @ (wanted[seen] - (logs[seen] - logs.max()) / before)))
    return ends[0], ends[1]
