"""Whether an actor keeps saying something: in each year at least once, and never the opposite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Annotated

import numpy as np
from pydantic import Field

from tumen.measure.draws import stream
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Measure, Response
from tumen.measure.missed import lever_of_missed
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.words.shares import WhichRemarks, tested
from tumen.words.stance import OfKinds, chance_of, of_kinds, report_of
from tumen.words.statements import OneCoder, Remark, StatementKind, Test, WordsTable, by_year, used_words, words_of

MISSED_YEARS = lever_of_missed("missed", 100, "years with such a remark that the record does not hold", 1e-2)
TURNED_YEARS = replace(MISSED_YEARS, name="turned", label="years with the opposite that the record does not hold")


class EachYearArguments(OfKinds):
    """actor: whose remarks; topics: each with all below it; period: its whole calendar years count; kinds: those of
    which each year has one; opposite: those of which no year has one.
    """

    opposite: Annotated[tuple[StatementKind, ...], Field(min_length=1)]


class EachYearOptions(WhichRemarks):
    """evidence: the tables that are read, together; also, stance_from and stance_until say which remarks are counted,
    the two of stance in statements alone; answers_until: answers of this stance or below are counted whatever their
    kind; coder: the one coder whose rows are read; empty: all.
    """

    evidence: Annotated[tuple[WordsTable, ...], Field(min_length=1)] = ("statements", "answers")
    answers_until: Annotated[int, Field(ge=-2, le=2)] | None = None
    coder: OneCoder = ""


@dataclass(frozen=True)
class Year:
    """What the record has of one year.

    Args:
        said, opposed: the chance that at least one remark of the kinds, or of the opposite ones, was made.
    """

    year: str
    said: float
    opposed: float


def years_kept(years: Sequence[Year], setting: Setting) -> tuple[Draws, Draws]:
    """How many years are kept, with a remark of the kinds and none of the opposite, and how many are broken.

    Example:
        >>> kept, broken = years_kept([Year("2020", 1.0, 0.0), Year("2021", 1.0, 1.0)], Setting(2, 1))
        >>> kept.tolist(), broken.tolist()
        ([1.0, 1.0], [1.0, 1.0])
    """
    kept, broken = np.zeros(setting.draws), np.zeros(setting.draws)
    for one in years:
        said, opposed = stream(setting, "each year", one.year).uniform(size=(2, setting.draws))
        over = opposed < one.opposed
        broken += over
        kept += (said < one.said) & ~over
    return kept, broken


def run_each_year(record: Record, arguments: EachYearArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The share of years with at least one remark of some kinds and none of the opposite ones."""
    options: EachYearOptions = choice.options
    asked = (arguments.actor, arguments.topics, arguments.period, options.coder)
    words = {table: words_of(record, *asked, table) for table in options.evidence}
    remarks = [m for one in words.values() for m in one.remarks]
    yearly = by_year(remarks, arguments.period)
    if not remarks or not yearly:
        lack = tuple(dict.fromkeys(m for one in words.values() for m in one.missing))
        return Lacking("a calendar year that lies wholly in the period" if remarks else lack)
    tests, opposite = _tests(arguments, options), of_kinds(arguments.opposite)
    years = [_year(year, mine, tests, opposite, record) for year, mine in yearly.items()]
    told = [m for mine in yearly.values() for m in mine if any(tests[m.table](row) or opposite(row) for row in m.rows)]
    whole = all(record.covers(table) == "exhaustive" for table in options.evidence)
    unknown = [y.year for y in years if not (y.said or y.opposed)]
    about = f"a remark of {arguments.actor} about {', '.join(arguments.topics)} of the kinds counted"
    respond = _response(years, whole, setting)
    return Found(
        draws=respond("", 0.0),
        used=used_words(record, told or remarks),
        missing=() if whole else tuple(f"{year}: {about}" for year in unknown),
        bounds=frozenset() if whole else frozenset({_side(years)}),
        notes=(
            f"years with such a remark: {', '.join(y.year for y in years if y.said) or 'none'}",
            f"years with the opposite: {', '.join(y.year for y in years if y.opposed) or 'none'}",
            *(n for one in words.values() for n in one.notes),
        ),
        series=tuple(Point(y.year, "such a remark was made", *[y.said * (1 - y.opposed)] * 3) for y in years),
        baselines={"missed": 0.0, "turned": 0.0},
        respond=respond,
        effective=float(len(years) - len(unknown)),
    )


def _side(years: Sequence[Year]) -> Bound:
    """From which side tables that do not hold all pin the share: above as soon as a year has the opposite."""
    return "upper" if any(y.opposed for y in years) else "lower"


def _response(years: Sequence[Year], whole: bool, setting: Setting) -> Response:
    """Draws of the share of years kept, or of those not known to be broken where they pin it from above."""
    kept, broken = years_kept(years, setting)
    from_above = not whole and _side(years) == "upper"

    def respond(lever: str, value: float) -> Draws:
        moved = {"missed": 0.0, "turned": 0.0, lever: value}
        most = np.maximum(0.0, len(years) - broken - moved["turned"])
        share: Draws = (most if from_above else np.clip(kept + moved["missed"], 0.0, most)) / len(years)
        return share

    return respond


def _tests(arguments: EachYearArguments, options: EachYearOptions) -> Mapping[str, Test]:
    """What is counted, by table: stance is toward an actor in one, and toward what a topic names in the other."""
    of_answers = WhichRemarks(also=options.also, stance_until=options.answers_until)
    return {"statements": tested(arguments.kinds, options), "answers": tested(arguments.kinds, of_answers)}


def _year(year: str, remarks: Sequence[Remark], tests: Mapping[str, Test], opposite: Test, record: Record) -> Year:
    """The chances that a year has a remark of the kinds counted, and one of the opposite."""
    said, opposed = (
        [chance_of(report_of(m, test, record)) for m, test in pairs if any(test(row) for row in m.rows)]
        for pairs in ([(m, tests[m.table]) for m in remarks], [(m, opposite) for m in remarks])
    )
    return Year(year, 1 - prod(1 - c for c in said), 1 - prod(1 - c for c in opposed))


MEASURES = (
    Measure(
        name="stance.each_year",
        question="In what share of years did an actor say something at least once, and never the opposite?",
        estimates="share of years with such a remark and none to the contrary",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=EachYearArguments,
        options=EachYearOptions,
        tables=("statements", "topics", "answers"),
        levers=(MISSED_YEARS, TURNED_YEARS),
        method="share of the whole calendar years with a remark of the kinds counted and none of the opposite ones; a "
        "remark is real with a chance that depends on the credibility of its origins; years independent",
        source="our convention for the chances: docs/measures/stance-remarks.md",
        limits="A year without a remark in the record is not one without a remark, unless the tables hold all there "
        "were: the share is at least what was seen. Where a year has the opposite, it is at most what is left.",
        run=run_each_year,
    ),
)
