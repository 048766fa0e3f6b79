"""The what-ifs that a page answers by itself: a table of them all, and what its panel asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.conclusion import Conclusion
from tumen.system.grid import DRIVER_LEVELS, Cell, grid
from tumen.system.in_words import move_title

#: More probabilities than this make a page too heavy.
MOST_CHANCES = 40_000

#: How a page says where a driver is set.
_SET_TO = dict(zip(DRIVER_LEVELS, ("low (0)", "middle (0.5)", "high (1)"), strict=True))


def panel(found: Conclusion, names: Mapping[str, str]) -> dict[str, Any] | None:
    """What the template takes of all what-ifs; None where there are too many for a page."""
    levels = sum(len(move.levels) for move in found.system.moves)
    sets = (1 + levels) * (1 + len(DRIVER_LEVELS) * len(found.system.drivers))
    if sets * levels * len(found.run.ahead) > MOST_CHANCES:
        return None
    cells = grid(found.run)
    return {
        "periods": found.run.ahead,
        "forced": [_forced(cell, names) for cell in cells if not cell.driver],
        "driven": [_driven(cell, found) for cell in cells if not cell.move],
        "moves": _moves(found, cells[0], names),
        "per_move": 1 + len(DRIVER_LEVELS) * len(found.system.drivers),
        "per_driver": len(DRIVER_LEVELS),
        "rows": [_row(cell, found, names) for cell in cells],
    }


def _forced(cell: Cell, names: Mapping[str, str]) -> dict[str, str]:
    """A move as one can choose to force it."""
    if not cell.move:
        return {"of": "", "label": "none", "says": ""}
    title = move_title(cell.move, names)
    return {"of": cell.move, "label": f"{title}: {cell.level}", "says": f"{title} were ‘{cell.level}’"}


def _driven(cell: Cell, found: Conclusion) -> dict[str, str]:
    """A driver as one can choose to set it."""
    if cell.value is None:
        return {"label": "none", "says": ""}
    says = _says(cell, found)
    return {"label": f"{says}: {_SET_TO[cell.value]}", "says": f"‘{says}’ stood {_SET_TO[cell.value]}"}


def _says(cell: Cell, found: Conclusion) -> str:
    return next((driver.says for driver in found.system.drivers if driver.id == cell.driver), "none")


def _moves(found: Conclusion, as_it_goes: Cell, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each move with its levels, and how probable they are in each period as things go."""
    moves, place = [], 0
    for move in found.system.moves:
        title = move_title(move.name, names)
        levels = []
        for level in move.levels:
            levels.append(
                {"level": level, "says": f"{title} would be ‘{level}’ in", "chances": _whole(as_it_goes, place)}
            )
            place += 1
        moves.append({"name": move.name, "title": title, "levels": levels})
    return moves


def _whole(cell: Cell, place: int) -> list[list[int]]:
    """A level's mean and ends in each period, in whole per cent."""
    whole: list[list[int]] = np.rint(100 * cell.chances[place]).astype(int).tolist()
    return whole


def _row(cell: Cell, found: Conclusion, names: Mapping[str, str]) -> dict[str, Any]:
    """A row of the table: what is set, the levels of each move in the last period and in the first, and all numbers.

    What several rows below each other share stands in the first of them alone.
    """
    whole = np.rint(100 * cell.chances).astype(int).ravel()
    return {
        "forced": "" if cell.driver else _forced(cell, names)["label"],
        "driven": _says(cell, found) if cell.value in (None, DRIVER_LEVELS[0]) else "",
        "set_to": "" if cell.value is None else _SET_TO[cell.value],
        "last": _each(cell.chances[:, -1, 0], found, cell.move),
        "first": _each(cell.chances[:, 0, 0], found, cell.move),
        "numbers": "".join(f"{one:02x}" for one in whole),
    }


def _each(means: Floats, found: Conclusion, forced: str) -> Sequence[str]:
    told, place = [], 0
    for move in found.system.moves:
        mine = means[place : place + len(move.levels)]
        place += len(move.levels)
        told.append("set" if move.name == forced else " ".join(f"{100 * one:.0f}" for one in mine))
    return told
