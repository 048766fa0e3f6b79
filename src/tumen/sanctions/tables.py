"""The tables of sanctions: what is allowed, what was delivered, and what was earned in spite of it."""

from __future__ import annotations

from tumen.sanctions.ledgers import EVASION_CASES, THEFT_TOTALS, THEFTS, WORKERS
from tumen.sanctions.resolutions import DELIVERIES, PROVISIONS, UNREPORTED

TABLES = (PROVISIONS, DELIVERIES, UNREPORTED, WORKERS, THEFTS, THEFT_TOTALS, EVASION_CASES)
