"""How often an actor speaks of one topic for each time that it speaks of another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np

from tumen.counting import counted
from tumen.measure.arguments import Form, Period
from tumen.measure.draws import standard_uniforms
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Measure
from tumen.measure.missed import lever_of_missed
from tumen.measure.setting import Setting
from tumen.measure.units import COUNT, RATIO
from tumen.record.read import Record
from tumen.words.questions import NamedIn, run_questions
from tumen.words.shares import share_draws
from tumen.words.stance import RENDERINGS
from tumen.words.statements import Counting, Remark, Speaking, Topics, counted_so_far, used_words, words_of
from tumen.words.unseen import NOTED, independent, noted_draws

MISSED_REFERENCE_REMARKS = lever_of_missed(
    "missed", 200, "remarks under the reference topics missing from the record", 1e-2
)
MISSED_TOPIC_REMARKS = replace(
    MISSED_REFERENCE_REMARKS, name="missed_counted", label="remarks under the topics missing from the record"
)


class SalienceArguments(Form):
    """actor: whose remarks; topics over reference: each with all below it; period."""

    actor: Speaking
    topics: Topics
    reference: Topics
    period: Period


class SalienceCounting(Counting):
    """evidence: the table that is read, statements or counts of questions; named_in: where a question names a topic;
    renderings and coder as in every count of remarks, of statements alone.
    """

    evidence: Literal["statements", "questions"] = "statements"
    named_in: NamedIn = "question"


def run_salience(record: Record, arguments: SalienceArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Rate of remarks under some topics over that under others, in the same period."""
    options: SalienceCounting = choice.options
    if options.evidence == "questions":
        asked = (arguments.actor, arguments.topics, arguments.reference, arguments.period)
        return run_questions(record, *asked, options.named_in, setting)
    return _of_statements(record, arguments, options, setting)


def _of_statements(
    record: Record, arguments: SalienceArguments, options: Counting, setting: Setting
) -> Found | Lacking:
    """The ratio of two rates of remarks; those of one briefing are one voice."""
    named = (arguments.topics, arguments.reference)
    sides = [words_of(record, arguments.actor, topics, arguments.period, options.coder) for topics in named]
    used = tuple(u for side in sides for u in used_words(record, side.remarks))
    missing = tuple(m for side in sides for m in side.missing)
    if missing:
        return Lacking(missing, used)
    uniforms = standard_uniforms(setting, "salience", arguments.actor)
    noted = noted_draws(record, "statements", setting, arguments.actor, "salience")

    @cache
    def ratio(renderings: float, missed: float, more: float) -> Draws:
        over, under = (_rate(side.remarks, renderings, add) for side, add in zip(sides, (more, missed), strict=True))
        return ratio_draws(over, under, uniforms) / noted

    def respond(lever: str, value: float) -> Draws:
        moved = {"renderings": options.renderings, "missed": 0.0, "missed_counted": 0.0, "noted": 1.0, lever: value}
        return ratio(moved["renderings"], moved["missed"], moved["missed_counted"]) / moved["noted"]

    chosen = record.covers("statements") == "convenience"
    bounds: frozenset[Bound] = frozenset({"lower"}) if chosen else frozenset()
    labels = [", ".join(topics) for topics in named]
    return Found(
        draws=respond("", 0.0),
        used=used,
        bounds=bounds,
        notes=(
            *(_told(label, side.remarks) for label, side in zip(labels, sides, strict=True)),
            *dict.fromkeys(n for side in sides for n in side.notes),
        ),
        series=tuple(
            p
            for label, side in zip(labels, sides, strict=True)
            for p in counted_so_far(side.remarks, label, arguments.period)
        ),
        baselines={
            "renderings": options.renderings,
            "missed": 0.0,
            "missed_counted": 0.0,
            **({"noted": 1.0} if chosen else {}),
        },
        respond=respond,
        effective=min(independent(side.remarks) for side in sides),
    )


@dataclass(frozen=True)
class Rate:
    """How many remarks there are, and how many independent ones they amount to."""

    number: float
    independent: float


def ratio_draws(over: Rate, under: Rate, uniforms: Draws) -> Draws:
    """Posterior draws of the ratio of two Poisson rates, each as sure as its number of independent observations.

    Under Jeffreys' prior a rate after n events is Gamma(n + ½), and the ratio of two of those is the odds of a share
    that is Beta(n + ½, m + ½).

    Args:
        uniforms: draws between 0 and 1; the same ones give draws that move with the counts.

    Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6.

    Example:
        >>> ratio_draws(Rate(4.0, 2.0), Rate(2.0, 2.0), np.array([0.5])).round(3).tolist()
        [2.0]
    """
    share = share_draws(over.independent, over.independent + under.independent, uniforms)
    odds = share / np.maximum(1 - share, np.finfo(float).tiny)
    scale = (over.number / over.independent) / (under.number / under.independent)
    drawn: Draws = odds * scale
    return drawn


def _rate(remarks: tuple[Remark, ...], renderings: float, missed: float) -> Rate:
    """The rate of some remarks, those of one briefing together, and of missed ones, each alone."""
    each = sum(len(m.renderings) for m in remarks)
    alone, rendered = independent(remarks), independent(remarks, renderings=True)
    number = len(remarks) + renderings * (each - len(remarks)) + missed
    return Rate(number, alone + renderings * (rendered - alone) + missed)


def _told(label: str, remarks: tuple[Remark, ...]) -> str:
    each = sum(len(m.renderings) for m in remarks)
    return (
        f"{label}: {counted(len(remarks), 'distinct remark')} in {counted(each, 'rendering')}, "
        f"as {independent(remarks):.3g} independent ones"
    )


MEASURES = (
    Measure(
        name="salience.ratio",
        question="How often does an actor speak of one topic for each time it speaks of another?",
        estimates="ratio of mentions of the one topic to those of the other",
        unit=RATIO,
        support=(0.0, float("inf")),
        arguments=SalienceArguments,
        options=SalienceCounting,
        tables=("statements", "topics", "questions"),
        levers=(RENDERINGS, MISSED_REFERENCE_REMARKS, MISSED_TOPIC_REMARKS, NOTED),
        method="of statements: ratio of two rates, each with Jeffreys' Gamma posterior of so many independent remarks "
        "as there are briefings; of questions: ratio of two sums over months, its logarithm on Student's t with the "
        "long-run error of months that remember each other",
        source="Gelman et al., Bayesian Data Analysis (3rd ed.), section 2.6; Lazarus, Lewis, Stock & Watson (2018), "
        "doi:10.1080/07350015.2018.1506926",
        limits="Salience is not priority: how often an actor speaks of a topic, or is asked of it, does not show how "
        "much it matters. Of statements, valid only if the record follows both topics equally. A topic without any "
        "statement counts as not followed, not as never mentioned.",
        run=run_salience,
        series_unit=COUNT,
    ),
)
