"""The kinds of evidence there are: ours, the only place that names them, and those of other packages."""

from __future__ import annotations

import importlib
from collections import Counter
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from tumen.errors import KindError
from tumen.kind import COMMAND_NAMES, Kind, Kinds
from tumen.record.schema import SOURCES

#: Folders of this package, each with its `KIND` in `kind.py`, in the order in which they are shown.
_OURS = (
    *("trade", "votes", "events", "sanctions", "words", "vessels", "ais", "sea"),
    *("triangle", "explanations", "system"),
)

#: The group of entry points by which other packages bring theirs.
GROUP = "tumen.kinds"


@cache
def kinds(others: bool = True) -> Kinds:
    """Every kind of evidence.

    Another package adds one with an entry point in the group `tumen.kinds` that names a `Kind`.

    Args:
        others: whether those of other packages are loaded, which runs their code.

    Raises: KindError where an entry point cannot be loaded, gives something else, or uses a name that is taken.
    """
    ours: list[Kind] = [importlib.import_module(f"tumen.{name}.kind").KIND for name in _OURS]
    points = _points() if others else []
    taken = sum(map(_names, ours), _of_the_spine()) if points else Counter[str]()
    for point in points:
        kind, names = _kind_of(point, taken)
        ours.append(kind)
        taken += names
    return Kinds(tuple(ours))


def others_offered() -> bool:
    """Whether any other package offers a kind; nothing of it is loaded."""
    return bool(_points())


def _points() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


def _kind_of(point: EntryPoint, known: Counter[str]) -> tuple[Kind, Counter[str]]:
    """The kind of another package, and the names that it brings.

    Args:
        known: names that are taken.
    """
    try:
        given = point.load()
        found = _names(given) if isinstance(given, Kind) else Counter[str]()
    except Exception as error:
        raise KindError(
            f"the kind '{point.name}' of {point.value} cannot be loaded: {error}. "
            "Repair or remove that package. [kind-unloadable]"
        ) from error
    taken = found & known
    if not isinstance(given, Kind) or taken or max(found.values(), default=0) > 1:
        twice = taken or Counter({name: n for name, n in found.items() if n > 1})
        got = f"the taken name {min(twice)}" if isinstance(given, Kind) else type(given).__name__
        raise KindError(
            f"the entry point '{point.name}' gives {got}; expected a new tumen Kind. "
            "Repair or remove that package. [kind-unloadable]"
        )
    return given, found


def _names(kind: Kind) -> Counter[str]:
    """Every name that a kind brings, with what it names; each must be new."""
    return Counter(
        [
            f"'{kind.name}' of a kind",
            *(f"'{table.name}' of a table" for table in kind.tables),
            *(f"'{measure.name}' of a measure" for measure in kind.measures),
            *(f"'{unit.name}' of a unit" for unit in kind.units),
            *(f"'{shape}' of a shape" for shape, _ in kind.charts),
            *(f"'{key}' of a part of the JSON object" for key in kind.objects()),
            *(f"'{part.file.name}' of a file" for part in kind.parts()),
            *(f"'{command.name}' of an importer" for command in kind.importers),
            *(f"'{command.name}' of a detector" for command in kind.detectors),
            *(f"'{command.name}' of an exporter" for command in kind.exporters),
            *(f"'{command.name}' of a command" for command in kind.commands),
        ]
    )


def _of_the_spine() -> Counter[str]:
    """Names that no kind may bring, for the spine uses them."""
    from tumen.measure.estimate import AS_LINES
    from tumen.measure.units import UNITS
    from tumen.report.run_object import RunObject

    return Counter(
        [
            f"'{SOURCES.name}' of a table",
            f"'{AS_LINES}' of a shape",
            *(f"'{unit.name}' of a unit" for unit in UNITS),
            *(f"'{key}' of a part of the JSON object" for key in RunObject.__annotations__),
            *(f"'{name}' of a command" for name in COMMAND_NAMES),
        ]
    )
