"""A stranger's tables are answered with problems, whatever they hold: never with a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import DEFAULTS, TRADE
from tumen.engine.embedded import DuckDB
from tumen.errors import hidden_in
from tumen.prepare import prepare

HEADER = TRADE.splitlines()[0].encode()

_MARKS = [b",", b"\n", b"\r", b"\r\n", b'"', b'""', b"'", b" ", b"\t", b"#", b";", b"\\"]
_CELLS = [b"nan", b"inf", b"-1", b"1e400", b"AAA", b"2023-01-01", b"infinity", b"book", b"exact", b"TOTAL", b"yearbook"]
_ODD = [b"\xef\xbb\xbf", b"\x00", b"\xff", b"\x1b[2J", "\u202e".encode(), b"x" * 3000]
_PIECES = st.one_of(st.sampled_from([*_MARKS, *_CELLS, *_ODD]), st.binary(max_size=8))
_BYTES = st.lists(_PIECES, max_size=60).map(b"".join)
_TABLES = st.one_of(_BYTES, _BYTES.map(lambda b: HEADER + b), _BYTES.map(lambda b: TRADE.encode() + b))


def answer(name: str, content: bytes) -> None:
    """Prepare the small case with this file in its record; what is said must be fit to show."""
    engine = DuckDB()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "record").mkdir()
        for path, text in DEFAULTS.items():
            (folder / path).write_text(text)
        (folder / "record" / name).write_bytes(content)
        prepared = prepare(folder, engine)
    engine.close()
    assert prepared.record is not None
    assert not any(hidden_in(str(p)) or "\n" in str(p) for p in prepared.problems)
    if not any(p.file == f"record/{name}" for p in prepared.problems):
        assert set(prepared.record.rejected.values()) == {0}


@settings(max_examples=60, deadline=None)
@given(_TABLES)
@example(HEADER + b",ID\n")
@example(HEADER.replace(b"id,", b'"id",') + b',"\n')
@example(TRADE.encode().replace(b"\n", b"\r"))
@example(b"x" * 200_000 + b"," + HEADER)
@example(b"\n\n" + TRADE.encode())
def test_any_bytes_in_a_table_are_answered(content: bytes) -> None:
    answer("trade.csv", content)


@settings(max_examples=30, deadline=None)
@given(_BYTES)
@example(b"PAR1")
@example(b"PAR1PAR1")
@example(b"PAR1" + b"\x00" * 100 + b"\x10\x00\x00\x00PAR1")
def test_any_bytes_in_parquet_are_answered(content: bytes) -> None:
    answer("votes.parquet", content)


@settings(max_examples=30, deadline=None)
@given(st.one_of(_BYTES, _BYTES.map(lambda b: DEFAULTS["record/sources.csv"].encode() + b)))
def test_any_bytes_in_sources_are_answered(content: bytes) -> None:
    answer("sources.csv", content)
