"""Rows of the record that show that a provision was broken or kept, and the provisions themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tumen.engine.queries import query
from tumen.measure.estimate import Used
from tumen.measure.units import Amount, amount
from tumen.record.read import Record
from tumen.sanctions.case_truth import TRUTH, origin_keys
from tumen.sanctions.units import unit_as_written

#: What can be broken or kept; all else binds nobody.
BINDING = ("rule", "call")


@dataclass(frozen=True)
class AnyProvision:
    """One row of provisions_all.sql: a measure of a resolution, whatever its force."""

    id: str
    resolution: str
    target: str
    product: str
    measure: str
    cap_value: float | None
    cap_unit: str | None
    start: dt.date
    end: dt.date | None
    legal_force: str
    source: str

    @property
    def binds(self) -> bool:
        """Whether it can be broken."""
        return self.legal_force in BINDING

    @property
    def amount(self) -> Amount | None:
        """Its cap, where it has one."""
        return None if self.cap_value is None else amount(self.cap_value, unit_as_written(self.cap_unit or ""))

    def used(self, record: Record) -> Used:
        """The row, for walking back."""
        return Used(
            table="provisions",
            id=self.id,
            source=self.source,
            publisher=record.sources[self.source].maker,
            amount=self.amount,
            start=self.start,
            actors=(self.target,),
            commodity=self.product,
            kind=self.measure,
        )


@dataclass(frozen=True)
class Witness:
    """One row of breaches.sql: a row of another table that shows that a provision was broken or kept.

    Args:
        row_id: of that row; first_day, publisher, what, source: what it says.
    """

    id: str
    provision: str
    shows: str
    certainty: str
    witness_table: str
    row_id: str
    first_day: dt.date | None
    publisher: str
    what: str
    source: str

    @property
    def used(self) -> Used:
        """The row that shows it, for walking back."""
        return Used(
            table=self.witness_table,
            id=self.row_id,
            source=self.source,
            publisher=self.publisher,
            start=self.first_day,
            end=self.first_day,
            text=self.what,
        )


@dataclass(frozen=True)
class _Told:
    """What tells the origins of witnesses apart: what they say, and never what rows are called."""

    first_day: dt.date | None
    publisher: str
    what: str
    source: str


@dataclass(frozen=True)
class Witnesses:
    """All rows that show something of some provisions.

    Args:
        origins: what tells apart who first published each of them.
        chances: that each is true.
    """

    rows: tuple[Witness, ...]
    origins: tuple[str, ...]
    chances: tuple[float, ...]

    def places(self, provision: str, shows: str) -> list[int]:
        """Places of the rows that show so of a provision."""
        return [n for n, row in enumerate(self.rows) if (row.provision, row.shows) == (provision, shows)]


def provisions_of(record: Record, target: str) -> list[AnyProvision]:
    """Every provision that binds or shields an actor, in order of its start."""
    return [*record.answers.rows(query("tumen.sanctions", "provisions_all"), AnyProvision, target=target)]


def witnesses_of(record: Record, target: str, certainties: Sequence[str]) -> Witnesses:
    """Rows that show that provisions about an actor were broken or kept.

    Args:
        certainties: how sure a row must be.
    """
    found = record.answers.rows(query("tumen.sanctions", "breaches"), Witness, target=target)
    rows = [row for row in found if row.certainty in certainties]
    keys = origin_keys([_Told(r.first_day, r.publisher, r.what, r.source) for r in rows], record)
    sources = [record.sources[row.source] for row in rows]
    return Witnesses(
        tuple(rows), tuple(keys[s.origin or s.id] for s in sources), tuple(TRUTH[s.credibility] for s in sources)
    )
