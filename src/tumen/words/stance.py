"""What an actor's officials say: how many remarks, and what share of them is of some kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from math import fsum
from typing import Annotated

import numpy as np
from pydantic import Field

from tumen.counting import counted
from tumen.measure.arguments import ActorCode, Form, Period
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Response
from tumen.measure.setting import Setting
from tumen.measure.units import COUNT, SHARE
from tumen.record.read import Record
from tumen.words.statements import (
    Counting,
    Remark,
    Statement,
    StatementKind,
    Test,
    Topics,
    counted_so_far,
    share_of,
    used_words,
    words_of,
)
from tumen.words.units import REMARKS

#: Chance that a remark was made, by the credibility of one origin that reports it. Our convention:
#: the Admiralty scale is ordinal.
REAL: Mapping[str, float] = {"1": 0.98, "2": 0.9, "3": 0.75, "4": 0.5, "5": 0.2, "6": 0.5}

#: Kinds of remark that take no position.
RETICENT = ("neutral", "non-answer", "deny-knowledge")

RENDERINGS = Lever(
    name="renderings",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="counted share of further renderings of a remark",
)
MISSED_OTHER_REMARKS = Lever(
    name="missed",
    unit=COUNT,
    low=0.0,
    high=200.0,
    baseline=0.0,
    tolerance=1e-2,
    label="remarks of other kinds missing from the record",
)


class About(Form):
    """actor: whose remarks; topics: each with all below it; period."""

    actor: ActorCode
    topics: Topics
    period: Period


class OfKinds(About):
    """actor: whose remarks; topics: each with all below it; period; kinds: those counted."""

    kinds: Annotated[tuple[StatementKind, ...], Field(min_length=1)]


class ShareCounting(Counting):
    """also: kinds counted besides those that the claim names; stance_from: remarks of this stance or
    more are counted whatever their kind; renderings and coder as in every count of remarks.
    """

    also: tuple[StatementKind, ...] = ()
    stance_from: Annotated[int, Field(ge=-2, le=2)] | None = None


#: How a remark was reported: how much of it counts, and for each origin the chance that it is right
#: and how many renderings it gave.
RemarkReport = tuple[float, tuple[tuple[float, int], ...]]


def report_of(remark: Remark, test: Test, record: Record) -> RemarkReport:
    """How a remark of the wanted kind was reported.

    It counts in full where each of its coders gave some row of it the kind, in part where only
    some did. Renderings of one origin stand or fall together, at its most credible.
    """
    named = [row for row in remark.rows if test(row)]
    origins: dict[str, tuple[float, set[str]]] = {}
    for row in named:
        source = record.sources[row.source]
        chance, renderings = origins.get(source.origin or source.id, (0.0, set()))
        origins[source.origin or source.id] = (max(chance, REAL[source.credibility]), renderings | {source.id})
    weight = len({row.coder for row in named}) / len({row.coder for row in remark.rows})
    return weight, tuple(sorted((chance, len(renderings)) for chance, renderings in origins.values()))


def remark_draws(reports: Mapping[RemarkReport, int], setting: Setting) -> tuple[Draws, Draws]:
    """Draws of how many remarks are real, and of how many of their renderings.

    Each origin is right or wrong on its own, and a remark is real where at least one that reports it
    is right. Remarks that were reported alike are drawn together.

    Args:
        reports: how many remarks were reported in each way.

    Example:
        >>> remarks, renderings = remark_draws({(1.0, ((1.0, 3),)): 2}, Setting(2, 1))
        >>> remarks.tolist(), renderings.tolist()
        ([2.0, 2.0], [6.0, 6.0])
    """
    remarks, renderings = np.zeros(setting.draws), np.zeros(setting.draws)
    for (weight, origins), many in sorted(reports.items()):
        rng = stream(setting, "remarks", repr((weight, origins)))
        unreal = np.full(setting.draws, many)
        for chance, rendered in origins:
            again, first = rng.binomial(many - unreal, chance), rng.binomial(unreal, chance)
            renderings += weight * rendered * (again + first)
            unreal = unreal - first
        remarks += weight * (many - unreal)
    return remarks, renderings


def of_kinds(kinds: Sequence[str]) -> Test:
    """Whether a row is of one of some kinds."""
    wanted = frozenset(kinds)
    return lambda row: row.kind in wanted


def run_remarks(record: Record, arguments: OfKinds, choice: Choice, setting: Setting) -> Found | Lacking:
    """How many distinct remarks of some kinds were made."""
    options: Counting = choice.options
    words = words_of(record, arguments.actor, arguments.topics, arguments.period, options.coder)
    if words.missing:
        return Lacking(words.missing)
    test = of_kinds(arguments.kinds)
    named = [m for m in words.remarks if any(test(row) for row in m.rows)]
    remarks, renderings = remark_draws(Counter(report_of(m, test, record) for m in named), setting)

    def respond(lever: str, value: float) -> Draws:
        each = value if lever == "renderings" else options.renderings
        return remarks + each * (renderings - remarks)

    shown = sum(len({row.source for row in m.rows if test(row)}) for m in named)
    return Found(
        draws=respond("", 0.0),
        used=used_words(record, named or words.remarks),
        notes=(f"distinct remarks: {len(named)}, in {counted(shown, 'rendering')}", *words.notes),
        series=tuple(counted_so_far(named, arguments.actor, arguments.period)),
        baselines={"renderings": options.renderings},
        respond=respond,
    )


#: Cells into which the distribution function of a share is cut.
_CELLS = 2048


def share_draws(counted: float, all_: float, uniforms: Draws) -> Draws:
    """Posterior draws of a share under Jeffreys' prior, Beta(½, ½).

    The angle whose sine, squared, is the share has a density without poles, near normal and of one width;
    its distribution function is summed over twelve of its standard deviations either way and inverted.

    Args:
        counted, all_: how many were counted, of how many; parts of one are allowed.
        uniforms: draws between 0 and 1, shape (draws,); the same ones give draws that move with the counts.

    Source: Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286.

    Example:
        >>> round(float(share_draws(5, 10, np.array([0.5]))[0]), 3)
        0.5
    """
    others = max(0.0, all_ - counted)
    centre, reach = (
        float(np.arctan2(np.sqrt(counted + 0.5), np.sqrt(others + 0.5))),
        6.0 / np.sqrt(counted + others + 1.0),
    )
    angles = np.linspace(max(0.0, centre - reach), min(np.pi / 2, centre + reach), _CELLS + 1)
    middles = (angles[1:] + angles[:-1]) / 2
    log_density = 2 * (counted * np.log(np.sin(middles)) + others * np.log(np.cos(middles)))
    mass = np.concatenate([[0.0], np.cumsum(np.exp(log_density - log_density.max()))])
    draws: Draws = np.sin(np.interp(uniforms, mass / mass[-1], angles)) ** 2
    return draws


def _share_run(
    record: Record, about: About, options: Counting, setting: Setting, test: Test, what: str
) -> Found | Lacking:
    """The share of an actor's remarks that pass a test."""
    words = words_of(record, about.actor, about.topics, about.period, options.coder)
    if words.missing:
        return Lacking(words.missing)
    once = [share_of(m.rows, test) for m in words.remarks]
    each = [share_of(rows, test) for m in words.remarks for rows in m.renderings.values()]
    uniforms = stream(setting, "share of remarks", about.actor).uniform(size=setting.draws)
    respond = _share_response((fsum(once), fsum(each)), (len(once), len(each)), options.renderings, uniforms)
    passed = [m for m, share in zip(words.remarks, once, strict=True) if share >= 0.5]
    return Found(
        draws=respond("", 0.0),
        used=used_words(record, words.remarks),
        notes=(
            f"{what}: {fsum(once):g} of {counted(len(once), 'distinct remark')}, "
            f"{fsum(each):g} of {counted(len(each), 'rendering')}",
            *words.notes,
        ),
        series=(
            *counted_so_far(words.remarks, "all remarks", about.period),
            *counted_so_far(passed, what, about.period),
        ),
        baselines={"renderings": options.renderings, "missed": 0.0},
        respond=respond,
    )


def _share_response(
    counted: tuple[float, float], all_: tuple[float, float], baseline: float, uniforms: Draws
) -> Response:
    """Draws of a share with a lever moved; each pair is by remark and by rendering."""
    order = np.argsort(uniforms)
    rising = uniforms[order]  # each is found beside the one before, in a third of the time

    @cache
    def share(renderings: float, missed: float) -> Draws:
        some, every = (pair[0] + renderings * (pair[1] - pair[0]) for pair in (counted, all_))
        draws = np.empty_like(rising)
        draws[order] = share_draws(some, every + missed, rising)
        return draws

    return lambda lever, value: share(value if lever == "renderings" else baseline, value if lever == "missed" else 0.0)


def run_reticence(record: Record, arguments: About, choice: Choice, setting: Setting) -> Found | Lacking:
    """The share of remarks that take no position."""
    return _share_run(record, arguments, choice.options, setting, of_kinds(RETICENT), "taking no position")


def run_remark_share(record: Record, arguments: OfKinds, choice: Choice, setting: Setting) -> Found | Lacking:
    """The share of remarks that are of some kinds, or of some stance."""
    options: ShareCounting = choice.options
    kinds = of_kinds((*arguments.kinds, *options.also))
    lowest = options.stance_from

    def test(row: Statement) -> bool:
        return kinds(row) or (lowest is not None and row.stance >= lowest)

    return _share_run(record, arguments, options, setting, test, "counted")


_JEFFREYS = "Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286"
_LIMITS = (
    "Counts the remarks that the record holds: who chose them decides much. The lever says how many of other "
    "kinds it would "
    "have to have missed. Remarks of one briefing are not independent, so draws are somewhat too narrow. "
)

MEASURES = (
    Measure(
        name="stance.remarks",
        question="How many distinct remarks of the given kinds did an actor make?",
        unit=REMARKS,
        support=(0.0, float("inf")),
        arguments=OfKinds,
        options=Counting,
        tables=("statements", "topics"),
        levers=(RENDERINGS,),
        method="count of distinct remarks, each real with a chance that depends on the credibility of its origins; "
        "origins are "
        "right or wrong independently",
        source="our convention for the chances: docs/measures/stance-remarks.md",
        limits="Counts the remarks in the record, and cannot count those that nobody reported.",
        run=run_remarks,
    ),
    Measure(
        name="stance.reticence",
        question="What share of an actor's remarks takes no position?",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=About,
        options=Counting,
        tables=("statements", "topics"),
        levers=(RENDERINGS, MISSED_OTHER_REMARKS),
        method="share of non-answers, denials of knowledge and neutral replies among distinct remarks; Jeffreys' Beta "
        "posterior",
        source=_JEFFREYS,
        limits=_LIMITS + "Silence is not a remark; see stance.delay.",
        run=run_reticence,
        series_unit=REMARKS,
    ),
    Measure(
        name="stance.share",
        question="What share of an actor's remarks is of the given kinds?",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=OfKinds,
        options=ShareCounting,
        tables=("statements", "topics"),
        levers=(RENDERINGS, MISSED_OTHER_REMARKS),
        method="share of distinct remarks of the kinds counted; Jeffreys' Beta posterior",
        source=_JEFFREYS,
        limits=_LIMITS + "A kind names the form of a remark, which need not be what it says.",
        run=run_remark_share,
        series_unit=REMARKS,
    ),
)
