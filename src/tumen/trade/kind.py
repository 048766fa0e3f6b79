"""Goods trade as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.kind import Kind
from tumen.trade.tables import TABLES

if TYPE_CHECKING:
    from tumen.measure.estimate import Measure


def _measures() -> tuple[Measure, ...]:
    from tumen.trade import asymmetry, concentration, continuity, dependence

    return (
        *dependence.MEASURES,
        *asymmetry.MEASURES,
        *concentration.MEASURES,
        *continuity.MEASURES,
    )


KIND = Kind(
    name="trade",
    tables=TABLES,
    measures=_measures,
)
