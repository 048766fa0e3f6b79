"""Every measure there is: ours, and those that other packages add by the entry point `tumen.measures`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from tumen.errors import MeasurementError
from tumen.measure.estimate import Measure

_MODULES = (
    "trade.dependence",
    "trade.asymmetry",
    "trade.concentration",
    "trade.continuity",
    "votes.agreement",
    "sanctions.caps",
    "events.contact",
    "words.stance",
    "words.gap",
    "words.delay",
    "words.salience",
    "sanctions.labour",
    "sanctions.thefts",
    "sanctions.evasion_cases",
    "votes.three_way",
    "events.coupling",
    "triangle.configuration",
)


@cache
def measures(others: bool = True) -> Mapping[str, Measure]:
    """Every measure by name.

    A third-party package adds one with an entry point in the group `tumen.measures` that names a
    `Measure` or a tuple of them.

    Args:
        others: whether those of other packages are loaded, which runs their code.

    Raises: MeasurementError where an entry point cannot be loaded, gives something else, or uses a
        name that is taken.
    """
    found: dict[str, Measure] = {}
    for module in _MODULES:
        found |= {m.name: m for m in importlib.import_module(f"tumen.{module}").MEASURES}
    for point in _points() if others else ():
        try:
            given = point.load()
        except Exception as error:
            raise MeasurementError(
                f"the measure '{point.name}' of {point.value} cannot be loaded: {error}. "
                "Repair or remove that package. [measure-unloadable]"
            ) from error
        for measure in given if isinstance(given, tuple) else (given,):
            if not isinstance(measure, Measure) or measure.name in found:
                got = f"the taken name '{measure.name}'" if isinstance(measure, Measure) else type(measure).__name__
                raise MeasurementError(
                    f"the entry point '{point.name}' gives {got}; expected a new tumen Measure. "
                    "Repair or remove that package. [measure-unloadable]"
                )
            found[measure.name] = measure
    return found


def others_offered() -> bool:
    """Whether any other package offers measures; nothing of it is loaded."""
    return bool(_points())


def _points() -> list[EntryPoint]:
    return sorted(entry_points(group="tumen.measures"), key=lambda point: (point.name, point.value))
