"""What share of an actor's remarks is of some kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import fsum
from typing import Annotated

import numpy as np
from pydantic import Field

from tumen.counting import counted
from tumen.measure.arguments import Form
from tumen.measure.draws import bounds_of, combined, standard_uniforms
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Measure, Response
from tumen.measure.missed import lever_of_missed
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.words.stance import RENDERINGS, About, FromWhere, OfKinds, of_kinds
from tumen.words.statements import (
    Remark,
    Statement,
    StatementKind,
    Test,
    by_year,
    counted_so_far,
    share_of,
    used_words,
    words_of,
)
from tumen.words.units import REMARKS
from tumen.words.unseen import NOTED, independent, noted_draws

#: Kinds of remark that take no position.
RETICENT = ("neutral", "non-answer", "deny-knowledge")

MISSED_OTHER_REMARKS = lever_of_missed("missed", 200, "remarks of other kinds missing from the record", 1e-2)
MISSED_COUNTED_REMARKS = replace(
    MISSED_OTHER_REMARKS, name="missed_counted", label="remarks of the kinds counted, missing from the record"
)


class ShareOfKinds(OfKinds):
    """actor: whose remarks; topics: each with all below it; period; kinds: those counted; each_year: whether the share
    is that of the calendar year in which it is lowest, of those that lie wholly in the period.
    """

    each_year: bool = False


class WhichRemarks(Form):
    """also: kinds counted besides those that the claim names; stance_from, stance_until: remarks of this stance and
    above, or and below, are counted whatever their kind.
    """

    also: tuple[StatementKind, ...] = ()
    stance_from: Annotated[int, Field(ge=-2, le=2)] | None = None
    stance_until: Annotated[int, Field(ge=-2, le=2)] | None = None


class ShareCounting(WhichRemarks, FromWhere):
    """Which remarks are counted, and where they are read; renderings and coder as in every count of remarks."""


def tested(kinds: Sequence[str], options: WhichRemarks) -> Test:
    """Whether a row is of one of some kinds, or has a stance that options count whatever its kind."""
    named = of_kinds((*kinds, *options.also))
    lowest, highest = options.stance_from, options.stance_until

    def test(row: Statement) -> bool:
        return (
            named(row)
            or (lowest is not None and row.stance >= lowest)
            or (highest is not None and row.stance <= highest)
        )

    return test


#: Cells into which the distribution function of a share is cut.
_CELLS = 1024


def share_draws(counted: float, all_: float, uniforms: Draws) -> Draws:
    """Posterior draws of a share under Jeffreys' prior, Beta(½, ½).

    The angle whose sine, squared, is the share has a density without poles, near normal and of one width;
    its distribution function is summed over eight of its standard deviations either way and inverted.

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
        4.0 / np.sqrt(counted + others + 1.0),
    )
    angles = np.linspace(max(0.0, centre - reach), min(np.pi / 2, centre + reach), _CELLS + 1)
    middles = (angles[1:] + angles[:-1]) / 2
    log_density = 2 * (counted * np.log(np.sin(middles)) + others * np.log(np.cos(middles)))
    mass = np.concatenate([[0.0], np.cumsum(np.exp(log_density - log_density.max()))])
    draws: Draws = np.sin(np.interp(uniforms, mass / mass[-1], angles)) ** 2
    return draws


def _share_response(remarks: Sequence[Remark], test: Test, baseline: float, uniforms: Draws, noted: Draws) -> Response:
    """Draws of the share of some remarks that pass a test, with a lever moved.

    Remarks of one briefing are one voice, so that the posterior is as wide as that of so many independent remarks.

    Args:
        baseline: how much each further rendering of a remark counts.
        noted: how many times likelier a remark that passes was to be noted.
    """
    once = [share_of(m.rows, test) for m in remarks]
    each = [share_of(rows, test) for m in remarks for rows in m.renderings.values()]
    scales = (independent(remarks) / len(once), independent(remarks, renderings=True) / len(each))
    passed, of = (tuple(n * s for n, s in zip(pair, scales, strict=True)) for pair in _sums(once, each))
    order = np.argsort(uniforms)
    rising = uniforms[order]  # each is found beside the one before, in a third of the time

    @cache
    def share(renderings: float, more: float, others: float) -> Draws:
        some, every = (pair[0] + renderings * (pair[1] - pair[0]) for pair in (passed, of))
        draws = np.empty_like(rising)
        draws[order] = share_draws(some + more, every + more + others, rising)
        return draws

    def respond(lever: str, value: float) -> Draws:
        moved = {"renderings": baseline, "missed_counted": 0.0, "missed": 0.0, "noted": 1.0, lever: value}
        drawn = share(moved["renderings"], moved["missed_counted"], moved["missed"])
        likelier = noted * moved["noted"]
        return drawn / (drawn + likelier * (1 - drawn))

    return respond


def _sums(once: Sequence[float], each: Sequence[float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """How many were counted and of how many, each by remark and by rendering."""
    return (fsum(once), fsum(each)), (len(once), len(each))


def share_run(
    record: Record, about: About, options: FromWhere, setting: Setting, test: Test, what: str
) -> Found | Lacking:
    """The share of an actor's remarks that pass a test, of the whole period or of its lowest year."""
    words = words_of(record, about.actor, about.topics, about.period, options.coder, options.evidence)
    if words.missing:
        return Lacking(words.missing)
    yearly = isinstance(about, ShareOfKinds) and about.each_year
    groups = by_year(words.remarks, about.period) if yearly else {"": words.remarks}
    held = {year: remarks for year, remarks in groups.items() if remarks}
    if not held:
        return Lacking(f"a calendar year with {options.evidence} of {about.actor} that lies wholly in the period")
    noted = noted_draws(record, options.evidence, setting, about.actor)
    responses = [
        _share_response(m, test, options.renderings, _uniforms(setting, about.actor, year), noted)
        for year, m in held.items()
    ]

    def respond(lever: str, value: float) -> Draws:
        return combined([one(lever, value) for one in responses], "lowest")

    remarks = [m for group in held.values() for m in group]
    lacking = tuple(f"{year}: {options.evidence} of {about.actor}" for year in groups if year not in held)
    chosen = record.covers(options.evidence) == "convenience"
    bounds: frozenset[Bound] = frozenset({"lower"}) if chosen else frozenset()
    passed = [m for m in remarks if share_of(m.rows, test) >= 0.5]
    return Found(
        draws=respond("", 0.0),
        used=used_words(record, remarks),
        missing=lacking,
        bounds=bounds | bounds_of("lowest", bool(lacking), False),
        notes=(*(_told(m, test, what, year) for year, m in held.items()), *words.notes),
        series=(
            *counted_so_far(remarks, "all remarks", about.period),
            *counted_so_far(passed, what, about.period),
        ),
        baselines={
            "renderings": options.renderings,
            "missed": 0.0,
            "missed_counted": 0.0,
            **({"noted": 1.0} if chosen else {}),
        },
        respond=respond,
        effective=min(independent(m) for m in held.values()),
    )


def _uniforms(setting: Setting, actor: str, year: str) -> Draws:
    return standard_uniforms(setting, "share of remarks", actor, *([year] if year else []))


def _told(remarks: Sequence[Remark], test: Test, what: str, year: str) -> str:
    once = [share_of(m.rows, test) for m in remarks]
    each = [share_of(rows, test) for m in remarks for rows in m.renderings.values()]
    return (
        f"{year + ', ' if year else ''}{what}: {fsum(once):g} of {counted(len(once), 'distinct remark')}, "
        f"{fsum(each):g} of {counted(len(each), 'rendering')}, as {independent(remarks):.3g} independent ones"
    )


def run_reticence(record: Record, arguments: About, choice: Choice, setting: Setting) -> Found | Lacking:
    """The share of remarks that take no position."""
    return share_run(record, arguments, choice.options, setting, of_kinds(RETICENT), "taking no position")


def run_remark_share(record: Record, arguments: ShareOfKinds, choice: Choice, setting: Setting) -> Found | Lacking:
    """The share of remarks that are of some kinds, or of some stance."""
    options: ShareCounting = choice.options
    return share_run(record, arguments, options, setting, tested(arguments.kinds, options), "counted")


_LEVERS = (RENDERINGS, MISSED_OTHER_REMARKS, MISSED_COUNTED_REMARKS, NOTED)
_METHOD = (
    "; Jeffreys' Beta posterior of so many independent remarks as there are briefings; in a convenience record, on "
    "odds of being noted that are drawn"
)
_SOURCE = (
    "Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286; Korn & Graubard (1998), Survey Methodology 24, 193-201; "
    "Lash, Fox & Fink (2009), doi:10.1007/978-0-387-87959-8"
)
_LIMITS = (
    "Counts the remarks that the record holds. Where somebody chose them, remarks of the kinds counted can support a "
    "claim, and a want of them cannot contradict it; the levers say how many of either sort would have to be missing. "
)

MEASURES = (
    Measure(
        name="stance.reticence",
        question="What share of an actor's remarks takes no position?",
        estimates="share of remarks that take no position",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=About,
        options=FromWhere,
        tables=("statements", "topics", "answers"),
        levers=_LEVERS,
        method="share of non-answers, denials of knowledge and neutral replies among distinct remarks" + _METHOD,
        source=_SOURCE,
        limits=_LIMITS + "Silence is not a remark; see stance.delay.",
        run=run_reticence,
        series_unit=REMARKS,
    ),
    Measure(
        name="stance.share",
        question="What share of an actor's remarks is of the given kinds?",
        estimates="share of remarks of these kinds",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=ShareOfKinds,
        options=ShareCounting,
        tables=("statements", "topics", "answers"),
        levers=_LEVERS,
        method="share of distinct remarks of the kinds counted, of the whole period or of its lowest year" + _METHOD,
        source=_SOURCE,
        limits=_LIMITS + "A kind names the form of a remark, which need not be what it says.",
        run=run_remark_share,
        series_unit=REMARKS,
    ),
)
