"""Answers to many what-ifs at once: each level that a move is forced to, with each that a driver is set to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.game import Game
from tumen.system.play import Outlook, play
from tumen.system.running import Intervention, Running, luck_of, next_chances, outlook_of, thinned

#: Where a driver is set.
DRIVER_LEVELS = (0.0, 0.5, 1.0)

#: Draws of the parameters, each with one future.
_DRAWS = 300


@dataclass(frozen=True)
class Cell:
    """What follows from one move that is forced, one driver that is set, both, or neither.

    Args:
        move, level: forced, in every period to come; empty where none is.
        driver, value: set likewise; empty and None where none is.
        chances: how probable each level of each move is, move after move, level after level, in each period: mean, and
            the ends of the central 90 per cent; shape (levels of all moves, periods, 3).
    """

    move: str
    level: str
    driver: str
    value: float | None
    chances: Floats


def grid(run: Running) -> tuple[Cell, ...]:
    """A cell for each move's level, or none, with each driver's, or none; all on the same draws and luck."""
    moves = [("", "")] + [(move.name, level) for move in run.system.moves for level in move.levels]
    set_to: list[tuple[str, float | None]] = [("", None)]
    set_to += [(driver, value) for driver in run.game.drivers for value in DRIVER_LEVELS]
    cells = []
    for move, level in moves:
        levels = {move: level} if move else {}
        aheads = [outlook_of(run, Intervention(levels, {} if v is None else {d: v})) for d, v in set_to]
        each = _played_together(run, aheads)
        for (driver, value), chances in zip(set_to, each, strict=True):
            cells.append(Cell(move, level, driver, value, chances))
    shift = next_chances(run).mean(axis=1) - cells[0].chances[:, :, 0]
    return tuple(replace(cell, chances=_shifted(cell, shift, run.game)) for cell in cells)


def _shifted(cell: Cell, shift: Floats, game: Game) -> Floats:
    """Chances whose means differ from those of the forecasts, which rest on more draws, by what is set alone."""
    found = cell.chances.copy()
    starts = np.cumsum([0, *game.levels])
    for agent, first, last in zip(game.agents, starts[:-1], starts[1:], strict=True):
        if agent != cell.move:
            means = np.clip(found[first:last, :, 0] + shift[first:last], 0.0, 1.0)
            found[first:last, :, 0] = means / means.sum(axis=0)
    return found


def _played_together(run: Running, aheads: list[Outlook]) -> list[Floats]:
    """What follows from several outlooks that force the same, played at once."""
    own = thinned(run.fitted.parameters, _DRAWS)
    start, luck = luck_of(run, len(own), aheads[0].periods)
    found: dict[int, Floats] = {}
    for driven in {frozenset(one.driven): one.driven for one in aheads}.values():
        alike = [n for n, one in enumerate(aheads) if set(one.driven) == set(driven)]
        drivers = np.concatenate([np.repeat(aheads[n].drivers, len(own), axis=1) for n in alike], axis=1)
        many = len(alike)
        futures = play(
            run.game,
            np.tile(own, (many, 1)),
            np.tile(start, (1, many)),
            Outlook(drivers, driven, aheads[0].forced),
            np.tile(luck, (1, many, 1)),
        )
        whole = np.concatenate(futures.chances).reshape(-1, many, len(own), aheads[0].periods)
        low, high = np.quantile(whole, [0.05, 0.95], axis=2)
        summed = np.stack([whole.mean(axis=2), low, high], axis=3)
        found |= {n: summed[:, place] for place, n in enumerate(alike)}
    return [found[n] for n in sorted(found)]
