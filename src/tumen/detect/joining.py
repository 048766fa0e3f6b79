"""Findings joined to a record: their tables in its engine, their source among its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tumen.engine.forms import put_rows
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
    for table, form in findings.forms.items():
        put_rows(record.engine, table, form, findings.rows.get(table, ()))
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
