"""The shape of three relations: Dittmer's types, structural balance, and the order of the dyads.

Closeness of the three dyads of actors A, B, C stands in the last axis of an array: A–B, A–C, B–C.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.measure.arrays import Floats

#: Dittmer's types by how many of the three relations are friendly.
TRIANGLE_TYPES = ("unit veto", "stable marriage", "romantic triangle", "ménage à trois")


def dyads_of(actors: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The three dyads in the order of an array's last axis."""
    return tuple(combinations(actors, 2))


def friendly(closeness: Floats, amity: float) -> NDArray[np.int64]:
    """How many of the three relations are friendly: closer than `amity`. An index of `TRIANGLE_TYPES`.

    Source: Dittmer (1981), doi:10.2307/2010133, for three of the types; Dittmer (1987), The Strategic Triangle: A
        Critical Review, in I. J. Kim (ed.), The Strategic Triangle, p. 34, for all four, with the unit veto.

    Example:
        >>> TRIANGLE_TYPES[int(friendly(np.array([0.9, 0.7, 0.2]), 0.5))]
        'romantic triangle'
    """
    return np.asarray((closeness > amity).sum(axis=-1))


def balanced(closeness: Floats, amity: float) -> NDArray[np.bool_]:
    """Whether the triangle is structurally balanced: the product of its three signs is positive.

    Source: Heider (1946), Journal of Psychology 21, 107-112; Cartwright and Harary (1956), doi:10.1037/h0046049.

    Example:
        >>> balanced(np.array([[0.9, 0.7, 0.6], [0.9, 0.7, 0.2], [0.9, 0.1, 0.2]]), 0.5).tolist()
        [True, False, True]
    """
    return np.asarray(friendly(closeness, amity) % 2 == 1)


def pivot(closeness: Floats, amity: float) -> NDArray[np.int64]:
    """The actor that stands apart from the other two: 0, 1 or 2; -1 where all relations are alike.

    In a romantic triangle it is the pivot, friendly with two that are not friends; in a stable marriage, the third
    party.

    Example:
        >>> pivot(np.array([[0.9, 0.7, 0.2], [0.9, 0.7, 0.6]]), 0.5).tolist()
        [0, -1]
    """
    signs = closeness > amity
    count = signs.sum(axis=-1)
    odd = np.where(count == 2, np.argmin(signs, axis=-1), np.argmax(signs, axis=-1))
    return np.asarray(np.where((count == 1) | (count == 2), 2 - odd, -1))


def shape_of(closeness: Floats, amity: float) -> NDArray[np.bool_]:
    """Type and order as six answers: which dyads are friendly, and which of each two is closer.

    Returns: two triangles have the same type, pivot and order exactly where all six are the same.
    """
    ahead = [closeness[..., a] > closeness[..., b] for a, b in combinations(range(3), 2)]
    return np.stack([*np.moveaxis(closeness > amity, -1, 0), *ahead], axis=-1)


def probabilities(closeness: Floats, amity: float, actors: Sequence[str]) -> dict[str, dict[str, float]]:
    """How probable each type (with its pivot), balance, and order of the dyads is.

    Args:
        closeness: draws, shape (n, 3).
        actors: the three, as the dyads stand.

    Returns: for "type", "balance" and "order", the probability of each that occurs, likeliest first.
    """
    names = ["–".join(pair) for pair in dyads_of(actors)]
    types = np.stack([friendly(closeness, amity), pivot(closeness, amity)], axis=-1)
    orders = np.argsort(-closeness, axis=-1, kind="stable")
    return {
        "type": {
            TRIANGLE_TYPES[k] + ("" if t < 0 else f", {'pivot' if k == 2 else 'third party'} {actors[t]}"): share
            for (k, t), share in _shares(types)
        },
        "balance": {"balanced" if b else "unbalanced": p for (b,), p in _shares(balanced(closeness, amity)[:, None])},
        "order": {" > ".join(names[n] for n in row): share for row, share in _shares(orders)},
    }


def _shares(rows: NDArray[Any]) -> list[tuple[list[int], float]]:
    """Each different row of numbers from -1 to 3 and its share of all, the commonest first, of two as common the
    first.
    """
    codes = ((rows + 1) * 5 ** np.arange(rows.shape[1])).sum(axis=1)
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    return [(rows[first[n]].tolist(), float(counts[n] / len(rows))) for n in np.lexsort((first, -counts))]
