"""Times and stations that stand beside sentences in no tag block: before them, or after the checksum."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tumen.ais.sentences.byte_runs import Flags, Octets, Offsets, Text, next_of
from tumen.ais.sentences.receiver_notes import NO_TIME, Notes, microseconds, moments, since_1970, tags
from tumen.ais.sentences.sentence_lines import SentenceTable

_APART = b" ,;:|\t\n\r"

#: A smaller number beside a sentence is none of microseconds since 1970: 30 years of them.
_EARLIEST_US = 946_684_800_000_000

#: What follows a sentence has at most so many parts.
_MOST_PARTS = 9

#: How a time is written; a blank may be for the T.
_FORM = b"0000-00-00T00:00:00"
_FORM_PARTS = ((0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2))
_FORM_DIGITS = np.array([letter == ord("0") for letter in _FORM])
_FORM_BLANK = np.where(np.array(list(_FORM)) == ord("T"), ord(" "), ord("T")).astype(np.uint8)

_BLOCK = re.compile(rb"\\([^\\]*)\\")
_ISO = re.compile(
    rb"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)[T _-](\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?"
    rb" ?(Z|UTC|[+-]\d\d:?\d\d(?!\d))?(?!\d)"
)
_SINCE_1970 = re.compile(rb"(?<![\w.+-])(\d{9,10}(?:[.]\d+)?|\d{12,13}(?:[.]\d+)?|\d{16}|\d{19})(?![\w.:-])")


def notes_beside(text: Text, table: SentenceTable) -> Notes:
    """What stands beside sentences on their own lines: tag blocks, times before them, times and stations after them.

    A tag block comes first, then what stands before the sentence, then what follows it.
    """
    found = Notes.none(len(table))
    before = np.flatnonzero(table.begin < table.start)
    if before.size:
        said, is_tag = tags(text, table.begin[before], table.start[before])
        found.put(before, said)
        _before(text, table, before[~is_tag], found)
    after = np.flatnonzero((table.stop < table.end) & _is_apart(text, table.stop))
    if after.size:
        _after(text, table, after, found)
    return found


def _before(text: Text, table: SentenceTable, rows: Offsets, found: Notes) -> None:
    """Numbers since 1970 in bulk, the rest one by one."""
    if not rows.size:
        return
    begin, start = table.begin[rows], table.start[rows]
    _, digits = text.numbers(begin)
    numbers, (written, until) = since_1970(text, begin, _APART), _written(text, begin)
    alone = (numbers >= _EARLIEST_US) & (begin + digits + 1 == start)
    dated = (written != NO_TIME) & (until + 1 == start) & _is_apart(text, until)
    found.time_us[rows] = np.where(dated, written, np.where(alone, numbers, NO_TIME))
    for row in rows[~(alone | dated)].tolist():
        time_us, name, seal = _beside(text.raw[table.begin[row] : table.start[row]])
        found.time_us[row], found.seal[row] = time_us, seal
        if name is not None:
            found.name_begin[row], found.name_end[row] = table.begin[row] + name[0], table.begin[row] + name[1]


def _written(text: Text, begin: Offsets) -> tuple[NDArray[np.int64], Offsets]:
    """Times such as 2024-03-10T00:00:00.5Z, or without the Z, as microseconds since 1970, and where they end."""
    letters = text.windows(begin, len(_FORM))
    is_digit = letters - np.uint8(ord("0")) < 10
    formed = (is_digit == _FORM_DIGITS).all(axis=1)
    formed &= ((letters == np.frombuffer(_FORM, dtype=np.uint8)) | _FORM_DIGITS | (letters == _FORM_BLANK)).all(axis=1)
    parts = [_worth(letters[:, at : at + many]) for at, many in _FORM_PARTS]
    time_us = moments([*parts, np.zeros_like(begin)])
    end = begin + len(_FORM)
    broken = text.octets[end] == ord(".")
    worth, lengths = text.numbers(np.where(broken, end + 1, 0))
    fraction = np.where(broken, worth * 10**6 // 10 ** np.minimum(lengths, 12), 0)
    end = end + np.where(broken, lengths + 1, 0)
    usable = formed & (time_us != NO_TIME) & (lengths <= 12)
    return np.where(usable, time_us + fraction, NO_TIME), end + (text.octets[end] == ord("Z"))


def _worth(letters: Octets) -> NDArray[np.int64]:
    """The numbers that rows of digits are."""
    worth = np.zeros(len(letters), dtype=np.int64)
    for column in letters.T:
        worth = worth * 10 + column - ord("0")
    return worth


def _after(text: Text, table: SentenceTable, rows: Offsets, found: Notes) -> None:
    """The first number since 1970 among the parts that follow, and the first part that begins with an 'r'."""
    at, end = table.stop[rows] + 1, table.end[rows]
    octets = text.octets
    for _ in range(_MOST_PARTS):
        until = np.minimum(next_of(text.commas, at), end)
        time_us = since_1970(text, at, _APART)
        is_time = (time_us >= _EARLIEST_US) & (found.time_us[rows] == NO_TIME)
        found.time_us[rows[is_time]] = time_us[is_time]
        is_name = (octets[at] == ord("r")) & (until > at + 1) & (found.name_end[rows] == found.name_begin[rows])
        found.name_begin[rows[is_name]], found.name_end[rows[is_name]] = at[is_name], until[is_name]
        more = until < end
        rows, at, end = rows[more], until[more] + 1, end[more]
        if not rows.size:
            break
    _written_out(text, table, found)


def _written_out(text: Text, table: SentenceTable, found: Notes) -> None:
    """Times as people write them, after sentences that have none so far."""
    lacking: Flags = (found.time_us == NO_TIME) & (table.end - table.stop > 15)
    for row in np.flatnonzero(lacking).tolist():
        found.time_us[row] = _beside(text.raw[table.stop[row] : table.end[row]])[0]


def _is_apart(text: Text, places: Offsets) -> Flags:
    return np.isin(text.octets[places], np.frombuffer(_APART, dtype=np.uint8))


@lru_cache(maxsize=4096)
def _beside(said: bytes) -> tuple[int, tuple[int, int] | None, int]:
    """Time, place of the station's name and seal of tag blocks in what stands beside a sentence."""
    time_us, name, seal, _begun = NO_TIME, None, 0, 0
    for block in _BLOCK.finditer(said):
        notes, is_tag = tags(Text.of(block.group()), np.array([1]), np.array([1 + len(block.group())]))
        if not is_tag[0]:
            continue
        seal = max(seal, int(notes.seal[0]))
        time_us = max(time_us, int(notes.time_us[0]))
        if notes.name_end[0] > notes.name_begin[0]:
            name = (block.start() + int(notes.name_begin[0]) - 1, block.start() + int(notes.name_end[0]) - 1)
    loose = _BLOCK.sub(b" ", said)
    return (time_us if time_us != NO_TIME else _loose(loose)), name, seal


def _loose(said: bytes) -> int:
    """The time in a text, microseconds since 1970."""
    if written := _ISO.search(said):
        return _iso_us(written)
    if number := _SINCE_1970.search(said):
        whole, _, rest = number.group(1).partition(b".")
        scale = 10**6 if len(whole) < 11 else 1000
        worth = microseconds(np.array([int(whole)]), np.array([len(whole)]))
        return int(worth[0]) + int(float(b"0." + (rest or b"0")) * scale)
    return int(NO_TIME)


def _iso_us(written: re.Match[bytes]) -> int:
    year, month, day, hour, minute, second = (int(written.group(n)) for n in range(1, 7))
    try:
        moment = dt.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return int(NO_TIME)
    since = moment - dt.datetime(1970, 1, 1)
    zone = (written.group(8) or b"Z").decode().replace(":", "")
    minutes = 0 if zone in ("Z", "UTC") else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[3:5]))
    fraction = int(((written.group(7) or b"0").decode() + "000000")[:6])
    return (since // dt.timedelta(microseconds=1)) - minutes * 60_000_000 + fraction
