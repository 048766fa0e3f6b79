"""Vessels on a list, such as those designated by a sanctions committee, and which ships at sea may be they."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from tumen.engine.forms import put_rows
from tumen.engine.queries import Engine, typed
from tumen.vessels.name_index import NameIndex


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


def put_known(engine: Engine, known: Sequence[Vessel]) -> None:
    """Make the table `known_vessels`, one row a vessel."""
    put_rows(engine, "known_vessels", _Known, known)


def put_mids(engine: Engine) -> None:
    """Make the table `mids`: the territories of each three country digits, joined by +."""
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
        least_score: a likeness from which a name is told of, of 100; see `tumen.vessels.likeness`.
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
    numbers: dict[int, set[str]] = {}
    for row in rows:
        if row.what == "imo":
            numbers.setdefault(row.holder, set()).add(row.word)
    of_vessel: dict[str, set[str]] = {}
    for vessel in listed:
        of_vessel.setdefault(vessel.id, set()).update([str(vessel.imo)] if vessel.imo is not None else [])
    named = [(name, vessel) for vessel in listed for name in (vessel.name, *vessel.aliases)]
    index = NameIndex([name for name, _ in named])
    for row in (row for row in rows if row.what == "name"):
        sent, told = numbers.get(row.holder, set()), set()
        for place, score in index.like(row.word, least_score):
            name, vessel = named[place]
            known = of_vessel[vessel.id]
            apart = bool(sent) and bool(known) and not sent & known
            if vessel.id not in told and not sent & known and (not apart or score == 100):
                told.add(vessel.id)
                yield _Alike(
                    kind="listed-name",
                    mmsi=row.holder,
                    word=row.word,
                    other=name,
                    start=row.first_t,
                    end=row.last_t,
                    score=score,
                    listed=vessel.id,
                )
