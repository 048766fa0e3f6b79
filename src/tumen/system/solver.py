"""Logit quantal response: how probable each level of each agent is where all reckon with each other.

McKelvey and Palfrey (1995), doi:10.1006/game.1995.1023; agent form (1998), doi:10.1023/A:1009905800005. Of several
such equilibria the one on the principal branch counts: that reached from precision 0, where all is evenly likely, as
precision rises (Turocy 2005, doi:10.1016/j.geb.2004.04.003). All draws and periods are followed at once; those whose
probabilities jump, or settle on nothing, are followed one after another along their branch by `tumen.system.branch`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.branch import follow
from tumen.system.game import Payoffs, Shared

#: Ways in which precision rises to the whole: steps, sweeps over all agents at each, and how far a probability may move
#: in a step; one that moves further may have left its branch. What does so on the first way takes the second.
_WAYS = ((10, 2, 0.25), (150, 4, 0.08))

#: Of the games that may have left their branch, so many are let rise in finer steps.
_FINELY = 5000

#: So many are followed where many are solved again and again; of the rest, what they settled on stands, and they count
#: as turned.
FOLLOWED = 10

#: Sweeps at the whole precision, at most.
_LAST_SWEEPS = 60

#: Equilibria are found as exactly as this.
EXACT = 1e-10


@dataclass(frozen=True)
class Solved:
    """Equilibria.

    Args:
        chances: of each agent, shape (levels, draws, periods); over the levels they sum to one.
        residual: how far any probability is from what the others' make it, at most.
        turned: draws and periods whose branch turned back on its way, was lost, or was not followed to its end; shape
            (draws, periods). Where it was not followed, the answer is one on which the agents settled, perhaps of
            another branch; `residual` says if on none.
    """

    chances: tuple[Floats, ...]
    residual: float
    turned: np.ndarray


def solve(payoffs: Payoffs, followed: int = 10**9) -> Solved:
    """The equilibrium on the principal branch, for each draw and period.

    Args:
        followed: how many games are followed along their branch, at most.
    """
    shape = payoffs.shape
    flat = _flat(payoffs)
    order = in_line(flat)
    if order is not None:
        chances = _in_turn(flat, order)
        each = tuple(one.reshape(len(one), *shape) for one in chances)
        return Solved(each, 0.0, np.zeros(shape, dtype=bool))
    chances, odd, residual = _risen(flat, _WAYS[0])
    odd &= ~(one_only(flat) & (residual <= EXACT))
    for way in _WAYS[1:] if odd.any() else ():
        some = _first_of(odd, _FINELY)
        again, still, left = _risen(_some(flat, some), way)
        _put(chances, some, again)
        residual[some] = left
        odd[some] = still
    some = _first_of(odd, followed)
    turned = odd & ~some
    if some.any():
        found, turned[some] = follow(_some(flat, some))
        known = np.isfinite(found[0][0])
        some[some] = known
        ends = [one[:, known] for one in found]
        _put(chances, some, ends)
        residual[some] = _gap(_some(flat, some), ends)
    each = tuple(one.reshape(len(one), *shape) for one in chances)
    return Solved(each, float(residual.max(initial=0.0)), turned.reshape(shape))


def one_only(flat: Payoffs) -> np.ndarray:
    """Games that are sure to have one equilibrium only, at any precision, so that no branch can turn back.

    Where an agent's answer to the others moves less than they do, all answers together come to one point (Banach). Of
    an agent whom the others can pay little, beside what its best level pays by itself, the answer hardly moves.
    """
    sure = np.ones(flat.own[0].shape[1], dtype=bool)
    for agent, own in enumerate(flat.own):
        most: dict[int, Floats] = {}
        for one in flat.shared:
            if one.agent == agent:
                most[one.other] = np.maximum(most.get(one.other, np.zeros(sure.shape)), np.abs(one.pay))
        swing = 2.0 * np.sum(list(most.values()), axis=0) if most else np.zeros(sure.shape)
        best = np.sort(own, axis=0)[-2:]
        lead = best[1] - best[0] - swing
        ahead = np.divide(2.0 * (len(own) - 1) * swing, np.e * lead, out=np.full(sure.shape, np.inf), where=lead > 0)
        sure &= np.minimum(swing, ahead) < 1.0
    return sure


def _first_of(which: np.ndarray, most: int) -> np.ndarray:
    """So many of some games, the first."""
    return which & (np.cumsum(which) <= most)


def draws_together(parts: Sequence[Solved]) -> Solved:
    """Equilibria of some draws after those of others, in the same periods."""
    each = zip(*(part.chances for part in parts), strict=True)
    chances = tuple(np.concatenate(one, axis=1) for one in each)
    return Solved(chances, max(part.residual for part in parts), np.concatenate([part.turned for part in parts]))


def in_line(payoffs: Payoffs) -> list[int] | None:
    """Agents in an order in which each reckons with those before it alone; None where some reckon with each other."""
    needs = {agent: {s.other for s in payoffs.shared if s.agent == agent} for agent in range(len(payoffs.own))}
    try:
        return list(TopologicalSorter(needs).static_order())
    except CycleError:
        return None


def _in_turn(flat: Payoffs, order: Sequence[int]) -> list[Floats]:
    """The one equilibrium of a game in which each agent reckons with those before it alone."""
    chances: list[Floats] = [np.empty(0)] * len(order)
    for agent in order:
        chances[agent] = _answer(flat, chances, agent, flat.own[agent], 1.0)
    return chances


def _flat(payoffs: Payoffs) -> Payoffs:
    """The same with draws and periods in one row."""
    own = tuple(one.reshape(len(one), -1) for one in payoffs.own)
    shared = tuple(Shared(s.agent, s.level, s.other, s.other_level, s.pay.reshape(-1)) for s in payoffs.shared)
    return Payoffs(own, shared)


def _some(flat: Payoffs, which: np.ndarray) -> Payoffs:
    """Those of some draws and periods."""
    own = tuple(one[:, which] for one in flat.own)
    return Payoffs(own, tuple(Shared(s.agent, s.level, s.other, s.other_level, s.pay[which]) for s in flat.shared))


def _put(chances: list[Floats], which: np.ndarray, found: Sequence[Floats]) -> None:
    """Write what was found of some games among that of all."""
    for agent, one in enumerate(found):
        chances[agent][:, which] = one


def _risen(flat: Payoffs, way: tuple[int, int, float]) -> tuple[list[Floats], np.ndarray, Floats]:
    """Equilibria once precision has risen, whether one may be off its branch, and how far each still moved."""
    steps, sweeps, furthest = way
    chances: list[Floats] = [np.full(one.shape, 1.0 / len(one)) for one in flat.own]
    odd = np.zeros(flat.own[0].shape[1], dtype=bool)
    for step in range(1, steps + 1):
        before = [one.copy() for one in chances]
        for _ in range(sweeps):
            _sweep(flat, chances, step / steps)
        odd |= _moved(before, chances) > furthest
    residual = _settle(flat, chances)
    return chances, odd | (residual > EXACT), residual


def _moved(before: Sequence[Floats], after: Sequence[Floats]) -> Floats:
    """How far any probability moved."""
    each = [np.abs(a - b.reshape(a.shape)).max(axis=0) for a, b in zip(after, before, strict=True)]
    furthest: Floats = np.max(each, axis=0)
    return furthest


def _sweep(flat: Payoffs, chances: list[Floats], scale: float) -> Floats:
    """Let each agent in turn answer the others; how far any probability moved.

    Changes `chances` in place.
    """
    moved = np.zeros(flat.own[0].shape[1])
    for agent, own in enumerate(flat.own):
        answer = _answer(flat, chances, agent, own, scale)
        np.maximum(moved, np.abs(answer - chances[agent]).max(axis=0), out=moved)
        chances[agent] = answer
    return moved


def _answer(flat: Payoffs, chances: Sequence[Floats], agent: int, own: Floats, scale: float) -> Floats:
    """The logit choice of an agent, given how probable the others' levels are."""
    pays = own.copy()
    for one in flat.shared:
        if one.agent == agent:
            pays[one.level] += one.pay * chances[one.other][one.other_level]
    pays -= pays.max(axis=0)
    weights: Floats = np.exp(scale * pays)
    weights /= weights.sum(axis=0)
    return weights


def _settle(flat: Payoffs, chances: list[Floats]) -> Floats:
    """Sweep at the whole precision until nothing moves; how far each game still moved.

    Games that have settled are left alone. Changes `chances` in place.
    """
    residual = np.full(flat.own[0].shape[1], np.inf)
    going, part, held = np.arange(len(residual)), flat, chances
    for _ in range(_LAST_SWEEPS):
        moved = _sweep(part, held, 1.0)
        residual[going] = moved
        still = moved > EXACT / 10
        if part is not flat:
            for agent, one in enumerate(held):
                chances[agent][:, going] = one
        if not still.any():
            break
        if still.mean() < 0.7:
            going = going[still]
            part, held = _some(part, still), [one[:, still] for one in held]
    return residual


def _gap(flat: Payoffs, chances: Sequence[Floats]) -> Floats:
    """How far any probability is from what the others' make it."""
    answers = [_answer(flat, chances, agent, own, 1.0) for agent, own in enumerate(flat.own)]
    return _moved(chances, answers)
