"""The measure hypotheses.posterior: how probable some rival explanations are against others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from tumen.explanations.declared import ABOUT_HYPOTHESES, FILE, Hypotheses
from tumen.explanations.likelihood import items_of, prior_draws, totals
from tumen.measure.arguments import Form
from tumen.measure.arrays import Floats
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
    """How the priors are set, and whether the stated chances of deception count."""

    priors: Literal["declared", "even", "holders"] = "declared"
    deception: bool = True


def posterior(record: Record, arguments: PosteriorArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Measure one specification."""
    found: Hypotheses | None = setting.parts.get(FILE)
    chances = setting.chances.get(FILE, {})
    if found is None or not found.evidence:
        return Lacking(
            f"rival explanations and their evidence in {FILE}" if found is None else f"[[evidence]] in {FILE}"
        )
    options: PosteriorOptions = choice.options
    prior = prior_draws(found, setting, options.priors)
    items = items_of(found, record.sources, chances)
    added = totals(items, prior, setting, options.deception)
    sides = [[found.ids.index(name) for name in names] for names in (arguments.favours, arguments.against)]

    before = np.log(prior)

    def odds(weight: float) -> Floats:
        ahead, behind = (np.logaddexp.reduce(before[side] + weight * added[side], axis=0) for side in sides)
        difference: Floats = ahead - behind
        return difference

    share, found_odds = float(_share(odds(0.0)).mean()), odds(1.0)

    def respond(lever: str, value: float) -> Draws:
        return _share(odds(value) if lever == "evidence" else found_odds + _logit(value) - _logit(share))

    used = tuple(
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
    return Found(
        draws=_share(found_odds),
        used=used,
        notes=tuple(_notes(chances, share)),
        baselines={"prior": share, "evidence": 1.0},
        respond=respond,
    )


def _share(log_odds: Floats) -> Draws:
    drawn: Draws = 1.0 / (1.0 + np.exp(-np.maximum(log_odds, -700.0)))  # beyond it the exponential overflows
    return drawn


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))


def _notes(chances: Mapping[str, float | None], share: float) -> list[str]:
    """What a reader should know beside the number."""
    notes = [f"before the evidence: {100 * share:.0f} per cent"]
    for name, chance in chances.items():
        said = "has no probability and says nothing here" if chance is None else f"enters with P {chance:.2f}"
        notes.append(f"claim {name} {said}")
    return notes


POSTERIOR = Measure(
    name=ABOUT_HYPOTHESES,
    question="How probable are some rival explanations, compared with others?",
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
    ),
    method="posterior probability of the favoured hypotheses over that of both sides; likelihoods drawn from their "
    "ranges, tempered by grade and group, mixed by the stated chance of deception",
    source="Good (1950), Probability and the Weighing of Evidence; Heuer (1999), Psychology of Intelligence "
    "Analysis, ch. 8",
    limits="It assumes that one of the hypotheses that the case declares is true. The scores are judgements.",
    run=posterior,
    part=FILE,
    by_hand="how well the evidence fits each explanation",
)

MEASURES = (POSTERIOR,)
