"""Rival explanations as aims: how probable each makes what the actors did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.system.game import Game, Ranges
from tumen.system.running import Running, fitted_in
from tumen.system.theory import SYSTEM_FILE, Profile

#: Draws of the parameters under each explanation.
PROFILE_DRAWS = 1500


@dataclass(frozen=True)
class Conduct:
    """How well an explanation's aims fit what was done.

    Args:
        evidence: the logarithm of how probable the moves are under it.
        error: its standard error, by the luck of the draws.
    """

    evidence: float
    error: float


def box_under(game: Game, profile: Profile) -> Ranges:
    """Ranges of the parameters as an explanation has them; those of which it says nothing stay."""
    ranges = {f"precision {actor}": pair for actor, pair in profile.precision.items()}
    for name, pair in profile.weights.items():
        actor, _, aim = name.partition(".")
        if aim != "habit":
            ranges[f"weight {name}"] = pair
            continue
        for agent, whose in zip(game.agents, game.actors, strict=True):
            ranges |= {f"habit {agent}": pair} if whose == actor else {}
    return game.box.with_ranges(ranges)


def conducts(run: Running, record: Record, setting: Setting) -> Mapping[str, Conduct]:
    """How well each explanation that has a profile fits what was done, by its id; computed once."""

    def one(profile: Profile) -> Conduct:
        box = box_under(run.game, profile)
        found = fitted_in(run.game, run.seen, box, min(setting.draws, PROFILE_DRAWS), setting, profile.explains)
        return Conduct(found.evidence, found.error)

    named = (SYSTEM_FILE, "conduct", id(run.system), setting.draws, setting.seed, setting.as_of)
    found: Mapping[str, Conduct] = record.answers.once(
        named, lambda: {profile.explains: one(profile) for profile in run.system.profiles}
    )
    return found
