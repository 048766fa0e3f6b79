"""Tipping points: how far a lever must move before a verdict changes, on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal

import numpy as np

from tumen.case.model import Region
from tumen.judge.chance import Chance, chance_in, share_in, weighed
from tumen.judge.likelihood_words import LikelihoodWords, Outcome
from tumen.measure.estimate import Draws, Estimate, Lever, SpecificationRun
from tumen.measure.units import SHARE, Unit

#: one half: the share of draws in the region crosses 0.5; words: its ICD 203 word changes; verdict:
#: supported, contradicted or undetermined changes. Where P(claim) is a range it has no words, and
#: the verdict is what the whole range says.
Crossing = Literal["one half", "words", "verdict"]

_STATES: dict[Crossing, Callable[[Chance], Hashable]] = {
    "one half": lambda chance: chance.share > 0.5,
    "words": lambda chance: chance.words,
    "verdict": lambda chance: chance.outcome,
}

#: Steps at which a lever's range is looked at on either side of its baseline, as shares of the way
#: to its end. Each is twice the one before, so that a near tipping point is not stepped over.
_STEPS = tuple(2.0**-n for n in range(20, -1, -1))


#: Draws of each specification, by id, as a function of one lever.
_Moved = Mapping[str, Callable[[float], Draws]]


@dataclass(frozen=True)
class TippingPoint:
    """Where a lever changes a verdict.

    Args:
        specification: id, or None for all together.
        baseline: where the lever stands; None overall, where specifications differ.
        value: the nearest at which it changes; None where none in [low, high] does.
        probability: P(claim) there; None where only a range is known.
        flips_to: the ICD 203 words there, where there is a probability.
        verdict: the outcome there.
    """

    lever: str
    label: str
    unit: Unit
    specification: str | None
    crossing: Crossing
    baseline: float | None
    low: float
    high: float
    value: float | None
    probability: float | None = None
    flips_to: LikelihoodWords | None = None
    verdict: Outcome | None = None


def nearest_change(
    state: Callable[[float], Hashable], baseline: float, low: float, high: float, tolerance: float
) -> float | None:
    """The value nearest to a baseline at which the state differs from that at the baseline.

    Args:
        state: of a lever's value.
        low, high: the range searched, on both sides of the baseline.
        tolerance: how exactly the change is placed; the value returned lies beyond it.

    Returns: None where the state stays the same at every step of the range.

    Limits: a change and its undoing between two steps is not seen; steps grow with the distance
        from the baseline, from a millionth of the range, or the tolerance, to half of it.

    Example:
        >>> round(nearest_change(lambda v: v > 7.5, 0.0, 0.0, 100.0, 0.001), 2)
        7.5
    """
    start = state(baseline)
    found: list[float] = []
    for end in (high, low):
        inside = baseline
        for step in _STEPS:
            beyond = baseline + (end - baseline) * step
            if beyond == inside:
                break
            if abs(beyond - baseline) < tolerance and step < 1:
                continue  # nearer than a change is placed
            if state(beyond) != start:
                found.append(_bisect(lambda v: state(v) == start, inside, beyond, tolerance))
                break
            inside = beyond
    return min(found, key=lambda v: abs(v - baseline), default=None)


def _bisect(same: Callable[[float], bool], inside: float, beyond: float, tolerance: float) -> float:
    """The edge between a value where `same` holds and one where it does not."""
    while abs(beyond - inside) > tolerance:
        middle = (inside + beyond) / 2
        if middle in (inside, beyond):
            break
        if same(middle):
            inside = middle
        else:
            beyond = middle
    return beyond


def tipping_points(estimate: Estimate, region: Region) -> tuple[TippingPoint, ...]:
    """Every tipping point: of each lever and of each specification's weight, overall and apart.

    Overall, a lever is set to the same value in every specification that has it.
    """
    points: list[TippingPoint] = []
    for lever in estimate.levers:
        having = [s for s in estimate.specifications if s.draws.size and lever.name in s.baselines]
        if not having:
            continue
        moved = _moved(estimate, lever.name)
        points += _overall(lever, having, moved, estimate, region)
        for run in having:

            def chance(value: float, run: SpecificationRun = run, moved: _Moved = moved) -> Chance:
                return chance_in(moved[run.id](value), run.bounds, region)

            points += _of_lever(lever, run.id, run.baselines[lever.name], chance)
    return (*points, *_of_weights(estimate, region))


def _moved(estimate: Estimate, lever: str) -> _Moved:
    """Each specification's draws as a function of a lever, computed once for each value."""
    ran = [s for s in estimate.specifications if s.draws.size]
    return {run.id: cache(partial(run.moved, lever)) for run in ran}


def _overall(
    lever: Lever, having: Sequence[SpecificationRun], moved: _Moved, estimate: Estimate, region: Region
) -> list[TippingPoint]:
    """The crossings of a lever in all specifications together."""
    ran = [s for s in estimate.specifications if s.draws.size]

    def chance(value: float) -> Chance:
        share = share_in(estimate.mixed(lambda run: moved[run.id](value)), region)
        if not any(s.bounds for s in ran):
            return Chance(share, share, share)
        return weighed(share, [(s.weight, chance_in(moved[s.id](value), s.bounds, region)) for s in ran])

    stands = {s.baselines[lever.name] for s in having}
    if len(stands) == 1:
        return _of_lever(lever, None, stands.pop(), chance)
    middle = float(np.average([s.baselines[lever.name] for s in having], weights=[s.weight for s in having]))
    found = _of_lever(lever, None, middle, chance)
    return [replace(point, baseline=None) for point in found if point.crossing == "one half"]


def _of_lever(
    lever: Lever, specification: str | None, baseline: float, chance: Callable[[float], Chance]
) -> list[TippingPoint]:
    """The three crossings of one lever: P(claim), as a function of it, crosses one half, changes its words, its
    verdict.
    """
    known: dict[float, Chance] = {}

    def chance_at(value: float) -> Chance:
        if value not in known:
            known[value] = chance(value)
        return known[value]

    low, high = min(lever.low, baseline), max(lever.high, baseline)
    points: list[TippingPoint] = []
    for crossing, state in _STATES.items():

        def at(value: float, state: Callable[[Chance], Hashable] = state) -> Hashable:
            return state(chance_at(value))

        value = nearest_change(at, baseline, low, high, lever.tolerance)
        there = None if value is None else chance_at(value)
        if crossing == "words" and there and there.words is None:
            value, there = None, None  # only a range is left there, and a range has no words
        points.append(
            TippingPoint(
                lever.name,
                lever.label,
                lever.unit,
                specification,
                crossing,
                baseline,
                low,
                high,
                value,
                *((there.probability, there.words, there.outcome) if there else ()),
            )
        )
    return points


def _of_weights(estimate: Estimate, region: Region) -> list[TippingPoint]:
    """How much weight each specification would need to change the verdict, the others in proportion."""
    runs = [s for s in estimate.specifications if s.draws.size]
    if len(runs) < 2:
        return []
    held = {s.id: chance_in(s.draws, s.bounds, region) for s in runs}
    points: list[TippingPoint] = []
    for run in runs:
        others = [(s.weight / (1.0 - run.weight), held[s.id]) for s in runs if s.id != run.id]
        lever = Lever(
            name="weight",
            unit=SHARE,
            low=0.0,
            high=1.0,
            baseline=run.weight,
            tolerance=1e-4,
            label=f"weight of the specification ‘{run.label}’",
        )

        def chance(
            weight: float, run: SpecificationRun = run, others: Sequence[tuple[float, Chance]] = others
        ) -> Chance:
            parts = [(weight, held[run.id]), *(((1 - weight) * w, c) for w, c in others)]
            return weighed(sum(w * c.share for w, c in parts), parts)

        points += _of_lever(lever, run.id, run.weight, chance)
    return points


def nearest(points: Sequence[TippingPoint], lever: str, specification: str | None) -> TippingPoint | None:
    """The one-half crossing of a lever under a specification, where there is one."""
    found = [p for p in points if (p.lever, p.specification, p.crossing) == (lever, specification, "one half")]
    return found[0] if found else None
