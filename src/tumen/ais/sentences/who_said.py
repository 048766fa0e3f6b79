"""What ships say of themselves, without what they said before: a ship repeats it every few minutes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tumen.ais.sentences.byte_runs import Flags
from tumen.ais.sentences.said import SaidStatics

_CONTENT = np.dtype([("name", "S20"), ("imo", "<u4"), ("ship_type", "u1"), ("draught", "u1")])

#: A message that has only these says nothing.
_NOTHING = b"\0 @"


@dataclass(frozen=True)
class WhoSaid:
    """What each ship said last, by the kind of message.

    Limits: Memory grows with the number of ships.
    """

    _last: dict[int, bytes] = field(default_factory=dict)

    def news(self, statics: SaidStatics) -> SaidStatics:
        """Of what ships say of themselves, in its order, that which is not what they said last."""
        ordered = statics.of(np.lexsort((statics.order, statics.part, statics.mmsi)))
        rows = ordered.of(_changed(ordered))
        new = np.zeros(len(rows), dtype=bool)
        for row, (key, content) in enumerate(zip((rows.mmsi * 64 + rows.part).tolist(), _contents(rows), strict=True)):
            if self._last.get(key) != content:
                self._last[key] = content
                new[row] = content.strip(_NOTHING) != b""
        return rows.of(new)


def _changed(rows: SaidStatics) -> Flags:
    """Rows that are not as the one before of the same ship and kind."""
    changed = np.ones(len(rows), dtype=bool)
    columns = (rows.mmsi, rows.part, rows.name, rows.imo, rows.ship_type, rows.draught_m)
    changed[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return changed


def _contents(rows: SaidStatics) -> list[bytes]:
    """All that each row says of its ship, as bytes."""
    found = np.zeros(len(rows), dtype=_CONTENT)
    found["name"], found["imo"], found["ship_type"] = rows.name, rows.imo, rows.ship_type
    found["draught"] = np.rint(rows.draught_m * 10)
    return list(found.view(f"S{_CONTENT.itemsize}").tolist())
