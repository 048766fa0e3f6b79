"""Where sentences are in lines of text, and what their fields are."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from tumen.ais.sentences.byte_runs import Flags, Offsets, Text, next_of

#: The bit that makes a letter a small one.
_SMALL = 32

#: Fields of a sentence before the checksum, its name among them.
_FIELDS = 6
_LONGEST_PAYLOAD = 200
_NONE = -1


@dataclass(frozen=True, eq=False)
class SentenceColumns:
    """Arrays of one length."""

    def of(self, which: Flags | Offsets) -> Self:
        """Some of the rows."""
        return replace(self, **{field.name: getattr(self, field.name)[which] for field in fields(self)})

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))


@dataclass(frozen=True, eq=False)
class SentenceTable(SentenceColumns):
    """Sentences in the order of the text; all arrays of one length.

    Args:
        begin, end: the stretch of the line that is the sentence's: what stands before it, itself, and what follows.
        start, stop: the sentence: from its exclamation mark until after its checksum.
        payload, length: where its payload begins, and how many signs it has.
        fill: bits of the last sign that are none of the message's.
        count, number: how many sentences the message has, and which of them this is, from 1.
        sequence: the number that the sentences of a message share; -1 where there is none.
        channel: the channel's letter; 0 where there is none.
        whole: its checksum is right.
        plain: all of this was found in bulk; where not, only `begin`, `start` and `end` are right.
    """

    begin: Offsets
    end: Offsets
    start: Offsets
    stop: Offsets
    payload: Offsets
    length: Offsets
    fill: Offsets
    count: Offsets
    number: Offsets
    sequence: Offsets
    channel: Offsets
    whole: Flags
    plain: Flags


@dataclass(frozen=True, eq=False)
class Laid:
    """Lines as they were found.

    Args:
        sentences: those of AIS.
        bare_begin, bare_end: lines that hold none, and are not empty.
    """

    sentences: SentenceTable
    bare_begin: Offsets
    bare_end: Offsets


def lay_out(text: Text) -> Laid:
    """Find sentences of AIS in lines.

    A sentence is what has VDM or VDO for the last three letters of its name. Where a line holds several, each ends
    where the next begins; a line that begins with '#' is a comment and holds none.

    Source: IEC 61162-1; NMEA 0183, 4.10.
    """
    ends = text.mark_at(text.marks(b"\n"))
    begins, ends = ends[:-1] + 1, ends[1:]
    starts = _starts(text, ends)
    rows = np.searchsorted(ends, starts)
    said = text.octets[begins[rows]] != ord("#")
    starts, rows = starts[said], rows[said]
    bare = ends > begins
    bare[rows] = False
    again = np.flatnonzero(rows[1:] == rows[:-1]) + 1
    line_begins, line_ends = begins[rows], ends[rows]
    line_begins[again] = line_ends[again - 1] = starts[again]
    return Laid(_fields(text, line_begins, starts, line_ends), begins[bare], ends[bare])


def _starts(text: Text, ends: Offsets) -> Offsets:
    """Where sentences begin; a line that has no whole name of one, but its three letters, has one from its begin."""
    octets = text.octets
    starts = text.mark_at(text.marks(b"!"))
    named = (octets[starts + 3] == ord("V")) & (octets[starts + 4] == ord("D")) & (octets[starts + 6] == ord(","))
    starts = starts[named & ((octets[starts + 5] == ord("M")) | (octets[starts + 5] == ord("O")))]
    sure = np.zeros(ends.size, dtype=bool)
    sure[np.searchsorted(ends, starts)] = True
    if not sure.all():
        low = octets | np.uint8(_SMALL)
        named = (low[:-2] == ord("v")) & (low[1:-1] == ord("d")) & ((low[2:] == ord("m")) | (low[2:] == ord("o")))
        rows = np.searchsorted(ends, np.flatnonzero(named))
        alone = np.unique(rows[~sure[rows]])
        starts = np.sort(np.concatenate([starts, np.where(alone > 0, ends[alone - 1] + 1, 1)]), kind="stable")
    return starts


def _fields(text: Text, begin: Offsets, start: Offsets, end: Offsets) -> SentenceTable:
    """What the fields of sentences say, as far as each is as nearly all are."""
    octets, last = text.octets, text.octets.size - 8
    opening = text.number_of(start)
    commas = [text.mark_at(opening + n) for n in range(1, _FIELDS + 1)]
    star = np.minimum(text.mark_at(opening + _FIELDS + 1), last)
    count, number, fill = (octets[commas[n] + 1].astype(np.int64) - ord("0") for n in (0, 1, 5))
    named = commas[3] == commas[2] + 2
    sequence = np.where(named, octets[commas[2] + 1].astype(np.int64) - ord("0"), _NONE)
    high, low = text.hex_digits(star + 1), text.hex_digits(star + 2)
    plain = (octets[star] == ord("*")) & np.all([octets[comma] == ord(",") for comma in commas], axis=0)
    plain &= (commas[0] == start + 6) & (commas[1] == commas[0] + 2) & (commas[2] == commas[1] + 2)
    plain &= (named | (commas[3] == commas[2] + 1)) & (sequence >= _NONE) & (sequence <= 9)
    plain &= (commas[4] <= commas[3] + 2) & (star == commas[5] + 2) & (star + 3 <= end)
    plain &= (number >= 1) & (number <= count) & (count <= 9) & (fill >= 0) & (fill <= 5)
    plain &= (high < 16) & (low < 16) & (text.hex_digits(star + 3) == 255)
    length = commas[5] - commas[4] - 1
    plain &= (length > 0) & (length <= _LONGEST_PAYLOAD)
    if not text.raw.isascii():
        strange = np.append(np.flatnonzero(octets > 127), last)
        plain &= next_of(strange, start) >= end
    return SentenceTable(
        begin,
        end,
        start,
        star + 3,
        commas[4] + 1,
        length,
        fill,
        count,
        number,
        sequence,
        np.where(commas[4] == commas[3] + 2, octets[commas[3] + 1], 0).astype(np.int64),
        plain & (text.checksum(np.minimum(start + 1, star), star - 1) == high * np.uint8(16) + low),
        plain,
    )
