"""Sentences whose fields are not as those of nearly all: PyAIS says what they are."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from tumen.ais.sentences.byte_runs import Text
from tumen.ais.sentences.sentence_lines import SentenceTable

#: A sentence with a checksum, in front of what may follow.
_SENTENCE = re.compile(rb".[^,*]{2,5},(?:[^,*]*,){5,}[^,*]*\*[0-9A-Fa-f]{1,2}(?![0-9A-Fa-f])")
_TAG = re.compile(rb"\s*(?:\\[^\\]*\\)*\s*")


def look_closer(text: Text, table: SentenceTable) -> SentenceTable:
    """The sentences with those that were not found in bulk looked at one by one; what is none is left out."""
    if table.plain.all():
        return table
    keep = np.ones(len(table), dtype=bool)
    table = table.of(keep)
    for row in np.flatnonzero(~table.plain):
        keep[row] = _look(text, table, int(row))
    return table.of(keep)


def _look(text: Text, table: SentenceTable, row: int) -> bool:
    """Put down what one sentence's fields are; whether it is one."""
    factory, faults = _parser()
    start, end = int(table.start[row]), int(table.end[row])
    if text.raw[start : start + 1] == b"\\" and (tag := _TAG.match(text.raw, start, end)):
        start = tag.end()
    found = _SENTENCE.match(text.raw, start, end)
    stop = found.end() if found else end
    try:
        said: Any = factory.produce(text.raw[start:stop])
    except faults:
        return False
    payload = text.raw.find(b"," + said.payload + b",", start, stop)
    if not said.payload or payload < 0:
        return False
    fields = {"start": start, "stop": stop, "payload": payload + 1, "length": len(said.payload), "fill": said.fill_bits}
    fields |= {"count": said.frag_cnt, "number": said.frag_num, "whole": said.is_valid}
    fields |= {"sequence": -1 if said.seq_id is None else said.seq_id, "channel": _code(said.channel)}
    for name, worth in fields.items():
        getattr(table, name)[row] = worth
    return True


def _code(channel: str) -> int:
    return int.from_bytes(channel.encode()[:7], "big")


def _parser() -> tuple[Any, Any]:
    """PyAIS's factory of sentences, and what it raises on bad input."""
    from pyais.exceptions import AISBaseException
    from pyais.messages import NMEASentenceFactory

    return NMEASentenceFactory, (AISBaseException, ValueError, TypeError, IndexError, KeyError, OverflowError)
