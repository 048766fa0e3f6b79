"""A detector of any kind: what it finds in raw records, in which table, and where that comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tumen.detect.geo_package import Layer
from tumen.engine.queries import Engine, Row
from tumen.errors import Problem


@dataclass(frozen=True)
class Detector:
    """A detector with its levers set.

    Args:
        name: what it is called on the command line.
        found: what one and several of its findings are called.
        levers: a frozen dataclass of numbers, each with its unit in its name.
        find: makes the table of findings, named as the detector is but for hyphens, in an engine that holds
            the raw records.
        columns: of that table, in the order in which they are written.
        order: the columns that findings are sorted by; together they name a finding once.
        places: the columns of longitude and latitude where a finding is: one pair is a point, two are a line.
    """

    name: str
    found: tuple[str, str]
    levers: Any
    find: Callable[[Engine], None]
    columns: tuple[str, ...]
    order: tuple[str, ...]
    places: tuple[tuple[str, str], ...] = (("lon", "lat"),)

    @property
    def table(self) -> str:
        """The table of its findings."""
        return self.name.replace("-", "_")

    @property
    def query(self) -> str:
        """The findings, in order."""
        order = ", ".join(f'"{column}" nulls last' for column in self.order)
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return f'select {columns} from "{self.table}" order by {order}'  # noqa: S608 - names of ours


@dataclass(frozen=True)
class Provenance:
    """Where findings come from, as it is written beside them.

    Args:
        parameters: the detector's levers.
        inputs: SHA-256 of every file used, by a name as `hashes_by_name` gives it.
        simulated: whether any of the raw records is simulated.
        versions: of the engine's libraries.
    """

    detector: str
    parameters: Mapping[str, float]
    inputs: Mapping[str, str]
    simulated: bool
    versions: Mapping[str, str]


@dataclass(frozen=True)
class Detected:
    """What a detector found, still in its engine.

    Args:
        notes: what a reader should know of it.
    """

    engine: Engine
    detector: Detector
    provenance: Provenance
    notes: tuple[Problem, ...]

    def layers(self, _findings: Sequence[Row]) -> Sequence[Layer]:
        """What a map shows beside the findings; nothing where a kind has nothing."""
        return ()
