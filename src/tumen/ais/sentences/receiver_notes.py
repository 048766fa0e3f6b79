"""What a receiver wrote beside a sentence: when it was heard, by which station, and what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumen.ais.sentences.byte_runs import Flags, Offsets, Text, next_of
from tumen.ais.sentences.sentence_lines import SentenceColumns

#: No time, in microseconds since 1970.
NO_TIME = np.iinfo(np.int64).min

#: What a tag block's checksum is.
UNTAGGED, SEALED, UNSEALED, BROKEN = range(4)

_DAY_US = 86_400_000_000


@dataclass(frozen=True, eq=False)
class Notes(SentenceColumns):
    """What receivers wrote, one row each.

    Args:
        time_us: microseconds since 1970, UTC; NO_TIME where there is none.
        name_begin, name_end: where the station's name stands; the same place twice where it has none.
        group: the number that the sentences of a group share; -1 where there is none.
        seal: what the checksum of the tag block is: UNTAGGED, SEALED, UNSEALED (there is none) or BROKEN.
    """

    time_us: NDArray[np.int64]
    name_begin: Offsets
    name_end: Offsets
    group: NDArray[np.int64]
    seal: NDArray[np.int64]

    @classmethod
    def none(cls, many: int) -> Notes:
        """Nothing written, so many times."""
        nowhere = np.zeros(many, dtype=np.int64)
        return cls(np.full(many, NO_TIME), nowhere, nowhere.copy(), np.full(many, -1), nowhere.copy())

    def put(self, where: Flags | Offsets, others: Notes) -> None:
        """Put down what others say in some of the rows."""
        for name in ("time_us", "name_begin", "name_end", "group", "seal"):
            getattr(self, name)[where] = getattr(others, name)


def microseconds(worth: NDArray[np.int64], digits: Offsets) -> NDArray[np.int64]:
    """Seconds, or thousandths, millionths or billionths of them, since 1970, as microseconds, by their size.

    Example:
        >>> microseconds(np.array([1426032000, 1426032000000, 7]), np.array([10, 13, 1])).tolist()
        [1426032000000000, 1426032000000000, 7000000]
    """
    scaled = np.where(worth < 10**11, worth * 10**6, np.where(worth < 10**14, worth * 1000, worth))
    scaled = np.where(worth >= 10**17, worth // 1000, scaled)
    return np.where(digits > 0, scaled, NO_TIME)


def since_1970(text: Text, places: Offsets, after: bytes) -> NDArray[np.int64]:
    """The times that numbers at places say, microseconds since 1970; NO_TIME where there is no number, or one that
    goes on in another way than with a fraction or a sign of `after`.
    """
    worth, digits = text.numbers(places)
    time_us = microseconds(worth, digits)
    ends = np.isin(text.octets[places + digits], np.frombuffer(after, dtype=np.uint8))
    broken = np.flatnonzero(text.octets[places + digits] == ord("."))
    if broken.size:
        parts, lengths = text.numbers(places[broken] + digits[broken] + 1)
        unit = np.where(digits[broken] > 11, 1000, 1_000_000)
        time_us[broken] += (parts * unit) // 10 ** np.minimum(lengths, 18)
        ends[broken] = lengths > 0
    return np.where(ends & (digits > 0), time_us, NO_TIME)


def tags(text: Text, begin: Offsets, end: Offsets) -> tuple[Notes, Flags]:
    r"""What tag blocks say that are all that stands from `begin` until `end`; and where one block is all.

    Of a block with a wrong checksum nothing is used.

    Source: NMEA 0183, 4.10: `\\s:station,c:time,g:1-2-group*hh\\`.
    """
    _octets, found = text.octets, Notes.none(begin.size)
    opened = np.searchsorted(text.backslashes, begin)
    first, second, last = (text.backslashes[np.minimum(opened + n, text.backslashes.size - 1)] for n in (0, 1, 2))
    is_tag = (first == begin) & (second == end - 1) & ((last >= end) | (last == second)) & (second > first)
    if not is_tag.any():
        return found, is_tag
    begin, end = begin[is_tag], end[is_tag]
    seal = _seals(text, begin, end)
    time_us = _tag_times(text, begin, end)
    name = next_of(text.keys(b"s"), begin) + 2
    name_end = np.minimum(next_of(text.commas, name), np.minimum(next_of(text.stars, name), end - 1))
    named = (name < end) & (seal != BROKEN)
    used = Notes(
        np.where(seal == BROKEN, NO_TIME, time_us),
        np.where(named, name, 0),
        np.where(named, name_end, 0),
        np.where(seal == BROKEN, -1, _groups(text, begin, end)),
        seal,
    )
    found.put(is_tag, used)
    return found, is_tag


def _seals(text: Text, begin: Offsets, end: Offsets) -> NDArray[np.int64]:
    """What the checksums of tag blocks are."""
    star = np.minimum(next_of(text.stars, begin), end)
    high, low = text.hex_digits(star + 1), text.hex_digits(star + 2)
    short = (star == end - 3) & (high < 16)
    worth = np.where(short, high, (high & 15) * np.uint8(16) + (low & 15))
    right = short | ((star == end - 4) & (high < 16) & (low < 16))
    right &= text.checksum(np.minimum(begin + 1, star), np.maximum(star - 1, begin)) == worth
    return np.where(star >= end, UNSEALED, np.where(right, SEALED, BROKEN))


def _tag_times(text: Text, begin: Offsets, end: Offsets) -> NDArray[np.int64]:
    time = next_of(text.keys(b"c"), begin)
    there = time < end
    return np.where(there, since_1970(text, np.where(there, time + 2, 0), b",*\\"), NO_TIME)


def _groups(text: Text, begin: Offsets, end: Offsets) -> NDArray[np.int64]:
    """Numbers of groups, of `g:part-parts-number`."""
    key = next_of(text.keys(b"g"), begin)
    there = (key < end) & (text.octets[np.minimum(key + 3, text.octets.size - 8)] == ord("-"))
    group = np.full(begin.size, -1)
    if there.any():
        worth, digits = text.numbers(key[there] + 6)
        group[there] = np.where(digits > 0, worth, -1)
    return group


def clocks(text: Text, begin: Offsets, end: Offsets) -> Notes:
    """What lines `$PGHP` say of the sentence after them; nothing where the checksum is wrong or the time is none.

    The station is the site's number, else the region's.

    Source: Gatehouse's proprietary sentence, as in the files of the Danish authority.
    """
    at = np.searchsorted(text.commas, begin)
    commas = [text.commas[np.minimum(at + n, text.commas.size - 1)] for n in range(14)]
    star = np.minimum(next_of(text.stars, begin), end - 1)
    right = (commas[12] < star) & (star < end - 1)
    worth = (text.hex_digits(star + 1) & 15) * np.uint8(16) + (text.hex_digits(star + 2) & 15)
    right &= text.checksum(begin + 1, star - 1) == worth
    parts, digits = zip(*(text.numbers(commas[n] + 1) for n in range(1, 8)), strict=True)
    time_us = moments(parts)
    right &= np.all([length > 0 for length in digits], axis=0) & (time_us != NO_TIME)
    site, region = commas[11] > commas[10] + 1, commas[10] > commas[9] + 1
    name = np.where(site, commas[10] + 1, commas[9] + 1)
    name_end = np.where(site, commas[11], commas[10])
    named = right & (site | region)
    empty = Notes.none(begin.size)
    return Notes(
        np.where(right, time_us, NO_TIME),
        np.where(named, name, 0),
        np.where(named, name_end, 0),
        empty.group,
        np.where(right, SEALED, BROKEN),
    )


def moments(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Microseconds since 1970 of years, months, days, hours, minutes, seconds and thousandths.

    Returns: NO_TIME where there is no such day or hour.
    """
    year, month, day, hour, minute, second, millisecond = parts
    there = (year >= 1970) & (year < 2300) & (month >= 1) & (month <= 12) & (day >= 1)
    there &= (hour < 24) & (minute < 60) & (second < 60) & (millisecond < 1000)
    months = np.where(there, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    there &= days < (months + 1).astype("datetime64[D]").astype(np.int64)
    seconds = (hour * 60 + minute) * 60 + second
    return np.where(there, days * _DAY_US + seconds * 10**6 + millisecond * 1000, NO_TIME)
