"""Votes as a kind of evidence."""

from __future__ import annotations

from tumen.declaring import Declarations
from tumen.kind import Kind
from tumen.votes.tables import TABLES

KIND = Kind(
    name="votes",
    subject="Votes",
    declared=Declarations("tumen.votes"),
    tables=TABLES,
)
