"""Payloads of messages to numbers and names: six bits a sign, many messages at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumen.ais.sentences.byte_runs import Flags, Octets

#: Signs of a payload that are kept: all that is asked for is in the first 336 bits.
MOST_SIGNS = 56

_WORTH = bytes((c - 48 - 8 * (c > 88)) * (48 <= c <= 119) for c in range(256))
_LETTERS = np.array([v + 64 if v < 32 else v for v in range(64)], dtype=np.uint8)


def unarmoured(letters: Octets) -> Octets:
    """What the letters of payloads are worth, 0 to 63; 0 where one is none of the 64.

    Source: IEC 61162-1, six-bit encoding.

    Example:
        >>> unarmoured(np.frombuffer(b"0W`w!", dtype=np.uint8)).tolist()
        [0, 39, 40, 63, 0]
    """
    return np.frombuffer(letters.tobytes().translate(_WORTH), dtype=np.uint8).reshape(letters.shape)


@dataclass(frozen=True, eq=False)
class Payloads:
    """Payloads of messages, a row each.

    Args:
        signs: what their first MOST_SIGNS signs are worth; what follows a payload's end is anything.
        bits: how many bits each holds.
    """

    signs: Octets
    bits: NDArray[np.int64]

    def of(self, which: Flags) -> Payloads:
        """Some of them."""
        return Payloads(self.signs[which], self.bits[which])

    def has(self, start: int, width: int) -> Flags:
        """Where a field is there as a whole."""
        return self.bits >= start + width

    def number(self, start: int, width: int) -> NDArray[np.int64]:
        """The whole number in so many bits, at most 40, from a bit on."""
        first, last = start // 6, (start + width - 1) // 6
        worth = np.zeros(len(self.bits), dtype=np.int64)
        for n in range(first, last + 1):
            worth = (worth << 6) | self.signs[:, n]
        return (worth >> (6 * (last + 1) - start - width)) & ((1 << width) - 1)

    def signed(self, start: int, width: int) -> NDArray[np.int64]:
        """The same, of a number that may be below 0."""
        half = 1 << (width - 1)
        return (self.number(start, width) ^ half) - half

    def letters(self, start: int, many: int) -> NDArray[np.bytes_]:
        """Text of so many letters from a bit on."""
        shift, first = start % 6, start // 6
        left = (self.signs[:, first : first + many] << shift) & 63
        text = left | (self.signs[:, first + 1 : first + many + 1] >> (6 - shift))
        return np.ascontiguousarray(_LETTERS[text]).view(f"S{many}")[:, 0]
