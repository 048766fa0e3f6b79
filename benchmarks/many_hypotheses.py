"""Rival explanations on more evidence than an analyst collects: invented scores, for timing only."""

from __future__ import annotations

import datetime as dt
import random

from tumen.explanations.declared import Evidence, Hypotheses, Hypothesis
from tumen.explanations.weighing import weigh_hypotheses
from tumen.measure.setting import Setting
from tumen.record.sources import Source

ITEMS, HYPOTHESES, DRAWS = 1_000, 10, 4_000


def invented() -> Hypotheses:
    """Items of random scores, some of them in groups, some with a chance of deception."""
    rng = random.Random(1)
    names = [f"h{n}" for n in range(HYPOTHESES)]
    first = dt.date(2020, 1, 1)
    evidence = tuple(
        Evidence(
            id=f"e{n}",
            text="invented",
            date=first + dt.timedelta(days=n),
            source=f"s{n % 50}",
            group=f"g{n % 300}",
            deception=0.2 if n % 4 == 0 else 0.0,
            scores={name: rng.randint(-2, 2) for name in names},
        )
        for n in range(ITEMS)
    )
    return Hypotheses(None, tuple(Hypothesis(id=n, label=n, text=n, prior=(0.5, 1.0)) for n in names), evidence)


def main() -> None:
    """Weigh them once, with everything that a report shows."""
    sources = {f"s{n}": Source(f"s{n}", "nobody", "simulated", "", "", "C", "3", "public", "") for n in range(50)}
    weigh_hypotheses(invented(), sources, {}, Setting(DRAWS, 1))


if __name__ == "__main__":
    main()
