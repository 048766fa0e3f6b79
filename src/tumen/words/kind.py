"""Official words as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.kind import Kind
from tumen.words.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tumen.errors import Problem
    from tumen.kind import Chart, Checked
    from tumen.measure.estimate import Measure
    from tumen.measure.units import Unit


def _measures() -> tuple[Measure, ...]:
    from tumen.words import delay, gap, salience, stance

    return (
        *stance.MEASURES,
        *gap.MEASURES,
        *delay.MEASURES,
        *salience.MEASURES,
    )


def _units() -> tuple[Unit, ...]:
    from tumen.words.units import UNITS

    return UNITS


def _coders(checked: Checked) -> list[Problem]:
    from tumen.words.coding import check_coders

    return check_coders(checked.record.engine) if checked.sound else []


def _topics(checked: Checked) -> list[Problem]:
    from tumen.words.statements import check_topics

    bound = checked.bound if checked.sound else ()
    return [p for b in bound for p in check_topics(b.claim, b.arguments, checked.record)]


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    return (_coders, _topics)


def _charts() -> Mapping[str, Chart]:
    from tumen.words.gap import WORDS_AND_DEEDS
    from tumen.words.word_charts import words_and_deeds

    return {WORDS_AND_DEEDS: words_and_deeds}


KIND = Kind(
    name="words",
    tables=TABLES,
    checks=_checks,
    measures=_measures,
    units=_units,
    charts=_charts,
)
