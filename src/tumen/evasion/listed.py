"""Vessels on a list, such as those designated by a sanctions committee, and which ships at sea may be they."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tumen.errors import EngineError, Problem
from tumen.evasion.given import read_lines
from tumen.queries import Engine, Row
from tumen.record.readers.states import state_of

_NEEDED = ("name", "imo")

#: The columns of the table `identity_listed`.
_TYPES: Mapping[str, str] = {
    "kind": "VARCHAR", "mmsi": "BIGINT", "word": "VARCHAR", "other": "VARCHAR", "start": "TIMESTAMP", "end": "TIMESTAMP",
    "score": "DOUBLE", "listed": "VARCHAR",
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One vessel on a list.

    Args:
        id: what names her there; her name and the line where the list has no ids.
        imo: her IMO number; None where it is not known.
        flag: ISO 3166 alpha-3 of her flag; None where it is not known or not understood.
    """

    id: str
    name: str
    imo: int | None = None
    flag: str | None = None


def read_listed(path: Path) -> tuple[Listed, ...]:
    """Read a CSV file with the columns name and imo and, where given, id and flag (a state's name or alpha-3 code).

    Raises: ProblemsError with everything that is wrong with the file.
    """
    shown = str(path)
    return read_lines(path, _NEEDED, lambda line, row: _vessel(shown, line, row), lambda got: _bad(shown, None, got))


def _vessel(shown: str, line: int, row: Mapping[str, Any]) -> Listed | Problem:
    """A line as a vessel, or what is wrong with it."""
    cells = {name: str(row.get(name) or "").strip() for name in ("id", "name", "imo", "flag")}
    if None in row or not (cells["name"] or cells["imo"]):
        return _bad(shown, line, "too many cells" if None in row else "neither a name nor an IMO number")
    if cells["imo"] and not (cells["imo"].isascii() and cells["imo"].isdigit() and len(cells["imo"]) == 7):
        return _bad(shown, line, f"IMO number '{cells['imo']}'")
    flag = state_of(cells["flag"], "name") if cells["flag"] else None
    imo = int(cells["imo"]) if cells["imo"] else None
    return Listed(cells["id"] or f"{cells['name'] or imo} (line {line})", cells["name"].upper(), imo, flag or None)


def _bad(shown: str, line: int | None, got: str) -> Problem:
    return Problem(shown, line, got, "listed vessels as CSV with the columns name and imo (seven digits), id and flag",
                   "Either of the first two may be empty; only they are needed.", "listed-unreadable")  # fmt: skip


def put_matches(engine: Engine, listed: Sequence[Listed], least_score: float) -> None:
    """Make the table `identity_listed` of the ships at sea that may be on the list, by number first and then by name.

    Args:
        engine: holds `identity_words`.
        least_score: a likeness from which a name is told of, of 100: rapidfuzz's ratio of the names with their words sorted.
    """
    rows = engine.rows("select * from identity_words order by what, holder, word") if listed else []
    found = [*_by_number(rows, listed), *_by_name(rows, listed, least_score)] if listed else []
    columns = {name: [match[name] for match in found] for name in _TYPES}
    arrays: dict[str, Any] = {
        "mmsi": np.array(columns["mmsi"], dtype=np.int64), "score": np.array(columns["score"], dtype=float),
        **{name: np.array(columns[name], dtype=np.datetime64(0, "us").dtype) for name in ("start", "end")},
        **{name: np.array(columns[name], dtype=str) for name in ("kind", "word", "other", "listed")},
    }  # fmt: skip
    engine.tabulate("identity_listed", _TYPES, arrays)


def _match(kind: str, mmsi: int, word: str, other: str, row: Row, score: float, listed: Listed) -> dict[str, Any]:
    return {"kind": kind, "mmsi": mmsi, "word": word, "other": other, "start": row["first_t"], "end": row["last_t"],
            "score": score, "listed": listed.id}  # fmt: skip


def _by_number(rows: Sequence[Row], listed: Sequence[Listed]) -> Iterator[dict[str, Any]]:
    """Ships that say a listed vessel's number, and of these the MMSIs of another state than her flag."""
    by_imo: dict[str, list[Listed]] = {}
    for vessel in listed:
        if vessel.imo is not None:
            by_imo.setdefault(str(vessel.imo), []).append(vessel)
    for row in rows:
        for vessel in by_imo.get(row["word"], ()) if row["what"] == "imo" else ():
            yield _match("listed-imo", row["holder"], row["word"], vessel.name, row, 100.0, vessel)
            state = _state_of_mmsi(row["holder"])
            if state and vessel.flag and state != vessel.flag:
                yield _match("flag", row["holder"], state, vessel.flag, row, 100.0, vessel)


def _by_name(rows: Sequence[Row], listed: Sequence[Listed], least_score: float) -> Iterator[dict[str, Any]]:
    """Ships whose name is like a listed one's, where no two numbers tell them apart; with another number, only her very name."""
    fuzz = _rapidfuzz()
    numbers: dict[int, set[str]] = {}
    for row in rows:
        if row["what"] == "imo":
            numbers.setdefault(row["holder"], set()).add(row["word"])
    names = [vessel.name for vessel in listed]
    for row in rows:
        if row["what"] != "name":
            continue
        for name, score, place in fuzz.process.extract(
            row["word"], names, scorer=fuzz.fuzz.token_sort_ratio, score_cutoff=least_score, limit=None
        ):
            said, hers = numbers.get(row["holder"], set()), listed[place].imo
            apart = bool(said) and hers is not None and str(hers) not in said
            if name and str(hers) not in said and (not apart or score == 100):
                yield _match("listed-name", row["holder"], row["word"], name, row, float(score), listed[place])


def _state_of_mmsi(mmsi: int) -> str | None:
    """The state whose country digits an MMSI begins with; None where they are nobody's."""
    import pycountry

    try:
        from pyais.util import get_country
    except ImportError as error:
        raise _no_extra() from error
    country = pycountry.countries.get(alpha_2=get_country(mmsi)[0])
    return str(country.alpha_3) if country else None


def _rapidfuzz() -> Any:
    try:
        import rapidfuzz
    except ImportError as error:
        raise _no_extra() from error
    return rapidfuzz


def _no_extra() -> EngineError:
    return EngineError("--listed: got no way to compare names; expected the extra 'ais'. "
                       "Run: pip install 'tumen[ais]'. [listed-extra]")  # fmt: skip
