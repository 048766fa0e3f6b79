"""A list of ships that a user gives: a table of one's own, or a list as an authority publishes it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tumen.counting import counted
from tumen.errors import Place, Problem, ProblemsError
from tumen.record.readers.packages import Member, members
from tumen.scratch import scratch_folder
from tumen.vessels.list_documents import ListDocument
from tumen.vessels.list_entries import Judged
from tumen.vessels.list_tables import ListTable, NoListError
from tumen.vessels.listed import Vessel

#: How much may be unpacked of a list: ten times the largest that is published.
_MOST_BYTES = 4_000_000_000

_FORM = (
    "listed vessels: a table with a column name, imo or mmsi, or a list as OFAC, OpenSanctions, the European Union, "
    "the UK or the United Nations publish it"
)


@dataclass(frozen=True)
class ListRead:
    """A list of ships as read.

    Args:
        vessels: to look for; a ship of several numbers stands there several times, under one id.
        notes: what of the list was not used.
    """

    vessels: tuple[Vessel, ...]
    notes: tuple[Problem, ...] = ()


def read_listed(path: Path) -> ListRead:
    """Read a list of ships: a table of one's own, or a list as an authority publishes it; packed or not.

    A table needs one of the columns name, imo and mmsi, and may have id, aliases and flag; names of columns that others
    use for these are understood, and so are semicolons, tabs and other encodings. Which lists are read as published
    stands in `docs/vessel-positions.md`.

    Raises: ProblemsError where it cannot be read, or lists no ship.
    """
    vessels: list[Vessel] = []
    notes: list[Problem] = []
    with scratch_folder("listed") as folder:
        for file in members(path, folder, most_bytes=_MOST_BYTES):
            if not isinstance(file, Member):
                raise ProblemsError([_unreadable(file.shown, file.got, file.fix)])
            read = _read(file, folder)
            vessels += read.vessels
            notes += read.notes
    if not vessels:
        raise ProblemsError([*notes, _unreadable(str(path), "no ship", "Give a list that names some.")])
    return ListRead(tuple(vessels), tuple(notes))


def _read(file: Member, folder: Path) -> ListRead:
    try:
        table = ListDocument(file.path) if _is_xml(file.path) else ListTable(file.path, folder)
        judged = Judged(file.shown, table.entries())
    except NoListError as error:
        raise ProblemsError([_unreadable(file.shown, str(error), "Correct it, or fetch it again.")]) from error
    except OSError as error:
        got = (error.strerror or "no answer").lower()
        raise ProblemsError([_unreadable(file.shown, got, "Correct the path.")]) from error
    return ListRead(
        judged.vessels, (*_others(file.shown, table.others), *_unread(file.shown, table.unread), *judged.notes)
    )


def _is_xml(path: Path) -> bool:
    """Whether a file begins as XML does, in any of its encodings."""
    with path.open("rb") as stream:
        start = stream.read(400)
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _others(shown: str, others: Counter[str]) -> list[Problem]:
    if not others:
        return []
    kinds = ", ".join(
        f"{number:,} {kind}" for kind, number in sorted(others.items(), key=lambda one: (-one[1], one[0]))
    )
    number = sum(others.values())
    got = f"{counted(number, 'row')} that {'list' if number > 1 else 'lists'} no ship ({kinds})"
    return [_note(shown, got, "They were not looked for.")]


def _unread(shown: str, columns: tuple[str, ...]) -> list[Problem]:
    if not columns:
        return []
    named = ", ".join(f"'{column}'" for column in columns[:12]) + (" and more" if len(columns) > 12 else "")
    got = f"{counted(len(columns), 'column')} with other content: {named}"
    return [_note(shown, got, "Not read; name a column as in the documentation if it holds names, numbers or flags.")]


def _note(shown: str, got: str, fix: str) -> Problem:
    return Problem(
        Place(shown),
        got=got,
        expected="ships, by name, number and flag",
        fix=fix,
        slug="listed-left-out",
        severity="warning",
    )


def _unreadable(shown: str, got: str, fix: str) -> Problem:
    return Problem(Place(shown), got=got, expected=_FORM, fix=fix, slug="listed-unreadable")
