"""How probable rival explanations are by what the actors did alone."""

from __future__ import annotations

import numpy as np

from tumen.explanations.declared import FILE as HYPOTHESES
from tumen.explanations.declared import Hypotheses
from tumen.explanations.likelihood import prior_draws
from tumen.explanations.posterior import Named
from tumen.explanations.sides import Sides, logit
from tumen.measure.arguments import Form
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.system.caveats import CODED_BY_HAND, SYSTEM_LIMITS, SYSTEM_SOURCE, SYSTEM_TABLES, caveats
from tumen.system.conduct import conducts
from tumen.system.running import running
from tumen.system.theory import SYSTEM_FILE


class ConductArguments(Form):
    """favours: explanations that the claim asserts; against: those that it is set against."""

    favours: Named
    against: Named


class ConductOptions(Form):
    """even: whether all begin as probable, in place of the priors that the case declares."""

    even: bool = False


PRIOR = Lever(
    name="prior",
    unit=SHARE,
    low=0.001,
    high=0.999,
    baseline=None,
    tolerance=1e-3,
    label="the probability before the moves were looked at",
)


def run_from_conduct(record: Record, arguments: ConductArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The probability of the favoured explanations, of those on both sides, given the moves."""
    run = running(record, setting)
    if isinstance(run, Lacking):
        return run
    found: Hypotheses | None = setting.parts.get(HYPOTHESES)
    sides = (*arguments.favours, *arguments.against)
    fits = conducts(run, record, setting)
    lacking = [f"aims of the explanation ‘{name}’ in {SYSTEM_FILE}" for name in sides if name not in fits]
    if lacking or found is None or not set(sides) <= set(found.ids):
        return Lacking(tuple(lacking) or f"the rival explanations in {HYPOTHESES}", run.history.used)
    priors = prior_draws(found, setting, "even" if choice.options.even else "declared")
    luck = stream(setting, "system", "conduct").standard_normal((len(sides), setting.draws))
    before = np.log([priors[found.ids.index(name)] for name in sides])
    added = np.array([fits[n].evidence + fits[n].error * z for n, z in zip(sides, luck, strict=True)])
    whole = np.ones(1)
    weighed = Sides(before, added[None, None], whole, whole, len(arguments.favours), "log")
    stands = weighed.start

    def respond(lever: str, value: float) -> Draws:
        return weighed.share(shift=logit(value) - logit(stands) if lever == "prior" else 0.0)

    best = max(fits[name].evidence for name in sides)
    labels = {one.id: one.label for one in found.hypotheses}
    told = [f"‘{labels[n]}’ makes the moves {np.exp(fits[n].evidence - best):.2f} times as probable" for n in sides]
    return Found(
        draws=weighed.share(),
        probabilities=True,
        used=run.history.used,
        notes=(f"before the moves: {100 * stands:.0f} per cent", *told, *caveats(run)),
        baselines={"prior": stands},
        respond=respond,
        effective=float(run.seen.periods - 1),
        figures={f"evidence_{name}": fits[name].evidence for name in sides},
    )


MEASURES = (
    Measure(
        name="system.from_conduct",
        question="How probable are some rival explanations, by what the actors did alone?",
        estimates="probability of the favoured explanations, by what was done",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=ConductArguments,
        options=ConductOptions,
        tables=SYSTEM_TABLES,
        levers=(PRIOR,),
        method="each explanation is a profile of aims; how probable it makes the coded moves, by sequential Monte "
        "Carlo, times its prior, over that of both sides, which is P itself",
        source=SYSTEM_SOURCE,
        limits=SYSTEM_LIMITS,
        run=run_from_conduct,
        part=SYSTEM_FILE,
        by_hand=CODED_BY_HAND,
        probabilities=True,
    ),
)
