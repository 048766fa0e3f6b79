"""Findings joined to a record: their tables in its engine, their source among its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.engine.queries import Engine, Row
from tumen.record.read import Record
from tumen.record.sources import Source
from tumen.sea.findings import TABLES, Findings

#: Grades of positions as ships send them: nobody but the ship stands behind them, and a transmitter can be made to lie.
OBSERVED_GRADE = ("C", "3")

#: Grades of simulated positions: nothing can be said of what was not observed.
SIMULATED_GRADE = ("F", "6")


def with_findings(record: Record, findings: Findings) -> Record:
    """A record to which findings belong: their tables in its engine, their source among its sources.

    Args:
        record: one whose tables have been read.

    Returns: the record, whose hashes hold the files of positions and whose `findings` have the id of their source.
    """
    for table, types in TABLES.items():
        _put(record.engine, table, types, findings.rows.get(table, ()))
    name = _free(findings.source, record.sources)
    named = replace(findings, source=name)
    redaction = replace(record.redaction, sources={**record.sources, name: source_of(named)})
    return replace(record, redaction=redaction, hashes={**record.hashes, **findings.inputs}, findings=named)


def source_of(findings: Findings) -> Source:
    """The source that findings have in place of a publication.

    Grades: observed positions C3, simulated ones F6. The rule is ours; docs/from-ais-to-a-finding.md says why.
    """
    reliability, credibility = SIMULATED_GRADE if findings.simulated else OBSERVED_GRADE
    kind = "simulated vessel positions" if findings.simulated else "vessel positions"
    return Source(
        findings.source,
        kind,
        f"found by Tumen in {kind} of {findings.days}",
        "",
        str(findings.end.date()),
        reliability,
        credibility,
        "public",
        "",
    )


def _free(name: str, taken: Mapping[str, Source]) -> str:
    """The name, or the first of its name with a number that is free."""
    number, free = 1, name
    while free in taken or free in {s.id for s in taken.values()}:
        number += 1
        free = f"{name}-{number}"
    return free


def _put(engine: Engine, table: str, types: Mapping[str, str], rows: Sequence[Row]) -> None:
    engine.tabulate(table, types, {c: _array([row[c] for row in rows], kind) for c, kind in types.items()})


def _array(values: Sequence[Any], kind: str) -> NDArray[Any]:
    """Cells of one column; None is masked."""
    if kind == "TIMESTAMP":
        return np.array(values, dtype=np.datetime64(0, "us").dtype)
    empty: Any = "" if kind == "VARCHAR" else 0
    dtype: Any = {"VARCHAR": str, "DOUBLE": float}.get(kind, np.int64)
    filled = np.array([empty if v is None else v for v in values], dtype=dtype)
    return np.ma.masked_array(filled, mask=[v is None for v in values])
