"""Cells of a file of positions as numbers, times and words, where what holds numbers is stored as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tumen.engine.loading import INSTANT, column_name

_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"})
_TIMES = frozenset({"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", INSTANT})

#: Our columns that hold numbers, by what positions_cells.sql calls them.
_NUMBERS = {
    "number": "mmsi",
    "lon_said": "lon",
    "lat": "lat",
    "speed_said": "speed_kn",
    "course": "course_deg",
    "heading": "heading_deg",
    "draught_said": "draught_m",
}
#: Those that hold words, or numbers written as words.
_WORDS = ("ship_type", "imo", "name", "receiver", "mobile")

_NO_WORD = "cast(null as varchar)"


def kinds_of_text(columns: Sequence[str]) -> dict[str, str]:
    """As what the columns of a table of text are read where its numbers are numbers."""
    return {ours: "DOUBLE" if ours in _NUMBERS.values() else "VARCHAR" for ours in columns}


def are_numbers(names: Mapping[str, str], stored: Mapping[str, str]) -> bool:
    """Whether every column that holds a number or a time is stored as one, or as text that can be read as it is asked.

    Args:
        names: a table's own name of each of our columns that it has.
        stored: the SQL type of each of its columns.
    """
    kinds = {ours: stored[theirs] for ours, theirs in names.items()}
    if not {"mmsi", "t", "lon", "lat"} <= kinds.keys() or kinds.keys() & {"day", "clock", "geometry"}:
        return False
    return (
        kinds["t"] in _TIMES | {"VARCHAR"}
        and (kinds["mmsi"] == "VARCHAR" or (_is_number(kinds["mmsi"]) and kinds["mmsi"] != "FLOAT"))
        and all(_is_number(kinds[name]) for name in _NUMBERS.values() if name in kinds and name != "mmsi")
        and all(kinds[name] in _WHOLE | {"DOUBLE", "VARCHAR"} for name in ("imo", "ship_type") if name in kinds)
        and all(kinds[name] == "VARCHAR" for name in ("name", "receiver", "mobile") if name in kinds)
    )


def typed_cells(
    names: Mapping[str, str], kinds: Mapping[str, str], table: str, moment: str = "", zoned: str = "false"
) -> str:
    """SQL for a file's cells in the columns of positions_cells.sql, a row for each of the file's.

    Args:
        names: the table's own name of each of our columns that it has.
        kinds: the SQL type of each of the table's columns, which `are_numbers`.
        table: what holds the rows.
        moment, zoned: SQL for the time in UTC and for whether it names its zone, where it is stored as text.
    """
    cells = {ours: (column_name(theirs), kinds[theirs]) for ours, theirs in names.items()}
    numbers = {
        name: number_of(names[ours], kinds[names[ours]]) if ours in names else "cast(null as double)"
        for name, ours in _NUMBERS.items()
    }
    items = numbers | _word_items(cells)
    kind = cells["t"][1]
    items["moment"] = moment or moment_of(names["t"], kind)
    items["zoned"] = "true" if kind == INSTANT else zoned
    items["placeless"] = f"coalesce(isnan({items['lon_said']}), true) and coalesce(isnan({items['lat']}), true)"
    listed = ", ".join(f"{sql} as {name}" for name, sql in items.items())
    return f"(select 1 as copies, {listed} from {table})"  # noqa: S608 - a file's names in quotes


def _is_number(kind: str) -> bool:
    return kind in _WHOLE | {"DOUBLE", "FLOAT"} or kind.startswith("DECIMAL")


def number_of(column: str, kind: str) -> str:
    """SQL for a number; one of single precision is what it is written as, as it equals the same in another file."""
    name = column_name(column)
    if kind == "VARCHAR":
        return f"try_cast(trim({name}) as double)"
    return f"cast(cast({name} as varchar) as double)" if kind == "FLOAT" else f"cast({name} as double)"


def _word_items(cells: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Words, and the two numbers that may be written as words."""
    (kind, kind_form), (imo, imo_form), (name, _), (receiver, _), (mobile, _) = (
        cells.get(ours, (_NO_WORD, "VARCHAR")) for ours in _WORDS
    )
    return {
        "type_number": f"try_cast(trim({kind}) as double)" if kind_form == "VARCHAR" else f"cast({kind} as double)",
        "type_word": f"lower(trim({kind}))" if kind_form == "VARCHAR" else _NO_WORD,
        "imo": _imo_in_text(imo) if imo_form == "VARCHAR" else _imo_in_number(imo),
        "name": f"case when not regexp_full_match({name}, '(?i)[ @]*(null|nan|none|n/a)?[ @]*') then trim({name}) end",
        "receiver": f"nullif(trim({receiver}), '')",
        "mobile": f"lower(trim({mobile}))",
    }


def _imo_in_text(cell: str) -> str:
    usual = f"when regexp_full_match({cell}, '(IMO)?[1-9][0-9]{{6}}') then cast(right({cell}, 7) as bigint)"
    digits = f"regexp_extract(upper(trim({cell})), '^(IMO)? ?([1-9][0-9]{{6}})([.]0)?$', 2)"
    return f"case {usual} else try_cast(nullif({digits}, '') as bigint) end"


def _imo_in_number(cell: str) -> str:
    return f"case when {cell} between 1000000 and 9999999 and {cell} = floor({cell}) then cast({cell} as bigint) end"


def moment_of(column: str, kind: str) -> str:
    """SQL for a stored time in UTC; null where it is endless."""
    name = column_name(column)
    time = f"make_timestamp(epoch_us({name}))" if kind == INSTANT else f"cast({name} as timestamp)"
    return f"case when isfinite({name}) then {time} end"
