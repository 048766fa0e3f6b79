"""Vessels on a list, such as those designated by a sanctions committee, and which ships at sea may be they."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from tumen.engine.queries import Engine, Row
from tumen.errors import EngineError, Place, Problem
from tumen.record.readers.states import state_of
from tumen.vessels.given import read_lines

_NEEDED = ("name", "imo")

#: The columns of the tables made here.
_KNOWN: Mapping[str, str] = {
    "id": "VARCHAR",
    "name": "VARCHAR",
    "imo": "BIGINT",
    "mmsi": "BIGINT",
    "flag": "VARCHAR",
    "listed": "BOOLEAN",
}
_ALIKE: Mapping[str, str] = {
    "kind": "VARCHAR",
    "mmsi": "BIGINT",
    "word": "VARCHAR",
    "other": "VARCHAR",
    "start": "TIMESTAMP",
    "end": "TIMESTAMP",
    "score": "DOUBLE",
    "listed": "VARCHAR",
}


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
    columns = {name: [getattr(vessel, name) for vessel in known] for name in _KNOWN}
    engine.tabulate("known_vessels", _KNOWN, {name: _array(cells, _KNOWN[name]) for name, cells in columns.items()})
    held: dict[str, list[int]] = tomllib.loads((resources.files("tumen.vessels") / "mids.toml").read_text("utf-8"))
    states: dict[str, list[str]] = {}
    for state, numbers in sorted(held.items()):
        for number in numbers:
            states.setdefault(str(number), []).append(state)
    arrays = {
        "digits": _array(list(states), "VARCHAR"),
        "states": _array(list(map("+".join, states.values())), "VARCHAR"),
    }
    engine.tabulate("mids", {"digits": "VARCHAR", "states": "VARCHAR"}, arrays)


def put_alike(engine: Engine, known: Sequence[Vessel], least_score: float) -> None:
    """Make the table `identity_alike` of the ships at sea whose name is like a listed one.

    Args:
        engine: holds `identity_words`.
        least_score: a likeness from which a name is told of, of 100: rapidfuzz's ratio of the names with their words
            sorted.
    """
    listed = [vessel for vessel in known if vessel.listed and vessel.name]
    rows = (
        engine.rows("select * from identity_words where what <> 'mmsi' order by what, holder, word") if listed else []
    )
    found = list(_alike(rows, listed, least_score)) if listed else []
    engine.tabulate(
        "identity_alike", _ALIKE, {n: _array([match[n] for match in found], kind) for n, kind in _ALIKE.items()}
    )


def _alike(rows: Sequence[Row], listed: Sequence[Vessel], least_score: float) -> Iterator[dict[str, Any]]:
    """Ships whose name is like a listed one's, where no two numbers tell them apart; with another number, only her
    very name.

    Of a vessel's names the one that is most alike is told, the first of equals.
    """
    fuzz = _rapidfuzz()
    numbers: dict[int, set[str]] = {}
    for row in rows:
        if row["what"] == "imo":
            numbers.setdefault(row["holder"], set()).add(row["word"])
    named = [(name, vessel) for vessel in listed for name in (vessel.name, *vessel.aliases)]
    names = [name for name, _ in named]
    for row in (row for row in rows if row["what"] == "name"):
        said, told = numbers.get(row["holder"], set()), set()
        for name, score, place in fuzz.process.extract(
            row["word"], names, scorer=fuzz.fuzz.token_sort_ratio, score_cutoff=least_score, limit=None
        ):
            vessel = named[place][1]
            apart = bool(said) and vessel.imo is not None and str(vessel.imo) not in said
            if vessel.id not in told and str(vessel.imo) not in said and (not apart or score == 100):
                told.add(vessel.id)
                yield {
                    "kind": "listed-name",
                    "mmsi": row["holder"],
                    "word": row["word"],
                    "other": name,
                    "start": row["first_t"],
                    "end": row["last_t"],
                    "score": float(score),
                    "listed": vessel.id,
                }


def _array(cells: Sequence[Any], kind: str) -> Any:
    """Cells of one column; None is masked."""
    if kind == "TIMESTAMP":
        return np.array(cells, dtype=np.datetime64(0, "us").dtype)
    empty: Any = "" if kind == "VARCHAR" else 0
    dtype: Any = {"VARCHAR": str, "DOUBLE": float, "BOOLEAN": bool}.get(kind, np.int64)
    filled = np.array([empty if cell is None else cell for cell in cells], dtype=dtype)
    return np.ma.masked_array(filled, mask=[cell is None for cell in cells])


def _rapidfuzz() -> Any:
    try:
        import rapidfuzz
    except ImportError as error:
        raise EngineError(
            "identity: got no way to compare names with those of a list; expected the extra 'ais'. "
            "Run: pip install 'tumen[ais]'. [listed-extra]"
        ) from error
    return rapidfuzz
