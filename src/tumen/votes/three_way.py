"""Whether three actors vote as one beyond what their pairs and an adversary's vote predict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from tumen.measure.arguments import Form, Period, Share
from tumen.measure.comparable import peers_of
from tumen.measure.draws import point_of, stream
from tumen.measure.estimate import Choice, Found, Lacking, Measure, Used
from tumen.measure.setting import Setting
from tumen.measure.units import CHANGE_IN_SHARE, amount
from tumen.record.read import Record
from tumen.votes.agreement import Voter
from tumen.votes.assembly import RollCall, assembly_of, roll_calls, sources_of
from tumen.votes.loglinear import PATTERNS, alike, fit_pairs, possible, share
from tumen.votes.room import Room, points, room_of
from tumen.votes.three_way_draws import Codes, counts_of, draws_of, resolutions
from tumen.votes.units import THREE_WAY_VOTES

#: Fewer roll calls than this on which all four voted say nothing of three-way votes.
LEAST_ROLL_CALLS = 30

#: Most triads of other members that the three are ranked among; more are sampled.
MOST_TRIADS = 400

#: The number of each vote, by its letter's code; -1 where none was cast.
_CODES = np.full(128, -1, dtype=np.int64)
_CODES[[ord(letter) for letter in "YAN"]] = 0, 1, 2

_ANSWERS = {"any": None, "yes": 0, "abstained": 1, "no": 2}
_DETECT = 1.645 + 0.842  # one-sided test at 5 per cent, power 0.8


class ThreeWayArguments(Form):
    """of: the three; reference: the adversary; period; bound: the excess that the votes must leave room for, or they
    cannot test the claim; within: how much more often than the three another member may agree with the adversary and
    still be compared.
    """

    of: tuple[Voter, Voter, Voter]
    reference: Voter
    period: Period
    bound: Share = 0.0
    within: Share = 0.0

    @model_validator(mode="after")
    def _four(self) -> Self:
        if len({*self.of, self.reference}) < 4:
            raise ValueError("three different actors, none of them the reference")
        return self


class ThreeWayOptions(Form):
    """answer: which identical votes are counted: any, or only those of one answer."""

    answer: Literal["any", "yes", "no", "abstained"] = "any"


@dataclass(frozen=True)
class _Votes:
    """Votes as numbers, a row for each member and a column for each roll call; -1 where none was cast.

    Args:
        symbols: the resolution that each roll call is on.
        sources: where the three's and the adversary's votes on it were read.
    """

    actors: tuple[str, ...]
    symbols: tuple[str, ...]
    days: tuple[dt.date, ...]
    sources: tuple[frozenset[str], ...]
    codes: Codes

    def patterns(self, members: Sequence[str]) -> Codes:
        """The pattern of four members' votes on each roll call, 0 to 80; -1 where one did not vote."""
        rows = self.codes[[self.actors.index(m) for m in members]]
        return np.where((rows < 0).any(axis=0), -1, np.array([27, 9, 3, 1]) @ rows)


def _votes(rows: tuple[RollCall, ...], four: Sequence[str], within: float) -> _Votes:
    """Votes of the three, of the adversary, and of the members that vote alike with it as rarely.

    Args:
        four: the three, and the adversary, who voted on every roll call.
        within: how much more often than the one of the three that does so most another member may.
    """
    assembly = assembly_of(rows)
    shares = assembly.beside("counted", 0.0).shares(0.0)
    most = max((shares[actor] for actor in four[:3] if actor in shares), default=0.0) + within
    actors = sorted({four[3], *(m for m, share_alike in shares.items() if m in four or share_alike <= most)})
    letters = dict(zip((*assembly.members, four[3]), (*assembly.votes, assembly.reference), strict=True))
    return _Votes(
        tuple(actors),
        assembly.symbols,
        assembly.days,
        sources_of(rows, four[:3]),
        _CODES[np.array([letters[actor] for actor in actors])],
    )


def run_three_way(record: Record, arguments: ThreeWayArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Share of identical votes of the three beyond what a log-linear model with all two-way terms has."""
    four = (*sorted(arguments.of), arguments.reference)
    rows = tuple(roll_calls(record, arguments.reference, arguments.period))
    when = f"between {arguments.period[0]} and {arguments.period[1]}"
    if not rows:
        return Lacking(f"votes of {arguments.reference} {when}")
    votes = _votes(rows, four, arguments.within)
    lacking = tuple(f"votes of {a} {when}" for a in four if a not in votes.actors)
    if lacking:
        return Lacking(lacking)
    patterns = votes.patterns(four)
    used = _used(record, votes, patterns, four)
    count = int((patterns >= 0).sum())
    if count < LEAST_ROLL_CALLS:
        lack = f"roll calls on which {', '.join(four)} all voted: there are {count}, it takes {LEAST_ROLL_CALLS}"
        return Lacking(lack, used)
    return _measured(votes, patterns, four, arguments, choice.options, setting, used)


def _measured(
    votes: _Votes,
    patterns: Codes,
    four: Sequence[str],
    arguments: ThreeWayArguments,
    options: ThreeWayOptions,
    setting: Setting,
    used: tuple[Used, ...],
) -> Found | Lacking:
    """The excess with its draws, what the votes leave room for, and the rank among other triads."""
    answer = _ANSWERS[options.answer]
    counts = counts_of(patterns[None, :])
    room = _room_of(counts.tobytes(), answer)
    rank = _rank(votes, arguments, answer, room.excess, setting)
    figures = {**room.figures, **rank.figures}
    if room.inside(arguments.bound):
        return Lacking(room.never(arguments.bound), used, (*room.notes, rank.says), untestable=True, figures=figures)
    parts = {"": patterns} | _by_year(votes, patterns)
    drawn = draws_of(parts, votes.symbols, room.fit, answer, setting)
    draws = drawn[""]
    name = f"{'–'.join(four[:3])} given {four[3]}"
    blind = arguments.bound > room.greatest
    return Found(
        draws=draws,
        used=used,
        missing=(f"room for a triangle to show: {room.says}, never {points(arguments.bound)}",) if blind else (),
        bounds=frozenset({"lower", "upper"}) if blind else frozenset(),
        notes=(
            *room.notes,
            f"an excess of {points(_DETECT * float(draws.std()))} percentage points would show four times in five",
            rank.says,
        ),
        series=tuple(point_of(year, name, each) for year, each in drawn.items() if year),
        beside=(rank.says,),
        figures=figures,
        peers=peers_of("other triads", rank.others),
        effective=float(resolutions(patterns, votes.symbols)),
    )


@lru_cache(maxsize=8)
def _room_of(counts: bytes, answer: int | None) -> Room:
    """The room that a table of counts leaves; days that see the same votes share it."""
    return room_of(np.frombuffer(counts)[:, None], answer)


@lru_cache(maxsize=8)
def _excesses(counts: bytes, answer: int | None) -> NDArray[np.floating]:
    """The excess of each of some triads, a column each of a table of counts; days of the same votes share them."""
    tables, wanted = np.frombuffer(counts).reshape(len(PATTERNS), -1), alike(answer)
    start = np.array([possible(column) for column in tables.T], dtype=float).T
    return share(tables, wanted) - share(fit_pairs(tables, start, 40), wanted)


def _by_year(votes: _Votes, patterns: Codes) -> dict[str, Codes]:
    """Patterns of each year that has enough roll calls, -1 on those of other years."""
    years = np.array([day.year for day in votes.days])
    parts = {str(year): np.where(years == year, patterns, -1) for year in np.unique(years)}
    return {year: part for year, part in parts.items() if int((part >= 0).sum()) >= LEAST_ROLL_CALLS}


@dataclass(frozen=True)
class _Rank:
    """Where the three stand among triads that agree with the adversary as rarely, in words and in numbers; and the
    excess of each of those.
    """

    says: str
    figures: Mapping[str, float]
    others: Mapping[str, float]


def _rank(votes: _Votes, arguments: ThreeWayArguments, answer: int | None, excess: float, setting: Setting) -> _Rank:
    """Where the three stand among triads of other members that agree with the adversary as rarely."""
    others = [a for a in votes.actors if a not in (*arguments.of, arguments.reference)]
    triads = list(combinations(others, 3))
    if len(triads) > MOST_TRIADS:
        picked = stream(setting, "triads").choice(len(triads), MOST_TRIADS, replace=False)
        triads = [triads[n] for n in sorted(picked)]
    patterns = {"–".join(triad): votes.patterns((*triad, arguments.reference)) for triad in triads}
    patterns = {name: p for name, p in patterns.items() if int((p >= 0).sum()) >= LEAST_ROLL_CALLS}
    if not patterns:
        return _Rank(
            f"rank missing: no three other members that agree with {arguments.reference} as rarely voted together on "
            f"{LEAST_ROLL_CALLS} roll calls (other members: {len(others)})",
            {},
            {},
        )
    counts = counts_of(np.array(list(patterns.values())))
    found = _excesses(counts.tobytes(), answer)
    rank, middle = 1 + int((found > excess).sum()), float(np.median(found))
    return _Rank(
        f"rank {rank} of {len(found) + 1} by excess among triads of members that agree with {arguments.reference} as "
        f"rarely; in the middle of the others it is {points(middle)}",
        {"rank": rank, "triads": len(found) + 1, "excess_of_the_middle": middle},
        dict(zip(patterns, found.tolist(), strict=True)),
    )


def _used(record: Record, votes: _Votes, patterns: Codes, four: Sequence[str]) -> tuple[Used, ...]:
    """One entry a source: on how many roll calls that it gives all four voted, and on how many the three alike."""
    entries = []
    for source in sorted(frozenset().union(*votes.sources)):
        from_it = np.array([source in mine for mine in votes.sources])
        counted = from_it & (patterns >= 0)
        here, days = patterns[counted], [day for day, in_it in zip(votes.days, counted, strict=True) if in_it]
        if days:
            entries.append(
                Used(
                    table="votes",
                    id=f"{'–'.join(four[:3])} with {four[3]} in {record.sources[source].id}",
                    source=source,
                    publisher=record.sources[source].maker,
                    rows=len(here),
                    amount=amount(float(alike()[here].sum()), THREE_WAY_VOTES),
                    start=min(days),
                    end=max(days),
                    actors=tuple(four),
                    kind="identical",
                )
            )
    return tuple(entries)


MEASURES = (
    Measure(
        name="coupling.three_way",
        question="Do three actors vote as one more often than their pairs predict?",
        estimates="share of votes as one beyond what the pairs predict",
        unit=CHANGE_IN_SHARE,
        support=(-1.0, 1.0),
        arguments=ThreeWayArguments,
        options=ThreeWayOptions,
        tables=("votes",),
        levers=(),
        method="share of identical three-way votes beyond a log-linear model of the votes of the three and an "
        "adversary with all two-way terms, by proportional fitting; Bayesian bootstrap over resolutions, widened to "
        "the jackknife's error",
        source="Deming and Stephan (1940), doi:10.1214/aoms/1177731829; Rubin (1981), doi:10.1214/aos/1176345338; "
        "Efron and Stein (1981), doi:10.1214/aos/1176345462; "
        "bounds of a table given its margins: Fréchet (1951), and Dobra and Fienberg (2000), "
        "doi:10.1073/pnas.97.22.11885",
        limits="Without abstentions, the pairs decide how often all three agree, so only abstentions can show a "
        "triangle. A triangle that works through its pairs is not seen. Where the pairs leave no room for the bound, "
        "nothing is measured: such votes cannot test the claim.",
        run=run_three_way,
    ),
)
