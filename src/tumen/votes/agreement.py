"""How often two actors vote alike in a body that records its votes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from tumen.engine.queries import query
from tumen.measure.arguments import ActorCode, Form, Period, Share
from tumen.measure.comparable import peers_of
from tumen.measure.draws import Combine, combined, stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Peers, Used
from tumen.measure.named_columns import acting
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE, amount
from tumen.record.read import Record
from tumen.votes.assembly import Abstentions, assembly_of, resolution_of, roll_calls
from tumen.votes.units import COUNTED_VOTES

#: A member that votes.
Voter = Annotated[ActorCode, acting("votes.actor")]


class AgreementArguments(Form):
    """of: the actors, each compared with reference; period; combine: over the actors."""

    of: Annotated[tuple[Voter, ...], Field(min_length=1)]
    reference: Voter
    period: Period
    combine: Combine = "mean"

    @model_validator(mode="after")
    def _others(self) -> Self:
        if self.reference in self.of or len(set(self.of)) < len(self.of):
            raise ValueError("different actors, none of them the reference")
        return self


class AgreementOptions(Form):
    """abstention_credit: agreement of an abstention with a yes or a no, 0 to 1; abstentions:
    counted, or left-out, where roll calls on which either abstained are not counted.
    """

    abstention_credit: Share = 0.0
    abstentions: Abstentions = "counted"


#: A member that voted on less than this share of the reference's roll calls is not comparable.
LEAST_OF_PEERS = 0.25


ABSTENTION_CREDIT = Lever(
    name="abstention_credit",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="agreement between an abstention and a yes or no",
)


@dataclass(frozen=True)
class BothVotes:
    """One row of agreement.sql: how an actor and the reference voted on one roll call."""

    date: dt.date
    resolution: str
    vote: str
    reference_vote: str
    source: str
    reference_source: str

    @property
    def alike(self) -> bool:
        """Whether both votes are the same."""
        return self.vote == self.reference_vote

    @property
    def abstained(self) -> bool:
        """Whether either of them is an abstention."""
        return "A" in (self.vote, self.reference_vote)


@dataclass(frozen=True)
class _Dyad:
    """Votes of one actor and the reference, a roll call each: on which resolution, whether alike, whether one
    abstained, where read.
    """

    actor: str
    resolutions: tuple[str, ...]
    days: tuple[dt.date, ...]
    alike: NDArray[np.float64]
    half: NDArray[np.float64]
    sources: tuple[frozenset[str], ...]

    @property
    def apart(self) -> int:
        """How many resolutions there are."""
        return len(set(self.resolutions))

    @property
    def calls_each(self) -> float:
        """How many roll calls there are on a resolution, on average."""
        return len(self.resolutions) / self.apart

    def scores(self, credit: float) -> NDArray[np.float64]:
        """Agreement on each roll call, 0 to 1."""
        return self.alike + credit * self.half


@dataclass(frozen=True)
class _Weighed:
    """A dyad's resampled votes: weight of those alike, of those with one abstention, and of all."""

    alike: Draws
    half: Draws
    whole: Draws

    def draws(self, credit: float) -> Draws:
        """Mean agreement, with this credit for an abstention."""
        return (self.alike + credit * self.half) / self.whole


def wilson_interval(agreed: float, count: float, level: float = 0.90) -> tuple[float, float]:
    """Interval of a share by Wilson's score.

    Args:
        agreed: how much of `count` agreed; partial credit counts as it is.
        count: above 0; as many as they say as much as, where some go together.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.

    Example:
        >>> [round(x, 3) for x in wilson_interval(8, 10)]
        [0.541, 0.931]
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = agreed / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z / (1 + z * z / count) * float(np.sqrt(share * (1 - share) / count + z * z / (4 * count * count)))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def weigh_votes(
    alike: NDArray[np.float64],
    half: NDArray[np.float64],
    counted: NDArray[np.float64],
    weights: NDArray[np.float64],
    prior: NDArray[np.float64],
) -> _Weighed:
    """Resample votes by a Bayesian bootstrap over resolutions.

    With one roll call a resolution and scores of 0 and 1 the draws of mean agreement are exactly Beta(k + ½,
    n - k + ½), Jeffreys' posterior, and the same weights for every dyad keep what one resolution does to all of them.
    Roll calls on one resolution share its weight, so that they say less than as many resolutions.

    Args:
        alike, half, counted: on how many of the dyad's roll calls on some resolutions, all the same, votes are so, and
            how many are counted at all; shape (n,).
        weights: Gamma(k) variates, the sum of k unit exponentials for k resolutions; shape (n, draws).
        prior: Gamma(½) variates, shape (2, draws), times the roll calls on a resolution: half a resolution in favour,
            half against.

    Source: Rubin (1981), doi:10.1214/aos/1176345338.
    """
    agreed, between, whole = ((which[:, None] * weights).sum(axis=0) for which in (alike, half, counted))
    return _Weighed(agreed + prior[0], between, whole + prior.sum(axis=0))


def _dyad(actor: str, rows: Sequence[BothVotes], options: AgreementOptions) -> _Dyad:
    """Votes of one actor beside the reference's."""
    kept = [r for r in rows if options.abstentions == "counted" or not r.abstained]
    return _Dyad(
        actor,
        tuple(resolution_of(r.resolution) for r in kept),
        tuple(r.date for r in kept),
        np.array([r.alike for r in kept], dtype=float),
        np.array([r.abstained and not r.alike for r in kept], dtype=float),
        tuple(frozenset({r.source, r.reference_source}) for r in kept),
    )


def run_agreement(record: Record, arguments: AgreementArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Share of votes alike with the reference, for each actor, combined."""
    options: AgreementOptions = choice.options
    first, last = (str(day) for day in arguments.period)
    text = query("tumen.votes", "agreement")
    asked = {"reference": arguments.reference, "first": first, "last": last}
    dyads = [_dyad(a, record.answers.rows(text, BothVotes, actor=a, **asked), options) for a in arguments.of]
    used = tuple(u for d in dyads for u in _used(record, d, arguments.reference))
    missing = tuple(
        f"votes of {d.actor} and {arguments.reference} between {first} and {last}" for d in dyads if not d.resolutions
    )
    if missing:
        return Lacking(missing, used)
    kinds, times = _kinds(dyads)
    both = (2, setting.draws)
    weights = stream(setting, "resolutions").standard_gamma(times[:, None], (len(times), setting.draws))
    weighed = [
        weigh_votes(
            alike, half, calls, weights, d.calls_each * stream(setting, "prior", d.actor).standard_gamma(0.5, both)
        )
        for d, (alike, half, calls) in zip(dyads, kinds, strict=True)
    ]

    def respond(lever: str, value: float) -> Draws:
        credit = value if lever == "abstention_credit" else options.abstention_credit
        each = [w.draws(credit) for w in weighed]
        return combined(each, arguments.combine)

    baselines = {"abstention_credit": options.abstention_credit} if options.abstentions == "counted" else {}
    return Found(
        draws=respond("", 0.0),
        used=used,
        series=tuple(p for d in dyads for p in _series(d, arguments.reference, options.abstention_credit)),
        baselines=baselines,
        respond=respond,
        effective=float(min(d.apart for d in dyads)),
        peers=_peers(record, arguments, dyads, options),
    )


def _kinds(dyads: Sequence[_Dyad]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Resolutions that were voted on alike in every dyad, as one kind each, and how many there are of each.

    Returns: shape (dyads, 3, kinds), how many of a resolution's roll calls are alike, half alike, counted; and shape
        (kinds,). Ways to count that see the same kinds draw the same weights for them.
    """
    columns = {name: n for n, name in enumerate(sorted({name for d in dyads for name in d.resolutions}))}
    spread = np.zeros((len(dyads), 3, len(columns)))
    for n, dyad in enumerate(dyads):
        at = [columns[name] for name in dyad.resolutions]
        for row, marks in enumerate((dyad.alike, dyad.half, np.ones(len(at)))):
            np.add.at(spread[n, row], at, marks)
    kinds, times = np.unique(spread.reshape(-1, len(columns)), axis=1, return_counts=True)
    return kinds.reshape(len(dyads), 3, -1), times


def _peers(
    record: Record, arguments: AgreementArguments, dyads: Sequence[_Dyad], options: AgreementOptions
) -> Peers | None:
    """Agreement of every other member with the reference, on the resolutions that the dyads are counted on."""
    rows = tuple(roll_calls(record, arguments.reference, arguments.period))
    if not rows:
        return None
    assembly, theirs = assembly_of(rows), {name for d in dyads for name in d.resolutions}
    on = np.array([name in theirs for name in assembly.symbols])
    shares = assembly.beside(options.abstentions, LEAST_OF_PEERS, on).shares(options.abstention_credit)
    return peers_of("other members", {m: share for m, share in shares.items() if m not in arguments.of})


def _series(dyad: _Dyad, reference: str, credit: float) -> list[Point]:
    """Share of votes alike in each year, as a reader would count it, with Wilson's interval for as many resolutions."""
    by_year: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for day, name, score in zip(dyad.days, dyad.resolutions, dyad.scores(credit), strict=True):
        by_year[day.year].append((name, float(score)))
    points = []
    for year, scored in sorted(by_year.items()):
        share, apart = sum(score for _, score in scored) / len(scored), len({name for name, _ in scored})
        low, high = wilson_interval(share * apart, apart)
        points.append(Point(str(year), f"{dyad.actor}–{reference}", share, low, high))
    return points


def _used(record: Record, dyad: _Dyad, reference: str) -> list[Used]:
    """One entry a source: on how many roll calls it gave a vote of either, and how many were alike."""
    entries = []
    for source in sorted(frozenset[str]().union(*dyad.sources)):
        here = [n for n, from_them in enumerate(dyad.sources) if source in from_them]
        days = [dyad.days[n] for n in here]
        entries.append(
            Used(
                table="votes",
                id=f"{dyad.actor}–{reference} in {record.sources[source].id}",
                source=source,
                publisher=record.sources[source].maker,
                rows=len(here),
                amount=amount(float(dyad.alike[here].sum()), COUNTED_VOTES),
                start=min(days),
                end=max(days),
                actors=(dyad.actor, reference),
                kind="identical",
            )
        )
    return entries


MEASURES = (
    Measure(
        name="agreement.dyad",
        question="How often do two actors vote alike?",
        estimates="share of votes alike",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=AgreementArguments,
        options=AgreementOptions,
        tables=("votes",),
        levers=(ABSTENTION_CREDIT,),
        method="share of roll calls on which both voted and voted alike; Bayesian bootstrap over resolutions, whose "
        "roll calls weigh together and whose margin for identical votes is Jeffreys' Beta posterior; by year with "
        "Wilson's interval for as many resolutions",
        source="Rubin (1981), doi:10.1214/aos/1176345338; Wilson (1927), doi:10.1080/01621459.1927.10502953; roll "
        "calls: Bailey, "
        "Strezhnev & Voeten (2017), doi:10.1177/0022002715595700",
        limits="Roll calls are the votes that somebody asked to record; resolutions passed without a vote are not in "
        "them. Voting alike is not acting alike.",
        run=run_agreement,
    ),
)
