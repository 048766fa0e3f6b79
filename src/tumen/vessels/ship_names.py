"""A ship's name as she sends it or a list writes it: what stands for no name is none, and blanks count once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tumen.engine.forms import put_rows
from tumen.engine.queries import Engine, query, typed

#: What people and programs write where they have no name, number or flag, in capitals. A text without a letter or a
#: digit other than 0 is none either.
FILLERS = frozenset(
    (
        *("NULL", "NIL", "NONE", "NAN", "NA", "N/A", "N.A.", "#N/A", "<NA>", "UNKNOWN", "UNNAMED", "UNDEFINED", "UNKN"),
        *("UNSPECIFIED", "UNAVAILABLE", "TBA", "TBC", "TBD", "NO NAME", "NONAME", "NOT AVAILABLE", "NOT APPLICABLE"),
        *("NOT KNOWN", "NOT SPECIFIED", "NONE IDENTIFIED", "NAME UNKNOWN", "UNKNOWN NAME", "NO DATA"),
    )
)

_BLANKS = re.compile(r"\s+")
_SOMETHING = re.compile(r"[^\W0_]")


def name_meant(text: str | None) -> str:
    """A name, number or flag as it was meant: in capitals, with single blanks; empty where it stands for none.

    The signs @ behind a name fill it up to the length of a message, and are no part of it.

    Example:
        >>> name_meant(" Alpha  Test@@@@"), name_meant("@@@@"), name_meant("n/a"), name_meant("0"), name_meant(None)
        ('ALPHA TEST', '', '', '', '')
    """
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFC", text or "")).strip(" @").upper()
    return "" if plain in FILLERS or plain.strip("()[]\"'") in FILLERS or not _SOMETHING.search(plain) else plain


@dataclass(frozen=True)
class _Sent:
    """A name as it stands in positions."""

    name: str


@dataclass(frozen=True)
class _Meant:
    """A row of the table `meant_names`: a name as it stands in positions, and as it was meant."""

    name: str
    word: str


def put_meant_names(engine: Engine, table: str = "positions") -> None:
    """Make the table `meant_names` of the names in a table of positions: each that is one, as it was meant."""
    asked = f'select distinct name from "{table}" where name is not null order by name'  # noqa: S608 - a name of ours
    meant = [_Meant(row.name, name_meant(row.name)) for row in typed(engine.rows(asked), _Sent)]
    put_rows(engine, "meant_names", _Meant, [row for row in meant if row.word])


def make_ships(engine: Engine, asked: str = "select distinct mmsi from positions") -> None:
    """Make the table `ships` of the table `positions`: what each MMSI says of itself most often.

    One row an MMSI: mmsi, name, imo and ship_type, each by itself; null where it never says.

    Args:
        asked: SQL for the MMSIs, each once.
    """
    engine.create("asked_ships", asked)
    engine.create("ships_said", query("tumen.vessels", "ships_said"))
    put_meant_names(engine, "ships_said")
    engine.create("ships", query("tumen.vessels", "ships"))
    for table in ("meant_names", "ships_said", "asked_ships"):
        engine.drop(table)
