"""What ships say of themselves in rows or messages without a position, brought to their positions by MMSI and time."""

from __future__ import annotations

from tumen.engine.queries import Engine, query

#: Why a row without a position is kept all the same: it has a name, an IMO number, a type or a draught.
SAID_OF_SELF = "what a ship says of itself, without a position"

_ROOM = "tumen.ais"


def put_said_spans(engine: Engine) -> None:
    """Make the table `said_spans` of the rows of `judged_positions` that have no place.

    A ship's name, IMO number, type and draught are each the last that it said at or before a position; before the
    first, the first. What was said at no known time counts as said before all else. What a position's own row says
    stays.

    Args:
        engine: holds `judged_positions`, in which rows without a position have the reason `SAID_OF_SELF`.

    Limits: A ship that changes what it says with every message makes as many spans as messages.
    """
    engine.create("said_spans", query(_ROOM, "positions_said"))
