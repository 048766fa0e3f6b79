"""Sanctions as a kind of evidence: what is allowed, and what was delivered, earned and stolen."""

from __future__ import annotations

from tumen.declaring import Declarations
from tumen.kind import Kind
from tumen.sanctions.tables import TABLES

KIND = Kind(
    name="sanctions",
    declared=Declarations("tumen.sanctions"),
    tables=TABLES,
)
