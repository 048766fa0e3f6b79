"""Raw AIS sentences to rows of positions: what a receiver wrote, one line after the other."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tumen.ais.position_columns import NAMES
from tumen.errors import EngineError
from tumen.writing import new_file

#: Kinds of message that give a ship's position, and those that say who it is.
_POSITIONS = frozenset({1, 2, 3, 18, 19, 27})
_STATIC = frozenset({5, 19, 24})

BAD_CHECKSUM = "bad checksum"
UNDECODABLE = "a sentence that cannot be decoded"
INCOMPLETE = "a message with a part missing"
NOT_A_SHIP = "not a ship's position"


@dataclass
class Sentences:
    """Reads sentences in their order, counting what gives no position.

    Args:
        dropped: messages left out, by reason.
        other: lines that hold no AIS sentence: a receiver's own reports, source tags on a line of their own.
    """

    dropped: Counter[str] = field(default_factory=Counter)
    other: int = 0
    _tag: tuple[str | None, str | None] = (None, None)
    _parts: dict[tuple[Any, ...], list[Any]] = field(default_factory=dict)
    _ships: dict[int, dict[str, Any]] = field(default_factory=dict)

    def rows(self, lines: Iterable[bytes]) -> Iterator[Mapping[str, Any]]:
        """Positions of ships, as text or numbers under the names of `position_columns.NAMES`.

        The time is the receiver's: of the sentence's tag block (`c:`, s or ms since 1970), or of the line
        `$PGHP` before it; without either it is empty. A message in several parts has the first part's. Name,
        IMO number, type and draught are the ship's last message of static data, if there was one.

        Source: ITU-R M.1371-5 (messages), IEC 61162-1 and NMEA 4.10 (sentences and tag blocks).
        Limits: Memory grows with the number of ships, not with that of lines.
        """
        factory, faults = _decoder()
        for line in lines:
            if not (line := line.strip()):
                continue
            if b"VDM" not in line[:120] and b"VDO" not in line[:120] and not line.startswith(b"$PGHP"):
                self.other += 1
                continue
            try:
                sentence = factory.produce(line)
            except faults:
                self.dropped[UNDECODABLE] += 1
                continue
            if sentence.TYPE == "HP":
                stamp = sentence.timestamp.isoformat() if sentence.is_valid else None
                self._tag = (stamp, sentence.pss or sentence.region or None)
            elif (message := self._whole(sentence)) is not None:
                yield from self._positions(message, faults)

    def _whole(self, sentence: Any) -> tuple[Any, tuple[str | None, str | None]] | None:
        """The message that a sentence completes, with its time and receiver."""
        tag, self._tag = _tag_of(sentence) or self._tag, (None, None)
        if not sentence.is_valid:
            self.dropped[BAD_CHECKSUM] += 1
            return None
        if sentence.is_single:
            return sentence, tag
        slot = (sentence.seq_id, sentence.channel, sentence.frag_cnt)
        if sentence.frag_num == 1:
            if slot in self._parts:
                self.dropped[INCOMPLETE] += 1
            self._parts[slot] = [tag, sentence]
            return None
        held = self._parts.get(slot)
        if held is None or sentence.frag_num != len(held):
            self.dropped[INCOMPLETE] += 1
            self._parts.pop(slot, None)
            return None
        held.append(sentence)
        if len(held) - 1 < sentence.frag_cnt:
            return None
        first, *parts = self._parts.pop(slot)
        return type(sentence).assemble_from_iterable(parts), first

    def _positions(
        self, message: tuple[Any, tuple[str | None, str | None]], faults: Any
    ) -> Iterator[Mapping[str, Any]]:
        sentence, (stamp, receiver) = message
        try:
            said = sentence.decode()
        except faults:
            self.dropped[UNDECODABLE] += 1
            return
        mmsi, kind = int(said.mmsi), int(said.msg_type)
        if kind in _STATIC:
            self._ships.setdefault(mmsi, {}).update(_static(said))
        if kind in _POSITIONS:
            yield {
                "mmsi": mmsi,
                "t": stamp,
                "lon": said.lon,
                "lat": said.lat,
                "speed_kn": None if kind == 27 and said.speed >= 63 else said.speed,
                "course_deg": said.course,
                "heading_deg": getattr(said, "heading", None),
                "receiver": receiver,
                **self._ships.get(mmsi, {}),
            }
        elif kind not in _STATIC:
            self.dropped[NOT_A_SHIP] += 1


def write_rows(rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write positions as CSV, as they come; returns how many."""
    number = 0
    with io.TextIOWrapper(new_file(path), encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(NAMES), lineterminator="\n")
        table.writeheader()
        for row in rows:
            table.writerow(row)
            number += 1
    return number


def _decoder() -> tuple[Any, Any]:
    """PyAIS's factory of sentences, and what it and its decoder raise on bad input."""
    try:
        from pyais.exceptions import AISBaseException
        from pyais.messages import NMEASentenceFactory
    except ImportError as error:
        raise EngineError(
            "NMEA sentences: PyAIS is not installed; expected the extra 'ais'. Run: pip install 'tumen[ais]'. "
            "[engine-missing]"
        ) from error
    return NMEASentenceFactory, (AISBaseException, ValueError, TypeError, IndexError, KeyError, OverflowError)


def _tag_of(sentence: Any) -> tuple[str | None, str | None] | None:
    """Time and source station of a sentence's own tag block; None where it has none that is whole."""
    block = sentence.tag_block
    if block is None:
        return None
    try:
        block.init()
        seconds = float(block.receiver_timestamp) if block.receiver_timestamp else None
        if seconds is not None and seconds > 1e11:
            seconds /= 1000
        stamp = None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None).isoformat()
    except Exception:  # noqa: BLE001 - a stranger's text in a library's parser
        return None
    return (stamp, block.source_station or None) if block.is_valid else None


def _static(said: Any) -> dict[str, Any]:
    """What a message of static data says of a ship, without what it leaves open."""
    told = {
        "name": str(getattr(said, "shipname", "") or "").strip(" @"),
        "imo": getattr(said, "imo", None),
        "ship_type": getattr(said, "ship_type", None),
        "draught_m": getattr(said, "draught", None),
    }
    return {name: int(value) if name == "ship_type" else value for name, value in told.items() if value}
