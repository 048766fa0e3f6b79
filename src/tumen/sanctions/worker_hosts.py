"""Workers in one host, by what publishers say of it together: figures, and bounds beside or without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

import numpy as np

from tumen.measure.draws import range_draws, standard_uniforms, stream
from tumen.measure.estimate import Bound, Draws
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.sanctions.worker_figures import WorkersFigure, row_draws, row_error, shown_id


@dataclass(frozen=True)
class Host:
    """Workers in one host.

    Args:
        bounds: the sides from which the draws pin the number.
        rows: behind the draws and the bounds.
        against: what contradicts what, in words.
        notes: what else was printed, and where a figure is lacking.
    """

    name: str
    draws: Draws
    bounds: frozenset[Bound]
    rows: tuple[WorkersFigure, ...]
    against: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def host_of(name: str, rows: Sequence[WorkersFigure], record: Record, setting: Setting) -> Host | None:
    """Workers in one host, by what publishers say of it.

    Figures come before bounds: where there are some, the number lies in the range from the lowest to the highest of
    them, whoever prints them, and no bound is drawn. Nothing is averaged over publishers. A bound then opens its side
    only where it denies every figure. Without a figure the number is drawn evenly from the highest "at least" to the
    lowest "at most", whoever prints them; where only one of the two is printed, the number is known from that side
    alone, and where they leave no room, from none. A looser bound changes nothing. Whatever goes against a bound of its
    own time or a later one is told.

    Args:
        rows: what publishers still say of the host; see `speaking`.

    Returns: None where there is no row.
    """
    figures = [r for r in rows if r.bound is None]
    bounds = [r for r in rows if r.bound]
    if figures:
        denying = [b for b in bounds if all(b.denies(f) and b.apart(f) for f in figures)]
        opened = _tightest(denying)
        behind, draws = [*figures, *chain(*opened)], _spanning(name, figures, record, setting)
    elif bounds:
        sides = _tightest(bounds)
        opened = sides if len(sides) == 1 or sides[0][0].apart(sides[1][0]) else []
        behind, draws = [*chain(*sides)], _spread(name, sides, record, setting)
    else:
        return None
    open_sides = frozenset(r.bound for r in chain(*opened) if r.bound)
    against, notes = _against(name, figures, bounds, record), _beside(name, rows, behind, record)
    return Host(name, draws, open_sides, tuple(behind), tuple(against), tuple(notes))


def _tightest(bounds: Sequence[WorkersFigure]) -> list[list[WorkersFigure]]:
    """The highest "at least" and the lowest "at most", each from every publisher that prints it; a side that nobody
    bounds is left out.
    """
    least = [r for r in bounds if r.bound == "lower"]
    most = [r for r in bounds if r.bound == "upper"]
    sides = (
        [r for r in least if r.ends[0] == max(b.ends[0] for b in least)],
        [r for r in most if r.ends[1] == min(b.ends[1] for b in most)],
    )
    return [side for side in sides if side]


def _spanning(name: str, figures: Sequence[WorkersFigure], record: Record, setting: Setting) -> Draws:
    """The range that holds every figure, each end with the error of its own source's grade."""
    lowest, highest = min(figures, key=lambda r: r.ends[0]), max(figures, key=lambda r: r.ends[1])
    if lowest.ends == highest.ends:
        return row_draws(lowest, record, setting)
    low = lowest.ends[0] * row_error(lowest, record, setting)
    high = highest.ends[1] * row_error(highest, record, setting)
    return range_draws(low, high, setting, "workers-span", name)


def _same_number(name: str, rows: Sequence[WorkersFigure], record: Record, setting: Setting) -> Draws:
    """What several rows print alike, each draw with the error of one of them."""
    each = np.array([row_draws(row, record, setting) for row in rows])
    turn = stream(setting, "workers-publisher", name).integers(len(rows), size=setting.draws)
    drawn: Draws = each[turn, np.arange(setting.draws)]
    return drawn


def _spread(name: str, sides: Sequence[Sequence[WorkersFigure]], record: Record, setting: Setting) -> Draws:
    """Evenly from the first side to the last."""
    ends = [_same_number(name, side, record, setting) for side in sides]
    evenly = standard_uniforms(setting, "workers-between", name)
    drawn: Draws = ends[0] + evenly * (ends[-1] - ends[0])
    return drawn


def _against(
    name: str, figures: Sequence[WorkersFigure], bounds: Sequence[WorkersFigure], record: Record
) -> Iterator[str]:
    """What goes against a bound, wholly or in part."""
    sides = _tightest(bounds)
    if len(sides) == 2 and sides[0][0].apart(sides[1][0]):
        yield f"{name}: {_told(sides[0], record)} against {_told(sides[1], record)}"
    for bound, figure in product(bounds, figures):
        if bound.denies(figure):
            how = "against" if bound.apart(figure) else "in part against"
            yield f"{name}: {_told([figure], record)} {how} {_told([bound], record)}"


def _beside(name: str, rows: Sequence[WorkersFigure], behind: Sequence[WorkersFigure], record: Record) -> Iterator[str]:
    """That there are bounds alone, and what was printed and is not drawn."""
    if all(r.bound for r in behind):
        yield f"{name}: no figure is printed, only {' and '.join(_told(side, record) for side in _tightest(behind))}"
    yield from (f"{name}: also printed, and not drawn: {_told([r], record)}" for r in rows if r not in behind)


def _told(rows: Sequence[WorkersFigure], record: Record) -> str:
    """What rows that print the same say, with their ids."""
    return f"{rows[0].amount.said} ({', '.join(shown_id(r, record) for r in rows)})"
