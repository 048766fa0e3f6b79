"""What arguments of the measures of events name in the record."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tumen.measure.arguments import ActorCode
from tumen.measure.named_columns import Names, acting

#: Whoever takes part in an event.
EventActor = Annotated[ActorCode, acting("events.source_actor", "events.target_actor", "events.parties")]

#: A kind of event, of which the record may hold none.
EventKind = Annotated[str, Names("kind", ("events.kind",), unmatched="wrong-if-near")]

#: The source of events, or the one that gives most of them.
EventSource = Annotated[str, Field(min_length=1), Names("source", ("events.source",), also=("auto",))]

#: An event by its id.
EventId = Annotated[str, Names("event", ("events.id",))]
