"""Whether blocking a council has become the doing of one actor alone: its share of the blocked acts, then and since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.events.contact import rate_draws
from tumen.events.turns import Turns, in_a_row, turns_of
from tumen.events.units import ACTS
from tumen.measure.arguments import ActorCode, Form, Period
from tumen.measure.arrays import Floats
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Used
from tumen.measure.missed import lever_of_missed
from tumen.measure.named_columns import acting
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import CHANGE_IN_SHARE
from tumen.record.read import Record

#: Fewer acts than this, before or since, are said to show little.
FEW_ACTS = 10

#: Most acts that a lever adds.
_MOST_MISSED = 20

Fate = Literal["vetoed", "blocked", "held", "given-up", "mandate-ended", "watered-down"]


class BlockingArguments(Form):
    """blocker: whose share; target: whom the acts are about; period; since: first day of the later part of it."""

    blocker: Annotated[ActorCode, acting("council_acts.blocked_by")]
    target: Annotated[ActorCode, acting("council_acts.target")]
    period: Period
    since: dt.date

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if not self.period[0] < self.since < self.period[1]:
            raise ValueError("a day inside the period, as the first of its later part")
        return self


class BlockingOptions(Form):
    """fates: those that count as blocking; stages: whether what became of one act later on, such as a mandate that
    ended for want of the act, counts beside it.
    """

    fates: Annotated[tuple[Fate, ...], Field(min_length=1)] = (
        "vetoed",
        "blocked",
        "held",
        "given-up",
        "mandate-ended",
    )
    stages: bool = False


def _missed(name: str, whose: str) -> Lever:
    return lever_of_missed(name, _MOST_MISSED, f"later acts blocked by {whose}, missing from the record", 1e-3)


MISSED_ALONE = _missed("missed_alone", "the one alone")
MISSED_OTHERS = _missed("missed_others", "others or together")


@dataclass(frozen=True)
class CouncilAct:
    """One row of council_acts.sql: what became of an act, as a source tells it."""

    id: str
    date: dt.date
    act: str
    description: str
    fate: str
    blocked_by: str | None
    quality: str
    source: str


@dataclass(frozen=True)
class BlockedAct:
    """One act that was blocked: the first day of its rows, and all whom they name."""

    date: dt.date
    by: frozenset[str]


def blocked_acts(rows: Sequence[CouncilAct], options: BlockingOptions) -> list[BlockedAct]:
    """Acts that were blocked by somebody who is named, each once however many sources tell of it.

    Example:
        >>> def row(day, by): return CouncilAct("", dt.date(2024, 3, day), "a", "", "vetoed", by, "exact", "")
        >>> [sorted(one.by) for one in blocked_acts([row(1, "AAA"), row(2, "AAA+BBB")], BlockingOptions())]
        [['AAA', 'BBB']]
    """
    gathered: dict[tuple[str, str], list[CouncilAct]] = {}
    for row in rows:
        if row.blocked_by and row.fate in options.fates:
            gathered.setdefault((row.act, row.fate if options.stages else ""), []).append(row)
    return [
        BlockedAct(
            min(row.date for row in told),
            frozenset(actor for row in told if row.blocked_by for actor in row.blocked_by.split("+")),
        )
        for told in gathered.values()
    ]


@dataclass(frozen=True)
class Blocks:
    """Blocked acts of a part of the period: by the one alone, and by others or together.

    Args:
        turns: how many are not blocked as the one before, by the one alone or not.
    """

    alone: int
    others: int
    turns: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return self.alone + self.others

    @property
    def in_time(self) -> Turns:
        """The acts one after another."""
        return Turns(self.all, self.alone, self.turns)


def _blocks(acts: Sequence[BlockedAct], blocker: str) -> Blocks:
    told = turns_of([act.by == {blocker} for act in sorted(acts, key=lambda act: act.date)])
    return Blocks(told.ones, told.count - told.ones, told.turns)


def run_blocking(record: Record, arguments: BlockingArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Share of the blocked acts that one actor blocked alone: since a day, less before it."""
    options: BlockingOptions = choice.options
    first, last = (str(day) for day in arguments.period)
    rows = record.answers.rows(
        query("tumen.events", "council_acts"), CouncilAct, target=arguments.target, first=first, last=last
    )
    acts = blocked_acts(rows, options)
    before = _blocks([act for act in acts if act.date < arguments.since], arguments.blocker)
    after = _blocks([act for act in acts if act.date >= arguments.since], arguments.blocker)
    used = tuple(_used(record, row) for row in rows if row.blocked_by and row.fate in options.fates)
    lacking = tuple(
        f"acts about {arguments.target} that were blocked {when} {arguments.since}"
        for blocks, when in ((before, "before"), (after, "since"))
        if not blocks.all
    )
    if lacking:
        return Lacking(lacking, used)
    each = in_a_row((before.in_time, after.in_time))
    earlier = alone_draws(before, 0, each, setting, "before")[before.alone, before.others]
    later = alone_draws(after, _MOST_MISSED, each, setting, "since")

    def respond(lever: str, value: float) -> Draws:
        missed = {lever: int(value)}
        alone, others = (missed.get(one.name, 0) for one in (MISSED_ALONE, MISSED_OTHERS))
        change: Draws = later[after.alone + alone, after.others + others] - earlier
        return change

    notes = _notes(before, after, each, arguments)
    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=notes,
        beside=notes[2:3] if min(before.all, after.all) < FEW_ACTS else (),
        series=_series(acts, arguments),
        figures={
            "alone_before": before.alone,
            "all_before": before.all,
            "alone_since": after.alone,
            "all_since": after.all,
            "exact_p": exact(before, after),
            "in_a_row": each,
        },
        baselines={MISSED_ALONE.name: 0.0, MISSED_OTHERS.name: 0.0},
        respond=respond,
        effective=min(before.all, after.all) / each,
    )


@dataclass(frozen=True)
class AloneDraws:
    """Draws of a share for every pair of counts; each rises with the one count and falls with the other.

    Args:
        alone, others: Gamma variates of count + ½, a row a count.
    """

    alone: Floats
    others: Floats

    def __getitem__(self, counts: tuple[int, int]) -> Draws:
        """Jeffreys' Beta posterior after so many by one alone, and so many by others."""
        one, rest = self.alone[counts[0]], self.others[counts[1]]
        share: Draws = one / (one + rest)
        return share


def alone_draws(blocks: Blocks, more: int, each: float, setting: Setting, when: str) -> AloneDraws:
    """Draws of the share that one actor blocks alone: a Beta variate is a Gamma variate over two.

    Args:
        more: how many acts may be added to either count.
        each: how many acts say as much as one that is decided on its own.

    Source: Brown, Cai and DasGupta (2001), doi:10.1214/ss/1009213286, for Jeffreys' interval.
    """
    return AloneDraws(
        *(
            rate_draws(count + more, setting.draws, stream(setting, "blocking", when, whose), each)
            for count, whose in ((blocks.alone, "alone"), (blocks.others, "others"))
        )
    )


def exact(before: Blocks, after: Blocks) -> float:
    """Fisher's exact test, one-sided: the chance of so many alone since, or more, were the share the same throughout.

    Source: Fisher (1922), doi:10.2307/2340521.

    Example:
        >>> exact(Blocks(0, 3), Blocks(3, 0))  # one of the 20 ways to place three among six
        0.05
    """
    alone, others = before.alone + after.alone, before.others + after.others
    ways = sum(comb(alone, k) * comb(others, after.all - k) for k in range(after.alone, min(alone, after.all) + 1))
    return ways / comb(alone + others, after.all)


def _notes(before: Blocks, after: Blocks, each: float, arguments: BlockingArguments) -> tuple[str, ...]:
    one, since = arguments.blocker, arguments.since
    best = exact(before, Blocks(after.all, 0))
    few = "so few acts show little: " if min(before.all, after.all) < FEW_ACTS else ""
    return (
        f"blocked before {since}: {counted(before.all, 'act')}, {before.alone} by {one} alone",
        f"blocked since {since}: {counted(after.all, 'act')}, {after.alone} by {one} alone; "
        f"Fisher's exact test: p = {exact(before, after):.2f}",
        f"{few}had {one} alone blocked every act since {since}, p would be {best:.3f}",
        *((_alike(before, after, each),) if each > 1 else ()),
    )


def _alike(before: Blocks, after: Blocks, each: float) -> str:
    return (
        f"acts that follow each other are decided alike more often than chance has it: {before.all} before and "
        f"{after.all} since say as much as {before.all / each:.1f} and {after.all / each:.1f} that are decided one by "
        "one, to which the test pays no heed"
    )


def _series(acts: Sequence[BlockedAct], arguments: BlockingArguments) -> tuple[Point, ...]:
    """Blocked acts so far, by year: those by the one alone, and all."""
    points = []
    for name, some in (
        (f"by {arguments.blocker} alone", [act for act in acts if act.by == {arguments.blocker}]),
        ("all that were blocked", acts),
    ):
        for year in range(arguments.period[0].year, (arguments.period[1] - dt.timedelta(days=1)).year + 1):
            count = float(sum(act.date.year <= year for act in some))
            points.append(Point(str(year), name, count, count, count))
    return tuple(points)


def _used(record: Record, row: CouncilAct) -> Used:
    return Used(
        table="council_acts",
        id=row.id,
        source=row.source,
        publisher=record.sources[row.source].maker,
        start=row.date,
        end=row.date,
        actors=tuple((row.blocked_by or "").split("+")),
        kind=row.fate,
        text=row.description,
    )


MEASURES = (
    Measure(
        name="blocking.change",
        question="Does one actor block a council alone more often than it did?",
        estimates="change in the share of acts that one blocks alone",
        unit=CHANGE_IN_SHARE,
        support=(-1.0, 1.0),
        arguments=BlockingArguments,
        options=BlockingOptions,
        tables=("council_acts",),
        levers=(MISSED_ALONE, MISSED_OTHERS),
        method="difference of two shares of acts, each with Jeffreys' Beta posterior of as many acts as they "
        "are worth where acts that follow each other are decided alike; Fisher's exact test beside it",
        source="Brown, Cai and DasGupta (2001), doi:10.1214/ss/1009213286; Bayley and Hammersley (1946), "
        "doi:10.2307/2983560; Fisher (1922), doi:10.2307/2340521",
        limits="Who blocked is mostly what unnamed diplomats said. An act that nobody reported is not seen, nor one "
        "that nobody tried because it would have been blocked. What blocks is counted, not how much it matters.",
        run=run_blocking,
        series_unit=ACTS,
    ),
)
