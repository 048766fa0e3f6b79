"""Every row of the calibration table, and the measures that have none."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.calibration import events, explanations, sanctions, trade, triangle, votes, words
from benchmarks.calibration.worlds import Scene

SCENES: tuple[Scene, ...] = (
    *trade.SCENES,
    *votes.SCENES,
    *words.SCENES,
    *events.SCENES,
    *sanctions.SCENES,
    *triangle.SCENES,
    *explanations.SCENES,
)

BY_KEY: Mapping[tuple[str, str], Scene] = {scene.key: scene for scene in SCENES}

#: Measures without a row, each with the reason.
WITHOUT: Mapping[str, str] = {}

#: What measures belong together, by the first word of their names.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "trade": ("dependence", "continuity"),
    "votes": ("agreement", "coupling.three_way"),
    "words": ("stance", "salience"),
    "events": ("contact", "coupling.share"),
    "sanctions": ("caps", "evasion", "labour", "thefts"),
}


def family_of(measure: str) -> str | None:
    """The family of a measure whose intervals are pooled; None of those that have a probability in their place."""
    return next((name for name, starts in FAMILIES.items() if measure.startswith(starts)), None)
