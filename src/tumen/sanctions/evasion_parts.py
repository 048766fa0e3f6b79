"""Published cases of evasion with another actor's part in them, as each source tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.measure.arguments import ActorCode, Form
from tumen.measure.content import in_order
from tumen.measure.estimate import Used
from tumen.measure.named_columns import Names, acting
from tumen.measure.setting import Setting
from tumen.measure.units import Amount
from tumen.record.read import Record
from tumen.record.sources import Source
from tumen.sanctions.case_truth import TRUTH, origin_keys
from tumen.sanctions.units import amount_as_written


class PartArguments(Form):
    """of: the actor under sanctions; part_of: the actor whose part is asked after; channels: ways of
    evasion, as the table names them; since: a day before which no case may end.
    """

    of: Annotated[ActorCode, acting("evasion_parts.actor")]
    part_of: Annotated[ActorCode, acting("evasion_parts.part_of")]
    channels: Annotated[tuple[Annotated[str, Names("channel", ("evasion_parts.channels",))], ...], Field(min_length=1)]
    since: dt.date


@dataclass(frozen=True)
class EvasionPart:
    """One row of evasion_parts.sql: a case of evasion as one source tells it.

    Args:
        channels, part_kinds: several are joined by signs of addition.
    """

    id: str
    actor: str
    part_of: str
    start: dt.date
    end: dt.date
    channels: str
    description: str
    part: str
    part_kinds: str | None
    quantity: float | None
    quantity_unit: str | None
    reported_by: str
    source: str

    @property
    def amount(self) -> Amount | None:
        """How much it was, in the unit that the row names; None where it is not said."""
        return amount_as_written(self.quantity, self.quantity_unit)

    @property
    def used(self) -> Used:
        """The row, for walking back."""
        part = f"part of {self.part_of}: {self.part}"
        kinds = f" ({', '.join(self.part_kinds.split('+'))})" if self.part_kinds else ""
        return Used(
            table="evasion_parts",
            id=self.id,
            source=self.source,
            publisher=self.reported_by,
            amount=self.amount,
            start=self.start,
            end=self.end,
            actors=(self.actor,),
            commodity=", ".join(self.channels.split("+")),
            text=f"{self.description}; {part}{kinds}",
        )


@dataclass(frozen=True)
class Channel:
    """What is published of one way of evasion.

    Args:
        rows: each case once for each source that tells it and speaks of the part, or is silent on it.
        origins: what tells apart who first published each of the rows.
        chances: that each of them is true.
    """

    name: str
    rows: tuple[EvasionPart, ...]
    origins: tuple[str, ...]
    chances: tuple[float, ...]
    denied: int

    def told(self, part: str) -> list[int]:
        """Places of the rows that say so of the part."""
        return [n for n, row in enumerate(self.rows) if row.part == part]

    @property
    def said(self) -> str:
        """How many cases there are, and what is said of the part in them."""
        stated = self.told("stated")
        behind = counted(len({self.origins[n] for n in stated}), "independent origin")
        more = [f"{len(self.told(part))} {part}" for part in ("none", "not stated") if self.told(part)]
        denied = [f"denied {self.denied} times"] if self.denied > 1 else ["denied once"] if self.denied else []
        of = counted(len(self.rows), "published case")
        return f"{self.name}: a part stated in {len(stated)} of {of}, by {behind}" + "".join(
            f"; {text}" for text in (*more, *denied)
        )


def channels_of(record: Record, arguments: PartArguments, setting: Setting) -> list[Channel]:
    """What is published of each channel; one of which nothing is has no rows.

    Rows that tell of one case count once where one origin tells it, since its rows are true together; told by two
    origins, the case has two chances to be true.
    """
    last = min(setting.as_of, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    found = record.answers.rows(
        query("tumen.sanctions", "evasion_parts"),
        EvasionPart,
        actor=arguments.of,
        part_of=arguments.part_of,
        first=str(arguments.since),
        last=str(last),
    )
    rows = in_order(found, record)
    keys = origin_keys(rows, record)
    return [_channel(name, rows, keys, record) for name in dict.fromkeys(arguments.channels)]


def _channel(name: str, rows: Sequence[EvasionPart], keys: dict[str, str], record: Record) -> Channel:
    mine = [row for row in rows if name in row.channels.split("+")]
    same = record.same.get("evasion_parts", {})
    once: dict[tuple[str, str], EvasionPart] = {}
    for row in (r for r in mine if r.part != "denied"):
        once.setdefault((same.get(row.id, row.id), _origin(record.sources[row.source])), row)
    sources = [record.sources[row.source] for row in once.values()]
    return Channel(
        name,
        tuple(once.values()),
        tuple(keys[_origin(source)] for source in sources),
        tuple(TRUTH[source.credibility] for source in sources),
        sum(1 for row in mine if row.part == "denied"),
    )


def _origin(source: Source) -> str:
    return source.origin or source.id
