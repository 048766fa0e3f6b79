"""Where an actor stands among the members of an assembly by how often it votes alike with one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from tumen.counting import counted
from tumen.measure.arguments import Share
from tumen.measure.comparable import LEAST_PEERS, peers_of
from tumen.measure.draws import combined, point_of, stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Measure, Used
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE, amount
from tumen.record.read import Record
from tumen.votes.agreement import ABSTENTION_CREDIT, AgreementArguments, AgreementOptions
from tumen.votes.assembly import YEAR_DRAWS, Abstentions, Assembly, Beside, Marks, RollCall, assembly_of, roll_calls
from tumen.votes.units import COUNTED_VOTES


class RankArguments(AgreementArguments):
    """of: the actors that are ranked; reference: the member whose votes all are held against; period; combine: over
    the actors; least: the share of the reference's roll calls that a member must have voted on to be compared.
    """

    least: Share = 0.25


@dataclass(frozen=True)
class _Resampled:
    """Resampled votes of each member: weight of those alike, of those with one abstention, and of all counted.

    Each of shape (members, draws).
    """

    alike: Marks
    half: Marks
    counted: Marks

    def ranks(self, of: Sequence[int], credit: float) -> list[Draws]:
        """The rank of some members in each draw."""
        shares = (self.alike + np.float32(credit) * self.half) / self.counted
        return [percentile(shares, n) for n in of]


def percentile(shares: NDArray[np.floating], member: int) -> Draws:
    """The share of the other members that stand below one, those level with it counted as half below.

    Args:
        shares: shape (members, draws).
        member: whose.

    Returns: 1-D, 0 for the lowest of all and 1 for the highest.

    Example:
        >>> percentile(np.array([[0.2], [0.1], [0.2], [0.5], [0.9]]), 0).tolist()
        [0.375]
    """
    own = shares[member]
    fits = np.uint8 if len(shares) < 256 else np.int64  # ten times as fast where it does
    below, level = (found.view(np.uint8).sum(axis=0, dtype=fits) for found in (shares < own, shares == own))
    ranks: Draws = (below + (level - 1) / 2) / (len(shares) - 1)
    return ranks


@lru_cache(maxsize=4)
def _resampled(assembly: Assembly, abstentions: Abstentions, least: float, draws: int, seed: int) -> _Resampled:
    """The bootstrap of the whole period; ways to count, and days, that see the same votes share it."""
    return _bootstrap(assembly.beside(abstentions, least), draws, stream(Setting(draws, seed), "assembly"))


@lru_cache(maxsize=32)
def _of_year(
    assembly: Assembly, abstentions: Abstentions, least: float, year: int, seed: int
) -> tuple[tuple[str, ...], _Resampled] | None:
    """The members that voted often enough in a year, and its bootstrap; None where they are too few."""
    votes = assembly.beside(abstentions, least, assembly.years == year)
    if len(votes.members) <= LEAST_PEERS:
        return None
    return votes.members, _bootstrap(votes, YEAR_DRAWS, stream(Setting(YEAR_DRAWS, seed), "assembly", str(year)))


def _bootstrap(votes: Beside, draws: int, rng: np.random.Generator) -> _Resampled:
    """A Bayesian bootstrap over resolutions: each has a unit exponential as its weight, the same for all members.

    Source: Rubin (1981), doi:10.1214/aos/1176345338.
    """
    weights = rng.standard_exponential((votes.counted.shape[1], draws), dtype=np.float32)
    return _Resampled(*(_weighed(marks, weights) for marks in (votes.alike, votes.half, votes.counted)))


def _weighed(marks: Marks, weights: Marks) -> Marks:
    """Marks of each member summed with the weights of their resolutions, in each draw."""
    if not marks.any():
        return np.zeros((len(marks), weights.shape[1]), dtype=np.float32)
    # Not as a product of matrices, which would start threads, and add in another order on another machine.
    summed: Marks = np.einsum("mr,rd->md", marks, weights)
    return summed


def run_rank(record: Record, arguments: RankArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The percentile of each actor's agreement with the reference among all members, combined."""
    options: AgreementOptions = choice.options
    rows = tuple(roll_calls(record, arguments.reference, arguments.period))
    if not rows:
        return Lacking(f"votes of {arguments.reference} {_when(arguments)}")
    assembly, used = assembly_of(rows), _used(record, rows, arguments.reference)
    votes = assembly.beside(options.abstentions, arguments.least)
    if lacking := _lacking(votes, assembly, arguments):
        return Lacking(lacking, used)
    places = [votes.members.index(actor) for actor in arguments.of]
    resampled = _resampled(assembly, options.abstentions, arguments.least, setting.draws, setting.seed)
    shares = votes.shares(options.abstention_credit)
    ranks = _as_cast(shares)

    @cache
    def credited(credit: float) -> Draws:
        return combined(resampled.ranks(places, credit), arguments.combine)

    def respond(lever: str, value: float) -> Draws:
        return credited(value if lever == "abstention_credit" else options.abstention_credit)

    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=_notes(arguments, shares, ranks, assembly),
        series=_by_year(assembly, arguments, options, setting),
        baselines={"abstention_credit": options.abstention_credit} if options.abstentions == "counted" else {},
        respond=respond,
        figures={f"rank_{actor}": ranks[actor] for actor in arguments.of} | {"members": float(len(ranks))},
        effective=float(min((votes.counted[n] > 0).sum() for n in places)),
        peers=peers_of("other members", {m: rank for m, rank in ranks.items() if m not in arguments.of}),
    )


def _when(arguments: RankArguments) -> str:
    return f"between {arguments.period[0]} and {arguments.period[1]}"


def _lacking(votes: Beside, assembly: Assembly, arguments: RankArguments) -> tuple[str, ...]:
    """What the record lacks of a rank: votes of the actors themselves, or of others."""
    cast = dict(zip(assembly.members, (assembly.votes > 0).sum(axis=1).tolist(), strict=True))
    whole = len(assembly.symbols)
    lacking = [
        f"votes of {actor} {_when(arguments)}: it voted on {cast.get(actor, 0)} of {counted(whole, 'roll call')} of "
        f"{arguments.reference}, a rank takes {100 * arguments.least:.0f} per cent that can be counted"
        for actor in arguments.of
        if actor not in votes.members
    ]
    ranked = len({*votes.members, *arguments.of})
    if ranked <= LEAST_PEERS:
        lacking.append(f"votes of members to rank: there are {ranked}, it takes {LEAST_PEERS + 1}")
    return tuple(lacking)


def _as_cast(shares: Mapping[str, float]) -> dict[str, float]:
    """The rank of every member by the votes as they were cast."""
    each = np.array(list(shares.values()))
    placed = np.sort(each)
    below, not_above = (np.searchsorted(placed, each, side) for side in ("left", "right"))
    ranks = (below + (not_above - below - 1) / 2) / (len(each) - 1)
    return dict(zip(shares, ranks.tolist(), strict=True))


def _notes(
    arguments: RankArguments, shares: Mapping[str, float], ranks: Mapping[str, float], assembly: Assembly
) -> tuple[str, ...]:
    """Each actor's agreement and place, and how many members are left out."""
    places = [
        f"{actor} voted alike with {arguments.reference} in {100 * shares[actor]:.1f} per cent, more than "
        f"{100 * ranks[actor]:.1f} per cent of the other members"
        for actor in arguments.of
    ]
    left = len(assembly.members) - len(shares)
    who = f"{counted(len(shares), 'member')} compared over {counted(len(set(assembly.symbols)), 'resolution')}"
    few = f"{counted(left, 'member')} with too few votes left out"
    return (*places, f"{who}; {few}")


def _by_year(
    assembly: Assembly, arguments: RankArguments, options: AgreementOptions, setting: Setting
) -> tuple[Point, ...]:
    """The rank of each actor in each year in which it voted often enough."""
    points = []
    for year in np.unique(assembly.years).tolist():
        found = _of_year(assembly, options.abstentions, arguments.least, year, setting.seed)
        if found is None:
            continue
        members, resampled = found
        there = [actor for actor in arguments.of if actor in members]
        places = [members.index(actor) for actor in there]
        ranks = resampled.ranks(places, options.abstention_credit)
        points += [point_of(str(year), actor, drawn) for actor, drawn in zip(there, ranks, strict=True)]
    return tuple(points)


def _used(record: Record, rows: Sequence[RollCall], reference: str) -> tuple[Used, ...]:
    """One entry a source: how many votes of members beside the reference's it gives, and how many were alike."""
    entries = []
    for source in sorted({name for row in rows for name in (row.source, row.reference_source)}):
        here = [row for row in rows if source in (row.source, row.reference_source)]
        alike = sum(row.voted[3::4].count(row.reference_vote) for row in here)
        entries.append(
            Used(
                table="votes",
                id=f"all members–{reference} in {record.sources[source].id}",
                source=source,
                publisher=record.sources[source].maker,
                rows=sum(len(row.voted) // 4 for row in here),
                amount=amount(float(alike), COUNTED_VOTES),
                start=min(row.date for row in here),
                end=max(row.date for row in here),
                actors=(reference,),
                kind="identical",
            )
        )
    return tuple(entries)


MEASURES = (
    Measure(
        name="agreement.rank",
        question="Where does an actor stand among all members by how often it votes alike with one of them?",
        estimates="share of the other members that vote alike with it less often",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=RankArguments,
        options=AgreementOptions,
        tables=("votes",),
        levers=(ABSTENTION_CREDIT,),
        method="share of the other members that vote alike with the reference less often, those level with the actor "
        "counted as half; Bayesian bootstrap over resolutions, whose roll calls weigh together",
        source="Rubin (1981), doi:10.1214/aos/1176345338; ranks under resampling: Goldstein and Spiegelhalter (1996), "
        "doi:10.2307/2983325, and Hall and Miller (2009), doi:10.1214/09-AOS699",
        limits="A rank says who is nearer, not how near: where members crowd together, few votes move it far. "
        "Resampled ranks lie a little nearer to the middle than those of the votes as cast. Members that were "
        "absent are compared on other roll calls. Voting alike is not acting alike.",
        run=run_rank,
    ),
)
