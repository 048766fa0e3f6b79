"""What a record of words cannot show: remarks that nobody noted, and how far what was said together is one voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log

import numpy as np

from tumen.measure.draws import standard_normals
from tumen.measure.estimate import Bound, Draws, Lever
from tumen.measure.setting import Setting
from tumen.measure.units import RATIO
from tumen.record.read import Record
from tumen.words.statements import Remark

#: Standard deviation of the logarithm of the odds with which a convenience record notes one kind of remark rather
#: than another: in two of three records they differ by no more than a factor of two. Our convention.
SELECTION = log(2.0)

NOTED = Lever(
    name="noted",
    unit=RATIO,
    low=0.05,
    high=20.0,
    baseline=None,
    tolerance=1e-3,
    label="how much likelier a remark of the kinds counted was to be noted than another",
)


def at_least(record: Record, table: str) -> frozenset[Bound]:
    """Whether counts of a table say only what there was at least: always, unless it holds all."""
    return frozenset() if record.covers(table) == "exhaustive" else frozenset({"lower"})


def noted_draws(record: Record, table: str, setting: Setting, *key: str) -> Draws:
    """How many times likelier one kind was to be noted than another, in each draw; 1 unless somebody chose.

    Returns: log-normal with median 1 for a convenience record; ones for all others, whose rows were not chosen by
        what they say.

    Source: Lash, Fox & Fink (2009), doi:10.1007/978-0-387-87959-8, chapter 4, for selection as a
        factor on odds, drawn where it is not known. Its width is our convention, `SELECTION`.
    """
    if record.covers(table) != "convenience":
        return np.ones(setting.draws)
    return np.exp(SELECTION * standard_normals(setting, "noted", *key))


def effective_number(sizes: Iterable[float]) -> float:
    """How many independent observations clusters amount to, each cluster being one voice.

    Args:
        sizes: the number of observations in each cluster.

    Returns: the number of clusters where all are of one size, fewer where a few of them hold most.

    Source: Kish (1965), Survey Sampling, with an intraclass correlation of one; as the effective sample size of
        Korn & Graubard (1998), Survey Methodology 24, 193-201.

    Example:
        >>> effective_number([1, 1, 1]), effective_number([2, 2]), round(effective_number([8, 1, 1]), 2)
        (3.0, 2.0, 1.52)
    """
    known = np.fromiter(sizes, dtype=float)
    return float(known.sum() ** 2 / (known**2).sum()) if known.size else 0.0


def independent(remarks: Iterable[Remark], renderings: bool = False) -> float:
    """How many independent observations some remarks amount to; those of one briefing count as one.

    Args:
        renderings: whether each rendering of a remark is counted apart.
    """
    sizes: Counter[str] = Counter()
    for remark in remarks:
        sizes[remark.briefing] += len(remark.renderings) if renderings else 1
    return effective_number(sizes.values())
