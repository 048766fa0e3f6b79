"""The rival explanations as the JSON object of a run holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tumen.explanations import weighing
from tumen.explanations.sentences import leader_without, looking, resting, weighing_summary
from tumen.judge.evaluated import Evaluated
from tumen.record.sources import PROTECTED

#: A number for each hypothesis, by its id.
_ByHypothesis = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class HolderObject:
    """Somebody who holds an explanation."""

    who: Annotated[str, Field(description="who it is")]
    source: Annotated[str, Field(description="id of the source where that can be read")]


@dataclass(frozen=True, kw_only=True)
class StandingObject:
    """One hypothesis after the evidence."""

    id: Annotated[str, Field(description="its id in `hypotheses.toml`")]
    label: Annotated[str, Field(description="its short name")]
    text: Annotated[str, Field(description="what it says")]
    held_by: Annotated[list[HolderObject], Field(description="who is known to hold it")]
    prior: Annotated[float, Field(description="its probability before the evidence, 0 to 1; mean of the draws")]
    posterior: Annotated[float, Field(description="its probability after it, 0 to 1; mean of the draws")]
    median: Annotated[float | None, Field(description="median of the draws of its probability")]
    low: Annotated[float | None, Field(description="lower end of their central 90 per cent")]
    high: Annotated[float | None, Field(description="upper end of their central 90 per cent")]
    leads: Annotated[float, Field(description="share of draws in which it is the most probable, 0 to 1")]
    inconsistent: Annotated[
        list[str], Field(description="ids of the evidence that is unlikely if it is true; how many is Heuer's count")
    ]


@dataclass(frozen=True, kw_only=True)
class CoderObject:
    """What comes out on the scores of one coder alone."""

    name: Annotated[str, Field(description="the coder; `case` where the case does not say whose its scores are")]
    items: Annotated[int, Field(description="how many items of evidence that coder considered")]
    posterior: Annotated[_ByHypothesis, Field(description="probability on these scores, by hypothesis, 0 to 1")]


@dataclass(frozen=True, kw_only=True)
class StepObject:
    """How probable each hypothesis was when everything up to a day had arrived."""

    date: Annotated[dt.date, Field(description="the day")]
    items: Annotated[list[str], Field(description="ids of the evidence of that day")]
    posterior: Annotated[_ByHypothesis, Field(description="probability then, by hypothesis, 0 to 1")]
    low: Annotated[_ByHypothesis, Field(description="lower end of its central 90 per cent")]
    high: Annotated[_ByHypothesis, Field(description="upper end of its central 90 per cent")]


@dataclass(frozen=True, kw_only=True)
class EvidenceObject:
    """One item of evidence, and how far it tells the hypotheses apart."""

    id: Annotated[str, Field(description="its id in `hypotheses.toml`")]
    date: Annotated[dt.date, Field(description="its day")]
    text: Annotated[str, Field(description="what was observed")]
    source: Annotated[str | None, Field(description="id of its source; null where it is a claim")]
    publisher: Annotated[str | None, Field(description="publisher of that source")]
    claim: Annotated[str | None, Field(description="id of the claim that it is; null where it has a source")]
    claim_probability: Annotated[
        float | None, Field(description="P of that claim, 0 to 1; null where only a range is known, or nothing")
    ]
    claim_probability_range: Annotated[
        tuple[float, float] | None, Field(description="the least and the most that it can be; null where it has none")
    ]
    group: Annotated[str | None, Field(description="id of its group; items of one group count as one")]
    deception: Annotated[float, Field(description="chance that an interested actor arranged what was seen, 0 to 1")]
    weight: Annotated[float, Field(description="exponent that grade and group leave of it, 0 to 1")]
    log_likelihood: Annotated[
        _ByHypothesis,
        Field(description="what it adds to the natural logarithm of each hypothesis's weight, their mean taken off"),
    ]
    discriminates: Annotated[
        float, Field(description="how many times better it fits the hypothesis it fits best than the one it fits worst")
    ]


@dataclass(frozen=True, kw_only=True)
class LeftOutObject:
    """The ranking without one item, source or group."""

    kind: Annotated[str, Field(description="`item`, `source` or `group`")]
    name: Annotated[str, Field(description="which of them")]
    items: Annotated[list[str], Field(description="ids of the evidence that goes with it")]
    posterior: Annotated[_ByHypothesis, Field(description="probability without it, by hypothesis, 0 to 1")]
    leader: Annotated[str, Field(description="the most probable hypothesis without it")]


@dataclass(frozen=True, kw_only=True)
class ObservableObject:
    """What looking for an observation would tell."""

    id: Annotated[str, Field(description="its id in `hypotheses.toml`")]
    text: Annotated[str, Field(description="what would be observed")]
    source: Annotated[str | None, Field(description="id of the source that says why one would look for it")]
    bits: Annotated[float, Field(description="bits by which the doubt is expected to fall")]
    share: Annotated[float, Field(description="the same as a share of the doubt that there is, 0 to 1")]
    seen: Annotated[float, Field(description="probability that it would be seen, 0 to 1")]
    if_seen: Annotated[_ByHypothesis, Field(description="probability if it is seen, by hypothesis, 0 to 1")]
    if_not: Annotated[_ByHypothesis, Field(description="probability if it is not, by hypothesis, 0 to 1")]
    to_come: Annotated[bool, Field(description="whether it is declared as not yet made; else it is like an item")]


@dataclass(frozen=True, kw_only=True)
class FlipObject:
    """What inside the likelihood ranges puts a rival before the leading hypothesis."""

    leader: Annotated[str, Field(description="id of the leading hypothesis")]
    rival: Annotated[str, Field(description="id of the rival")]
    margin: Annotated[float, Field(description="how many times likelier the leader is, with every range at its middle")]
    alone: Annotated[list[str], Field(description="ids of items each of which turns the two round by itself")]
    fewest: Annotated[int | None, Field(description="how few items must move together; null where all do not suffice")]


@dataclass(frozen=True, kw_only=True)
class RivalsObject:
    """The rival explanations of a case, weighed on its evidence."""

    note: Annotated[str | None, Field(description="what the case says of its scores")]
    standings: Annotated[list[StandingObject], Field(description="the hypotheses after the evidence")]
    coders: Annotated[list[CoderObject], Field(description="each coder's scores alone; the rest is all of them pooled")]
    steps: Annotated[list[StepObject], Field(description="how the probabilities moved, a day each")]
    evidence: Annotated[list[EvidenceObject], Field(description="the items of evidence")]
    left_out: Annotated[list[LeftOutObject], Field(description="the ranking without one item, source or group")]
    observables: Annotated[list[ObservableObject], Field(description="what to look for next, the most telling first")]
    flips: Annotated[list[FlipObject], Field(description="what would put another hypothesis first, a rival each")]
    sentences: Annotated[list[str], Field(description="the same in words")]


#: The part of the object.
RIVALS_FORM = Annotated[
    RivalsObject | None,
    Field(description="the rival explanations weighed; null where the case has none"),
]


def rivals_object(evaluated: Evaluated) -> RivalsObject | None:
    """The rival explanations as the JSON object holds them, or None where the case has none."""
    weighed = weighing.weighed_in(evaluated)
    if weighed is None:
        return None
    return RivalsObject(
        note=weighed.found.note,
        standings=[_standing(s) for s in weighed.standings],
        coders=[CoderObject(**vars(c)) for c in weighed.coders],
        steps=[StepObject(**{**vars(s), "items": list(s.items)}) for s in weighed.steps],
        evidence=[_evidence(r, weighed.found.ids, evaluated) for r in weighed.readings],
        left_out=[
            LeftOutObject(
                kind=o.kind, name=o.name, items=list(o.items), posterior=o.posterior, leader=leader_without(o)
            )
            for o in weighed.left_out
        ],
        observables=[ObservableObject(**{**vars(t), "source": t.source or None}) for t in weighed.telling],
        flips=[FlipObject(**{**vars(f), "alone": list(f.alone)}) for f in weighed.flips],
        sentences=[*weighing_summary(weighed), *resting(weighed), *looking(weighed)],
    )


def _standing(one: weighing.Standing) -> StandingObject:
    return StandingObject(
        id=one.id,
        label=one.label,
        text=one.text,
        held_by=[HolderObject(**holder.model_dump()) for holder in one.held_by],
        prior=one.prior,
        posterior=one.posterior,
        **vars(one.summary),
        leads=one.leads,
        inconsistent=list(one.inconsistent),
    )


def _evidence(reading: weighing.ItemReading, ids: Sequence[str], evaluated: Evaluated) -> EvidenceObject:
    evidence, truth = reading.item.evidence, reading.item.truth
    return EvidenceObject(
        id=evidence.id,
        date=evidence.date,
        text=evidence.text,
        source=evidence.source or None,
        publisher=(evaluated.sources[evidence.source].publisher or PROTECTED) if evidence.source else None,
        claim=evidence.claim,
        claim_probability=truth[0] if truth and truth[0] == truth[1] else None,
        claim_probability_range=truth,
        group=evidence.group,
        deception=evidence.deception,
        weight=reading.item.weight,
        log_likelihood=dict(zip(ids, reading.logs, strict=True)),
        discriminates=reading.discriminates,
    )
