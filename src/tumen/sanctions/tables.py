"""The tables of sanctions: what is allowed, what was delivered, and what was earned in spite of it."""

from __future__ import annotations

from tumen.sanctions.ledgers import EVASION_CASES, EVASION_PARTS, THEFT_TOTALS, THEFTS, WORKERS
from tumen.sanctions.resolutions import BREACHES, DELIVERIES, PROVISIONS, UNREPORTED

TABLES = (
    *(PROVISIONS, BREACHES, DELIVERIES, UNREPORTED),
    *(WORKERS, THEFTS, THEFT_TOTALS, EVASION_CASES, EVASION_PARTS),
)
