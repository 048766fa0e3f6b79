"""One file's cells in an engine, and how they are written, before they are judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tumen.ais.position_columns import NAMES
from tumen.ais.position_dialects import (
    DaysWritten,
    PositionHints,
    PositionSpans,
    longitudes_wrap,
    month_stands_first,
    tenths,
    told_of_writing,
)
from tumen.ais.position_files import PositionFile, lacking_columns, positions_unreadable
from tumen.engine.loading import column_name
from tumen.engine.queries import Engine, FilePart, query, typed
from tumen.errors import EngineError, Problem
from tumen.scratch import new_name

_ROOM = "tumen.ais"


def with_parquet_columns(
    engine: Engine, file: PositionFile, folder: Path, hints: PositionHints
) -> PositionFile | Problem:
    """A file of Parquet with the columns that it turns out to have; a table of text has them already."""
    if file.kind != "parquet":
        return file
    try:
        named = file.named(tuple(engine.parquet_columns(linked(file, folder))), hints)
    except EngineError:
        return positions_unreadable(file.shown, "a Parquet file that breaks off or is damaged", "Fetch it again.")
    return lacking_columns(file.shown, "a table", named.columns) or named


def linked(file: PositionFile, folder: Path) -> Path:
    """The file under a name that ends as its kind does."""
    link = new_name(folder, f".link.{file.kind}")
    link.symlink_to(file.path.resolve())
    return link


def load_cells(engine: Engine, file: PositionFile, folder: Path) -> int:
    """Put a file into the engine as it is, every cell text; returns the lines that cannot be read."""
    stored = file.kind == "parquet"
    names = [
        name if stored else ours or f"_{n}"
        for n, (name, ours) in enumerate(zip(file.header, file.columns, strict=True))
    ]
    columns = [(name, "VARCHAR" if ours else None) for name, ours in zip(names, file.columns, strict=True)]
    delimiter = file.dialect.separator if file.dialect else ","
    part = FilePart(linked(file, folder), file.shown, tuple(columns), delimiter)
    rejects = engine.load("raw_positions", {name: kind for name, kind in columns if kind}, [part])
    return len({reject.record for reject in rejects})


def cells_of(file: PositionFile) -> str:
    """SQL for the file's rows under our names for their columns, null for those that it has not."""
    by_ours = {
        ours: column_name(name if file.kind == "parquet" else ours)
        for name, ours in zip(file.header, file.columns, strict=True)
        if ours
    }
    items = ", ".join(f'{by_ours.get(ours, "cast(null as varchar)")} as "{ours}"' for ours in NAMES)
    return f"(select {items} from raw_positions)"  # noqa: S608 - our names, and a file's in quotes


def judged_by(engine: Engine, file: PositionFile, hints: PositionHints) -> tuple[str, dict[str, Any], list[Problem]]:
    """The query that judges a file's rows, with its parameters, and what a reader should know of how they were taken.

    Args:
        engine: holds the file's cells; gets the table `stamps`.

    Returns: among the problems an error where the file's days cannot be told from its months; nothing is judged then.
    """
    cells = cells_of(file)
    engine.create("stamps", query(_ROOM, "positions_stamps").replace("from raw_positions", f"from {cells} as cells"))
    (orders,) = typed(engine.rows(query(_ROOM, "positions_day_orders")), DaysWritten)
    spans_query = query(_ROOM, "positions_spans").replace("from raw_positions", f"from {cells} as cells")
    (spans,) = typed(engine.rows(spans_query), PositionSpans)
    month_first = month_stands_first(file.shown, orders, file.header, hints.dates)
    notes = told_of_writing(file.shown, file.header, spans, hints)
    if isinstance(month_first, Problem):
        return "", {}, [month_first, *notes]
    speed_tenths, draught_tenths = tenths(file.header, spans, hints)
    parameters = {
        "month_first": month_first,
        "wraps": longitudes_wrap(spans),
        "speed_tenths": speed_tenths,
        "draught_tenths": draught_tenths,
    }
    judged = query(_ROOM, "positions_judged").replace("from raw_positions", f"from {cells} as cells")
    return judged, parameters, notes
