"""Words against deeds: whether what an actor says of another is warmer than what it does."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

import numpy as np

from tumen.measure.arguments import CERTAINTIES, ActorCode, Form, Period
from tumen.measure.arrays import Floats
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import COUNT, amount
from tumen.record.read import Record
from tumen.words.deeds import StanceEvent, events_in, used_event
from tumen.words.statements import Topics, stance_of, used_words, words_of
from tumen.words.units import SIGN, STANDARD_DEVIATIONS, WARMTH

COLD = Lever(
    name="cold_deeds",
    unit=COUNT,
    low=0.0,
    high=100.0,
    baseline=0.0,
    tolerance=1e-2,
    label="conflictual deeds missing from the record",
)
WARM = replace(COLD, name="warm_deeds", label="cooperative deeds missing from the record")

#: What the series behind the gap is.
WORDS_AND_DEEDS = "words and deeds"


class GapArguments(Form):
    """actor: who speaks and acts; target: toward whom it acts; topics: of the words; period."""

    actor: ActorCode
    target: ActorCode
    topics: Topics
    period: Period


class GapOptions(Form):
    """words_only: kinds of event that are words and not deeds; certainty: the least sure that are
    counted; coder: the one coder whose rows are read; empty: all.
    """

    words_only: tuple[str, ...] = ("statement",)
    certainty: Literal["low", "medium", "high"] = "low"
    coder: str = ""


def month_sums(dated: Sequence[tuple[dt.date, float]], months: Sequence[tuple[int, int]]) -> Floats:
    """Number, sum and sum of squares of some values by month: one row a month.

    Example:
        >>> month_sums([(dt.date(2024, 1, 5), 1.0), (dt.date(2024, 1, 9), 0.5)], [(2024, 1), (2024, 2)]).tolist()
        [[2.0, 1.5, 1.25], [0.0, 0.0, 0.0]]
    """
    sums = np.zeros((len(months), 3))
    place = {month: n for n, month in enumerate(months)}
    for day, value in dated:
        sums[place[day.year, day.month]] += (1.0, value, value * value)
    return sums


def gap_of(words: Floats, deeds: Floats, size: float) -> Draws:
    """Difference of two means in pooled standard deviations.

    Args:
        words, deeds: weight, sum and sum of squares in the last axis.
        size: how many words and deeds there are; more than two.

    Returns: (mean of words − mean of deeds) / pooled standard deviation, where both vary.

    Source: Cohen (1988), Statistical Power Analysis, 2nd ed., section 2.2.

    Example:
        >>> round(float(gap_of(np.array([2.0, 2.0, 2.0]), np.array([2.0, 0.0, 2.0]), 4)), 3)
        1.0
    """
    means = [side[..., 1] / side[..., 0] for side in (words, deeds)]
    scatter = sum(side[..., 2] - side[..., 1] ** 2 / side[..., 0] for side in (words, deeds))
    spread = np.sqrt(scatter / (words[..., 0] + deeds[..., 0]) * size / (size - 2))
    gap: Draws = (means[0] - means[1]) / spread
    return gap


def run_gap(record: Record, arguments: GapArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Mean stance in words, halved, less the mean sign of deeds, in pooled standard deviations."""
    options: GapOptions = choice.options
    words = words_of(record, arguments.actor, arguments.topics, arguments.period, options.coder)
    deeds = _deeds(record, arguments, options)
    used = (*used_words(record, words.remarks), *(used_event(record, d, amount(float(d.sign), SIGN)) for d in deeds))
    said = sorted((m.date, stance_of(m) / 2) for m in words.remarks)
    done = sorted((deed.date, float(deed.sign)) for deed in deeds)
    missing = (*words.missing, *_lacks(arguments, said, done))
    if missing:
        return Lacking(missing, used)
    months = sorted({(day.year, day.month) for day, _ in (*said, *done)})
    sides = [month_sums(dated, months) for dated in (said, done)]
    weights = _weights(months, sides, setting)
    spoken, acted = (weights @ side for side in sides)

    @cache
    def gap(cold: float, warm: float) -> Draws:
        more = np.array([cold + warm, warm - cold, cold + warm])
        return gap_of(spoken, acted + more, len(said) + len(done) + cold + warm)

    def respond(lever: str, value: float) -> Draws:
        return gap(value if lever == "cold_deeds" else 0.0, value if lever == "warm_deeds" else 0.0)

    means = [
        f"{name}: {len(dated)}, mean {sum(v for _, v in dated) / len(dated):+.2f}"
        for name, dated in (("remarks", said), ("deeds", done))
    ]
    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=(*means, *words.notes),
        series=(*by_quarter("words", said), *by_quarter("deeds", done)),
        silent=tuple(sorted(set(quarters_of(arguments.period)) - {_quarter(day) for day, _ in said})),
        baselines={"cold_deeds": 0.0, "warm_deeds": 0.0},
        respond=respond,
    )


def _weights(months: Sequence[tuple[int, int]], sides: Sequence[Floats], setting: Setting) -> Draws:
    """A weight for each month in each draw, so that words and deeds weigh on average what was counted.

    The Bayesian bootstrap over months: all that was said and done in a month is weighed together.
    """
    drawn = np.column_stack(
        [stream(setting, "month", f"{y}-{m:02}").standard_exponential(setting.draws) for y, m in months]
    )
    weights: Draws = drawn / drawn.mean(axis=1, keepdims=True)
    return weights


def _deeds(record: Record, arguments: GapArguments, options: GapOptions) -> list[StanceEvent]:
    return [
        event
        for event in events_in(record, arguments.period)
        if (event.source_actor, event.target_actor) == (arguments.actor, arguments.target)
        and event.parties is None  # what three do together is nobody's deed toward one other
        and event.kind not in options.words_only
        and CERTAINTIES.index(event.certainty) >= CERTAINTIES.index(options.certainty)
    ]


def _lacks(
    arguments: GapArguments, said: Sequence[tuple[dt.date, float]], done: Sequence[tuple[dt.date, float]]
) -> tuple[str, ...]:
    """What keeps a gap from being measured, besides a lack of words."""
    if not done:
        first, last = arguments.period
        return (f"deeds of {arguments.actor} toward {arguments.target} between {first} and {last}",)
    months = {(day.year, day.month) for day, _ in (*said, *done)}
    if said and (len(said) + len(done) < 4 or len(months) < 3):
        return ("at least four remarks and deeds together, in at least three months",)
    if said and len({v for _, v in said}) == 1 and len({v for _, v in done}) == 1:
        return ("variation: all words alike and all deeds alike have no standard deviation",)
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
        unit=STANDARD_DEVIATIONS,
        support=(float("-inf"), float("inf")),
        arguments=GapArguments,
        options=GapOptions,
        tables=("statements", "topics", "events"),
        levers=(COLD, WARM),
        method="mean of stance/2 over distinct remarks less mean sign of deeds, in pooled standard deviations; "
        "Bayesian bootstrap over months, all that was said and done in a month together",
        source="Cohen (1988), Statistical Power Analysis, section 2.2; Rubin (1981), doi:10.1214/aos/1176345338",
        limits="Two scales are compared: that +2 in words equals +1 in "
        "deeds is a convention. Deeds that nobody reported, such as trade that goes on, do not count. The "
        "levers say "
        "how many of each sign would have to be missing.",
        run=run_gap,
        series_unit=WARMTH,
        shape=WORDS_AND_DEEDS,
    ),
)
