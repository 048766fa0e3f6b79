"""What may be moved under a verdict: the scale of all errors, the levers of a measure, the bounds of the claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from tumen.case.model import Region
from tumen.judge.chance import Chance, chance_under
from tumen.measure.estimate import Estimate, Lever, SpecificationRun
from tumen.measure.units import TIMES

#: All errors together, a lever of every measure.
ERRORS = Lever(
    name="error_scale",
    unit=TIMES,
    low=0.1,
    high=10.0,
    baseline=1.0,
    tolerance=0.005,
    label="the errors taken here",
)

#: The names of the levers that a region's bounds are.
BOUND, LOWER_BOUND, UPPER_BOUND = "bound", "lower bound", "upper bound"
BOUNDS = (BOUND, LOWER_BOUND, UPPER_BOUND)

#: How exactly a bound is placed, as a share of the range in which it is looked for.
_EXACT = 1e-5


#: More than this share of draws on a bound are many.
_ON_BOUND = 0.05


@dataclass(frozen=True)
class Movable:
    """Something that may be moved under a verdict.

    Args:
        baselines: where it stands now, by each way to count that has it.
        chance: P(claim) in a way to count, by its id, with what is moved at a value.
        apart: whether it is worth moving in each way to count apart.
    """

    lever: Lever
    baselines: Mapping[str, float]
    chance: Callable[[str, float], Chance]
    apart: bool = False


def errors(estimate: Estimate, region: Region) -> list[Movable]:
    """The scale of all errors: how far each draw lies from the median of its way to count, times a factor.

    Returns: nothing where many draws stand on a bound of the claim, as means of a few levels do: a factor next to one
        would move all of them off it.
    """
    runs = {run.id: run for run in estimate.ran}
    if any(np.isin(run.draws, region.bounds).mean() > _ON_BOUND for run in runs.values()):
        return []
    middles = {name: float(np.median(run.draws)) for name, run in runs.items()}

    def chance(way: str, scale: float) -> Chance:
        drawn = middles[way] + scale * (runs[way].draws - middles[way])
        return chance_under(runs[way], region, drawn)

    return [Movable(ERRORS, dict.fromkeys(runs, 1.0), chance)]


def levers(estimate: Estimate, region: Region) -> list[Movable]:
    """The levers of the measure, in ways to count that have them."""
    runs = {run.id: run for run in estimate.ran}

    def movable(lever: Lever) -> Movable:
        having = {name: run.baselines[lever.name] for name, run in runs.items() if lever.name in run.baselines}
        return Movable(lever, having, cache(partial(_moved, runs, lever.name, region)), len(runs) > 1)

    return [one for lever in estimate.levers if (one := movable(lever)).baselines]


def _moved(runs: Mapping[str, SpecificationRun], lever: str, region: Region, way: str, value: float) -> Chance:
    return chance_under(runs[way], region, runs[way].moved(lever, value))


def bounds(estimate: Estimate, region: Region) -> list[Movable]:
    """The claim's own bounds, over the range in which draws lie: a verdict holds for any bound up to where it tips.

    Probabilities of the claim itself go with no bound.
    """
    runs = {run.id: run for run in estimate.ran}
    if any(run.probabilities for run in estimate.ran):
        return []
    found = []
    for place, stands in enumerate(region.bounds):
        low = min(stands, *(float(run.draws.min()) for run in runs.values()))
        high = max(stands, *(float(run.draws.max()) for run in runs.values()))
        if not np.isfinite(high - low) or high <= low:
            continue
        name = BOUND if len(region.bounds) == 1 else (LOWER_BOUND, UPPER_BOUND)[place]
        lever = Lever(
            name=name,
            unit=estimate.unit,
            low=low,
            high=high,
            baseline=stands,
            tolerance=_EXACT * (high - low),
            label=name,
        )
        found.append(Movable(lever, dict.fromkeys(runs, stands), partial(_bounded, runs, region, place)))
    return found


def _bounded(runs: Mapping[str, SpecificationRun], region: Region, place: int, way: str, value: float) -> Chance:
    return chance_under(runs[way], with_bound(region, place, value))


def with_bound(region: Region, place: int, value: float) -> Region:
    """A region with one of its bounds at another value.

    Example:
        >>> str(with_bound(Region(within=(1.0, 2.0)), 1, 3.0))
        'within 1 to 3'
    """
    (name,) = (n for n in ("above", "below", "within", "outside") if getattr(region, n) is not None)
    moved = tuple(value if n == place else bound for n, bound in enumerate(region.bounds))
    held: dict[str, Any] = {name: moved if len(moved) > 1 else value}
    return Region.model_construct(**held)  # not checked anew: a lever moves it thousands of times
