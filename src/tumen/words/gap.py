"""Words against deeds: whether what an actor says of another is warmer than what it does."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import fsum
from typing import Annotated, Literal

import numpy as np

from tumen.events.event_names import EventKind
from tumen.measure.arguments import CERTAINTIES, ActorCode, Form, Period
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.named_columns import acting
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import COUNT, amount
from tumen.record.read import Record
from tumen.words.deeds import StanceEvent, events_in, used_event
from tumen.words.statements import OneCoder, Topics, stance_of, used_words, words_of
from tumen.words.units import SIGN, STANDARD_DEVIATIONS, WARMTH
from tumen.words.unseen import effective_number, independent, noted_draws

COLD = Lever(
    name="cold_deeds",
    unit=COUNT,
    low=0.0,
    high=100.0,
    baseline=0.0,
    tolerance=1e-2,
    label="conflictual deeds missing from the record",
)
LEVERS = (
    COLD,
    replace(COLD, name="warm_deeds", label="cooperative deeds missing from the record"),
    replace(COLD, name="cold_words", label="hostile remarks missing from the record"),
    replace(COLD, name="warm_words", label="warm remarks missing from the record"),
)

#: The two sides, as levers name them.
_SIDES = ("words", "deeds")

#: Deeds no more than so many days apart are of one episode.
EPISODE_DAYS = 10

#: Fewer briefings, or episodes, say nothing of how much they vary.
FEWEST = 3

#: What the series behind the gap is.
WORDS_AND_DEEDS = "words and deeds"


class GapArguments(Form):
    """actor: who speaks and acts; target: toward whom it acts; topics: of the words; period."""

    actor: Annotated[ActorCode, acting("statements.actor", "events.source_actor")]
    target: Annotated[ActorCode, acting("events.target_actor")]
    topics: Topics
    period: Period


class GapOptions(Form):
    """words_only: kinds of event that are words and not deeds; certainty: the least sure that are
    counted; coder: the one coder whose rows are read; empty: all.
    """

    words_only: tuple[EventKind, ...] = ("statement",)
    certainty: Literal["low", "medium", "high"] = "low"
    coder: OneCoder = ""


@dataclass(frozen=True)
class GapSide:
    """Words or deeds, each a number from -1 (cold) to 1 (warm).

    Args:
        independent: how many independent observations they amount to.
        step: distance between neighbouring values of the scale. What is coded as one may lie anywhere within a step, so
            that no variance is less than that of an even spread over it.
    """

    values: tuple[float, ...]
    independent: float
    step: float

    def more(self, cold: float, warm: float) -> tuple[float, float, float]:
        """Independent number, mean and variance with so many more of -1 and of 1; parts of one are allowed."""
        number = len(self.values) + cold + warm
        mean = (fsum(self.values) + warm - cold) / number
        squares = fsum((v - mean) ** 2 for v in self.values) + cold * (-1 - mean) ** 2 + warm * (1 - mean) ** 2
        return self.independent + cold + warm, mean, max(squares / (number - 1), self.step**2 / 12)


@dataclass(frozen=True)
class GapErrors:
    """What is random of one side, whatever a lever does to it.

    Args:
        spread: the true variance over that observed: degrees of freedom over a chi-square.
        error: the error of the mean, in standard errors.
        tilt: logarithm of how much likelier a deed or word at the warm end was to be noted than one at the cold end.
    """

    spread: Draws
    error: Draws
    tilt: Draws


def errors_of(side: GapSide, tilt: Draws, rng: np.random.Generator) -> GapErrors:
    """Draws for one side, by its number of independent observations."""
    free = max(1.0, side.independent - 1)
    return GapErrors(free / rng.chisquare(free, tilt.size), rng.standard_normal(tilt.size), tilt)


def gap_draws(
    words: tuple[float, float, float], deeds: tuple[float, float, float], by: tuple[GapErrors, GapErrors]
) -> Draws:
    """Draws of a difference of two means in pooled standard deviations.

    The posterior of each mean under a normal model whose variance is its own and unknown, which has Student's t:
    the difference is that of Behrens and Fisher. Where a record notes warm things likelier than cold ones, its
    mean is too warm by the tilt of the odds times the variance.

    Args:
        words, deeds: independent number, mean and variance of each.

    Source: Box & Tiao (1973), Bayesian Inference in Statistical Analysis, section 2.5, for the difference; Cohen
        (1988), Statistical Power Analysis, 2nd ed., section 2.2, for the unit.

    Example:
        >>> sure = GapErrors(np.ones(1), np.zeros(1), np.zeros(1))
        >>> gap_draws((4.0, 0.75, 0.5), (4.0, 0.25, 0.5), (sure, sure)).round(3).tolist()
        [0.707]
    """
    means, pooled, free = [], np.zeros(by[0].spread.size), 0.0
    for (number, mean, variance), chances in zip((words, deeds), by, strict=True):
        true = variance * chances.spread
        means.append(mean + np.sqrt(true / number) * chances.error - chances.tilt / 2 * true)
        pooled += (number - 1) * true
        free += number - 1
    drawn: Draws = (means[0] - means[1]) / np.sqrt(pooled / free)
    return drawn


def episodes(days: Sequence[dt.date]) -> list[int]:
    """How many of some days, in order, belong to each episode: one ends where nothing happens for EPISODE_DAYS.

    Example:
        >>> episodes([dt.date(2024, 1, 1), dt.date(2024, 1, 8), dt.date(2024, 3, 1)])
        [2, 1]
    """
    sizes: list[int] = []
    for n, day in enumerate(days):
        if n and (day - days[n - 1]).days <= EPISODE_DAYS:
            sizes[-1] += 1
        else:
            sizes.append(1)
    return sizes


def run_gap(record: Record, arguments: GapArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Mean stance in words, halved, less the mean sign of deeds, in pooled standard deviations."""
    options: GapOptions = choice.options
    words = words_of(record, arguments.actor, arguments.topics, arguments.period, options.coder)
    deeds = _deeds(record, arguments, options)
    used = (*used_words(record, words.remarks), *(used_event(record, d, amount(float(d.sign), SIGN)) for d in deeds))
    said = sorted((m.date, stance_of(m) / 2) for m in words.remarks)
    done = sorted((deed.date, float(deed.sign)) for deed in deeds)
    briefings, acts = {m.briefing for m in words.remarks}, episodes([day for day, _ in done])
    missing = (*words.missing, *_lacks(arguments, len(briefings), len(acts)))
    if missing:
        return Lacking(missing, used)
    sides = (
        GapSide(tuple(v for _, v in said), independent(words.remarks), 0.5),
        GapSide(tuple(v for _, v in done), effective_number(acts), 1.0),
    )
    by = _chances(record, arguments, sides, setting)

    @cache
    def respond(lever: str, value: float) -> Draws:
        moved = {"cold_words": 0.0, "warm_words": 0.0, "cold_deeds": 0.0, "warm_deeds": 0.0, lever: value}
        spoken, acted = (
            side.more(moved[f"cold_{n}"], moved[f"warm_{n}"]) for n, side in zip(_SIDES, sides, strict=True)
        )
        return gap_draws(spoken, acted, by)

    means = [
        f"{name}: {len(side.values)}, mean {fsum(side.values) / len(side.values):+.2f}, "
        f"as {side.independent:.3g} independent ones"
        for name, side in zip(("remarks", "deeds"), sides, strict=True)
    ]
    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=(*means, *words.notes),
        series=(*by_quarter("words", said), *by_quarter("deeds", done)),
        silent=tuple(sorted(set(quarters_of(arguments.period)) - {_quarter(day) for day, _ in said})),
        baselines={lever.name: 0.0 for lever in LEVERS},
        respond=respond,
        effective=min(side.independent for side in sides),
    )


def _chances(
    record: Record, arguments: GapArguments, sides: tuple[GapSide, GapSide], setting: Setting
) -> tuple[GapErrors, GapErrors]:
    """What is random of words and of deeds."""
    of = (arguments.actor, arguments.target)
    found = [
        errors_of(
            side,
            np.log(noted_draws(record, table, setting, *of, name)),
            stream(setting, "gap", *of, name),
        )
        for name, table, side in zip(_SIDES, ("statements", "events"), sides, strict=True)
    ]
    return found[0], found[1]


def _deeds(record: Record, arguments: GapArguments, options: GapOptions) -> list[StanceEvent]:
    return [
        event
        for event in events_in(record, arguments.period)
        if (event.source_actor, event.target_actor) == (arguments.actor, arguments.target)
        and event.parties is None  # what three do together is nobody's deed toward one other
        and event.kind not in options.words_only
        and CERTAINTIES.index(event.certainty) >= CERTAINTIES.index(options.certainty)
    ]


def _lacks(arguments: GapArguments, briefings: int, acts: int) -> tuple[str, ...]:
    """What keeps a gap from being measured, besides a lack of words."""
    first, last = arguments.period
    if not acts:
        return (f"deeds of {arguments.actor} toward {arguments.target} between {first} and {last}",)
    if briefings and min(briefings, acts) < FEWEST:
        return (f"remarks of at least {FEWEST} days and deeds of at least {FEWEST} episodes",)
    return ()


def by_quarter(group: str, dated: Sequence[tuple[dt.date, float]]) -> list[Point]:
    """Mean of each quarter in which something was said or done, with its standard error where it has two values or
    more.

    Example:
        >>> [(p.when, p.median) for p in by_quarter("words", [(dt.date(2024, 4, 2), 0.5)])]
        [('2024-Q2', 0.5)]
    """
    values: dict[str, list[float]] = defaultdict(list)
    for day, value in dated:
        values[_quarter(day)].append(value)
    points = []
    for when, found in sorted(values.items()):
        mean = float(np.mean(found))
        error = 1.645 * float(np.std(found, ddof=1)) / len(found) ** 0.5 if len(found) > 1 else 0.0
        points.append(
            Point(when, group, mean, float(np.clip(mean - error, -1, 1)), float(np.clip(mean + error, -1, 1)))
        )
    return points


def quarters_of(period: tuple[dt.date, dt.date]) -> list[str]:
    """The quarters that a half-open period touches.

    Example:
        >>> quarters_of((dt.date(2023, 12, 31), dt.date(2024, 4, 1)))
        ['2023-Q4', '2024-Q1']
    """
    first, last = period
    months = range(first.year * 12 + (first.month - 1) // 3 * 3, last.year * 12 + last.month - 1 + (last.day > 1), 3)
    return [_quarter(dt.date(month // 12, month % 12 + 1, 1)) for month in months]


def _quarter(day: dt.date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


MEASURES = (
    Measure(
        name="stance.gap",
        question="Are an actor's words toward another warmer or colder than its deeds?",
        estimates="distance of words from deeds",
        unit=STANDARD_DEVIATIONS,
        support=(float("-inf"), float("inf")),
        arguments=GapArguments,
        options=GapOptions,
        tables=("statements", "topics", "events"),
        levers=LEVERS,
        method="mean of stance/2 over distinct remarks less mean sign of deeds, in pooled standard deviations; Behrens "
        "and Fisher's posterior of so many independent observations as there are briefings and episodes; in a "
        "convenience record, on odds of being noted that are drawn",
        source="Box & Tiao (1973), Bayesian Inference in Statistical Analysis, section 2.5; Cohen (1988), Statistical "
        "Power Analysis, section 2.2; Lash, Fox & Fink (2009), doi:10.1007/978-0-387-87959-8",
        limits="Two scales are compared: that +2 in words equals +1 in deeds is a convention. Deeds that nobody "
        "reported, such as trade that goes on, do not count. The levers say how many of each sort would have to be "
        "missing.",
        run=run_gap,
        series_unit=WARMTH,
        shape=WORDS_AND_DEEDS,
    ),
)
