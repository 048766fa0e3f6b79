"""What a measure says of a world, held against what is true of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.calibration.recording import Recorder
from benchmarks.calibration.worlds import Scene, World
from tumen.kinds import kinds
from tumen.measure.estimate import Bound, Choice, Draws
from tumen.measure.measuring import estimate
from tumen.measure.setting import Setting

#: Draws of each estimate.
DRAWS = 500

#: P beyond which a verdict counts as sure.
SURE = 0.95

#: Where bounds of claims are placed: so many standard errors of the estimate from the truth, as if the claims had
#: been written before anybody looked.
PLACES = (-2.75, -2.25, -1.75, -1.25, -0.75, -0.25, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75)


@dataclass(frozen=True)
class Outcome:
    """What was true of a world and what was said of it.

    Args:
        draws: in rising order; empty where the measure found nothing.
        bounds: the sides from which the draws pin the estimand.
    """

    truth: float
    draws: Draws
    bounds: frozenset[Bound]

    def covered(self, at_least: bool) -> bool:
        """Whether the central 90 per cent of the draws hold the truth, or lie below it where they say "at least"."""
        low, high = np.quantile(self.draws, [0.05, 0.95])
        return bool(low <= self.truth and (self.truth <= high or (at_least and "lower" in self.bounds)))

    @property
    def middle(self) -> float:
        """The estimate."""
        return float(np.median(self.draws))

    def above(self, bound: float) -> float:
        """P of the claim that the estimand is above a bound."""
        return 1.0 - float(np.searchsorted(self.draws, bound, side="right")) / len(self.draws)


@dataclass(frozen=True)
class Score:
    """A row of the calibration table.

    Args:
        worlds: in which the measure found something.
        nothing: worlds in which it said that evidence was missing.
        coverage: share of worlds whose truth the 90 per cent interval holds; None of a probability.
        sure, wrong: verdicts with P above 0.95 or below 0.05, and the share of them that is wrong.
        said, came, brier, base: of a probability: its mean, how often it came true, its Brier score, and that of
            always saying how often it comes true.
    """

    measure: str
    world: str
    harsh: bool
    worlds: int
    nothing: int
    coverage: float | None
    sure: int
    wrong: float | None
    said: float | None = None
    came: float | None = None
    brier: float | None = None
    base: float | None = None


def outcome(scene: Scene, number: int, recorder: Recorder) -> Outcome:
    """Make one world of a scene and measure it."""
    world = scene.make(scene.rng(number))
    if world.draws is not None:
        return Outcome(world.truth, np.sort(world.draws), frozenset())
    draws, bounds = measured(scene.measure, world, number, recorder)
    return Outcome(world.truth, np.sort(draws), bounds)


def measured(
    name: str, world: World, seed: int, recorder: Recorder, draws: int = DRAWS
) -> tuple[Draws, frozenset[Bound]]:
    """Draws of a measure in a world, and the sides from which they pin the estimand."""
    measure = kinds(others=False).measures[name]
    arguments = measure.arguments.model_validate(world.arguments)
    choice = Choice("counted", "counted", measure.options.model_validate(world.options))
    setting = Setting(draws, seed, world.as_of, parts=world.parts, **world.setting)
    with recorder.holding(world.tables, world.whole) as record:
        (run,) = estimate(measure, record, arguments, [choice], setting).specifications
    return run.draws, run.bounds


def score(scene: Scene, outcomes: Sequence[Outcome]) -> Score:
    """A row of the table from all its worlds."""
    found = [o for o in outcomes if o.draws.size]
    nothing = len(outcomes) - len(found)
    if scene.chance:
        return _of_chances(scene, found, nothing)
    if not found:
        return Score(*scene.key, scene.harsh, 0, nothing, None, 0, None)
    spread = _spread(scene, found)
    sure = [right for o in found for right in _verdicts(o, _places(scene, spread, o.truth))]
    coverage = float(np.mean([o.covered(scene.at_least) for o in found]))
    return Score(*scene.key, scene.harsh, len(found), nothing, coverage, len(sure), _share_wrong(sure))


def _share_wrong(right: Sequence[bool]) -> float | None:
    return 1.0 - float(np.mean(right)) if right else None


def _spread(scene: Scene, found: Sequence[Outcome]) -> float:
    """How far estimates lie from the truth, root mean square over the worlds of a scene; of ratios by their logarithms.

    Of counts that are always right a half, so that bounds are not the truth itself.
    """
    off = [np.log(max(o.middle, 1e-12) / o.truth) if scene.logs else o.middle - o.truth for o in found]
    return float(np.sqrt(np.mean(np.square(off)))) or 0.5


def _places(scene: Scene, spread: float, truth: float) -> list[float]:
    """Bounds around the truth of one world."""
    return [truth * float(np.exp(place * spread)) if scene.logs else truth + place * spread for place in PLACES]


def _verdicts(one: Outcome, bounds: Sequence[float]) -> list[bool]:
    """Of the claims "above the bound" on which the draws are sure, whether each is right.

    What the draws pin from below alone cannot contradict such a claim, and from above alone not support it.
    """
    right = []
    for bound in bounds:
        chance, true = one.above(bound), one.truth > bound
        if chance > SURE and "upper" not in one.bounds:
            right.append(true)
        if chance < 1 - SURE and "lower" not in one.bounds:
            right.append(not true)
    return right


def _of_chances(scene: Scene, found: Sequence[Outcome], nothing: int) -> Score:
    said, came = np.array([o.draws.mean() for o in found]), np.array([o.truth for o in found])
    sure = np.abs(said - 0.5) > SURE - 0.5
    rate = float(came.mean())
    return Score(
        *scene.key,
        scene.harsh,
        len(found),
        nothing,
        None,
        int(sure.sum()),
        _share_wrong(list((said > 0.5)[sure] == (came > 0.5)[sure])),
        float(said.mean()),
        rate,
        float(np.mean((said - came) ** 2)),
        rate * (1 - rate),
    )
