"""How often the test of coupling.share errs in simulated worlds: the calibration table of the documentation.

    python -m benchmarks.coupling_calibration 500 /path/to/results.jsonl

simulates 500 worlds a row, adds a line for each to the file (worlds that are there are not simulated again), and
prints the table. Names of rows may follow. Everything in it is invented.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from benchmarks.coupling_worlds import World, simulate
from tumen.events.coupling_comparison import Comparison, ranked
from tumen.events.coupling_draws import ShareDraws, block_weights, shares
from tumen.events.coupling_series import Panel, Triads, triads_of
from tumen.events.negative_binomial import fitted, log_likelihood
from tumen.measure.arrays import Floats

DRAWS = 400

#: The bound of the bundled claim, and the probability from which a verdict about it is nearly certain.
BOUND, SURE = 0.05, 0.95

#: Half-life of the analysis, in months: a week.
HALF_LIFE = 7 / 30.44

ROWS: Mapping[str, World] = {
    "no coupling, true pressure": World(),
    "no coupling, proxy": World(reliability=0.6),
    "no coupling, proxy, the trio 1.5 times as exposed": World(reliability=0.6, trio=1.5),
    "no coupling, proxy, joint events split": World(reliability=0.6, joint=0.1),
    **{f"coupling {c:.2f}, true pressure": World(coupling=c) for c in (0.05, 0.10, 0.15)},
    **{f"coupling {c:.2f}, proxy": World(reliability=0.6, coupling=c) for c in (0.05, 0.10, 0.15)},
    "no coupling, memory of 0.6": World(wander=(0.6, 0.4)),
    "no coupling, memory of 0.6, 96 months": World(months=96, wander=(0.6, 0.4)),
    "no coupling, memory of 0.6, states twice as restless, 96 months": World(months=96, wander=(0.6, 0.8)),
    "no coupling, memory of 0.9": World(wander=(0.9, 0.4)),
    "coupling 0.10, memory of 0.6, 96 months": World(months=96, wander=(0.6, 0.4), coupling=0.10),
}


@dataclass(frozen=True)
class Drawn:
    """Draws of the coupling of a panel, and what they rest on."""

    draws: Floats
    test: Comparison
    found: ShareDraws
    focal: Triads


def drawn(panel: Panel, seed: int, draws: int = DRAWS) -> Drawn:
    """Draws of the coupling of the three dyads of a panel, as the measure draws them."""
    test = ranked(panel, HALF_LIFE)
    focal = triads_of(panel, np.array([[0, 1, 2]]), HALF_LIFE)
    weights = block_weights(len(panel.counts), draws, np.random.default_rng(seed))
    found = shares(focal, weights)
    return Drawn(found.basic(test.shift, test.shift + (weights - 1) @ test.influence), test, found, focal)


def outcome(world: World, seed: int) -> dict[str, Any]:
    """What the test, the interval and the naive tests say of one world."""
    panel = simulate(world, seed)
    here = drawn(panel, seed)
    test, found = here.test, here.found
    low, high = np.quantile(here.draws, [0.05, 0.95])
    below = float(np.mean(here.draws < BOUND))
    return {
        "p": test.p_value,
        "statistic": test.statistic,
        "critical": test.critical,
        "vanishes": test.vanishes,
        "share": found.share,
        "shift": test.shift,
        "median": float(np.median(here.draws)),
        "low": float(low),
        "high": float(high),
        "wrong": max(below, 1 - below) > SURE and (below > 0.5) != (world.coupling < BOUND),
        "converged": bool(found.fit.converged.all()),
        "correlation": _correlated(panel),
        "granger": _granger(panel),
        "ratio": _plain_ratio(here.focal),
    }


def _correlated(panel: Panel) -> bool:
    """Residuals of autoregressions of the three dyads' logarithms correlate, by Bonferroni over the three pairs."""
    logs = np.log1p(panel.totals[:, :3])
    rest = np.stack([_least_squares(logs[1:, d], [logs[:-1, d]]) for d in range(3)])
    r = np.array([np.corrcoef(rest[one], rest[other])[0, 1] for one, other in ((0, 1), (0, 2), (1, 2))])
    t = np.abs(r) * np.sqrt((rest.shape[1] - 2) / (1 - r**2))
    return bool((2 * stats.t.sf(t, rest.shape[1] - 2)).min() < 0.05 / 3)


def _granger(panel: Panel) -> bool:
    """The other two dyads' last month improves an autoregression of a dyad's logarithm, by Bonferroni over the
    three.
    """
    logs = np.log1p(panel.totals[:, :3])
    values = []
    for d in range(3):
        own, others = logs[:-1, d], [logs[:-1, o] for o in range(3) if o != d]
        less, more = (float((_least_squares(logs[1:, d], c) ** 2).sum()) for c in ([own], [own, *others]))
        free = len(own) - 4
        values.append(float(stats.f.sf((less - more) / 2 / (more / free), 2, free)))
    return min(values) < 0.05 / 3


def _least_squares(values: Floats, columns: Sequence[Floats]) -> Floats:
    rows = np.column_stack([np.ones(len(values)), *columns])
    return np.asarray(values - rows @ np.linalg.lstsq(rows, values, rcond=None)[0])


def _plain_ratio(focal: Triads) -> bool:
    """Likelihood ratio of M1 against M0, neither with the placebos' common factor, by the chi-square table with 6
    degrees.
    """
    rows = focal.rows[:, :, :-2]
    fits = [fitted(focal.counts, r) for r in (rows, np.concatenate([rows, focal.others], axis=2))]
    less, more = (float(log_likelihood(focal.counts, f.means, f.dispersion).sum()) for f in fits)
    return bool(stats.chi2.sf(2 * (more - less), 6) < 0.05)


def main(worlds: int, path: Path, rows: Sequence[str]) -> None:
    """Simulate what is missing, then print the table."""
    done = _read(path)
    with path.open("a", encoding="utf-8") as file:
        for seed in range(worlds):
            for row in rows or ROWS:
                if (row, seed) not in done:
                    done[row, seed] = outcome(ROWS[row], seed)
                    file.write(json.dumps({"row": row, "seed": seed, **done[row, seed]}) + "\n")
                    file.flush()
    print(table(done, worlds))


def _read(path: Path) -> dict[tuple[str, int], dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {(found["row"], found["seed"]): found for found in map(json.loads, lines)}


def table(done: Mapping[tuple[str, int], Mapping[str, Any]], worlds: int) -> str:
    """The table, in Markdown; shares of worlds in per cent, those undone of the worlds in which the test rejects."""
    lines = [
        "| world | the test rejects | undone below 1.5 | residual correlation | Granger | plain ratio | covers | "
        "median share |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row, world in ROWS.items():
        found = [o for (name, seed), o in done.items() if name == row and seed < worlds]
        if found:
            lines.append(_line(row, world, found))
    return "\n".join(lines)


def _line(row: str, world: World, found: Sequence[Mapping[str, Any]]) -> str:
    rejected = [o for o in found if o["p"] <= 0.05]
    weak = f"{100 * np.mean([o['vanishes'] < 1.5 for o in rejected]):.0f}" if rejected else "–"
    naive = [f"{100 * np.mean([o[k] for o in found]):.1f}" for k in ("correlation", "granger", "ratio")]
    covers = 100 * np.mean([o["low"] <= world.coupling <= o["high"] for o in found])
    cells = [
        row,
        f"**{100 * len(rejected) / len(found):.1f}**",
        weak,
        *naive,
        f"{covers:.1f}",
        f"{np.median([o['median'] for o in found]):+.3f}",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
