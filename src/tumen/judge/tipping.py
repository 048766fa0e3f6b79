"""Tipping points: how far something must be moved before a verdict changes, on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal

from tumen.case.model import Region
from tumen.judge.chance import Chance, across, outcome_of
from tumen.judge.likelihood_words import LikelihoodWords, Outcome
from tumen.judge.movable import Movable, bounds, errors, levers
from tumen.measure.estimate import Estimate, Lever
from tumen.measure.units import Unit

#: one half: in some way to count the share of draws in the region crosses 0.5; words: the ICD 203 word of all ways
#: together changes; verdict: the verdict of all ways together does. Where P(claim) is a range it may have no words, and
#: the verdict is what the whole range says.
Crossing = Literal["one half", "words", "verdict"]

#: P(claim) in each of some ways to count.
Chances = Sequence[Chance]

_STATES: Mapping[Crossing, Callable[[Chances], Hashable]] = {
    "one half": lambda chances: tuple(chance.share > 0.5 for chance in chances),
    "words": lambda chances: across(chances).words,
    "verdict": lambda chances: outcome_of(chances),
}

#: Where P(claim) is nearer to one half than this, it is as likely as not already, and its crossing tells nothing.
NEAR_EVEN = 0.05

#: Steps at which a lever's range is looked at on either side of its baseline, as shares of the way
#: to its end. Each is four times the one before, so that a near tipping point is not stepped over.
_STEPS = tuple(4.0**-n for n in range(10, -1, -1))

#: A change within the first step is placed to this share of its own distance: a lever's tolerance is meant for changes
#: as large as its range, and where figures are small the first step is larger than all of them.
_OF_DISTANCE = 1e-3

#: But no finer than this share of the tolerance.
_FINEST = 1e-6


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
        tolerance: how exactly the change is placed; the value returned lies beyond it. One in the first step is placed
            as exactly as its distance asks.

    Returns: None where the state stays the same at every step of the range.

    Limits: a change and its undoing between two steps is not seen; steps grow with the distance
        from the baseline, from a millionth of the range, or the tolerance, to three quarters of it.

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
                exact = _exact_within(tolerance, baseline) if inside == baseline else lambda _: tolerance
                found.append(_bisect(lambda v: state(v) == start, inside, beyond, exact))
                break
            inside = beyond
    return min(found, key=lambda v: abs(v - baseline), default=None)


def _exact_within(tolerance: float, baseline: float) -> Callable[[float], float]:
    """How exactly a change at a value of the first step is placed."""
    return lambda value: min(tolerance, max(_FINEST * tolerance, _OF_DISTANCE * abs(value - baseline)))


def _bisect(same: Callable[[float], bool], inside: float, beyond: float, exact: Callable[[float], float]) -> float:
    """The edge between a value where `same` holds and one where it does not.

    Args:
        exact: how near the two are to be, by where the edge lies.
    """
    while abs(beyond - inside) > exact(beyond):
        middle = (inside + beyond) / 2
        if middle in (inside, beyond):
            break
        if same(middle):
            inside = middle
        else:
            beyond = middle
    return beyond


def tipping_points(estimate: Estimate, region: Region) -> tuple[TippingPoint, ...]:
    """Every tipping point: of the scale of all errors, of each lever, and of the claim's own bounds.

    Over all ways to count, what is moved stands at the same value in each of them that has it. Levers are moved in each
    of several ways apart, too; words are those of all ways together.
    """
    ids = [run.id for run in estimate.ran]
    points: list[TippingPoint] = []
    for one in (*errors(estimate, region), *levers(estimate, region), *bounds(estimate, region)):
        points += _over(one, ids)
        for way, baseline in one.baselines.items() if one.apart else ():
            points += _crossings(one.lever, way, baseline, _chances(one, [way]), ["one half", "verdict"])
    return tuple(points)


def _chances(one: Movable, ways: Sequence[str]) -> Callable[[float], Chances]:
    """P(claim) in each of some ways to count, as a function of what is moved, computed once for each value."""
    return cache(lambda value: tuple(one.chance(way, value) for way in ways))


def _over(one: Movable, ways: Sequence[str]) -> list[TippingPoint]:
    """The crossings over all ways to count. Where it stands at several values now, no single one can be named from
    which a word or a verdict would change.
    """
    stands = sorted(set(one.baselines.values()))
    found = _crossings(one.lever, None, sum(stands) / len(stands), _chances(one, ways))
    if len(stands) == 1:
        return found
    return [replace(point, baseline=None) for point in found if point.crossing == "one half"]


def _state(state: Callable[[Chances], Hashable], chances: Callable[[float], Chances], value: float) -> Hashable:
    return state(chances(value))


def _crossings(
    lever: Lever,
    way: str | None,
    baseline: float,
    chances: Callable[[float], Chances],
    wanted: Sequence[Crossing] = tuple(_STATES),
) -> list[TippingPoint]:
    low, high = min(lever.low, baseline), max(lever.high, baseline)
    even = any(abs(chance.share - 0.5) <= NEAR_EVEN for chance in chances(baseline))
    found: list[TippingPoint] = []
    for crossing in wanted:
        if crossing == "one half" and even:
            continue
        value = nearest_change(partial(_state, _STATES[crossing], chances), baseline, low, high, lever.tolerance)
        there = None if value is None else across(chances(value))
        if crossing == "words" and there and there.words is None:
            value, there = None, None  # only a range is left there, and a range has no words
        found.append(
            TippingPoint(
                lever.name,
                lever.label,
                lever.unit,
                way,
                crossing,
                baseline,
                low,
                high,
                value,
                *((there.probability, there.words, outcome_of(chances(value))) if there and value is not None else ()),
            )
        )
    return found


def nearest(points: Sequence[TippingPoint], lever: str, specification: str | None) -> TippingPoint | None:
    """The one-half crossing of a lever under a specification, where there is one."""
    found = [p for p in points if (p.lever, p.specification, p.crossing) == (lever, specification, "one half")]
    return found[0] if found else None
