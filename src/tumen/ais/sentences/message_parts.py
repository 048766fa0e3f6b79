"""Sentences to messages: those of several sentences are put together by what they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tumen.ais.sentences.armour import MOST_SIGNS, Payloads, unarmoured
from tumen.ais.sentences.byte_runs import Offsets, Text
from tumen.ais.sentences.receiver_notes import NO_TIME
from tumen.ais.sentences.sentence_lines import SentenceColumns, SentenceTable

#: Parts of one message are no further apart: sentences, and microseconds where both have a time.
MOST_SENTENCES_BETWEEN = 2000
MOST_US_BETWEEN = 60_000_000

#: A later part that comes before an earlier one, with no group to tie them, is no further away than this.
MOST_SENTENCES_BACK = 10

#: Parts that wait for others are at most so many.
_MOST_WAITING = 10_000


@dataclass(frozen=True, eq=False)
class HeardTable(SentenceColumns):
    """When, where and in which group sentences were heard; of one length with their table.

    Args:
        time_us: microseconds since 1970, NO_TIME where unknown.
        station: the code of the station's name, 0 where unknown.
        group: the number of the group; -1 where there is none.
    """

    time_us: NDArray[np.int64]
    station: NDArray[np.int64]
    group: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Messages:
    """Whole messages; all arrays of one length.

    Args:
        order: ascends as they were begun.
    """

    payloads: Payloads
    time_us: NDArray[np.int64]
    station: NDArray[np.int64]
    order: NDArray[np.int64]


@dataclass(frozen=True)
class _Part:
    """Parts of one message that have come so far.

    Args:
        texts: payloads by the part's number.
        fill: bits of the last part's last sign that are none of the message's.
        came: the number of the sentence that came last.
    """

    texts: dict[int, bytes]
    fill: int
    time_us: int
    station: int
    group: int
    came: int

    def joined(self, other: _Part) -> _Part | None:
        """Both together; None where they cannot be of one message."""
        if self.texts.keys() & other.texts.keys() or other.came - self.came > MOST_SENTENCES_BETWEEN:
            return None
        tied = self.group == other.group != -1
        if not tied and -1 not in (self.group, other.group):
            return None
        if min(other.texts) < max(self.texts) and not tied and other.came - self.came > MOST_SENTENCES_BACK:
            return None
        if 0 not in (self.station, other.station) and self.station != other.station:
            return None
        if NO_TIME not in (self.time_us, other.time_us) and abs(self.time_us - other.time_us) > MOST_US_BETWEEN:
            return None
        first = self if min(self.texts) < min(other.texts) else other
        second = other if first is self else self
        return _Part(
            {**self.texts, **other.texts},
            max(self.fill, other.fill),
            first.time_us if first.time_us != NO_TIME else second.time_us,
            first.station or second.station,
            first.group if first.group != -1 else second.group,
            other.came,
        )


@dataclass
class PartsByMessage:
    """Puts messages together from sentences as they come.

    Args:
        joined: sentences that were not the first of their message.
        lost: sentences whose message never came as a whole.
    """

    joined: int = 0
    lost: int = 0
    _came: int = 0
    _waiting: dict[tuple[int, int, int], list[_Part]] = field(default_factory=dict)
    _many: int = 0

    def messages(self, text: Text, table: SentenceTable, heard: HeardTable) -> Messages:
        """The messages that sentences complete, all of them whole, in the order of the text."""
        several = table.count > 1
        first = _adjacent(table, heard)
        second = np.zeros(len(table), dtype=bool)
        second[1:] = first[:-1]
        self.joined += int(first.sum())
        alone = self._alone(np.flatnonzero(several & ~first & ~second), text, table, heard)
        self._came += len(table)
        self._forget()
        pairs, single = np.flatnonzero(first), np.flatnonzero(~several)
        time_us = np.where(heard.time_us[pairs] == NO_TIME, heard.time_us[pairs + 1], heard.time_us[pairs])
        station = np.where(heard.station[pairs] == 0, heard.station[pairs + 1], heard.station[pairs])
        late = _of_parts(alone)
        return Messages(
            Payloads(
                np.concatenate(
                    [
                        unarmoured(text.windows(table.payload[single], MOST_SIGNS)),
                        unarmoured(_paired(text.octets, table, pairs)),
                        late.payloads.signs,
                    ]
                ),
                np.concatenate(
                    [
                        6 * table.length[single] - table.fill[single],
                        6 * (table.length[pairs] + table.length[pairs + 1]) - table.fill[pairs + 1],
                        late.payloads.bits,
                    ]
                ),
            ),
            np.concatenate([heard.time_us[single], time_us, late.time_us]),
            np.concatenate([heard.station[single], station, late.station]),
            np.concatenate([single, pairs, late.order - self._came + len(table)]),
        )

    def end(self) -> None:
        """No more sentences come: what waits is lost."""
        self.lost += sum(len(part.texts) for parts in self._waiting.values() for part in parts)
        self._waiting.clear()

    def _alone(self, rows: Offsets, text: Text, table: SentenceTable, heard: HeardTable) -> list[_Part]:
        """Messages that sentences complete which do not follow each other."""
        done = []
        for slot, many, part in _parts(rows, text, table, heard, self._came):
            waiting = self._waiting.setdefault(slot, [])
            for older in reversed(waiting):
                if (whole := older.joined(part)) is not None:
                    waiting.remove(older)
                    self._many -= 1
                    part = whole
                    break
            if len(part.texts) == many:
                done.append(part)
                self.joined += many - 1
            else:
                waiting.append(part)
                self._many += 1
        return done

    def _forget(self) -> None:
        """Let go of parts whose others are not to be expected any more."""
        since = self._came - MOST_SENTENCES_BETWEEN if self._many < _MOST_WAITING else self._came
        kept: dict[tuple[int, int, int], list[_Part]] = {}
        for slot, parts in self._waiting.items():
            kept[slot] = [part for part in parts if part.came >= since]
            self.lost += sum(len(part.texts) for part in parts if part.came < since)
        self._waiting = {slot: parts for slot, parts in kept.items() if parts}
        self._many = sum(map(len, self._waiting.values()))


def _adjacent(table: SentenceTable, heard: HeardTable) -> NDArray[np.bool_]:
    """Sentences that are the first of two of which the second follows at once."""
    first = np.zeros(len(table), dtype=bool)
    pair = (table.count[:-1] == 2) & (table.number[:-1] == 1) & (table.count[1:] == 2) & (table.number[1:] == 2)
    for shared in (table.sequence, table.channel):
        pair &= shared[:-1] == shared[1:]
    for told, unknown in ((heard.station, 0), (heard.group, -1)):
        pair &= (told[:-1] == told[1:]) | (told[:-1] == unknown) | (told[1:] == unknown)
    times = heard.time_us
    unknown = (times[:-1] == NO_TIME) | (times[1:] == NO_TIME)
    apart = np.where(unknown, 0, times[1:] // 2 - times[:-1] // 2)
    first[:-1] = pair & (np.abs(apart) <= MOST_US_BETWEEN // 2)
    return first


def _paired(octets: NDArray[np.uint8], table: SentenceTable, pairs: Offsets) -> NDArray[np.uint8]:
    """Two payloads, one after the other."""
    place = np.arange(MOST_SIGNS)
    length, begin = table.length[pairs][:, None], table.payload[pairs][:, None]
    then = np.minimum(table.payload[pairs + 1][:, None] + place - length, octets.size - 1)
    return octets[np.where(place < length, begin + place, then)]


def _parts(
    rows: Offsets, text: Text, table: SentenceTable, heard: HeardTable, came: int
) -> Iterator[tuple[tuple[int, int, int], int, _Part]]:
    """Sentences of messages of several: what they share, how many they are, and each."""
    some, notes = table.of(rows), heard.of(rows)
    columns = (rows, some.payload, some.length, some.fill, some.count, some.number, some.sequence, some.channel)
    lists = [column.tolist() for column in (*columns, notes.time_us, notes.station, notes.group)]
    for row, payload, length, fill, count, number, sequence, channel, time_us, station, group in zip(
        *lists, strict=True
    ):
        texts = {number: text.raw[payload : payload + length]}
        part = _Part(texts, fill if number == count else 0, time_us, station, group, came + row)
        yield (sequence, channel, count), count, part


def _of_parts(done: list[_Part]) -> Messages:
    """Messages of parts that have all come."""
    texts = [b"".join(part.texts[number] for number in sorted(part.texts)) for part in done]
    raw = b"".join(text[:MOST_SIGNS].ljust(MOST_SIGNS, b"0") for text in texts)
    bits = [6 * len(text) - part.fill for text, part in zip(texts, done, strict=True)]
    columns = [[part.time_us for part in done], [part.station for part in done], [part.came for part in done]]
    time_us, station, order = (np.array(column, dtype=np.int64) for column in columns)
    signs = unarmoured(np.frombuffer(raw, dtype=np.uint8)).reshape(len(done), MOST_SIGNS)
    return Messages(Payloads(signs, np.array(bits, dtype=np.int64)), time_us, station, order)
