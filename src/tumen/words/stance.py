"""What an actor's officials say: how many remarks of some kind they made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

import numpy as np
from pydantic import Field

from tumen.counting import counted
from tumen.measure.arguments import Form, Period
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.missed import lever_of_missed
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.words.statements import (
    Counting,
    Remark,
    Speaking,
    StatementKind,
    Test,
    Topics,
    WordsTable,
    counted_so_far,
    used_words,
    words_of,
)
from tumen.words.units import REMARKS
from tumen.words.unseen import at_least, independent

#: Chance that a remark was made, by the credibility of one origin that reports it. Our convention:
#: the Admiralty scale is ordinal.
REAL: Mapping[str, float] = {"1": 0.98, "2": 0.9, "3": 0.75, "4": 0.5, "5": 0.2, "6": 0.5}

RENDERINGS = Lever(
    name="renderings",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="counted share of further renderings of a remark",
)
MISSED_REMARKS = lever_of_missed("missed", 200, "remarks of these kinds missing from the record", 1e-2)
WRONG_REMARKS = replace(MISSED_REMARKS, name="wrong", label="remarks counted that were not made or are of other kinds")


class About(Form):
    """actor: whose remarks; topics: each with all below it; period."""

    actor: Speaking
    topics: Topics
    period: Period


class OfKinds(About):
    """actor: whose remarks; topics: each with all below it; period; kinds: those counted."""

    kinds: Annotated[tuple[StatementKind, ...], Field(min_length=1)]


class FromWhere(Counting):
    """evidence: the table that is read: statements, which somebody chose, or answers, which are all that were given;
    renderings and coder as in every count of remarks.
    """

    evidence: WordsTable = "statements"


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


def chance_of(report: RemarkReport) -> float:
    """The chance that a remark is real and of the wanted kind.

    Example:
        >>> chance_of((1.0, ((0.75, 1), (0.75, 1))))
        0.9375
    """
    weight, origins = report
    wrong = 1.0
    for chance, _ in origins:
        wrong *= 1 - chance
    return weight * (1 - wrong)


def run_remarks(record: Record, arguments: OfKinds, choice: Choice, setting: Setting) -> Found | Lacking:
    """How many distinct remarks of some kinds were made: at least so many, unless the table holds all."""
    options: FromWhere = choice.options
    words = words_of(record, arguments.actor, arguments.topics, arguments.period, options.coder, options.evidence)
    if words.missing:
        return Lacking(words.missing)
    test = of_kinds(arguments.kinds)
    named = [m for m in words.remarks if any(test(row) for row in m.rows)]
    remarks, renderings = remark_draws(Counter(report_of(m, test, record) for m in named), setting)

    def respond(lever: str, value: float) -> Draws:
        moved = {"renderings": options.renderings, "missed": 0.0, "wrong": 0.0, lever: value}
        made = remarks + moved["renderings"] * (renderings - remarks)
        return np.maximum(0.0, made + moved["missed"] - moved["wrong"])

    shown = sum(len({row.source for row in m.rows if test(row)}) for m in named)
    return Found(
        draws=respond("", 0.0),
        used=used_words(record, named or words.remarks),
        bounds=at_least(record, options.evidence),
        notes=(f"distinct remarks: {len(named)}, in {counted(shown, 'rendering')}", *words.notes),
        series=tuple(counted_so_far(named, arguments.actor, arguments.period)),
        baselines={"renderings": options.renderings, "missed": 0.0, "wrong": 0.0},
        respond=respond,
        effective=independent(named),
    )


MEASURES = (
    Measure(
        name="stance.remarks",
        question="How many distinct remarks of the given kinds did an actor make?",
        estimates="number of distinct remarks of these kinds",
        unit=REMARKS,
        support=(0.0, float("inf")),
        arguments=OfKinds,
        options=FromWhere,
        tables=("statements", "topics", "answers"),
        levers=(RENDERINGS, MISSED_REMARKS, WRONG_REMARKS),
        method="count of distinct remarks, each real with a chance that depends on the credibility of its origins; "
        "origins are "
        "right or wrong independently",
        source="our convention for the chances: docs/measures/stance-remarks.md",
        limits="Counts the remarks in the record, and cannot count those that nobody reported: unless the table holds "
        "all there were, there are at least so many, and the count can support a claim and not contradict it.",
        run=run_remarks,
    ),
)
