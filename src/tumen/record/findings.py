"""What detectors found in raw records that were given beside a case, whichever kind of evidence they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Self

from tumen.record.sources import Source


class Findings(Protocol):
    """What detectors found, as observations of a record beside those that its author wrote."""

    @property
    def what(self) -> str:
        """What the raw records are called in a sentence."""

    @property
    def forms(self) -> Mapping[str, type[Any]]:
        """What a finding is, by the table that such findings fill: a frozen dataclass with a field for each column."""

    @property
    def rows(self) -> Mapping[str, Sequence[Any]]:
        """The findings, by table, each of its table's form."""

    @property
    def inputs(self) -> Mapping[str, str]:
        """SHA-256 of every raw file, by a name as `hashes_by_name` gives it."""

    @property
    def simulated(self) -> bool:
        """Whether any of the raw records is simulated."""

    @property
    def source(self) -> str:
        """The id under which the record knows them."""

    @property
    def later(self) -> int:
        """How many of the raw records were left out, as they lie beyond the case's day."""

    def origin(self) -> Source:
        """The source that they have in place of a publication, with its grades."""

    def renamed(self, source: str) -> Self:
        """The same findings under another id."""
