"""Vessel positions as a kind of evidence."""

from __future__ import annotations

from tumen.declaring import Declarations
from tumen.kind import Kind

KIND = Kind(
    name="ais",
    subject="At sea",
    declared=Declarations("tumen.ais"),
)
