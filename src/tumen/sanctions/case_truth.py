"""Whether published cases are true: each with the chance of its source, those of one origin together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.measure.content import said
from tumen.measure.draws import standard_uniforms
from tumen.measure.estimate import Draws
from tumen.measure.setting import Setting
from tumen.record.read import Record

#: Chance that what a source says is true, by its credibility. Our convention: the scale is ordinal.
TRUTH: Mapping[str, float] = {"1": 0.98, "2": 0.90, "3": 0.75, "4": 0.50, "5": 0.20, "6": 0.50}


def existence(origins: Sequence[str], chances: Sequence[float]) -> float:
    """The probability that at least one case is true: one less the product, over origins, that all of one are false.

    Cases of one origin stand and fall together, so that an origin has the chance of its surest case; origins are
    independent. More cases, or another way to count some of them, can only raise it.

    Args:
        origins: what tells apart who first published each case.
        chances: that each is true, 0 to 1.

    Example:
        >>> existence(["a", "a", "b"], [0.5, 0.75, 0.5])
        0.875
    """
    surest: dict[str, float] = {}
    for origin, chance in zip(origins, chances, strict=True):
        surest[origin] = max(chance, surest.get(origin, 0.0))
    return 1.0 - prod(1.0 - chance for chance in surest.values())


def true_draws(origins: Sequence[str], chances: Sequence[float], setting: Setting) -> list[NDArray[np.bool_]]:
    """Draws of whether each case is true; those of one origin stand and fall together.

    Args:
        origins, chances: as in `existence`.

    Example:
        >>> one, other = true_draws(["a", "a"], [0.5, 0.5], Setting(100, 1))
        >>> bool((one == other).all())
        True
    """
    uniform = {name: standard_uniforms(setting, "case-truth", name) for name in sorted(set(origins))}
    return [uniform[origin] < chance for origin, chance in zip(origins, chances, strict=True)]


def case_draws(origins: Sequence[str], chances: Sequence[float], setting: Setting) -> Draws:
    """Draws of how many cases are true; those of one origin stand and fall together.

    Args:
        origins: what tells apart who first published each case.
        chances: that each is true, 0 to 1.

    Example:
        >>> sorted(set(case_draws(["a", "a"], [0.5, 0.5], Setting(100, 1)).tolist()))
        [0.0, 2.0]
    """
    drawn: Draws = np.sum([np.zeros(setting.draws), *true_draws(origins, chances, setting)], axis=0)
    return drawn


def origin_keys(rows: Sequence[Any], record: Record) -> dict[str, str]:
    """What tells each origin of some cases from the others: the first case it published, never what it is called.

    Origins whose first case is the same are numbered, in order of all that they published.

    Args:
        rows: each with its source, as a query of a table gives them.
    """
    told: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        source = record.sources[row.source]
        told[source.origin or source.id].append((*said(row), source.credibility))
    met: Counter[tuple[str, ...]] = Counter()
    found = {}
    for origin, cases in sorted(((o, sorted(c)) for o, c in told.items()), key=lambda pair: pair[1]):
        met[cases[0]] += 1
        found[origin] = "|".join((*cases[0], str(met[cases[0]])))
    return found
