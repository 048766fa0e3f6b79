"""Who presses whom: how much the move of one bears on the choice of another."""

from __future__ import annotations

from dataclasses import dataclass

from tumen.system.conclusion import presses
from tumen.system.game import ALWAYS, Term
from tumen.system.running import Running


@dataclass(frozen=True)
class Pressure:
    """How much one move bears on another.

    Args:
        agent: the place of the move that reckons with the other.
        other: the place of the move that it reckons with.
        aims: ids of the aims for which it does.
        size: precision times weight times effect, mean over the draws, added up without their signs, with drivers as
            they stand last: by so much at most the logarithm of the odds of a level can change.
    """

    agent: int
    other: int
    aims: tuple[str, ...]
    size: float


def pressures(run: Running) -> list[Pressure]:
    """Who reckons with whom, the strongest first."""
    pairs = dict.fromkeys((agent, other) for agent, other, _ in presses(run.game))
    found = []
    for agent, other in pairs:
        terms = [t for t in run.game.terms if (t.agent, t.other) == (agent, other)]
        aims = tuple(dict.fromkeys(t.aim for t in terms))
        found.append(Pressure(agent, other, aims, sum(abs(_mean(t, run)) for t in terms)))
    return sorted(found, key=lambda one: -one.size)


def _mean(term: Term, run: Running) -> float:
    """What a term adds on average, with its driver as it stands last."""
    product = float(run.fitted.parameters[:, list(term.factors)].prod(axis=1).mean())
    if term.driver == ALWAYS:
        return product
    driver = float(run.seen.drivers[term.driver, :, -1].mean())
    return product * (1.0 - driver if term.reversed else driver)
