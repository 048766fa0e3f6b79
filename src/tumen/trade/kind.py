"""Goods trade as a kind of evidence."""

from __future__ import annotations

from tumen.declaring import Declarations
from tumen.kind import Kind
from tumen.trade.tables import TABLES

KIND = Kind(
    name="trade",
    declared=Declarations("tumen.trade"),
    tables=TABLES,
)
