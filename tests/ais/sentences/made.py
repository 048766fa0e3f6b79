"""Sentences made for tests by PyAIS's encoder, and what PyAIS itself reads in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pyais import encode_dict
from pyais.exceptions import AISBaseException
from pyais.messages import AISSentence, NMEASentenceFactory

from tumen.ais.positions_nmea import Sentences
from tumen.ais.sentences.receiver_notes import NO_TIME

#: What PyAIS raises on bad input.
FAULTS = (AISBaseException, ValueError, TypeError, IndexError, KeyError, OverflowError)


def sentences_of(**said: Any) -> list[bytes]:
    """The sentences of one message."""
    told = {"talker_id": "AI", "radio_channel": "A", "seq_id": 3}
    told |= {name: said.pop(name) for name in tuple(told) if name in said}
    return [line.encode() for line in encode_dict({"mmsi": 219000001, **said}, **told)]


def position(**said: Any) -> bytes:
    """A sentence with a position."""
    (line,) = sentences_of(
        **{"msg_type": 1, "lon": 10.5, "lat": 56.25, "speed": 7.5, "course": 91.2, "heading": 90, **said}
    )
    return line


def static(**said: Any) -> list[bytes]:
    """The two sentences of a message of static data."""
    return sentences_of(**{"msg_type": 5, "shipname": "LOTUS", "imo": 9297137, "ship_type": 89, "draught": 8.1, **said})


def summed(said: bytes) -> bytes:
    """What stands between the first sign and the checksum, with its checksum."""
    checksum = 0
    for octet in said:
        checksum ^= octet
    return said + b"*%02X" % checksum


def sealed(tag: str) -> bytes:
    """A tag block whose checksum is right."""
    return b"\\" + summed(tag.encode()) + b"\\"


def read_lines(*lines: bytes, stretch: int = 1000) -> tuple[Sentences, list[dict[str, Any]], list[dict[str, Any]]]:
    """The counts, positions and static data of lines, read so many at a time; None where nothing is said."""
    sentences = Sentences()
    places, statics = [], []
    for first in range(0, len(lines), stretch):
        heard, said = sentences.read(b"".join(line + b"\n" for line in lines[first : first + stretch]))
        places += rows_of(heard, sentences.stations.names)
        statics += rows_of(said, sentences.stations.names)
    sentences.end()
    return sentences, places, statics


def rows_of(table: Any, stations: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of arrays as plain values."""
    columns = {name: getattr(table, name).tolist() for name in table.__dataclass_fields__}
    return [{name: plain(name, values[row], stations) for name, values in columns.items()} for row in range(len(table))]


def plain(name: str, value: Any, stations: Sequence[str]) -> Any:
    """A value as a reader would have it."""
    if name == "station":
        return stations[value - 1] if value else None
    if name == "name":
        return value.decode().strip(" @")
    return None if value == NO_TIME or value != value else value


def by_pyais(lines: Iterable[bytes]) -> list[tuple[Any, ...]]:
    """Positions as PyAIS reads them, of messages of one sentence or of several that follow each other."""
    found, parts = [], list[AISSentence]()
    for line in lines:
        try:
            sentence: Any = NMEASentenceFactory.produce(line)
        except FAULTS:
            continue
        if not isinstance(sentence, AISSentence) or not sentence.is_valid:
            continue
        parts = [sentence] if sentence.frag_num == 1 else [*parts, sentence]
        if len(parts) == sentence.frag_cnt:
            found += located(AISSentence.assemble_from_iterable(parts))
    return found


def located(sentence: AISSentence) -> list[tuple[Any, ...]]:
    """The position in a message, if it is there as a whole."""
    try:
        said: Any = sentence.decode()
    except FAULTS:
        return []
    ends = {1: 116, 2: 116, 3: 116, 18: 112, 19: 112, 27: 79}
    bits = len(sentence.bv)
    if bits < ends.get(said.msg_type, 1 << 20):
        return []
    last = {1: (60, 128, 137), 2: (60, 128, 137), 3: (60, 128, 137), 18: (56, 124, 133), 19: (56, 124, 133)}
    speed, course, heading = last.get(said.msg_type, (85, 94, 1 << 20))
    return [
        (
            said.mmsi,
            said.lon,
            said.lat,
            said.speed if bits >= speed and not (said.msg_type == 27 and said.speed == 63) else None,
            said.course if bits >= course else None,
            said.heading if bits >= heading else None,
        )
    ]
