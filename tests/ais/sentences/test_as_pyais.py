"""Position for position, what is read in bulk is what PyAIS reads one by one."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ais.sentences.made import by_pyais, read_lines, sentences_of, summed
from tumen.ais.positions_nmea import Sentences

FOLDER = os.environ.get("TUMEN_DATA", "")

_MESSAGES = st.fixed_dictionaries(
    {
        "msg_type": st.sampled_from([1, 2, 3, 4, 5, 9, 18, 19, 21, 24, 27]),
        "mmsi": st.integers(0, 2**30 - 1),
        "lon": st.floats(-220, 220),
        "lat": st.floats(-110, 110),
        "speed": st.floats(0, 102.3),
        "course": st.floats(0, 409.5),
        "heading": st.integers(0, 511),
        "seq_id": st.integers(0, 9),
        "radio_channel": st.sampled_from(["A", "B"]),
        "talker_id": st.sampled_from(["AI", "BS", "AB", "SA"]),
    }
)
_LETTERS = st.sampled_from([bytes([c]) for c in (*range(48, 88), *range(96, 120))])
_PAYLOADS = st.lists(_LETTERS, min_size=1, max_size=75).map(b"".join)
_SPOILT = st.sampled_from(["not", "not", "not", "checksum", "cut", "longer", "sign", "channel"])


def compared(places: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("mmsi", "lon", "lat", "speed_kn", "course_deg", "heading_deg")
    return sorted((tuple(row[name] for name in names) for row in places), key=repr)


def spoilt(line: bytes, how: str) -> bytes:
    """A sentence in which something went wrong on its way."""
    if how == "checksum":
        return line[:-1] + (b"0" if line[-1:] != b"0" else b"1")
    if how == "channel":
        return b"!" + summed(line[1:].partition(b"*")[0].replace(b",A,", b",,").replace(b",B,", b",2,"))
    name, count, number, sequence, channel, payload, rest = line.split(b",")
    changed: dict[str, Callable[[bytes], bytes]] = {
        "cut": lambda p: p[: len(p) // 2],
        "longer": lambda p: p + b"0w",
        "sign": lambda p: b"X" + p[1:],
        "not": lambda p: p,
    }
    said = b",".join([name[1:], count, number, sequence, channel, changed[how](payload), rest[:1]])
    return b"!" + summed(said)


@settings(max_examples=60, deadline=None)
@given(messages=st.lists(st.tuples(_MESSAGES, _SPOILT), max_size=12), stretch=st.sampled_from([1, 2, 1000]))
def test_messages_of_every_kind_whole_and_spoilt(messages: list[tuple[dict[str, Any], str]], stretch: int) -> None:
    lines = [spoilt(line, how) for said, how in messages for line in sentences_of(**said)]
    sentences, places, _ = read_lines(*lines, stretch=stretch)
    assert compared(places) == sorted(by_pyais(lines), key=repr)
    assert sentences.lines == len(lines)


@settings(max_examples=80, deadline=None)
@given(payloads=st.lists(st.tuples(_PAYLOADS, st.integers(0, 5)), max_size=8))
def test_payloads_of_any_letters_and_length(payloads: list[tuple[bytes, int]]) -> None:
    lines = [b"!" + summed(b"AIVDM,1,1,,B,%b,%d" % payload) for payload in payloads]
    sentences, places, _ = read_lines(*lines)
    assert compared(places) == sorted(by_pyais(lines), key=repr)
    assert sentences.lines == len(lines)


_PIECES = st.sampled_from(
    [
        *(b"!", b"AIVDM", b"BSVDO", b"aivdm", b",", b",", b"1", b"2", b"9", b"12", b"A", b"*", b"00", b"\\"),
        *(b"c:1710028800", b"g:1-2-3", b"s:r", b"$PGHP", b"VDM", b"\xe9", b"\x00", b" ", b"#", b"0*5C"),
        b"177KQJ5000G?tO`K>RA1wUbN0TKH",
    ]
)


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(st.lists(_PIECES, max_size=14).map(b"".join), max_size=6))
def test_no_bytes_break_it_and_every_line_is_counted(lines: list[bytes]) -> None:
    sentences, _, _ = read_lines(*lines)
    filled = [line for line in lines if line.strip()]
    assert sentences.lines >= len(filled)
    assert sentences.lines <= sum(max(1, line.count(b"!")) for line in filled)


def test_danish_sentences_are_as_pyais_reads_them() -> None:
    file = Path(FOLDER) / "dma_sample_nmea.txt.gz"
    if not FOLDER or not file.exists():
        pytest.skip("TUMEN_DATA names no folder with real sentences")
    text = gzip.decompress(file.read_bytes()).replace(b"\r\n", b"\n")
    sentences, places, _ = read_lines(*text.splitlines(), stretch=7000)
    assert compared(places) == sorted(by_pyais(text.splitlines()), key=repr)
    assert len(places) > 24_000
    assert sentences.lines == sum(1 for line in text.splitlines() if line.strip())
    assert isinstance(sentences, Sentences)
