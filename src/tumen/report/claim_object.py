"""What run.json says of each claim: its verdict, what that rests on, and what would overturn it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from tumen.case.model import InTime
from tumen.judge.confidence import Level
from tumen.judge.likelihood_words import LikelihoodWords, Outcome
from tumen.judge.tipping import Crossing
from tumen.measure.estimate import Bound

#: The least and the most that something can be.
_Range = tuple[float, float]

#: A number that stays whole where it is.
_Number = Annotated[int | float, WithJsonSchema({"type": "number"})]


@dataclass(frozen=True, kw_only=True)
class ConfidencePartObject:
    """One part of the rule of confidence: the most that it allows, and why."""

    part: Annotated[str, Field(description="what of the evidence it looks at, such as `reliability`")]
    level: Annotated[Level, Field(description="the most that it allows; the lowest of all parts is the confidence")]
    why: Annotated[str, Field(description="the reason in words")]


@dataclass(frozen=True, kw_only=True)
class EstimateObject:
    """What was measured, over all ways to count."""

    name: Annotated[str, Field(description="name of the measure")]
    unit: Annotated[str, Field(description="unit of the next three; shares are from 0 to 1")]
    median: Annotated[float | None, Field(description="median of the draws; null where there are none")]
    low: Annotated[float | None, Field(description="lower end of the central 90 per cent of the draws")]
    high: Annotated[float | None, Field(description="upper end of the central 90 per cent of the draws")]


@dataclass(frozen=True, kw_only=True)
class PointObject:
    """One point of the series behind an estimate."""

    when: Annotated[str, Field(description="year, month or period that it stands for")]
    group: Annotated[str, Field(description="line that it belongs to: a publisher, two parties, a specification")]
    median: Annotated[float | None, Field(description="median, in the unit of the series")]
    low: Annotated[float | None, Field(description="lower end of the central 90 per cent, in the same unit")]
    high: Annotated[float | None, Field(description="upper end of the central 90 per cent, in the same unit")]


class ShapeObject(BaseModel):
    """How probable each answer to questions of kind is at a time. Every further field is such a question, with the
    probability of each of its answers, from 0 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, dict[str, float]]

    when: Annotated[str, Field(description="year, month or period")]
    seen: Annotated[str | None, Field(description="the answers as seen at that time alone; null where some were not")]


@dataclass(frozen=True, kw_only=True)
class AlarmObject:
    """A change in a series that was signalled."""

    when: Annotated[str, Field(description="time by whose end it was signalled")]
    group: Annotated[str, Field(description="line of the series that it is in")]
    since: Annotated[str, Field(description="first time of the new level")]
    before: Annotated[float, Field(description="level before, as known when it was signalled; in the series' unit")]
    after: Annotated[float, Field(description="level after, as known when it was signalled; in the series' unit")]
    changed: Annotated[float, Field(description="probability that the answer the claim asks for differs, 0 to 1")]
    says: Annotated[str, Field(description="all that in words")]


@dataclass(frozen=True, kw_only=True)
class ForecastObject:
    """What it takes to score a forecast later."""

    until: Annotated[dt.date, Field(description="day by which it can be scored")]
    probability: Annotated[float, Field(description="probability of what `resolves` says, 0 to 1")]
    now: Annotated[str, Field(description="what was seen when it was made")]
    resolves: Annotated[str, Field(description="how to tell whether it came")]


@dataclass(frozen=True, kw_only=True)
class TakenObject:
    """One decision of a way to count, and the option taken there."""

    decision: Annotated[str, Field(description="its id in `claims.toml`; `way` for the claim's specifications")]
    option: Annotated[str, Field(description="id of the option")]


@dataclass(frozen=True, kw_only=True)
class ApartObject:
    """The estimate under one option of what divides the ways to count, where they are far apart."""

    under: Annotated[str, Field(description="the options taken, in words")]
    median: Annotated[float | None, Field(description="median, in the estimate's unit")]
    low: Annotated[float | None, Field(description="lower end of the central 90 per cent, in the same unit")]
    high: Annotated[float | None, Field(description="upper end of the central 90 per cent, in the same unit")]


@dataclass(frozen=True, kw_only=True)
class ReferenceClassObject:
    """Comparable units, and how many of them meet the claim's bound."""

    of: Annotated[str, Field(description="what they are")]
    meet: Annotated[int, Field(description="how many meet it")]
    number: Annotated[int, Field(description="how many there are")]


@dataclass(frozen=True, kw_only=True)
class SpecificationObject:
    """One way to count, and the verdict under it alone."""

    id: Annotated[str, Field(description="its id in `claims.toml`")]
    label: Annotated[str, Field(description="its label in `claims.toml`")]
    path: Annotated[list[TakenObject], Field(description="the options that it takes, decision by decision")]
    verdict: Annotated[Outcome, Field(description="outcome under it")]
    probability: Annotated[float | None, Field(description="P under it, 0 to 1; null where it is a range or unknown")]
    probability_range: Annotated[
        _Range | None,
        Field(description="least and most that P can be, 0 to 1; both are P where it is a number"),
    ]
    words: Annotated[LikelihoodWords | None, Field(description="the ICD 203 words for P; null where P is null")]
    median: Annotated[float | None, Field(description="median of its draws, in the estimate's unit; null where none")]
    low: Annotated[float | None, Field(description="lower end of the central 90 per cent of its draws")]
    high: Annotated[float | None, Field(description="upper end of the central 90 per cent of its draws")]
    effective: Annotated[
        float | None,
        Field(description="independent observations behind it; null where it rests on printed figures"),
    ]
    bounds: Annotated[
        list[Bound], Field(description="`lower` where the quantity is at least the draws, `upper` where at most")
    ]
    missing: Annotated[list[str], Field(description="what evidence it lacks")]
    notes: Annotated[list[str], Field(description="what a reader should know about how it was counted")]
    observations: Annotated[list[str], Field(description="rows that it used, as `table/id`")]
    figures: Annotated[
        Mapping[str, _Number | None], Field(description="numbers that the notes tell, by name; null where not finite")
    ]
    series: Annotated[list[PointObject], Field(description="points of the series behind it")]
    shapes: Annotated[list[ShapeObject], Field(description="what kind of thing it was, a time each; mostly none")]
    alarms: Annotated[list[AlarmObject], Field(description="changes that were signalled in the series")]
    forecast: Annotated[ForecastObject | None, Field(description="what it forecasts; null where it forecasts nothing")]


@dataclass(frozen=True, kw_only=True)
class TippingPointObject:
    """How far a lever must move before something changes."""

    lever: Annotated[
        str, Field(description="name of the lever; `error_scale` is all errors, `bound` the bound of the claim")
    ]
    label: Annotated[str, Field(description="the lever in plain words")]
    unit: Annotated[str, Field(description="unit of `baseline`, `range` and `value`")]
    specification: Annotated[str | None, Field(description="id of the way to count; null for all together")]
    crossing: Annotated[
        Crossing, Field(description="what changes there: P passes one half, its words change, or the verdict does")
    ]
    baseline: Annotated[
        float | None, Field(description="where the lever stands; null where that differs between specifications")
    ]
    range: Annotated[_Range, Field(description="the range that was searched")]
    value: Annotated[float | None, Field(description="the nearest value at which it changes; null where none does")]
    probability: Annotated[float | None, Field(description="P there, 0 to 1; null where there is none")]
    flips_to: Annotated[LikelihoodWords | None, Field(description="the ICD 203 words there")]
    verdict: Annotated[Outcome | None, Field(description="outcome there")]
    sentence: Annotated[str, Field(description="the same as a sentence")]


@dataclass(frozen=True, kw_only=True)
class EarlierObject:
    """What a publisher had printed of a figure before the row that counts."""

    id: Annotated[str, Field(description="id of the earlier row")]
    values: Annotated[Mapping[str, float], Field(description="its figures, by column")]
    source: Annotated[str, Field(description="id of the source where it was read")]
    published: Annotated[str | None, Field(description="when it became known, as the row or its source has it")]


@dataclass(frozen=True, kw_only=True)
class ObservationObject:
    """A row of the record behind a verdict."""

    table: Annotated[str, Field(description="table that it is in")]
    id: Annotated[str, Field(description="its id there")]
    rows: Annotated[int, Field(description="how many rows it stands for; more than 1 where rows were summed")]
    value: Annotated[float | None, Field(description="its figure; null of a range and where it has none")]
    low: Annotated[float | None, Field(description="lower end of its range; null where that is open")]
    high: Annotated[float | None, Field(description="upper end of its range; null where that is open")]
    unit: Annotated[str | None, Field(description="unit of the three; null where it has no figure")]
    start: Annotated[dt.date | None, Field(description="first day of its period")]
    end: Annotated[dt.date | None, Field(description="day after its last; of a moment, its day")]
    actors: Annotated[list[str], Field(description="whom it is about, ISO 3166 alpha-3")]
    commodity: Annotated[str | None, Field(description="goods, as the row names them")]
    kind: Annotated[str | None, Field(description="what sort of thing it is, such as a visit or a ban")]
    text: Annotated[str | None, Field(description="what it says in words")]
    publisher: Annotated[str, Field(description="who made the figure")]
    source: Annotated[str, Field(description="id of the source where it was read")]
    published: Annotated[str | None, Field(description="when it became known, where the row itself says so")]
    printed_before: Annotated[
        list[EarlierObject], Field(description="what the publisher had printed of it before, the oldest first")
    ]


@dataclass(frozen=True, kw_only=True)
class SourceObject:
    """A place where evidence behind a verdict was read."""

    id: Annotated[str, Field(description="id in the record; that of a protected source is replaced")]
    grade: Annotated[str, Field(pattern="^[A-F][1-6]$", description="Admiralty grades: reliability, then credibility")]
    publisher: Annotated[str | None, Field(description="who published it")]
    title: Annotated[str, Field(description="its title, or what may be said of a protected source")]
    url: Annotated[str | None, Field(description="its address")]
    published: Annotated[str | None, Field(description="when it was published, as the record has it")]


@dataclass(frozen=True, kw_only=True)
class WindowObject:
    """A period that a claim asks after."""

    argument: Annotated[str, Field(description="argument that it is, such as `period`")]
    start: Annotated[dt.date, Field(description="first day")]
    end: Annotated[dt.date, Field(description="day after the last")]
    asked_end: Annotated[
        dt.date | None,
        Field(description="`end` before it was cut to what the record reaches; null where it was not"),
    ]


@dataclass(frozen=True, kw_only=True)
class ClaimObject:
    """A claim with its verdict, what that rests on, and what would overturn it."""

    id: Annotated[str, Field(description="its id in `claims.toml`")]
    sentence: Annotated[str, Field(description="id of the sentence of the assessment, which several claims may share")]
    text: Annotated[str, Field(description="what it says, with its days filled in")]
    cites: Annotated[str, Field(description="where the assessment says so")]
    measure: Annotated[str, Field(description="name of its measure")]
    holds: Annotated[str, Field(description="the region in which it holds, in words")]
    in_time: Annotated[InTime | None, Field(description="its kind in time; null where nothing tells")]
    windows: Annotated[list[WindowObject], Field(description="the periods that it asks after, as of that day")]
    verdict: Annotated[Outcome, Field(description="outcome")]
    probability: Annotated[
        float | None,
        Field(description="P, 0 to 1, under the way to count that says least; null where it is a range, ways disagree"),
    ]
    probability_range: Annotated[
        _Range | None,
        Field(description="least and most that P can be, 0 to 1; both are P where it is a number"),
    ]
    words: Annotated[LikelihoodWords | None, Field(description="the ICD 203 words for P; null where P is null")]
    confidence: Annotated[Level | None, Field(description="how good its evidence is; null of what was not measured")]
    confidence_parts: Annotated[list[ConfidencePartObject], Field(description="each part of the rule of confidence")]
    estimate: Annotated[EstimateObject | None, Field(description="what was measured; null where nothing is yet")]
    method: Annotated[str | None, Field(description="how the measure computes")]
    missing: Annotated[list[str], Field(description="what evidence is missing")]
    cautions: Annotated[list[str], Field(description="sentences to read before its probability; mostly none")]
    depends_on: Annotated[list[str], Field(description="decisions that divide ways to count of different outcomes")]
    estimates_apart: Annotated[
        list[ApartObject], Field(description="an estimate for each option, where no single one stands for all")
    ]
    reference_class: Annotated[
        ReferenceClassObject | None, Field(description="comparable units; null where the record holds none")
    ]
    specifications: Annotated[list[SpecificationObject], Field(description="the ways to count")]
    tipping_points: Annotated[list[TippingPointObject], Field(description="every tipping point that was looked for")]
    observations: Annotated[list[ObservationObject], Field(description="rows behind the verdict, by table and id")]
    sources: Annotated[list[SourceObject], Field(description="sources of those rows")]
    rejected_rows: Annotated[
        int, Field(description="rows of the measure's tables that were left out because they could not be read")
    ]
