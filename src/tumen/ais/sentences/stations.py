"""Names of receiving stations as numbers, so that a million sentences hold each name once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.ais.sentences.byte_runs import Offsets, Text

#: How many signs of names are compared, as few as the longest has; more than the last are not kept.
_WIDTHS = (8, 16, 32)

#: Names that differ give sums that do, but by the rarest of chances, which is looked at.
_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)


@dataclass(frozen=True)
class Stations:
    r"""The names so far; the number of each is its place, from 1.

    Example:
        >>> stations = Stations()
        >>> text = Text.of(b"rNORTH,rSOUTH,rNORTH\n")
        >>> stations.codes(text, np.array([1, 8, 15, 0]), np.array([7, 14, 21, 0])).tolist()
        [1, 2, 1, 0]
        >>> stations.names
        ['rNORTH', 'rSOUTH']
    """

    names: list[str] = field(default_factory=list)
    _codes: dict[bytes, int] = field(default_factory=dict)

    def codes(self, text: Text, begin: Offsets, end: Offsets) -> NDArray[np.int64]:
        """The number of the name in each stretch; 0 where it is empty."""
        named = np.flatnonzero(end > begin)
        found = np.zeros(begin.size, dtype=np.int64)
        if not named.size:
            return found
        length = end[named] - begin[named]
        width = next((one for one in _WIDTHS if length.max() <= one), _WIDTHS[-1])
        words = text.windows(begin[named], width)
        words = np.where(np.arange(width) < length[:, None], words, np.uint8(0))
        keys = (words.view(np.uint64) * _ODD[: width // 8]).sum(axis=1)
        firsts, numbers = _firsts(keys)
        if width > _WIDTHS[0] and (words[firsts][numbers] != words).any():
            firsts, numbers = _firsts(words.view(f"S{width}")[:, 0])
        codes = np.array([self._code(words[row].tobytes().rstrip(b"\0")) for row in firsts], dtype=np.int64)
        found[named] = codes[numbers]
        return found

    def _code(self, name: bytes) -> int:
        shown = name.decode("ascii", "replace").strip()
        if not shown:
            return 0
        if name not in self._codes:
            self.names.append(shown)
            self._codes[name] = len(self.names)
        return self._codes[name]


def _firsts(keys: NDArray[Any]) -> tuple[Offsets, Offsets]:
    """Where each key is first, and the number of each row's key."""
    _, firsts, numbers = np.unique(keys, return_index=True, return_inverse=True)
    return firsts, numbers
