"""Ports and anchorages as the user gives them: a CSV file with a place to each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tumen.engine.forms import column_types, put_rows
from tumen.engine.queries import Engine
from tumen.errors import Place, Problem
from tumen.vessels.given import read_lines

_NEEDED = ("name", "lon", "lat")
_KINDS = ("port", "anchorage")
_FLAGS = {"true": True, "false": False, "": False}


@dataclass(frozen=True)
class PortPlace:
    """A port or anchorage, by its name and one position.

    Args:
        focal: whether it is a port of the focal state.
    """

    name: str
    lon: float
    lat: float
    kind: Literal["port", "anchorage"] = "port"
    focal: bool = False


_COLUMNS = tuple(column_types(PortPlace))


def read_ports(path: Path) -> tuple[PortPlace, ...]:
    """Read a CSV file with the columns name, lon, lat and, where given, kind (port or anchorage) and focal (true or
    false).

    Raises: ProblemsError with everything that is wrong with the file.
    """
    shown = str(path)
    return read_lines(path, _NEEDED, lambda line, row: _place(shown, line, row), lambda got: _unreadable(shown, got))


def put_ports(engine: Engine, ports: Sequence[PortPlace]) -> None:
    """Make the table `ports`. To be called before the first query."""
    put_rows(engine, "ports", PortPlace, ports)


def _place(shown: str, line: int, row: Mapping[str, Any]) -> PortPlace | Problem:
    """A line as a place, or what is wrong with it."""
    cells = {name: str(row.get(name) or "").strip() for name in _COLUMNS}
    try:
        lon, lat = float(cells["lon"]), float(cells["lat"])
    except ValueError:
        lon = lat = float("nan")
    kind, focal = cells["kind"] or "port", _FLAGS.get(cells["focal"].lower())
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        return _bad(
            shown, line, f"lon '{cells['lon']}', lat '{cells['lat']}'", "degrees east within ±180, north within ±90"
        )
    if not cells["name"] or None in row:
        return _bad(
            shown, line, "no name" if not cells["name"] else "too many cells", "a name and a place to each line"
        )
    if focal is None or kind not in _KINDS:
        return _bad(
            shown, line, f"kind '{kind}', focal '{cells['focal']}'", "kind port or anchorage, focal true or false"
        )
    return PortPlace(cells["name"], lon, lat, "anchorage" if kind == "anchorage" else "port", focal)


def _bad(shown: str, line: int, got: str, expected: str) -> Problem:
    return Problem(Place(shown, line), got=got, expected=expected, fix="Correct the line.", slug="ports-row")


def _unreadable(shown: str, got: str) -> Problem:
    return Problem(
        Place(shown),
        got=got,
        expected="ports and anchorages as CSV with the columns name, lon, lat, kind and focal",
        fix="Only the first three are needed.",
        slug="ports-unreadable",
    )
