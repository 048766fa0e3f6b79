"""Judged rows to positions, each once: only moments at which one MMSI has several are looked at closely."""

from __future__ import annotations

from tumen.ais.position_table import (
    MOST_PLACES,
    PositionsFound,
    PositionsSummary,
    Reading,
    count_dropped,
    reading_of,
)
from tumen.ais.static_data import put_said_spans
from tumen.engine.queries import Engine, query, typed

_ROOM = "tumen.ais"

#: The rows of shared moments.
SHARED = "select j.* from judged_positions as j inner join shared_moments as m on hash(j.mmsi, j.t) = m.moment"


def put_positions(engine: Engine, found: PositionsFound, shared: str = SHARED) -> Reading:
    """Make the table `positions` of the table `judged_positions`.

    Args:
        engine: holds `judged_positions`, with the columns `JUDGED_COLUMNS` and `_file`; gets `shared_moments`.
        found: what was found so far; what is left out is counted in it.
        shared: SQL for the rows of `shared_moments`.

    Returns: what came of it. `positions` has the columns `POSITION_COLUMNS`, in no order: one row a ship, moment and
        place, without moments at which one MMSI is in more than `MOST_PLACES`; what a row leaves open of its ship is
        what the ship says of itself elsewhere.
    """
    count_dropped(engine, found)
    engine.create("shared_moments", query(_ROOM, "positions_moments"))
    single = query(_ROOM, "positions_single").replace("from judged_positions", f"from ({shared}) as judged_positions")
    engine.create("single_positions", single)
    engine.create("crowded_positions", query(_ROOM, "positions_crowded"), most=MOST_PLACES)
    if found.said.total():
        put_said_spans(engine)
        engine.derive("bare_positions", query(_ROOM, "positions_once"))
        engine.create("positions", query(_ROOM, "positions_named"))
    else:
        engine.derive("positions", query(_ROOM, "positions_once"))
    (told,) = typed(engine.rows(query(_ROOM, "positions_summary")), PositionsSummary)
    return reading_of(found, told)
