"""How the contact of one dyad compares with another's: a ratio of two rates of events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.events.units import CONTACTS
from tumen.measure.arguments import CERTAINTIES, ActorCode, Form, Period
from tumen.measure.comparable import peers_of
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Peers, Used
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import COUNT, RATIO
from tumen.record.read import Record


class ContactArguments(Form):
    """dyad over reference: two pairs of actors; kinds of events; period."""

    dyad: tuple[ActorCode, ActorCode]
    reference: tuple[ActorCode, ActorCode]
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]
    period: Period

    @model_validator(mode="after")
    def _two_dyads(self) -> Self:
        pairs = [set(self.dyad), set(self.reference)]
        if any(len(p) < 2 for p in pairs) or pairs[0] == pairs[1]:
            raise ValueError("two different dyads, each of two actors")
        return self


class ContactOptions(Form):
    """merge_days: events of a dyad within so many days of the one before are one contact (0: none
    are merged but those of one day); certainty: the least sure that are counted.
    """

    merge_days: Annotated[int, Field(ge=0, le=366)] = 0
    certainty: Literal["low", "medium", "high"] = "low"


MISSED_CONTACTS = Lever(
    name="missed",
    unit=COUNT,
    low=0.0,
    high=200.0,
    baseline=0.0,
    tolerance=1e-3,
    label="contacts of the reference dyad missing from the record",
)


@dataclass(frozen=True)
class ContactEvent:
    """One row of contact.sql: an event between two actors, in either direction."""

    id: str
    date: dt.date
    source_actor: str
    target_actor: str
    kind: str
    certainty: str
    description: str
    source: str


def contacts(events: Sequence[ContactEvent], options: ContactOptions, kinds: Sequence[str]) -> list[list[ContactEvent]]:
    """Events gathered into contacts: those close in time are one.

    Args:
        events: of one dyad, in order of time.

    Example:
        >>> def e(d): return ContactEvent("", dt.date(2024, 1, d), "AAA", "BBB", "visit", "high", "", "")
        >>> [len(c) for c in contacts([e(1), e(1), e(9)], ContactOptions(merge_days=5), ["visit"])]
        [2, 1]
    """
    gathered: list[list[ContactEvent]] = []
    for event in events:
        if event.kind not in kinds or CERTAINTIES.index(event.certainty) < CERTAINTIES.index(options.certainty):
            continue
        if gathered and (event.date - gathered[-1][-1].date).days <= options.merge_days:
            gathered[-1].append(event)
        else:
            gathered.append([event])
    return gathered


def rate_draws(most: int, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Posterior draws of a Poisson rate for one unit of exposure, for every count of events at once.

    Under Jeffreys' prior the posterior after n events is Gamma(n + ½): a half event, and a unit
    exponential for each event. Building each count on the one before makes draws rise event by
    event, as a lever needs.

    Args:
        most: the highest count.

    Returns: shape (most + 1, draws); row n is the posterior after n events.

    Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6.

    Example:
        >>> rates = rate_draws(3, 1000, np.random.default_rng(1))
        >>> rates.shape, bool((np.diff(rates, axis=0) > 0).all())
        ((4, 1000), True)
    """
    half = rng.standard_gamma(0.5, (1, draws))
    arrivals = rng.standard_exponential((most, draws))
    rates: NDArray[np.float64] = np.concatenate([half, half + np.cumsum(arrivals, axis=0)])
    return rates


@lru_cache(maxsize=2)
def _rates(most: int, draws: int, seed: int, name: str) -> NDArray[np.float64]:
    """Rates of one dyad, the same for every way to count its events."""
    return rate_draws(most, draws, stream(Setting(draws, seed), "contact", name))


def run_contact(record: Record, arguments: ContactArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Rate of contacts of the dyad over the reference dyad's, in the same period."""
    options: ContactOptions = choice.options
    first, last = (str(day) for day in arguments.period)
    text = query("tumen.events", "contact")
    events = [
        record.answers.rows(text, ContactEvent, one=one, other=other, first=first, last=last)
        for one, other in (arguments.dyad, arguments.reference)
    ]
    sides = [contacts(each, options, arguments.kinds) for each in events]
    used = tuple(_used(record, event) for side in sides for contact in side for event in contact)
    names = ["–".join(pair) for pair in (arguments.dyad, arguments.reference)]
    if not any(sides):
        return Lacking(f"events of kind {', '.join(arguments.kinds)} of {names[0]} or {names[1]} in the period", used)
    most = (len(events[0]), len(events[1]) + int(MISSED_CONTACTS.high))
    over, under = (_rates(n, setting.draws, setting.seed, name) for n, name in zip(most, names, strict=True))

    def respond(lever: str, value: float) -> Draws:
        missed = int(value) if lever == "missed" else 0
        ratio: Draws = over[len(sides[0])] / under[len(sides[1]) + missed]
        return ratio

    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=tuple(f"{name}: {counted(len(side), 'contact')}" for name, side in zip(names, sides, strict=True)),
        series=tuple(p for name, side in zip(names, sides, strict=True) for p in _series(name, side, arguments.period)),
        baselines={"missed": 0.0},
        respond=respond,
        peers=_peers(record, arguments, options, len(sides[1])),
    )


def _peers(record: Record, arguments: ContactArguments, options: ContactOptions, reference: int) -> Peers | None:
    """The same ratio of every other dyad that the record has an event of; half a contact is added to either side."""
    first, last = (str(day) for day in arguments.period)
    dyads: dict[tuple[str, ...], list[ContactEvent]] = defaultdict(list)
    for event in record.answers.rows(query("tumen.events", "contact_all"), ContactEvent, first=first, last=last):
        dyads[tuple(sorted((event.source_actor, event.target_actor)))].append(event)
    own = {tuple(sorted(pair)) for pair in (arguments.dyad, arguments.reference)}
    counts = {
        pair: len(contacts(events, options, arguments.kinds)) for pair, events in dyads.items() if pair not in own
    }
    return peers_of("other dyads", {"–".join(pair): (n + 0.5) / (reference + 0.5) for pair, n in counts.items()})


def _used(record: Record, event: ContactEvent) -> Used:
    return Used(
        table="events",
        id=event.id,
        source=event.source,
        publisher=record.sources[event.source].maker,
        start=event.date,
        end=event.date,
        actors=(event.source_actor, event.target_actor),
        kind=event.kind,
        text=event.description,
    )


def _series(name: str, side: Sequence[Sequence[ContactEvent]], period: tuple[dt.date, dt.date]) -> list[Point]:
    """Contacts counted so far, by quarter."""
    points = []
    day = dt.date(period[0].year, period[0].month, 1)
    while day < period[1]:
        until = dt.date(day.year + (day.month + 2) // 12, (day.month + 2) % 12 + 1, 1)
        count = float(sum(1 for contact in side if contact[0].date < until))
        points.append(Point(f"{day:%Y-%m}", name, count, count, count))
        day = until
    return points


MEASURES = (
    Measure(
        name="contact.ratio",
        question="Which of two dyads meets more often, and by how much?",
        unit=RATIO,
        support=(0.0, float("inf")),
        arguments=ContactArguments,
        options=ContactOptions,
        tables=("events",),
        levers=(MISSED_CONTACTS,),
        method="ratio of two Poisson rates over the same period, each with Jeffreys' Gamma posterior",
        source="Gelman et al., Bayesian Data Analysis (3rd ed.), section 2.6",
        limits="Counts what the record holds: a chronology that "
        "follows one dyad more closely finds more. The lever says how many contacts it would need to have missed. "
        "If contacts come in bursts, the interval is too narrow; merge them with merge_days.",
        run=run_contact,
        series_unit=CONTACTS,
    ),
)
