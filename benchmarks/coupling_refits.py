"""A thousand refits of M0 and of M1 to simulated series of a dyad, 120 months each: invented, for timing only."""

from __future__ import annotations

import numpy as np

from benchmarks.coupling_worlds import World, simulate
from tumen.events.coupling_series import triads_of
from tumen.events.negative_binomial import fitted

REFITS = 1_000


def main() -> None:
    """Fit both models to as many series as REFITS, each with a matrix of its own, as series with their own histories
    have.
    """
    focal = triads_of(simulate(World(months=120, placebos=0), 1), np.array([[0, 1, 2]]), 7 / 30.44)
    rng = np.random.default_rng(1)
    for rows in (focal.rows[0], focal.full[0]):
        fit = fitted(focal.counts[:1], rows)
        size = 1 / fit.dispersion[0]
        counts = rng.negative_binomial(size, size / (size + fit.means), (REFITS, rows.shape[0])).astype(float)
        found = fitted(counts, np.repeat(rows[None], REFITS, axis=0))
        if not found.converged.all():
            raise RuntimeError(f"{int((~found.converged).sum())} fits did not converge")


if __name__ == "__main__":
    main()
