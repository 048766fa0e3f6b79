"""How often the monitor of a triangle raises an alarm, in simulated worlds: `python -m benchmarks.false_alarms`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumen.triangle.change_points import most_scatter, scan, simulated_counts, threshold_of
from tumen.triangle.monitor import FALSE_ALARMS

WORLDS = 600

Values = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """Three dyads of one closeness; one of them moves halfway, to another level, or does not.

    Args:
        scatter: variance over that of fair draws.
        to: the level after the move; None: nothing changes.
    """

    says: str
    count: Values
    share: float
    scatter: float
    to: float | None = None


_VOTES = np.full(13, 80.0)
_EVENTS = np.array([5, 6, 5, 2, 2, 6, 5, 8.0])

ROWS = (
    World("13 years of 80 votes", _VOTES, 0.8, 1.0),
    World("13 years of 80 votes, scatter 2", _VOTES, 0.8, 2.0),
    World("13 years of 80 votes, scatter 4", _VOTES, 0.6, 4.0),
    World("30 years of 80 votes, scatter 2", np.full(30, 80.0), 0.7, 2.0),
    World("8 years of 2 to 8 events", _EVENTS, 0.8, 1.0),
    World("8 years of 2 to 8 events, scatter 2", _EVENTS, 0.8, 2.0),
    World("13 years of 80 votes, one dyad falls", _VOTES, 0.8, 1.0, 0.7),
    World("13 years of 80 votes, one dyad falls", _VOTES, 0.8, 1.0, 0.65),
    World("13 years of 80 votes, one dyad falls", _VOTES, 0.8, 1.0, 0.6),
    World("8 years of 2 to 8 events, one dyad falls", _EVENTS, 0.9, 1.0, 0.1),
)


def signalled(close: Values, count: Values, rng: np.random.Generator) -> bool:
    """Whether anything is signalled in one dyad of three."""
    share = float((close.sum() + 0.5) / (count.sum() + 1))
    threshold = threshold_of(share, most_scatter(close, count), count, FALSE_ALARMS / 3, rng)
    return bool((scan(close[None], count)[0] > threshold).any())


def alarms(world: World, rng: np.random.Generator) -> float:
    """Share of worlds with an alarm: in any dyad where nothing changes, else in the dyad that moves."""
    half = np.arange(len(world.count)) >= len(world.count) // 2
    share = np.where(half & (world.to is not None), world.to or 0.0, world.share)
    found = 0
    for _ in range(WORLDS):
        dyads = simulated_counts(share, world.scatter, world.count, 1 if world.to is not None else 3, rng)
        found += any(signalled(close, world.count, rng) for close in dyads)
    return found / WORLDS


def main() -> None:
    """Print the table."""
    print("| world | closeness | an alarm in |\n| --- | --- | --- |")
    for n, world in enumerate(ROWS):
        rate = alarms(world, np.random.default_rng(n))
        moved = "" if world.to is None else f", then {world.to:g}"
        print(f"| {world.says} | {world.share:g}{moved} | {100 * rate:.1f} per cent |", flush=True)


if __name__ == "__main__":
    main()
