"""Whether forecasts of a change of configuration come true as often as they say: `python -m benchmarks.forecasts`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tumen.triangle.change_forecast import change_by_step
from tumen.triangle.dyads import shape_of
from tumen.triangle.local_level import STEP_SDS, filtered

WORLDS, YEARS, AHEAD, VOTES = 3000, 13, 2, 80

Values = NDArray[np.float64]


def world(rng: np.random.Generator) -> tuple[Values, Values, Values]:
    """Levels, what was seen of them, and its variance, as log odds, shape (years, 3), with steps of one size."""
    step = rng.choice(STEP_SDS)
    steps = rng.normal(0, step, (YEARS + AHEAD - 1, 3))
    level = np.cumsum(np.concatenate([rng.normal(0.8, 0.7, (1, 3)), steps]), axis=0)
    alike = rng.binomial(VOTES, 1 / (1 + np.exp(-level))) + 0.5
    other = VOTES + 1 - alike
    return level, np.log(alike / other), 1 / alike + 1 / other


def forecasts(rng: np.random.Generator) -> tuple[Values, Values]:
    """For each world, the forecast of a true change and of one as seen, and whether they came; shape (worlds, 2)."""
    said, came = np.empty((WORLDS, 2)), np.empty((WORLDS, 2))
    last = YEARS - 1
    for n in range(WORLDS):
        level, seen, variance = world(rng)
        model = filtered(seen[:YEARS], variance[:YEARS])
        normals = rng.standard_normal((2, 400, 3))
        by_step = (
            change_by_step(model, last, AHEAD, 0.0, normals),
            change_by_step(model, last, AHEAD, 0.0, normals, seen[last], variance[last]),
        )
        said[n] = [model.posterior(last) @ chances for chances in by_step]
        came[n] = [bool((shape_of(x[last], 0.0) != shape_of(x[-1], 0.0)).any()) for x in (level, seen)]
    return said, came


def main() -> None:
    """Print the table: forecasts in fifths, how many there were, their mean, and how often a change came."""
    said, came = forecasts(np.random.default_rng(1))
    print("| forecast | true change: worlds | said | came | as seen: worlds | said | came |")
    print("| --- " * 7 + "|")
    for low in range(0, 100, 20):
        inside = (said >= low / 100) & (said < (low + 20) / 100 + (low == 80))
        cells = [
            f"{inside[:, n].sum()} | {said[inside[:, n], n].mean():.2f} | {came[inside[:, n], n].mean():.2f}"
            for n in (0, 1)
        ]
        print(f"| {low} to {low + 20} per cent | {' | '.join(cells)} |")
    scores = ((said - came) ** 2).mean(axis=0)
    rates = came.mean(axis=0)
    print(
        f"\nBrier {scores[0]:.3f} and {scores[1]:.3f}; of the base rate {(rates * (1 - rates))[0]:.3f} and "
        f"{(rates * (1 - rates))[1]:.3f}; "
        f"of no change {rates[0]:.3f} and {rates[1]:.3f}"
    )


if __name__ == "__main__":
    main()
