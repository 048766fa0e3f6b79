"""Posteriors of small Bayesian networks by pgmpy, written to exact_network.json.

pgmpy is too large to install for every run of the tests (35 packages), so its answers are kept.
To renew them: `pip install pgmpy` in an environment of its own, then
`python -m tests.reference.exact_network`. Made with pgmpy 1.1.2, by variable elimination.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".json")


def worlds() -> list[dict[str, Any]]:
    """Priors and likelihoods of some networks, the same every time."""
    rng = random.Random(2024)
    made = []
    for _ in range(10):
        names = [f"h{n}" for n in range(rng.randint(2, 6))]
        made.append(
            {
                "priors": {n: rng.randint(1, 9) for n in names},
                "items": {f"e{k}": {n: rng.randint(1, 99) / 100 for n in names} for k in range(rng.randint(1, 12))},
            }
        )
    return made


def answered(world: dict[str, Any]) -> dict[str, float]:
    """The posterior of each hypothesis where every item was seen, by pgmpy."""
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    names, items = list(world["priors"]), world["items"]
    whole = sum(world["priors"].values())
    network = DiscreteBayesianNetwork([("hypothesis", item) for item in items])
    network.add_cpds(TabularCPD("hypothesis", len(names), [[world["priors"][n] / whole] for n in names]))
    for item, seen in items.items():
        table = [[seen[n] for n in names], [1 - seen[n] for n in names]]
        network.add_cpds(TabularCPD(item, 2, table, ["hypothesis"], [len(names)]))
    found = VariableElimination(network).query(["hypothesis"], dict.fromkeys(items, 0), show_progress=False)
    return dict(zip(names, (float(v) for v in found.values), strict=True))


if __name__ == "__main__":
    FILE.write_text(json.dumps([{**w, "posterior": answered(w)} for w in worlds()], indent=1) + "\n")
