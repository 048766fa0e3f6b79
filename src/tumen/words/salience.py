"""How often an actor speaks of one topic for each time that it speaks of another."""

from __future__ import annotations

from tumen.counting import counted
from tumen.events.contact import rate_draws
from tumen.measure.arguments import ActorCode, Form, Period
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.setting import Setting
from tumen.measure.units import COUNT, RATIO
from tumen.record.read import Record
from tumen.words.stance import RENDERINGS
from tumen.words.statements import Counting, Topics, counted_so_far, used_words, words_of
from tumen.words.units import REMARKS

MISSED_REFERENCE_REMARKS = Lever(
    name="missed",
    unit=COUNT,
    low=0.0,
    high=200.0,
    baseline=0.0,
    tolerance=1e-2,
    label="remarks under the reference topics missing from the record",
)


class SalienceArguments(Form):
    """actor: whose remarks; topics over reference: each with all below it; period."""

    actor: ActorCode
    topics: Topics
    reference: Topics
    period: Period


def run_salience(record: Record, arguments: SalienceArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Rate of remarks under some topics over that under others, in the same period."""
    options: Counting = choice.options
    named = (arguments.topics, arguments.reference)
    sides = [words_of(record, arguments.actor, topics, arguments.period, options.coder) for topics in named]
    used = tuple(u for side in sides for u in used_words(record, side.remarks))
    missing = tuple(m for side in sides for m in side.missing)
    if missing:
        return Lacking(missing, used)
    once = [len(side.remarks) for side in sides]
    each = [sum(len(m.renderings) for m in side.remarks) for side in sides]
    most = max(each) + int(MISSED_REFERENCE_REMARKS.high)
    over, under = (
        rate_draws(most, setting.draws, stream(setting, "salience", arguments.actor, side))
        for side in ("topics", "reference")
    )

    def ratio(renderings: float, missed: float) -> Draws:
        counts = [o + round(renderings * (e - o)) for o, e in zip(once, each, strict=True)]
        drawn: Draws = over[counts[0]] / under[counts[1] + int(missed)]
        return drawn

    def respond(lever: str, value: float) -> Draws:
        return ratio(value if lever == "renderings" else options.renderings, value if lever == "missed" else 0.0)

    labels = [", ".join(topics) for topics in named]
    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=(
            *(
                f"{label}: {counted(o, 'distinct remark')} in {counted(e, 'rendering')}"
                for label, o, e in zip(labels, once, each, strict=True)
            ),
            *dict.fromkeys(n for side in sides for n in side.notes),
        ),
        series=tuple(
            p
            for label, side in zip(labels, sides, strict=True)
            for p in counted_so_far(side.remarks, label, arguments.period)
        ),
        baselines={"renderings": options.renderings, "missed": 0.0},
        respond=respond,
    )


MEASURES = (
    Measure(
        name="salience.ratio",
        question="How often does an actor speak of one topic for each time it speaks of another?",
        unit=RATIO,
        support=(0.0, float("inf")),
        arguments=SalienceArguments,
        options=Counting,
        tables=("statements", "topics"),
        levers=(RENDERINGS, MISSED_REFERENCE_REMARKS),
        method="ratio of two Poisson rates of distinct remarks over the same period, each with Jeffreys' Gamma "
        "posterior",
        source="Gelman et al., Bayesian Data Analysis (3rd ed.), section 2.6",
        limits="Valid only if the record follows both "
        "topics equally. A topic without any statement counts as not followed, not as never mentioned. How "
        "often an actor "
        "speaks of a topic does not show how much it matters.",
        run=run_salience,
        series_unit=REMARKS,
    ),
)
