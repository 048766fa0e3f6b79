"""What happened, whoever acted: the deeds that words are held against, and the events that are commented on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tumen.engine.queries import query
from tumen.measure.estimate import Used
from tumen.measure.units import Amount
from tumen.record.read import Record


@dataclass(frozen=True)
class StanceEvent:
    """One row of stance_events.sql: an event, whoever acted."""

    id: str
    date: dt.date
    date_precision: str
    source_actor: str
    target_actor: str
    kind: str
    sign: int
    certainty: str
    description: str
    parties: str | None
    source: str


def events_in(record: Record, period: tuple[dt.date, dt.date]) -> Sequence[StanceEvent]:
    """Every event of a half-open period, in order of time."""
    first, last = (str(day) for day in period)
    return record.answers.rows(query("tumen.words", "stance_events"), StanceEvent, first=first, last=last)


def used_event(record: Record, event: StanceEvent, figure: Amount) -> Used:
    """An event as an estimate shows it, with what was measured of it."""
    return Used(
        table="events",
        id=event.id,
        source=event.source,
        publisher=record.sources[event.source].maker,
        amount=figure,
        start=event.date,
        end=event.date,
        actors=(event.source_actor, event.target_actor),
        kind=event.kind,
        text=event.description,
    )
