"""Habits beside which nothing else that an actor is after can matter."""

from __future__ import annotations

from tumen.errors import Place, Problem
from tumen.system.theory import SYSTEM_FILE, Move, System


def strong_habits(found: System) -> list[Problem]:
    """A warning for each move whose habit weighs more at its least than all its actor's aims at their most."""
    return [
        Problem(
            Place(SYSTEM_FILE, move.line("habit")),
            got=f"a habit of {move.habit[0]:g} at the least for {move.name}, where aims come to {most:g} at the most",
            expected="a habit that aims can outweigh",
            fix="Lower it: as it stands the move is only ever what it was, and tells nothing of its actor's aims.",
            slug="habit-decides",
            severity="warning",
        )
        for move in found.moves
        if move.habit[0] > (most := _most(move, found))
    ]


def _most(move: Move, found: System) -> float:
    """How much all effects on a move can pay or cost, by the high ends of their aims' weights."""
    weights = {aim.name: aim.weight[1] for aim in found.aims if aim.actor == move.actor}
    mine = [effect for effect in found.effects if effect.aim in weights and move.name in effect.when]
    return sum(weights[effect.aim] * max(abs(end) for end in effect.value) for effect in mine)
