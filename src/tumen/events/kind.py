"""Events as a kind of evidence."""

from __future__ import annotations

from tumen.declaring import Declarations
from tumen.events.tables import TABLES
from tumen.kind import Kind

KIND = Kind(
    name="events",
    subject="Acts and contacts",
    declared=Declarations("tumen.events"),
    tables=TABLES,
)
