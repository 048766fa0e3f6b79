"""Runs of bytes at many places of one text at once: numbers, hexadecimal digits, words, and sums over stretches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int64]
Flags = NDArray[np.bool_]
Octets = NDArray[np.uint8]

#: Zeros that follow a text, so that what is read at its end stays within it.
PADDING = 96

#: More digits are no number that 64 bits hold.
_MOST_DIGITS = 18

_HEX = np.full(256, 255, dtype=np.uint8)
for _digit in range(16):
    _HEX[ord(f"{_digit:x}")] = _HEX[ord(f"{_digit:X}")] = _digit


@dataclass(frozen=True, eq=False)
class Text:
    """Whole lines, after a line end of their own and before zeros.

    Args:
        raw: the bytes with both.
        octets: the same as an array.
    """

    raw: bytes
    octets: Octets

    @classmethod
    def of(cls, lines: bytes) -> Text:
        """The text of lines of which the last is ended."""
        raw = b"\n" + lines + bytes(PADDING)
        return cls(raw, np.frombuffer(raw, dtype=np.uint8))

    @cached_property
    def _signs(self) -> Offsets:
        """Where punctuation is that comes before the digits: all that parts the fields of sentences, and line ends."""
        return np.flatnonzero(self.octets[: self.octets.size - PADDING] < ord("0"))

    @cached_property
    def _kinds(self) -> Octets:
        return self.octets[self._signs]

    def marks(self, sign: bytes) -> Offsets:
        """The numbers of the marks that are a sign, in order."""
        return np.flatnonzero(self._kinds == sign[0])

    def number_of(self, places: Offsets) -> Offsets:
        """The number of the first mark at each place or after it."""
        return np.searchsorted(self._signs, places)

    def mark_at(self, numbers: Offsets) -> Offsets:
        """Where marks of these numbers stand; the place after the last line for those that there are not."""
        return self._beyond[np.minimum(numbers, self._beyond.size - 1)]

    @cached_property
    def _beyond(self) -> Offsets:
        return np.append(self._signs, self.octets.size - PADDING)

    def places(self, sign: bytes) -> Offsets:
        """Where a sign below the digits stands, in order; the place after the last line is added eight times."""
        found = self._signs[self.marks(sign)]
        return np.concatenate([found, np.full(8, self.octets.size - PADDING)])

    def keys(self, letter: bytes) -> Offsets:
        """Where a tag's field begins that is called by a letter: after a comma or backslash, before a colon."""
        here = self._fields
        return np.append(here[self.octets[here] == letter[0]], self.octets.size)

    @cached_property
    def _fields(self) -> Offsets:
        before = [places[self.octets[places + 2] == ord(":")] for places in (self.commas, self.backslashes)]
        return np.sort(np.concatenate(before), kind="stable") + 1

    @cached_property
    def commas(self) -> Offsets:
        """Where commas are."""
        return self.places(b",")

    @cached_property
    def stars(self) -> Offsets:
        """Where asterisks are."""
        return self.places(b"*")

    @cached_property
    def backslashes(self) -> Offsets:
        """Where backslashes are; the place after the last line is added eight times."""
        found = np.flatnonzero(self.octets == ord("\\")) if b"\\" in self.raw else np.zeros(0, dtype=np.int64)
        return np.concatenate([found, np.full(8, self.octets.size - PADDING)])

    def checksum(self, first: Offsets, last: Offsets) -> Octets:
        """Exclusive or of the bytes from `first` to `last`, both of them included."""
        if not first.size:
            return np.zeros(0, dtype=np.uint8)
        return np.bitwise_xor.reduceat(self.octets, np.column_stack([first, last + 1]).ravel())[::2]

    def hex_digits(self, places: Offsets) -> Octets:
        """What a hexadecimal digit is worth; 255 where there is none."""
        return _HEX[self.octets[places]]

    def windows(self, places: Offsets, width: int) -> Octets:
        """So many bytes from each place on, a row each."""
        return windows(self.octets, places, width)

    def numbers(self, places: Offsets) -> tuple[Offsets, Offsets]:
        """The whole numbers that begin at places, and of how many digits they are: 0 where there is none."""
        digits = self.windows(places, _MOST_DIGITS + 1) - np.uint8(ord("0"))
        lengths = np.argmax(np.column_stack([digits > 9, np.ones(places.size, dtype=bool)]), axis=1)
        worth = np.zeros(places.size, dtype=np.int64)
        for n in range(min(int(lengths.max(initial=0)), _MOST_DIGITS)):
            worth = np.where(lengths > n, worth * 10 + digits[:, n], worth)
        return worth, np.where(lengths > _MOST_DIGITS, 0, lengths)


def windows(octets: Octets, places: Offsets, width: int) -> Octets:
    """So many bytes from each place of an array on, a row each.

    Example:
        >>> windows(np.arange(6, dtype=np.uint8), np.array([0, 3]), 2).tolist()
        [[0, 1], [3, 4]]
    """
    return np.lib.stride_tricks.sliding_window_view(octets, width)[places]


def next_of(marks: Offsets, places: Offsets) -> Offsets:
    """The first of ordered marks at each place or after it; the last mark where there is none after."""
    if marks.size == 1:
        return np.broadcast_to(marks, places.shape)
    return marks[np.minimum(np.searchsorted(marks, places), marks.size - 1)]
