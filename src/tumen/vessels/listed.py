"""Vessels on a list, such as those designated by a sanctions committee, and which ships at sea may be they."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from tumen.engine.forms import put_rows
from tumen.engine.queries import Engine, typed
from tumen.errors import EngineError, Place, Problem
from tumen.record.readers.states import state_of
from tumen.vessels.given import read_lines

_NEEDED = ("name", "imo")


@dataclass(frozen=True)
class Vessel:
    """One vessel that is known from elsewhere.

    Args:
        id: what names her there; her name and the line where a list has no ids.
        name: in capitals; empty where it is not known.
        imo, mmsi: her numbers; None where they are not known.
        flag: ISO 3166 alpha-3 of her flag; None where it is not known or not understood.
        aliases: other names of hers, in capitals.
        listed: whether she is looked for. Of another only the flag counts.
    """

    id: str
    name: str
    imo: int | None = None
    flag: str | None = None
    mmsi: int | None = None
    aliases: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True)
class _Known:
    """A row of the table `known_vessels`: what is looked at of a vessel."""

    id: str
    name: str
    imo: int | None
    mmsi: int | None
    flag: str | None
    listed: bool


@dataclass(frozen=True)
class _Mid:
    """A row of the table `mids`: three country digits, and the territories that have them."""

    digits: str
    states: str


@dataclass(frozen=True)
class _Alike:
    """A row of the table `identity_alike`: a ship whose name `word` is like the listed one `other`."""

    kind: str
    mmsi: int
    word: str
    other: str
    start: dt.datetime
    end: dt.datetime
    score: float
    listed: str


@dataclass(frozen=True)
class _Word:
    """A row of the table `identity_words`: a name or number, and who said it from when to when."""

    what: Literal["name", "imo", "mmsi"]
    holder: int
    word: str
    first_t: dt.datetime
    last_t: dt.datetime
    messages: int


def read_listed(path: Path) -> tuple[Vessel, ...]:
    """Read a CSV file with the columns name and imo and, where given, id and flag (a state's name or alpha-3 code).

    Raises: ProblemsError with everything that is wrong with the file.
    """
    shown = str(path)
    return read_lines(path, _NEEDED, lambda line, row: _vessel(shown, line, row), lambda got: _bad(shown, None, got))


def _vessel(shown: str, line: int, row: Mapping[str, Any]) -> Vessel | Problem:
    """A line as a vessel, or what is wrong with it."""
    cells = {name: str(row.get(name) or "").strip() for name in ("id", "name", "imo", "flag")}
    if None in row or not (cells["name"] or cells["imo"]):
        return _bad(shown, line, "too many cells" if None in row else "neither a name nor an IMO number")
    if cells["imo"] and not (cells["imo"].isascii() and cells["imo"].isdigit() and len(cells["imo"]) == 7):
        return _bad(shown, line, f"IMO number '{cells['imo']}'")
    flag = state_of(cells["flag"], "name") if cells["flag"] else None
    imo = int(cells["imo"]) if cells["imo"] else None
    return Vessel(cells["id"] or f"{cells['name'] or imo} (line {line})", cells["name"].upper(), imo, flag or None)


def _bad(shown: str, line: int | None, got: str) -> Problem:
    return Problem(
        Place(shown, line),
        got=got,
        expected="listed vessels as CSV with the columns name and imo (seven digits), id and flag",
        fix="Either of the first two may be empty; only they are needed.",
        slug="listed-unreadable",
    )


def put_known(engine: Engine, known: Sequence[Vessel]) -> None:
    """Make the tables `known_vessels`, one row a vessel, and `mids`: the territories of each three country digits,
    joined by +.
    """
    put_rows(engine, "known_vessels", _Known, known)
    held: dict[str, list[int]] = tomllib.loads((resources.files("tumen.vessels") / "mids.toml").read_text("utf-8"))
    states: dict[str, list[str]] = {}
    for state, numbers in sorted(held.items()):
        for number in numbers:
            states.setdefault(str(number), []).append(state)
    put_rows(engine, "mids", _Mid, [_Mid(digits, "+".join(names)) for digits, names in states.items()])


def put_alike(engine: Engine, known: Sequence[Vessel], least_score: float) -> None:
    """Make the table `identity_alike` of the ships at sea whose name is like a listed one.

    Args:
        engine: holds `identity_words`.
        least_score: a likeness from which a name is told of, of 100: rapidfuzz's ratio of the names with their words
            sorted.
    """
    listed = [vessel for vessel in known if vessel.listed and vessel.name]
    said = "select * from identity_words where what <> 'mmsi' order by what, holder, word"
    found = list(_alike(typed(engine.rows(said), _Word), listed, least_score)) if listed else []
    put_rows(engine, "identity_alike", _Alike, found)


def _alike(rows: Sequence[_Word], listed: Sequence[Vessel], least_score: float) -> Iterator[_Alike]:
    """Ships whose name is like a listed one's, where no two numbers tell them apart; with another number, only her
    very name.

    Of a vessel's names the one that is most alike is told, the first of equals.
    """
    fuzz = _rapidfuzz()
    numbers: dict[int, set[str]] = {}
    for row in rows:
        if row.what == "imo":
            numbers.setdefault(row.holder, set()).add(row.word)
    named = [(name, vessel) for vessel in listed for name in (vessel.name, *vessel.aliases)]
    names = [name for name, _ in named]
    for row in (row for row in rows if row.what == "name"):
        said, told = numbers.get(row.holder, set()), set()
        for name, score, place in fuzz.process.extract(
            row.word, names, scorer=fuzz.fuzz.token_sort_ratio, score_cutoff=least_score, limit=None
        ):
            vessel = named[place][1]
            apart = bool(said) and vessel.imo is not None and str(vessel.imo) not in said
            if vessel.id not in told and str(vessel.imo) not in said and (not apart or score == 100):
                told.add(vessel.id)
                yield _Alike(
                    kind="listed-name",
                    mmsi=row.holder,
                    word=row.word,
                    other=name,
                    start=row.first_t,
                    end=row.last_t,
                    score=float(score),
                    listed=vessel.id,
                )


def _rapidfuzz() -> Any:
    try:
        import rapidfuzz
    except ImportError as error:
        raise EngineError(
            "identity: got no way to compare names with those of a list; expected the extra 'ais'. "
            "Run: pip install 'tumen[ais]'. [listed-extra]"
        ) from error
    return rapidfuzz
