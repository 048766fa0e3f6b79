"""Tables of the record, loaded into an engine; where cells cannot be read, once more as their columns tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tumen.engine.queries import CrowdedFileError, Engine, FilePart, UnreadableFileError
from tumen.errors import Problem
from tumen.record.columns import TYPES, Table
from tumen.record.opening import OpenedPart, file_part
from tumen.record.plain_tables import MadePlain
from tumen.record.readable import made_of_cells, read_as
from tumen.record.row_problems import Loaded
from tumen.record.table_text import header_of
from tumen.record.unread_rows import load_unread, unread_rows


def load_table(table: Table, parts: Sequence[OpenedPart], engine: Engine) -> Loaded:
    """Load one table, and beside it the rows that could not be read."""
    loaded = _loaded(table, parts, engine)
    if not loaded.rejects:
        return loaded
    made = {part.file.shown: _made(table, part, engine) for part in _with_rejects(loaded, parts)}
    again = [_instead(table, part, made.get(part.file.shown)) for part in parts]
    if again != list(parts):
        loaded, parts = _loaded(table, again, engine), again
    if not loaded.failure:
        files, read = [p.file for p in parts], [p.columns for p in parts]
        loaded = replace(loaded, unread=tuple(unread_rows(engine, files, read, loaded.rejects)))
        load_unread(engine, table, loaded.unread)
    told = {shown: one for shown, one in made.items() if one}
    return replace(
        loaded,
        problems=tuple(problem for shown, one in told.items() for problem in _told(shown, one)),
        unclear={shown: one.unclear for shown, one in told.items()},
    )


def _loaded(table: Table, parts: Sequence[OpenedPart], engine: Engine) -> Loaded:
    columns = {c.name: TYPES[c.type] for c in table.columns}
    files = tuple(part.file for part in parts)
    try:
        return Loaded(table, files, tuple(engine.load(table.name, columns, [part.columns for part in parts])))
    except UnreadableFileError as error:
        engine.load(table.name, columns, ())
        rejects = error.rejects if isinstance(error, CrowdedFileError) else ()
        return Loaded(table, files, rejects, failure=error)


def _with_rejects(loaded: Loaded, parts: Sequence[OpenedPart]) -> list[OpenedPart]:
    """The parts whose files lie as they were written, and have cells that cannot be read."""
    files = {reject.file for reject in loaded.rejects}
    return [part for part in parts if part.file.shown in files and not (part.file.is_parquet or part.file.plain)]


def _made(table: Table, part: OpenedPart, engine: Engine) -> MadePlain | None:
    return made_of_cells(table, part.file, engine.folder)


def _instead(table: Table, part: OpenedPart, made: MadePlain | None) -> OpenedPart:
    """What is read in place of a file, where its columns tell how cells are written."""
    if made is None or not made.changed:
        return part
    file = replace(part.file, plain=made.plain)
    columns: FilePart = file_part(table, file, header_of(file))
    return OpenedPart(file, columns)


def _told(shown: str, made: MadePlain) -> list[Problem]:
    return [*made.problems, *(read_as(shown, made) if made.changed else [])]
