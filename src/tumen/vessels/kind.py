"""Ships and ports as a kind of evidence: which ship it is, and who lists her."""

from __future__ import annotations

from tumen.declaring import Declarations
from tumen.kind import Kind
from tumen.vessels.tables import TABLES

KIND = Kind(
    name="vessels",
    subject="At sea",
    declared=Declarations("tumen.vessels"),
    tables=TABLES,
)
