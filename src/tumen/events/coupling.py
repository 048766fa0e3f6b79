"""How much of what happens between two of three states is explained by their dyads with the third, their adversary
aside.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from tumen.counting import counted
from tumen.events.coupling_bins import BIN_DAYS, Bin, Events, Question, Tally, events_of, known, panel_of
from tumen.events.coupling_comparison import LEAST_PLACEBOS, Comparison, Scores, ranked, simulated_test
from tumen.events.coupling_draws import ShareDraws, block_weights, shares
from tumen.events.coupling_joint import joint
from tumen.events.coupling_power import ENOUGH_POWER, NULL_SERIES, POWER_SERIES, Power, power_of, simulated_scores
from tumen.events.coupling_series import CROSS, DESIGN_COLUMNS, Panel, Triads, triads_of
from tumen.events.event_names import EventActor, EventSource
from tumen.events.negative_binomial import Fitted, fitted
from tumen.events.units import COUNTED_EVENTS
from tumen.measure.arguments import Form, Period, Share
from tumen.measure.arrays import Floats
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Used
from tumen.measure.setting import Setting
from tumen.measure.units import FACTOR, SHARE, amount
from tumen.record.read import Record

#: Fewer bins, or fewer events of a dyad, than this for each coefficient cannot tell the coefficients apart.
BINS_EACH, EVENTS_EACH = 3, 5

_COEFFICIENTS = len(DESIGN_COLUMNS) + len(CROSS)
LEAST_BINS, LEAST_EVENTS = BINS_EACH * _COEFFICIENTS, EVENTS_EACH * _COEFFICIENTS

_FOCAL = np.array([[0, 1, 2]])

EXPOSURE = Lever(
    name="exposure",
    unit=FACTOR,
    low=0.1,
    high=10.0,
    baseline=1.0,
    tolerance=1e-3,
    label="exposure of the three to the adversary, as a multiple of what is assumed",
)


class CouplingArguments(Form):
    """of: the three; adversaries: whose pressure they share; placebos: dyads of other states that face the same
    adversaries,
    or none; period; bound: the share at which the power of the test is asked after.
    """

    of: tuple[EventActor, EventActor, EventActor]
    adversaries: Annotated[tuple[EventActor, ...], Field(min_length=1)]
    placebos: tuple[tuple[EventActor, EventActor], ...] = ()
    period: Period
    bound: Share = 0.05

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if len({*self.of, *self.adversaries}) < 3 + len(self.adversaries):
            raise ValueError("three different actors, and adversaries that are none of them, each once")
        pairs = [tuple(sorted(pair)) for pair in self.placebos]
        if any(one == other for one, other in pairs) or len(set(pairs)) < len(pairs):
            raise ValueError("placebo dyads of two different actors, each once")
        if any(set(pair) & set(self.of) for pair in pairs):
            raise ValueError("placebo dyads in which none of the three takes part")
        return self


class CouplingOptions(Form):
    """bin: how time is cut; auto: day, week or month by the rarest dyad's density; half_life_days: after so many days
    an event weighs half in every history; source: the one whose events are counted; auto: the one that gives more than
    half of the three dyads' events, all where none does.
    """

    bin: Literal["auto", "day", "week", "month"] = "auto"
    half_life_days: Annotated[float, Field(ge=1, le=365)] = 7.0
    source: EventSource = "auto"


@dataclass(frozen=True)
class _Fits:
    """All that is computed of a panel that can be measured."""

    panel: Panel
    focal: Triads
    without: Fitted
    half_life: float
    days: float


def run_coupling(record: Record, arguments: CouplingArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The share of events of three dyads that goes with the other two dyads' histories."""
    one, two, three = sorted(arguments.of)
    question = Question((one, two, three), arguments.adversaries, arguments.placebos, arguments.period)
    options: CouplingOptions = choice.options
    events = _of_source(events_of(record, question), options.source)
    width: Bin = events.bin() if options.bin == "auto" else options.bin
    used = _used(record, events, width)
    missing = _lacking(events, width)
    if missing:
        return Lacking(missing, used)
    compared = tuple(pair for pair in question.compared if events.count(pair, width) >= LEAST_EVENTS)
    panel = panel_of(events, width, compared)
    half_life = options.half_life_days / BIN_DAYS[width]
    focal = triads_of(panel, _FOCAL, half_life)
    fits = _Fits(panel, focal, fitted(focal.counts, focal.rows), half_life, BIN_DAYS[width])
    weights = block_weights(len(panel.counts), setting.draws, stream(setting, "coupling", width))
    found = shares(focal, weights)
    missing = _unfitted(panel, fits.without, found.fit)
    if missing:
        return Lacking(missing, used)
    return _measured(events, width, fits, found, weights, arguments, setting, used)


def _of_source(events: Events, source: str) -> Events:
    named = events.main_source() if source == "auto" else source
    return events if named is None else events.from_one(named)


def _lacking(events: Events, width: Bin) -> tuple[str, ...]:
    """What keeps the events from being measured."""
    first, last = events.question.period
    span = f"between {first} and {last}"
    bins = len(events.first_days(width))
    found = []
    for pair in events.question.focal:
        count = events.count(pair, width)
        if count < LEAST_EVENTS:
            there = "is 1" if count == 1 else f"are {count or 'none'}"
            found.append(f"events of {'–'.join(pair)} {span}: there {there}, it takes {LEAST_EVENTS}")
    if bins < LEAST_BINS:
        found.append(f"{width}s {span}: there are {bins}, it takes {LEAST_BINS}; a longer period or finer bins")
    against = sum(events.count((a, x), width) for a in events.question.of for x in events.question.adversaries)
    if not against:
        found.append(f"events of {', '.join(events.question.adversaries)} with any of the three {span}: there are none")
    if not found:
        totals = panel_of(events, width, ()).totals
        found += [
            f"change in the events of {'–'.join(pair)}: there are {each[0]:.0f} in every {width}"
            for pair, each in zip(events.question.focal, totals.T, strict=True)
            if each.min() == each.max()
        ]
    return tuple(found)


def _unfitted(panel: Panel, *fits: Fitted) -> tuple[str, ...]:
    """Dyads whose model did not converge."""
    return tuple(
        f"a fit of {_name(panel, d)} that converges: its events do not determine the model's coefficients"
        for d in range(3)
        if not all(fit.converged[d] for fit in fits)
    )


def _name(panel: Panel, dyad: int) -> str:
    return "–".join(panel.actors[a] for a in panel.dyads[dyad])


def _measured(
    events: Events,
    width: Bin,
    fits: _Fits,
    found: ShareDraws,
    weights: Floats,
    arguments: CouplingArguments,
    setting: Setting,
    used: tuple[Used, ...],
) -> Found:
    """Draws, test, sensitivity and power."""
    ranks = len(fits.panel.dyads) - 3 >= LEAST_PLACEBOS
    none = _simulated(fits, 0.0, POWER_SERIES if ranks else NULL_SERIES, setting)
    test = ranked(fits.panel, fits.half_life) if ranks else simulated_test(fits.focal, none, _pressed(fits, found))
    power = power_of(none.statistic, _simulated(fits, arguments.bound, POWER_SERIES, setting).statistic, test.critical)
    resampled = test.shift + (weights - 1) @ test.influence

    def respond(lever: str, value: float) -> Draws:
        exposure = value if lever == "exposure" else 1.0
        return found.basic(test.shift, resampled) - (exposure**2 - 1) * test.left

    unsure = not test.rejects and power.power < ENOUGH_POWER
    missing = (
        (_not_identified(power, arguments.bound, len(fits.panel.counts) * fits.days / BIN_DAYS["month"]),)
        if unsure
        else ()
    )
    return Found(
        draws=respond("", 1.0),
        used=used,
        missing=missing,
        bounds=frozenset({"lower", "upper"}) if unsure else frozenset(),
        notes=_notes(events, width, fits, found, test, power, arguments),
        baselines={"exposure": 1.0},
        respond=respond,
    )


def _simulated(fits: _Fits, share: float, series: int, setting: Setting) -> Scores:
    rng = stream(setting, "coupling", "simulated", str(share))
    return simulated_scores(fits.panel, fits.focal, fits.without, fits.half_life, share, series, rng)


def _pressed(fits: _Fits, found: ShareDraws) -> float:
    """The share that the three would seem to have were the adversary and the common factor left out of the model."""
    kept = [n for n, name in enumerate(DESIGN_COLUMNS) if "pressure" not in name and "factor" not in name]
    bare = fitted(fits.focal.counts, np.concatenate([fits.focal.rows[:, :, kept], fits.focal.others], axis=2))
    count = fits.focal.counts.sum(axis=1)
    return float((bare.coefficients[:, len(kept) :].sum(axis=1) * count).sum() / count.sum()) - found.share


def _not_identified(power: Power, bound: float, months: float) -> str:
    told = (
        f"identification: coupling of {100 * bound:g} per cent would show in {100 * power.power:.0f} of 100 "
        "series like these (not identified)"
    )
    if not np.isfinite(power.times):
        return f"{told}; no longer series of such events would do"
    more = (power.times - 1) * months
    return (
        f"{told}; it takes about {_rounded(more)} more months of such events, {_rounded(power.times)} times "
        "as many as there are in all"
    )


def _rounded(value: float) -> str:
    """Two digits."""
    return f"{float(f'{value:.2g}'):,.{0 if value >= 10 else 1}f}"


def _notes(
    events: Events,
    width: Bin,
    fits: _Fits,
    found: ShareDraws,
    test: Comparison,
    power: Power,
    arguments: CouplingArguments,
) -> tuple[str, ...]:
    panel = fits.panel
    counts = panel.totals[:, :3]
    names = [_name(panel, d) for d in range(3)]
    each = ", ".join(f"{name} {n:,.0f}" for name, n in zip(names, counts.sum(axis=0), strict=True))
    apart = [
        f"{name} {100 * np.median(d):+.0f} ({100 * np.quantile(d, 0.05):+.0f} to {100 * np.quantile(d, 0.95):+.0f})"
        for name, d in zip(names, found.each, strict=True)
    ]
    placebos = len(panel.dyads) - 3
    beside = (
        f"{test.compared} triads of the three and {placebos} placebo dyads"
        if placebos >= LEAST_PLACEBOS
        else (
            f"{test.compared} series simulated from the model without coupling, because there are {placebos} "
            "placebo dyads to "
            f"compare with, not {LEAST_PLACEBOS}"
        )
    )
    first, last = events.question.period
    return (
        f"{counted(len(counts), width)} from {first}, before {last}; events: {each}",
        f"the test {'finds' if test.rejects else 'does not find'} coupling: p = {test.p_value:.3f}, among {beside}",
        _sensitivity(test, placebos >= LEAST_PLACEBOS),
        f"coupling of {100 * arguments.bound:g} per cent would show in {100 * power.power:.0f} of 100 series "
        "like these",
        f"per cent of each dyad's events with the other two, before correction: {'; '.join(apart)}",
        _together(events, counts, fits.days),
    )


def _together(events: Events, counts: Floats, days: float) -> str:
    """The joint events, apart from all else."""
    found = joint(len({r.date for r in events.joint}), counts, days)
    if not found.seen:
        return "no joint event of all three is in the record, or the source cannot tell joint events"
    return (
        f"joint events of all three on {counted(found.seen, 'day')}; if the dyads were independent, all would "
        f"have events on {found.expected:.1f} "
        f"(chance of so many or more: {found.chance:.3f})"
    )


def _sensitivity(test: Comparison, ranks: bool) -> str:
    than = "the placebos" if ranks else "the pressure in the record shows"
    if test.rejects:
        return (
            f"were the three {test.vanishes:.1f} times as exposed to the adversary as {than}, the result could vanish"
        )
    return (
        f"nothing stands out, so no greater exposure than {'that of ' if ranks else ''}{than} is needed to explain it"
    )


def _used(record: Record, events: Events, width: Bin) -> tuple[Used, ...]:
    """One entry a source: the events of the three dyads that it gives."""
    given = defaultdict[str, list[Tally]](list)
    focal = [{*pair} for pair in events.question.focal]
    for row in events.rows:
        if {row.one, row.other} in focal and known(row, width):
            given[row.source].append(row)
    return tuple(
        Used(
            table="events",
            id=rows[0].id if n == 1 else f"{'–'.join(events.question.of)} in {record.sources[source].id}",
            source=source,
            publisher=record.sources[source].maker,
            rows=n,
            amount=amount(float(n), COUNTED_EVENTS),
            start=min(row.date for row in rows),
            end=max(row.date for row in rows),
            actors=events.question.of,
            text="between two of the three",
        )
        for source, rows in sorted(given.items())
        for n in (sum(row.events for row in rows),)
    )


MEASURES = (
    Measure(
        name="coupling.share",
        question="How far do the relations with the third state explain what two states do together?",
        estimates="part of what two do together that the other relations explain",
        unit=SHARE,
        support=(float("-inf"), float("inf")),
        arguments=CouplingArguments,
        options=CouplingOptions,
        tables=("events",),
        levers=(EXPOSURE,),
        method="elasticity of a dyad's expected events to the other two dyads' histories in a negative binomial (NB2) "
        "regression on own "
        "history, reciprocity, activity, adversaries' pressure, a common factor, season and trend, less what "
        "triads of placebo "
        "dyads show; basic block bootstrap; tested against all triads of focal and placebo dyads",
        source="Venables and Ripley, Modern Applied Statistics with S (4th ed., 2002), section 7.4; Davison and "
        "Hinkley, Bootstrap Methods and their "
        "Application (1997), section 5.2; Lipsitch, Tchetgen Tchetgen and Cohen (2010), "
        "doi:10.1097/EDE.0b013e3181d61eeb",
        limits="Sees only effects that follow in time: what happens between two of the three after the other dyads "
        "were busy. Without eight "
        "placebo dyads the test rests on the model and on the pressure in the record. Reports are not events: "
        "if news reports "
        "them together, they look coupled.",
        run=run_coupling,
    ),
)
