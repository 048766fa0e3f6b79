"""How long an actor takes to comment on events; silence is a delay that has not ended."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from tumen.counting import counted
from tumen.events.event_names import EventId, EventKind
from tumen.measure.arguments import Form, Period
from tumen.measure.arrays import Floats
from tumen.measure.content import in_order
from tumen.measure.draws import point_of, stream
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import DAYS, SHARE, Amount
from tumen.record.read import Record
from tumen.words.deeds import StanceEvent, events_in, used_event
from tumen.words.statements import OneCoder, Speaking, StatementKind, Topics, used_words, words_of
from tumen.words.units import SILENCE

#: How many standard errors the correlation of unrelated neighbours passes in one of twenty records.
BY_CHANCE = 1.645

_FIRM = ("day", "approximate")

UNHEARD = Lever(
    name="unheard",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=0.0,
    tolerance=1e-4,
    label="share of events met on the day by a remark missing from the record",
)
UNRELATED = replace(UNHEARD, name="unrelated", label="share of remarks counted that were not about the event")


class DelayArguments(Form):
    """actor: whose first remark ends the delay; topics: of the remark, each with all below it;
    events: ids of those that start it, or kinds: all of these kinds; period: of the events.
    """

    actor: Speaking
    topics: Topics
    events: tuple[EventId, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    period: Period

    @model_validator(mode="after")
    def _some_events(self) -> Self:
        if bool(self.events) == bool(self.kinds):
            raise ValueError("either events (ids) or kinds of events")
        return self


class DelayOptions(Form):
    """horizon_days: how long a remark is waited for; remarks: kinds of remark that end a delay, all
    where none is named; coder: the one coder whose rows are read; empty: all.
    """

    horizon_days: Annotated[int, Field(ge=1, le=3660)] = 365
    remarks: tuple[StatementKind, ...] = ()
    coder: OneCoder = ""


@dataclass(frozen=True)
class Delay:
    """From an event to the first remark, or to the end of the wait.

    Args:
        ended: whether a remark ended it; a silence is longer than its days.
    """

    event: StanceEvent
    days: int
    ended: bool

    @property
    def amount(self) -> Amount:
        """How long it was; at least so long where it has not ended."""
        return Amount(float(self.days), float(self.days) if self.ended else None, SILENCE)


def delays_of(
    events: Sequence[StanceEvent], remarks: Sequence[dt.date], until: dt.date, horizon_days: int
) -> list[Delay]:
    """The delay after each event.

    Args:
        remarks: days of remarks, in order.
        until: the last day that is known of.

    Example:
        >>> e = StanceEvent("e", dt.date(2024, 1, 1), "day", "AAA", "BBB", "visit", 1, "high", "they met", None, "s")
        >>> found = delays_of([e], [dt.date(2023, 12, 1), dt.date(2024, 1, 6)], dt.date(2024, 12, 31), 30)
        >>> (found[0].days, found[0].ended)
        (5, True)
    """
    found = []
    for event in events:
        wait = min(horizon_days, (until - event.date).days)
        days = next(((day - event.date).days for day in remarks if day >= event.date), None)
        ended = days is not None and days <= wait
        found.append(Delay(event, days if ended and days is not None else wait, ended))
    return found


def product_limit(days: Sequence[int], ended: Sequence[bool], weights: Draws) -> tuple[list[int], Draws]:
    """Share of delays still going on after each day on which some ended: Kaplan and Meier's estimator.

    Args:
        weights: 2-D, a row a draw and a column a delay.

    Returns: the days in order; the share after each, a row a draw.

    Source: Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452.

    Example:
        >>> when, share = product_limit([1, 2, 2], [True, True, False], np.ones((1, 3)))
        >>> when, [round(s, 3) for s in share[0].tolist()]
        ([1, 2], [0.667, 0.333])
    """
    length, over = np.asarray(days), np.asarray(ended, dtype=bool)
    when = sorted({int(d) for d in length[over]})
    share = np.ones((len(weights), len(when)))
    going = np.ones(len(weights))
    for n, day in enumerate(when):
        at_risk = weights[:, length >= day].sum(axis=1)
        going = going * (1 - weights[:, (length == day) & over].sum(axis=1) / at_risk)
        share[:, n] = going
    return when, share


def median_of(when: Sequence[int], share: Draws, horizon: float) -> Draws:
    """First day after which no more than half still go on; the horizon where that day never comes.

    Example:
        >>> median_of([1, 2], np.array([[0.6, 0.4], [0.9, 0.8]]), 30.0).tolist()
        [2.0, 30.0]
    """
    if not when:
        return np.full(len(share), horizon)
    below = share <= 0.5 + 1e-12
    draws: Draws = np.where(below.any(axis=1), np.asarray(when, dtype=float)[below.argmax(axis=1)], horizon)
    return draws


def independent_delays(longer: Floats) -> float:
    """How many independent delays some amount to that follow each other and may be alike.

    Args:
        longer: in order of time, how far each lasted longer than most: 1 where it did, 0 where not.

    Returns: their number; less where neighbours are alike beyond chance, as of an autoregressive series of the first
        order; never below one.

    Source: Bayley & Hammersley (1946), doi:10.2307/2983560; Anderson (1942), Annals of Mathematical
        Statistics 13, 1-13, for what chance has of a correlation.

    Limits: of few delays, chance has much, so that some that are alike count in full.

    Example:
        >>> [round(independent_delays(np.array(x)), 1) for x in ([0.0, 1.0] * 4, [0.0] * 4 + [1.0] * 4)]
        [8.0, 1.8]
    """
    apart = longer - longer.mean()
    whole = float(apart @ apart)
    memory = float(apart[1:] @ apart[:-1]) / whole if whole else 0.0
    if memory <= BY_CHANCE / longer.size**0.5:
        return float(longer.size)
    return max(1.0, longer.size * (1 - memory) / (1 + memory))


def run_delay(record: Record, arguments: DelayArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Median days from some events to the first remark after each, silence censored."""
    options: DelayOptions = choice.options
    first, last = arguments.period
    happened = events_in(record, arguments.period)
    chosen = in_order([e for e in happened if e.id in arguments.events or e.kind in arguments.kinds], record)
    firm = [e for e in chosen if e.date_precision == "day" and e.date < setting.as_of]
    after = (first, max(last, setting.as_of) + dt.timedelta(1)) if setting.as_of.year < 9999 else (first, last)
    words = words_of(record, arguments.actor, arguments.topics, after, options.coder)
    days = sorted(
        m.date
        for m in words.remarks
        if any(r.date_precision in _FIRM and (not options.remarks or r.kind in options.remarks) for r in m.rows)
    )
    unknown = tuple(m for m in words.missing if m.startswith("topic "))
    if unknown or not firm:
        events = record.redaction.named("events", arguments.events)
        lack = f"events dated to the day between {first} and {last}: {', '.join(events or arguments.kinds)}"
        return Lacking(unknown or lack)
    found = delays_of(firm, days, setting.as_of, options.horizon_days)
    weights, independent = _weights(found, setting)
    when, share = product_limit([d.days for d in found], [d.ended for d in found], weights)

    @cache
    def respond(lever: str, value: float) -> Draws:
        moved = {"unheard": 0.0, "unrelated": 0.0, lever: value}
        still = (1 - (1 - moved["unrelated"]) * (1 - share)) * (1 - moved["unheard"])
        at_once = np.full(setting.draws, 1 - moved["unheard"])
        return median_of([0, *when], np.column_stack([at_once, still]), float(options.horizon_days))

    draws = respond("", 0.0)
    longer = frozenset[Bound]({"lower"}) if bool((draws >= options.horizon_days).any()) else frozenset[Bound]()
    sooner = frozenset[Bound]() if record.covers("statements") == "exhaustive" else frozenset[Bound]({"upper"})
    silent = sum(not d.ended for d in found)
    notes = [
        f"{counted(len(found), 'event')}, {len(found) - silent} commented on, {silent} met with silence; "
        f"as {independent:.3g} independent ones",
        *words.notes,
    ]
    if len(firm) < len(chosen):
        notes.append(f"events left out, whose day is not known or not yet over: {len(chosen) - len(firm)}")
    answered = {d.event.date + dt.timedelta(d.days) for d in found if d.ended}
    heard = [m for m in words.remarks if m.date in answered]
    return Found(
        draws=draws,
        used=(*(used_event(record, d.event, d.amount) for d in found), *used_words(record, heard)),
        bounds=longer | sooner,
        notes=tuple(notes),
        series=tuple(_curve(when, share)),
        baselines={"unheard": 0.0, "unrelated": 0.0},
        respond=respond,
        effective=independent,
    )


def _weights(found: Sequence[Delay], setting: Setting) -> tuple[Draws, float]:
    """Random weights of some delays, a row a draw, and how many independent ones they amount to.

    What happened on one day is one observation. Where neighbours in time are alike, weights scatter as those of so
    many fewer.
    """
    middle = float(np.median([d.days for d in found]))
    longer: dict[dt.date, list[bool]] = defaultdict(list)
    for delay in sorted(found, key=lambda d: d.event.date):
        longer[delay.event.date].append(delay.days > middle)
    independent = independent_delays(np.array([np.mean(on_one_day) for on_one_day in longer.values()]))
    shape = independent / len(longer)
    weigh = {day: stream(setting, "delay", str(day)).standard_gamma(shape, setting.draws) for day in longer}
    least = np.finfo(float).tiny  # where the shape is small, a weight may be too small to be written as a number
    return np.maximum(least, np.column_stack([weigh[d.event.date] for d in found])), independent


def _curve(when: Sequence[int], share: Draws) -> list[Point]:
    """Share of events still without a remark, by day."""
    return [point_of(str(day), "still silent", share[:, n]) for n, day in enumerate(when)]


MEASURES = (
    Measure(
        name="stance.delay",
        question="How many days pass before an actor comments on an event?",
        estimates="time until a comment",
        unit=DAYS,
        support=(0.0, float("inf")),
        arguments=DelayArguments,
        options=DelayOptions,
        tables=("statements", "topics", "events"),
        levers=(UNHEARD, UNRELATED),
        method="median of Kaplan and Meier's product-limit estimator, silence censored at the horizon or the case's "
        "date; Bayesian bootstrap over days of events, as many as are independent",
        source="Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452; Rubin (1981), doi:10.1214/aos/1176345338; "
        "Bayley & Hammersley (1946), doi:10.2307/2983560",
        limits="The first remark on the topic need not be about the event. If more than half the "
        "events met with silence, the delay is at least the horizon and the verdict says so. A record that misses "
        "remarks makes the silence look longer: unless it holds all, the delay is at most what was found.",
        run=run_delay,
        series_unit=SHARE,
    ),
)
