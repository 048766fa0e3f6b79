"""The columns of UN Comtrade's tables, of today's API and of the downloads before it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tumen.engine.queries import FilePart
from tumen.errors import Place, Problem
from tumen.record.readers.dialects import dialect_of
from tumen.record.readers.published_files import TableFile, from_header, import_unreadable
from tumen.scratch import new_name
from tumen.writing import delete, new_file

#: Our name for each column that is read, and its names in files, letters and digits only: the API's, then the older.
COMTRADE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reporter_iso": ("reporteriso",),
    "reporter_code": ("reportercode",),
    "partner_iso": ("partneriso",),
    "partner_code": ("partnercode",),
    "flow_code": ("flowcode", "tradeflowcode"),
    "flow": ("flowdesc", "tradeflow"),
    "commodity": ("cmdcode", "commoditycode"),
    "value": ("primaryvalue", "tradevalueus"),
    "period": ("period",),
    "year": ("refyear", "year"),
    "second_code": ("partner2code", "2ndpartnercode"),
    "second_iso": ("partner2iso", "2ndpartneriso"),
    "transport": ("motcode", "modeoftransportcode"),
    "customs": ("customscode", "customsproccode"),
    "classification": ("classificationcode", "classification"),
    "services": ("typecode",),
    "estimation": ("legacyestimationflag", "flag"),
}

#: What nothing can be read without; of those in one group, one is enough.
_NEEDED = (
    ("reporter_iso", "reporter_code"),
    ("partner_iso", "partner_code"),
    ("flow_code", "flow"),
    ("commodity",),
    ("value",),
    ("period", "year"),
)

#: A JSON file is held in memory as a whole, so it may not be larger.
MOST_JSON_BYTES = 200_000_000


def comtrade_part(table: TableFile, folder: Path) -> tuple[FilePart, TableFile] | Problem:
    """A file of UN Comtrade, CSV or the API's JSON, with its columns matched; a problem where it is none.

    Args:
        folder: a folder of ours, for copies.
    """
    if table.kind == "text" and table.start.lstrip()[:1] in (b"{", b"["):
        made = _from_json(table, folder)
        if isinstance(made, Problem):
            return made
        table = made
    dialect = dialect_of(table.start, lambda cell: _ours(cell) is not None) if table.kind == "text" else None
    if dialect is None:
        return _lacking(table, ())
    table = from_header(table, dialect, folder)
    header, *rows = csv.reader([line for line in table.first_lines(2) if line], delimiter=dialect.separator)
    found: list[str | None] = []
    for cell in header:
        ours = _ours(cell)
        found.append(None if ours in found else ours)
    if any(not set(group) & set(found) for group in _NEEDED):
        return _lacking(table, found)
    width = len(rows[0]) if rows else len(header)  # rows of some downloads end in one more separator than the header
    columns = [*found, *[None] * (width - len(header))]
    named = tuple((ours or f"_{at}", "VARCHAR" if ours else None) for at, ours in enumerate(columns))
    return FilePart(table.path, table.shown, named, dialect.separator), table


def _ours(cell: str) -> str | None:
    plain = re.sub("[^a-z0-9]", "", cell.lower())
    return next((ours for ours, theirs in COMTRADE_COLUMNS.items() if plain in theirs), None)


def _lacking(table: TableFile, found: Sequence[str | None]) -> Problem:
    missing = [" or ".join(group) for group in _NEEDED if not set(group) & set(found)]
    return Problem(
        Place(table.shown),
        got=f"a table without a column for {', '.join(missing)}",
        expected="UN Comtrade's columns, such as reporterISO, partnerISO, flowCode, cmdCode, period, primaryValue",
        fix="docs/record.md lists what is read.",
        slug="import-layout",
    )


def _from_json(table: TableFile, folder: Path) -> TableFile | Problem:
    """The rows of an answer of the API as CSV."""
    if table.path.stat().st_size > MOST_JSON_BYTES:
        return import_unreadable(table.shown, f"JSON of more than {MOST_JSON_BYTES:,} bytes", "Fetch it as CSV.")
    try:
        body = json.loads(table.path.read_bytes())
        rows = body["data"] if isinstance(body, dict) else body
        cells = [{_ours(key) or "": value for key, value in row.items()} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return import_unreadable(table.shown, "JSON that is no answer of UN Comtrade's API", "Fetch it again.")
    target = new_name(folder, ".csv")
    with new_file(target) as copy:
        copy.write(_csv_line([theirs[0] for theirs in COMTRADE_COLUMNS.values()]))
        for row in cells:
            copy.write(_csv_line([row.get(name) for name in COMTRADE_COLUMNS]))
    delete(table.path)
    return TableFile(target, table.shown, "text", table.latin_lines, table.long_lines)


def _csv_line(cells: Sequence[object]) -> bytes:
    shown = ["" if cell is None else str(cell).replace('"', '""').replace("\n", " ") for cell in cells]
    return (",".join(f'"{cell}"' for cell in shown) + "\n").encode()
