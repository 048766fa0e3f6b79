"""Agreement of coders by the library krippendorff, written to coders.json.

The library is under the GPL, so it is no dependency; its answers are kept. To renew them: `pip install
krippendorff` in an environment of its own, then `python -m tests.reference.coders`. Made with krippendorff 0.9.0.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

FILE = Path(__file__).with_suffix(".json")

#: Scales on which the library answers.
SCALES = ("interval", "ordinal", "nominal")

#: A value that a coder gave, or none.
Values = list[list[int | None]]


def worlds() -> list[Values]:
    """Coders by statements, the same every time: stances, some of them not given."""
    rng = random.Random(2024)
    made = []
    for _ in range(12):
        statements = [rng.randint(-2, 2) for _ in range(rng.randint(4, 30))]
        coders = [
            [max(-2, min(2, s + rng.choice((-1, 0, 0, 0, 1)))) for s in statements] for _ in range(rng.randint(2, 5))
        ]
        made.append([[v if rng.random() < 0.85 else None for v in row] for row in coders])
    return made


def answered(values: Values, scale: str) -> float:
    """Alpha on a scale, by the library."""
    import krippendorff
    import numpy as np

    data = np.array([[np.nan if v is None else v for v in row] for row in values], dtype=float)
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=scale))


if __name__ == "__main__":
    kept = [{"values": w, **{scale: answered(w, scale) for scale in SCALES}} for w in worlds()]
    FILE.write_text(json.dumps(kept) + "\n")
