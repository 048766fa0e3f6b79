"""How the contact of one dyad compares with another's: a ratio of two rates of events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.events.contact_dispersion import scatter_of
from tumen.events.event_names import EventActor, EventKind
from tumen.events.over_dispersion import Scatter, dispersion_draws, episode_rates
from tumen.events.units import CONTACTS
from tumen.measure.arguments import CERTAINTIES, Form, Period
from tumen.measure.arrays import Floats
from tumen.measure.comparable import peers_of
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Peers, Used
from tumen.measure.missed import lever_of_missed
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import RATIO
from tumen.record.read import Record


class ContactArguments(Form):
    """dyad over reference: two pairs of actors; kinds of events; period."""

    dyad: tuple[EventActor, EventActor]
    reference: tuple[EventActor, EventActor]
    kinds: Annotated[tuple[EventKind, ...], Field(min_length=1)]
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


#: Most contacts that a lever adds to a dyad.
_MOST_MISSED = 30


def _missed(name: str, whose: str) -> Lever:
    return lever_of_missed(name, _MOST_MISSED, f"contacts of the {whose} missing from the record", 1e-3)


MISSED_OF_DYAD = _missed("missed_of_dyad", "dyad")
MISSED_OF_REFERENCE = _missed("missed_of_reference", "reference dyad")


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


def rate_draws(most: int, draws: int, rng: np.random.Generator, each: float = 1.0) -> Floats:
    """Posterior draws of a Poisson rate for one unit of exposure, for every count of events at once.

    Under Jeffreys' prior the posterior after n events is Gamma(n + ½): a half event, and a unit
    exponential for each event. Building each count on the one before makes draws rise event by
    event, as a lever needs.

    Args:
        most: the highest count.
        each: how many events say as much as one that comes on its own; they add Gamma(1 / each), the rate in units
            of so many events.

    Returns: shape (most + 1, draws); row n is the posterior after n events.

    Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6.

    Example:
        >>> rates = rate_draws(3, 1000, np.random.default_rng(1))
        >>> rates.shape, bool((np.diff(rates, axis=0) > 0).all())
        ((4, 1000), True)
    """
    half = rng.standard_gamma(0.5, (1, draws))
    arrivals = rng.standard_gamma(1 / each, (most, draws))
    rates: Floats = np.concatenate([half, half + np.cumsum(arrivals, axis=0)])
    return rates


def run_contact(record: Record, arguments: ContactArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Rate of contacts of the dyad over the reference dyad's, in the same period."""
    options: ContactOptions = choice.options
    first, last = (str(day) for day in arguments.period)
    text = query("tumen.events", "contact")
    sides = [
        contacts(
            record.answers.rows(text, ContactEvent, one=one, other=other, first=first, last=last),
            options,
            arguments.kinds,
        )
        for one, other in (arguments.dyad, arguments.reference)
    ]
    used = tuple(_used(record, event) for side in sides for contact in side for event in contact)
    names = ["–".join(pair) for pair in (arguments.dyad, arguments.reference)]
    if not any(sides):
        return Lacking(f"events of kind {', '.join(arguments.kinds)} of {names[0]} or {names[1]} in the period", used)
    scatter = scatter_of([[contact[0].date for contact in side] for side in sides], arguments.period)
    index = dispersion_draws(scatter, setting.draws, stream(setting, "contact", "index", *sorted(names)))
    over, under = (
        episode_rates(len(side), index, _MOST_MISSED, stream(setting, "contact", name))
        for side, name in zip(sides, names, strict=True)
    )

    def respond(lever: str, value: float) -> Draws:
        missed = {lever: int(value)}
        ratio: Draws = over[missed.get(MISSED_OF_DYAD.name, 0)] / under[missed.get(MISSED_OF_REFERENCE.name, 0)]
        return ratio

    episodes = sum(len(side) for side in sides) / scatter.least
    searched = _searched(record, names)
    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=(
            *(f"{name}: {counted(len(side), 'contact')}" for name, side in zip(names, sides, strict=True)),
            _scattered(scatter, episodes),
            *searched,
        ),
        beside=searched,
        series=tuple(p for name, side in zip(names, sides, strict=True) for p in _series(name, side, arguments.period)),
        figures={"dispersion": scatter.least, "episodes": episodes},
        baselines={MISSED_OF_DYAD.name: 0.0, MISSED_OF_REFERENCE.name: 0.0},
        respond=respond,
        peers=_peers(record, arguments, options, len(sides[1])),
        effective=episodes,
    )


def _scattered(scatter: Scatter, episodes: float) -> str:
    """How far the contacts come in episodes, in words."""
    if not scatter.free:
        return "too short a period to tell whether contacts come in episodes: they count as coming one by one"
    if scatter.index <= 1:
        return "contacts come one by one: their counts scatter no more than chance has it"
    return (
        f"contacts come in episodes: their counts scatter {scatter.index:.1f} times as much as chance has it, "
        f"so they say as much as {episodes:.0f} that come one by one"
    )


def _searched(record: Record, names: Sequence[str]) -> tuple[str, ...]:
    """What follows where the record does not hold every event."""
    if record.covers("events") == "exhaustive":
        return ()
    return (
        f"the record of events does not hold every one: the ratio is right if {names[0]} and {names[1]} were searched "
        "for alike; the levers say how many contacts of either would have to be missing",
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
        estimates="ratio of the one dyad's rate of contacts to the other's",
        unit=RATIO,
        support=(0.0, float("inf")),
        arguments=ContactArguments,
        options=ContactOptions,
        tables=("events",),
        levers=(MISSED_OF_DYAD, MISSED_OF_REFERENCE),
        method="ratio of two rates over the same period, each with Jeffreys' Gamma posterior, widened as far as the "
        "counts of months or quarters scatter more than chance has it (quasi-Poisson)",
        source="Gelman et al., Bayesian Data Analysis (3rd ed.), sections 2.6 and 3.2; Wedderburn (1974), "
        "doi:10.1093/biomet/61.3.439; McCullagh and Nelder, Generalized Linear Models (2nd ed.), section 6.2.3",
        limits="Counts what the record holds: a chronology that "
        "follows one dyad more closely finds more. The levers say how many contacts of either it would need to have "
        "missed. A rate that drifts over the period looks like episodes, and widens the interval.",
        run=run_contact,
        series_unit=CONTACTS,
    ),
)
