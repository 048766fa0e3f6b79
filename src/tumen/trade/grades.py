"""What the record's own publishers say of how far their figures are off, beside what their sources' grades say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.case.error_parts import TableErrors
from tumen.measure.arrays import Floats
from tumen.measure.setting import Grading
from tumen.trade.like_for_like import Comparable, Likes, Pair, pairs_of
from tumen.trade.partial_pooling import Pooled, pooled

#: Of how many standard deviations a median of absolute normal errors is.
_MEDIAN = 0.6745


@dataclass(frozen=True)
class Spread:
    """How far pairs of figures lie apart.

    Args:
        pairs: how many.
        beyond: share that differ by more than the central 90 per cent of what their grades allow; 0.1 are expected.
        robust: relative error of one figure that the median difference implies.
        root_mean_square: that which the mean of the squared differences implies.
    """

    pairs: int
    beyond: float
    robust: float
    root_mean_square: float


@dataclass(frozen=True)
class FittedErrors:
    """What is fitted to the figures of one maker for trade between two, or for one flow of it.

    Args:
        name: of the maker.
        territory, partner: whose trade with whom.
        flow: which of it; empty: all that is printed.
        figures, pairs: like for like.
        bias, noise: the errors to be expected, as standard deviations of the logarithm.
        effect: of one flow: by how much its logarithm lies above the others', as far as they say; else None.
        graded: relative error that its sources' grades add.
    """

    name: str
    territory: str
    partner: str
    flow: str
    figures: int
    pairs: int
    bias: float
    noise: float
    graded: float
    effect: float | None = None


@dataclass(frozen=True)
class FittedGrades:
    """The fit of a record.

    Args:
        printed: all pairs of publishers that print the same; `totals` those of exports and imports together.
        like: those that are like for like.
        bias, noise: of all makers together; None where the record cannot tell the two apart.
        relations, flows: by maker and whose trade with whom, and by flow too.
    """

    printed: Spread | None
    totals: Spread | None
    like: Spread | None
    bias: float | None
    noise: float | None
    relations: tuple[FittedErrors, ...] = ()
    flows: tuple[FittedErrors, ...] = ()


def grades_of(figures: Sequence[Comparable], errors: TableErrors, grading: Grading) -> FittedGrades:
    """Fit a lasting bias of each publisher's flow, and a noise of each figure, to what several publishers print.

    Args:
        figures: of whatever two or more publishers print.
        errors: how some of them differ from others, and who repeats whom.
        grading: what their sources' grades add.

    Limits: What all publishers get wrong alike is not seen. A noise holds the rounding of what is printed. The errors
        of a maker of whom little is printed are nearly those of all makers.
    """
    likes = Likes(errors)
    like = likes.of(figures)
    everything, pairs = pairs_of(figures, grading), pairs_of(like, grading, likes.thing)
    spreads = (_spread(everything), _spread([p for p in everything if p.one.flow == "total"]), _spread(pairs))
    flows = [(likes.maker(f), f.territory, f.partner, f.flow) for f in like]
    logs = [float(np.log(f.value_usd)) for f in like]
    found = pooled(logs, _numbers([likes.thing(f) for f in like]), _numbers(flows)) if like else None
    if found is None:
        return FittedGrades(*spreads, None, None)
    table = _Table(like, flows, pairs, found, grading)
    relations = tuple(table.of(*of) for of in sorted({flow[:3] for flow in flows}))
    return FittedGrades(
        *spreads, found.bias, found.noise, relations, tuple(table.of(*flow) for flow in sorted(set(flows)))
    )


def _numbers(names: Sequence[object]) -> list[int]:
    """Names numbered as they come."""
    number: dict[object, int] = {}
    return [number.setdefault(name, len(number)) for name in names]


def _spread(pairs: Sequence[Pair]) -> Spread | None:
    if not pairs:
        return None
    apart = np.array([abs(p.apart) for p in pairs])
    return Spread(
        len(pairs),
        float(np.mean([p.beyond for p in pairs])),
        float(np.median(apart) / _MEDIAN / np.sqrt(2)),
        _root(apart**2 / 2),
    )


def _root(squares: Floats) -> float:
    return float(np.sqrt(np.mean(squares)))


@dataclass(frozen=True)
class _Table:
    """Rows of the table, by maker and flow."""

    like: Sequence[Comparable]
    flows: Sequence[tuple[str, str, str, str]]
    pairs: Sequence[Pair]
    found: Pooled
    grading: Grading

    def of(self, name: str, territory: str, partner: str, flow: str = "") -> FittedErrors:
        """The row of a maker's figures for trade between two, or for one flow of it."""
        asked = (name, territory, partner, flow)
        mine = [n for n, of in enumerate(self.flows) if of[: 4 if flow else 3] == asked[: 4 if flow else 3]]
        numbers = _numbers(self.flows)
        own = sorted({numbers[n] for n in mine})
        sides = Counter(id(f) for p in self.pairs for f in (p.one, p.other))
        return FittedErrors(
            *asked,
            len(mine),
            sum(sides[id(self.like[n])] for n in mine),
            _root(self.found.bias_squares[own]),
            _root(self.found.noise_squares[mine]),
            _root(np.array([self.like[n].error(self.grading) ** 2 for n in mine])),
            float(self.found.effects[own[0]]) if flow else None,
        )
