"""Where what may be said of a protected source narrows to one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tumen.engine.queries import Engine, typed
from tumen.errors import Place, Problem
from tumen.record import redaction
from tumen.record.columns import Table
from tumen.record.schema import SOURCES
from tumen.record.table_files import RecordFile
from tumen.record.table_text import lines_of_ids

#: Columns that say when or where somebody spoke.
_TELLING = ("date", "place")


@dataclass(frozen=True)
class _Described:
    """A public description that one source alone has."""

    id: str | None
    file: str
    said: str


@dataclass(frozen=True)
class _Named:
    """A source that a row names."""

    source: str | None


def narrow_descriptions(
    engine: Engine, files: Sequence[RecordFile], tables: Iterable[Table], dated: Collection[str] = ()
) -> list[Problem]:
    """A warning for each public description that one source alone has, beside rows with a date or a place.

    Args:
        files: of the table `sources`, where the line is looked up.
        tables: those of the record, in which sources are looked for.
        dated: sources that the case itself dates, such as those of its evidence on rival explanations.
    """
    sql = (
        "select max(id) as id, max(_file) as file, max(public_description) as said from sources "  # noqa: S608 - our schema
        f"where not {redaction.is_public(SOURCES)} and trim(public_description) <> '' "
        "group by lower(trim(public_description)) having count(*) = 1 order by id nulls last"
    )
    alone = typed(engine.inspect(sql), _Described)
    told = {*dated, *(name for table in tables for name in _named_in(engine, table))} if alone else set()
    narrow = {row.id: row for row in alone if row.id in told and row.id is not None}
    ids = list(narrow)
    lines = {f.shown: lines_of_ids(f, ids) for f in files if ids and not f.is_parquet}
    return [
        Problem(
            Place(row.file, next(iter(lines.get(row.file, {}).get(name, ())), None)),
            got=f"the public description '{row.said}' on one source alone, beside rows with a date or a place",
            expected="a description that fits several people",
            fix="Widen it, or leave out the date or the place.",
            slug="narrow-description",
            severity="warning",
        )
        for name, row in narrow.items()
    ]


def _named_in(engine: Engine, table: Table) -> set[str]:
    """Sources of the rows of a table that say when or where."""
    given = " or ".join(f'"{c}" is not null' for c in _TELLING if table.column(c))
    if not given or table == SOURCES:
        return set()
    sql = f'select distinct source from "{table.name}" where {given} order by source'  # noqa: S608 - our schema
    return {row.source for row in typed(engine.inspect(sql), _Named) if row.source is not None}
