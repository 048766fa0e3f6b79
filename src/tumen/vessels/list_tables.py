"""Lists of ships as tables: our own, and those that authorities publish, by the names of their columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.record.readers.dialects import START_BYTES, Dialect, dialect_of, encoding_of, plain_copy
from tumen.scratch import new_name
from tumen.vessels.list_entries import ListEntry, texts_in
from tumen.vessels.ship_names import name_meant
from tumen.writing import delete

#: What a column is, by the names that it has in lists, in small letters with single blanks in place of other signs.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id",
        "entity id",
        "unique id",
        "entity eu referencenumber",
        "ent num",
        "uid",
        "group id",
    ),
    "name": (
        *("name", "caption", "vessel name", "ship name", "shipname", "vesselname", "name of ship", "name of vessel"),
        *("vessel", "ship", "sdn name", "namealias wholename", "naal wholename"),
    ),
    "imo": ("imo", "imo number", "imonumber", "imo no", "imo num", "imo nr", "lrimoshipno", "imo id", "ship imo"),
    "mmsi": ("mmsi", "mmsi number", "mmsi no"),
    "aliases": (
        *("aliases", "alias", "aka", "a k a", "also known as", "other names", "former names", "former name"),
        *("previous names", "previous name", "ex names", "ex name", "weak aliases", "name non latin script"),
    ),
    "flag": (
        *("flag", "flag state", "flag name", "flag code", "vess flag", "vessel flag", "ship flag", "flag of ship"),
        "current believed flag of ship",
    ),
    "kind": ("schema", "type", "sdn type", "designation type", "group type", "entity subjecttype"),
    "kind code": ("entity subjecttype classificationcode", "subject type"),
    "numbers": ("identifiers",),
    "remarks": ("remarks", "other information"),
    "number": ("identification number",),
    "number type": ("identification typecode",),
}
_PART_NAMES = ("name 1", "name 2", "name 3", "name 4", "name 5", "name 6")
_OF = {spelling: column for column, spellings in _COLUMNS.items() for spelling in spellings}

#: Columns without which a table is no list of ships.
_TELLING = {"name", "imo", "mmsi", "number", *_PART_NAMES}

#: Kinds of listed things that are no ships; a table's other kinds are kinds of ships.
_NO_SHIPS = frozenset(
    (
        *("person", "individual", "entity", "organization", "organisation", "company", "enterprise", "aircraft"),
        *("airplane", "legalentity", "publicbody", "security", "address", "cryptowallet", "wallet", "asset", "vehicle"),
        *("event", "family", "group", "position", "p", "e"),
    )
)

#: Columns that are in a list as published, of which those that are not read need not be told.
_PUBLISHED = {"ent num", "unique id", "entity eu referencenumber", "identifiers", "datasets"}

#: Words of the European Union's table.
_SPELLED = {"p": "person", "e": "enterprise"}

#: What a list that names its ships calls them, where it lists other things as well.
_SHIPS = frozenset(("vessel", "ship"))

#: Columns of OFAC's sdn.csv, which has no header. Source: the data specification of the list.
OFAC_COLUMNS = (
    *("ent num", "sdn name", "sdn type", "program", "title", "call sign", "vess type", "tonnage", "grt"),
    *("vess flag", "vess owner", "remarks"),
)

_IMO_IN_TEXT = re.compile(r"\bIMO(?:\s+(?:number|no\.?))?\)?\s*[:#]?\s*(\d{7})(?!\d)", re.IGNORECASE)
_MMSI_IN_TEXT = re.compile(r"\bMMSI(?:\s+(?:number|no\.?))?\)?\s*[:#]?\s*(\d{9})(?!\d)", re.IGNORECASE)
_OTHER_NAME = re.compile(
    r"\b[afn]\.?k\.?a\.?,?\s*(?:'(?P<one>.+?)'|\"(?P<two>.+?)\"|(?P<three>[^;.()]+))(?=\s*(?:[;.,()]|$))", re.IGNORECASE
)


class NoListError(ValueError):
    """A table is no list of ships; the message says what it is."""


@dataclass(frozen=True)
class _Row:
    """A row as a ship, whatever it lists; what it says that it lists, and whether it gives an IMO number as such."""

    entry: ListEntry
    kind: str
    numbered: bool


class ListTable:
    """Ships of a table, and what of it was not read.

    After `entries` has been read to its end, `others` counts rows that list no ship, by what they list, and `unread`
    names columns of a table of nobody's form.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        """Look at a table.

        Args:
            path: a plain file of text.
            folder: of ours, for a copy.

        Raises: NoListError.
        """
        self._path, self._folder = path, folder
        with path.open("rb") as stream:
            start = stream.read(START_BYTES)
        if b"\0" in start and encoding_of(start)[0] == "utf-8":
            raise NoListError("a file that is no text")
        encoding, mark = encoding_of(start)
        dialect = Dialect(encoding, mark, ",", 1, ()) if _is_sdn(start) else dialect_of(start, _is_column)
        if dialect is None:
            raise NoListError("a table without a column of names, IMO numbers or MMSIs")
        header = [_plain(cell) for cell in dialect.header] or list(OFAC_COLUMNS)
        if not _TELLING & {_OF.get(cell, cell) for cell in header}:
            raise NoListError("a table without a column of names, IMO numbers or MMSIs")
        self._dialect = dialect
        self._header = header
        self.others: Counter[str] = Counter()
        self._together: dict[str, list[_Row]] = {}
        own = not _PUBLISHED & set(header)
        self.unread = tuple(cell for cell in header if own and cell and not _is_column(cell))

    def entries(self) -> Iterator[ListEntry]:
        """Each ship, a line at a time. Raises NoListError where a row has more cells than there are columns."""
        dialect = self._dialect
        copy = new_name(self._folder, ".csv")
        plain_copy(self._path, copy, dialect)
        before = dialect.header_line - 1
        with copy.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, delimiter=dialect.separator, strict=True)
            try:
                for place, row in enumerate(reader):
                    if (place or not dialect.header) and any(cell.strip(" \x1a") for cell in row):
                        yield from self._told(self._row(reader.line_num + before, row))
            except csv.Error as error:
                raise NoListError("a file that is no CSV") from error
        delete(copy)
        yield from self._told_together()

    def _row(self, line: int, row: Sequence[str]) -> _Row:
        if any(cell.strip() for cell in row[len(self._header) :]):
            raise NoListError(f"too many cells on line {line}")
        cells: dict[str, list[str]] = {}
        for column, cell in zip(self._header, row, strict=False):
            if cell.strip() and cell.strip() != "-0-":
                cells.setdefault(_OF.get(column, column), []).append(cell.strip())
        entry = _ship(line, cells)
        kind = next((text.lower() for text in (*cells.get("kind", ()), *cells.get("kind code", ()))), "")
        return _Row(entry, kind, numbered="number" in cells and bool(entry.imos))

    def _told(self, row: _Row) -> Iterator[ListEntry]:
        """A row's ship at once, where the row says by itself whether it lists one."""
        if "identification number" in self._header and row.entry.id:
            self._together.setdefault(row.entry.id, []).append(row)
        elif _is_ship(row.kind, self._header, row.numbered):
            yield row.entry
        else:
            self._leave_out(row.kind)

    def _told_together(self) -> Iterator[ListEntry]:
        """Ships of which one of several rows says that they are some."""
        for rows in self._together.values():
            if any(_is_ship(row.kind, self._header, row.numbered) for row in rows):
                yield from (row.entry for row in rows)
            else:
                self._leave_out(rows[0].kind)

    def _leave_out(self, kind: str) -> None:
        self.others[_SPELLED.get(kind, kind) or "of no kind"] += 1


def _is_ship(kind: str, header: Sequence[str], numbered: bool) -> bool:
    """Whether a row lists a ship.

    Args:
        kind: what the row says that it lists; empty where it says nothing.
        numbered: whether it gives an IMO number as an identification, by which a list without a kind for ships knows
            them.
    """
    if numbered or kind in _SHIPS:
        return True
    other_things = {"schema", "sdn type", "identification number", "designation type"} & set(header)
    return kind not in _NO_SHIPS and not other_things


def _ship(line: int, cells: Mapping[str, Sequence[str]]) -> ListEntry:
    """A row as a ship, whatever it lists."""
    remarks = " ; ".join(cells.get("remarks", ()))
    parts = " ".join(text for column in _PART_NAMES for text in cells.get(column, ()) if name_meant(text))
    aliases = [name for cell in cells.get("aliases", ()) for name in texts_in(cell)]
    numbers = [text for cell in cells.get("numbers", ()) for text in texts_in(cell)]
    typed_imos = cells.get("number", ()) if "imo" in (t.lower() for t in cells.get("number type", ())) else ()
    return ListEntry(
        line,
        next(iter(cells.get("id", ())), ""),
        tuple(name for name in (*cells.get("name", ()), parts, *aliases, *names_in_text(remarks)) if name),
        (*cells.get("imo", ()), *typed_imos, *filter(_is_imo, numbers), *_IMO_IN_TEXT.findall(remarks)),
        (*cells.get("mmsi", ()), *filter(_is_mmsi, numbers), *_MMSI_IN_TEXT.findall(remarks)),
        tuple(cells.get("flag", ())),
    )


def imos_in_text(text: str) -> list[str]:
    """IMO numbers that a text calls so.

    Example:
        >>> imos_in_text("Vessel Registration Identification IMO 9187629; Vessel Year of Build 1999")
        ['9187629']
    """
    return _IMO_IN_TEXT.findall(text)


def mmsis_in_text(text: str) -> list[str]:
    """MMSIs that a text calls so."""
    return _MMSI_IN_TEXT.findall(text)


def names_in_text(text: str) -> list[str]:
    """Other names that a text gives after a.k.a., f.k.a. or n.k.a.

    Example:
        >>> names_in_text("IMO 9187629; a.k.a. 'NEW STAR'; f.k.a. 'OLD STAR'; Linked To: A COMPANY.")
        ['NEW STAR', 'OLD STAR']
    """
    return [next(name.strip() for name in match.groups() if name) for match in _OTHER_NAME.finditer(text)]


def _is_imo(text: str) -> bool:
    """Whether one of many identifiers is an IMO number: it says so, or has seven digits."""
    return text.upper().startswith("IMO") or (text.isdigit() and len(text) == 7)


def _is_mmsi(text: str) -> bool:
    """Whether one of many identifiers is an MMSI: it says so, or has nine digits that begin as a ship's do."""
    return text.upper().startswith("MMSI") or (text.isdigit() and len(text) == 9 and text[0] in "234567")


def _is_column(cell: str) -> bool:
    return _plain(cell) in _OF or _plain(cell) in _PART_NAMES


def _plain(cell: str) -> str:
    """The name of a column in small letters, with single blanks in place of all other signs."""
    return " ".join(re.findall(r"[^\W_]+", cell.lower()))


def _is_sdn(start: bytes) -> bool:
    """Whether the first line is a row of OFAC's list: twelve cells, the first a number, and none a header."""
    encoding, mark = encoding_of(start)
    first = start[mark:].decode(encoding, "replace").splitlines()[:1]
    cells = next(csv.reader(first), []) if first else []
    return len(cells) == len(OFAC_COLUMNS) and cells[0].strip().isdigit()
