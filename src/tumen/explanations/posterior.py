"""The measure hypotheses.posterior: how probable some rival explanations are against others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from tumen.explanations.declared import ABOUT_HYPOTHESES, FILE, Hypotheses
from tumen.explanations.likelihood import LENIENCY, ClaimEnds, Item, items_of
from tumen.explanations.sides import Pool, Priors, Weighing, logit, sides_of
from tumen.measure.arguments import Form, Share
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Used
from tumen.measure.setting import Setting
from tumen.measure.units import FACTOR, SHARE
from tumen.record.read import Record

Named = Annotated[tuple[str, ...], Field(min_length=1)]


class PosteriorArguments(Form):
    """Which hypotheses the claim asserts, and against which."""

    favours: Named
    against: Named

    @model_validator(mode="after")
    def _apart(self) -> Self:
        both = sorted(set(self.favours) & set(self.against))
        if both:
            raise ValueError(f"no hypothesis on both sides, as {', '.join(both)}")
        return self


class PosteriorOptions(Form):
    """How the evidence is weighed, and which explanations the claim asserts where a way to count reads it otherwise.

    favours, against: in place of the claim's own; priors: where they come from, "sides" for both sides alike; pool: how
    several coders become one; deception: whether the stated chances count; leniency: how far a coder's way with the
    ranges is common to all items, 0 to 1.
    """

    favours: Named | None = None
    against: Named | None = None
    priors: Priors = "declared"
    pool: Pool = "log"
    deception: bool = True
    leniency: Share = LENIENCY

    @property
    def weighing(self) -> Weighing:
        """How the evidence is weighed."""
        return Weighing(priors=self.priors, pool=self.pool, deception=self.deception, leniency=self.leniency)


def sides_in(arguments: PosteriorArguments, options: PosteriorOptions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The explanations that a claim asserts under a way to count, and those that it is set against."""
    return options.favours or arguments.favours, options.against or arguments.against


def posterior(record: Record, arguments: PosteriorArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Measure one specification."""
    found: Hypotheses | None = setting.parts.get(FILE)
    chances = setting.chances.get(FILE, {})
    if found is None or not found.evidence:
        return Lacking(
            f"rival explanations and their evidence in {FILE}" if found is None else f"[[evidence]] in {FILE}"
        )
    options: PosteriorOptions = choice.options
    items = items_of(found, record.sources, chances)
    favours, against = sides_in(arguments, options)
    sides = sides_of(found, items, favours, against, options.weighing, setting)
    start = sides.start

    def respond(lever: str, value: float) -> Draws:
        return sides.share(shift=logit(value) - logit(start)) if lever == "prior" else sides.share(**{lever: value})

    return Found(
        draws=sides.share(),
        probabilities=True,
        used=_used(items, record),
        notes=tuple(_notes(found, chances, start, favours, against)),
        baselines={"prior": start, "evidence": 1.0, "grades": 1.0, "groups": 1.0},
        respond=respond,
    )


def _used(items: Sequence[Item], record: Record) -> tuple[Used, ...]:
    return tuple(
        Used(
            table="evidence",
            id=i.evidence.id,
            source=i.evidence.source,
            publisher=record.sources[i.evidence.source].maker,
            start=i.evidence.date,
            end=i.evidence.date,
            text=i.evidence.text,
        )
        for i in items
        if i.evidence.source
    )


def _notes(
    found: Hypotheses, chances: ClaimEnds, start: float, favours: Sequence[str], against: Sequence[str]
) -> list[str]:
    """What a reader should know beside the number."""
    labels = {h.id: h.label for h in found.hypotheses}
    one, other = (" and ".join(f"‘{labels[name]}’" for name in names) for names in (favours, against))
    notes = [f"{one} against {other}", f"before the evidence: {100 * start:.0f} per cent"]
    for name, chance in chances.items():
        notes.append(f"claim {name} {entering(chance)}")
    return notes


def entering(chance: tuple[float, float] | None) -> str:
    """How a claim enters the evidence, in words.

    Example:
        >>> entering((0.2, 0.7)), entering((0.5, 0.5)), entering((0.0, 1.0))
        ('enters with P 0.20 to 0.70', 'enters with P 0.50', 'has no probability and says nothing here')
    """
    if chance in (None, (0.0, 1.0)):
        return "has no probability and says nothing here"
    low, high = chance
    return f"enters with P {low:.2f}" if low == high else f"enters with P {low:.2f} to {high:.2f}"


POSTERIOR = Measure(
    name=ABOUT_HYPOTHESES,
    question="How probable are some rival explanations, compared with others?",
    estimates="probability of these explanations",
    unit=SHARE,
    support=(0.0, 1.0),
    arguments=PosteriorArguments,
    options=PosteriorOptions,
    tables=(),
    levers=(
        Lever(
            name="prior",
            unit=SHARE,
            low=0.001,
            high=0.999,
            baseline=None,
            tolerance=1e-4,
            label="the probability before the evidence",
        ),
        Lever(
            name="evidence",
            unit=FACTOR,
            low=0.0,
            high=2.0,
            baseline=1.0,
            tolerance=1e-3,
            label="the weight of all evidence",
        ),
        Lever(
            name="grades",
            unit=FACTOR,
            low=0.0,
            high=2.0,
            baseline=1.0,
            tolerance=1e-2,
            label="the exponent of the grades",
        ),
        Lever(
            name="groups",
            unit=FACTOR,
            low=0.0,
            high=1.0,
            baseline=1.0,
            tolerance=1e-2,
            label="the exponent of the groups",
        ),
    ),
    method="posterior probability of the favoured hypotheses over that of both sides, which is P itself; likelihoods "
    "drawn from their ranges, partly by each coder's way with all items, tempered by grade and group, mixed by the "
    "stated chance of deception; coders pooled",
    source="Good (1950), Probability and the Weighing of Evidence; Heuer (1999), Psychology of Intelligence "
    "Analysis, ch. 8; Genest and Zidek (1986), doi:10.1214/ss/1177013825",
    limits="It assumes that one of the hypotheses that the case declares is true. The scores are judgements.",
    run=posterior,
    part=FILE,
    by_hand="how well the evidence fits each explanation",
    probabilities=True,
)

MEASURES = (POSTERIOR,)
