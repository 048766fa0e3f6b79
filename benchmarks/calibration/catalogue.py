"""Every row of the calibration table, and the measures that have none."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.calibration import acts, events, explanations, sanctions, trade, triangle, votes, words
from benchmarks.calibration.worlds import Scene
from tumen.kinds import kinds

_MEASURES = kinds(others=False).measures

_ALL: tuple[Scene, ...] = (
    *trade.SCENES,
    *votes.SCENES,
    *words.SCENES,
    *events.SCENES,
    *acts.SCENES,
    *sanctions.SCENES,
    *triangle.SCENES,
    *explanations.SCENES,
)

#: Of the measures that there are.
SCENES: tuple[Scene, ...] = tuple(scene for scene in _ALL if scene.measure in _MEASURES)

BY_KEY: Mapping[tuple[str, str], Scene] = {scene.key: scene for scene in SCENES}

#: Measures without a row, each with the reason.
WITHOUT: Mapping[str, str] = {
    name: reason
    for name, reason in {
        "caps.years": "counts the years in which `caps.excess` is above zero, by the same draws; see its rows",
        "evasion.channels": "asks of each channel whether one published case is true, as `evasion.cases` counts them",
        "evasion.part": "a share of published cases, drawn as `agreement.dyad` and `stance.share` draw theirs; from a "
        "convenience record it gives no verdict",
        "provisions.kept": "asks of each provision whether a row that shows a breach is true, as `evasion.cases` does",
        "system.from_conduct": "weighs explanations by how probable each makes the moves; the fit behind it is tried "
        "on simulated histories, see How a system is solved and fitted",
        "system.move_probability": "plays forward from a fit that is tried on simulated histories, see How a system "
        "is solved and fitted",
        "system.stays_within": "plays forward as `system.move_probability` does",
        "system.stayed_within": "draws each level as probable as its coders say; how right coders are cannot be "
        "simulated without assuming it",
        "stance.each_year": "asks of each year whether one remark is real, as `stance.remarks` counts them",
    }.items()
    if name in _MEASURES
}

#: What measures belong together, by the first word of their names.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "trade": ("dependence", "continuity"),
    "votes": ("agreement", "coupling.three_way"),
    "words": ("stance", "salience"),
    "events": ("contact", "coupling.share", "testing", "blocking"),
    "sanctions": ("caps", "evasion", "labour", "thefts"),
}


def family_of(measure: str) -> str | None:
    """The family of a measure whose intervals are pooled; None of those that have a probability in their place."""
    return next((name for name, starts in FAMILIES.items() if measure.startswith(starts)), None)
