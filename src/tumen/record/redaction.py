"""What may be shown of a protected source: its public description and its grade, nothing else.

This is the one place that decides it. What its rows say may be used; whose they are may not be
told, so their ids and publishers are withheld too. In doubt a row counts as protected: where its
source is unknown, or where a row of `sources` could not be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.errors import EngineError, did_you_mean
from tumen.record.columns import Table
from tumen.record.schema import SOURCES
from tumen.record.sources import PROTECTED, Source

#: Fields of a source that are emptied, its id apart.
WITHHELD = ("publisher", "title", "url", "published", "origin")

#: Ids of the sources that may be named, in SQL: every row with the id says that it is public.
PUBLIC_IDS = (
    "select id from sources where id is not null group by id having bool_and(coalesce(access = 'public', false))"
)


def aliases(sources: Iterable[Source]) -> dict[str, str]:
    """The id under which each protected source is shown: a number by the order of their ids.

    Example:
        >>> one = Source("kim", "", "", "", "", "B", "2", "restricted", "")
        >>> aliases([one, replace(one, id="protected-1", access="public")])
        {'kim': 'protected-2'}
    """
    everyone = list(sources)
    taken = {s.id for s in everyone if s.access == "public"}
    free = (name for n in range(1, 2 * len(everyone) + 2) if (name := f"protected-{n}") not in taken)
    return dict(zip(sorted({s.id for s in everyone if s.access != "public"}), free, strict=False))


def redacted(source: Source, alias: str) -> Source:
    """A source as outputs get it: its public description is its title, and its other fields are empty."""
    emptied = dict.fromkeys(WITHHELD, "")
    return replace(source, **{**emptied, "id": alias, "title": source.description or PROTECTED})  # type: ignore[arg-type]


def is_public(table: Table) -> str:
    """SQL that is true for a row of the table that may be shown."""
    if table == SOURCES:
        return f"coalesce(id in ({PUBLIC_IDS}), false)"
    if table.column("source") is None:
        return "true"
    return f"coalesce(source in ({PUBLIC_IDS}), false)"


def shown(text: str, public: bool, instead: str) -> str:
    """What a message may say of a cell: its content, or words that do not hold it."""
    return text if public else instead


def row_alias(source: str, number: int) -> str:
    """The id under which a row of a protected source is shown."""
    return f"{source}-row-{number}"


def row_publisher(_publisher: str) -> str:
    """Who made a figure that a protected source gave, as far as an output may tell."""
    return PROTECTED


def spoken(speaker: str, phrase: str, source: Source) -> tuple[str, str]:
    """Who spoke and in which words, or the description of the protected source and no words."""
    return (speaker, phrase) if source.access == "public" else (source.shown, "")


def coder(name: str, public: bool) -> str:
    """A coder's name, where no protected row holds it."""
    return f"'{name}'" if public else "one who is not named here"


def holder(who: str, source: Source) -> str:
    """Who holds an explanation, or the description of the protected source that says so."""
    return who if source.access == "public" else source.title


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in sorted(names))


def without(text: str, names: Iterable[str]) -> str:
    """A sentence of a measure, with names of publishers taken out of it."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "an unnamed publisher")
    return text


@dataclass(frozen=True)
class _Numbered:
    """A protected row, by its number among those of its source."""

    id: str
    source: str
    n: int


@dataclass(frozen=True)
class _Id:
    """A row that may be named."""

    id: str


@dataclass(frozen=True)
class _One:
    """That there is a row."""

    one: int


@dataclass(frozen=True)
class _Publisher:
    """Who made a figure of a row that may be named."""

    publisher: str | None


@dataclass(frozen=True)
class Redaction:
    """What a record may show of its sources and their rows.

    Args:
        sources: as outputs get them, by the ids that the record's rows name.
        hides: whether any row may be protected; where none is, everything is shown.
        tables: of the record, by name.
    """

    engine: Engine
    sources: Mapping[str, Source]
    hides: bool
    tables: Mapping[str, Table]
    _publishers: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    _rows: dict[str, dict[str, str | None]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def public(self) -> set[str]:
        """Ids of the sources that may be named."""
        return {name for name, source in self.sources.items() if source.id == name}

    def rows(self, table: str, ids: Collection[str]) -> dict[str, str]:
        """Those ids of a table that stand on a protected row, each with the id under which it is shown."""
        if not self.hides or not ids or table not in self.tables or self.tables[table].column("id") is None:
            return {}
        known = self._rows.setdefault(table, {})
        unknown = set(ids) - set(known)
        if unknown:
            numbered = (
                "select id, source, row_number() over (partition by source order by id) as n "  # noqa: S608 - from our schema
                f'from "{table}" where not {is_public(self.tables[table])}'
            )
            sql = f"select * from ({numbered}) where id in ({_quoted(unknown)}) order by id"  # noqa: S608
            found = typed(self.engine.inspect(sql), _Numbered)
            known |= dict.fromkeys(unknown)
            known |= {row.id: row_alias(self.sources[row.source].id, row.n) for row in found}
        return {name: alias for name in sorted(ids) if (alias := known[name])}

    def hides_rows_of(self, table: str) -> bool:
        """Whether a table has a row that may not be shown."""
        if not self.hides or self.tables[table].column("source") is None:
            return False
        hidden = f'select 1 as one from "{table}" where not {is_public(self.tables[table])} limit 1'  # noqa: S608
        return bool(typed(self.engine.inspect(hidden), _One))

    def named(self, table: str, ids: Collection[str]) -> list[str]:
        """Ids that a claim names, as outputs may: those of public rows as they are."""
        if not self.hides or not ids:
            return list(ids)
        aliases = self.rows(table, ids)
        sql = f'select id from "{table}" where {is_public(self.tables[table])} and id in ({_quoted(ids)}) order by id'  # noqa: S608
        public = {row.id for row in typed(self.engine.inspect(sql), _Id)}
        return [name if name in public else aliases.get(name, "a row that is not named here") for name in ids]

    def unknown_source(self, name: str) -> tuple[str, str]:
        """What to say of a source that is not in the record, and how to mend it; it may be a protected one,
        misspelt.
        """
        if self.hides:
            return "a source that is not shown", "Correct the id."
        return f"source '{name}'", did_you_mean(name, self.public)

    def engine_failure(self, error: EngineError) -> EngineError:
        """What the engine says when it cannot answer; its words may hold a cell."""
        if not self.hides:
            return error
        return EngineError(
            f"{self.engine.name} could not answer; its words are withheld, because the record has protected "
            "sources. [engine-failed]"
        )

    def unnamed(self, names: Iterable[str], tables: Sequence[str]) -> set[str]:
        """Those names of publishers that no public row of the tables bears out."""
        if not self.hides:
            return set()
        return {n for n in names if n} - {
            p for t in tables if t in self.tables for p in self._public_publishers(self.tables[t])
        }

    def _public_publishers(self, table: Table) -> frozenset[str]:
        if table.column("publisher") is None:
            return frozenset()
        if table.name not in self._publishers:
            sql = (
                f'select distinct publisher from "{table.name}" where {is_public(table)} order by publisher nulls last'  # noqa: S608
            )
            rows = typed(self.engine.inspect(sql), _Publisher)
            self._publishers[table.name] = frozenset(row.publisher for row in rows if row.publisher is not None)
        return self._publishers[table.name]


def redaction_of(engine: Engine, sources: Sequence[Source], whole: bool, tables: Mapping[str, Table]) -> Redaction:
    """What a record may show. Where there is no source, those that rows name are elsewhere, and may be protected.

    Args:
        sources: every row of `sources`.
        whole: whether all of its files and rows could be read.
        tables: of the record, by name.
    """
    named = aliases(sources)
    given = {s.id: redacted(s, named[s.id]) if s.id in named else s for s in sources}
    return Redaction(engine, given, bool(named) or not sources or not whole, tables)
