"""Findings joined to a record: their tables in its engine, their source among its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.engine.queries import Engine, Row
from tumen.record.findings import Findings
from tumen.record.read import Record
from tumen.record.sources import Source


def with_findings(record: Record, name: str, findings: Findings) -> Record:
    """A record to which findings belong: their tables in its engine, their source among its sources.

    Args:
        record: one whose tables have been read.
        name: of the raw records in which they were found.

    Returns: the record, whose hashes hold the raw files and whose findings have the id of their source.
    """
    for table, types in findings.types.items():
        _put(record.engine, table, types, findings.rows.get(table, ()))
    named = findings.renamed(_free(findings.source, record.sources))
    redaction = replace(record.redaction, sources={**record.sources, named.source: named.origin()})
    hashes = {**record.hashes, **named.inputs}
    return replace(record, redaction=redaction, hashes=hashes, findings={**record.findings, name: named})


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
