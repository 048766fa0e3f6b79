"""Worlds of acts: weapons that are tested, decisions that are blocked, and declared acts between three states."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import combinations

import numpy as np

from benchmarks.calibration.events import met
from benchmarks.calibration.trade import years
from benchmarks.calibration.worlds import OWN, Rng, Row, Scene, World, day, numbered

THREE = ("AAA", "BBB", "CCC")

BURSTS = "bursts of up to five"


def testing(burst: int, seen: float, rng: Rng) -> World:
    """How many times as many weapons are tested in three years as in five years before.

    Args:
        burst: most tests that follow each other.
        seen: share of the earlier tests that the publisher counts.
    """
    truth, rate = float(np.exp(rng.uniform(-1, 1))), rng.uniform(5, 20)
    rows = []
    for year in range(2016, 2024):
        held = rate * (truth if year > 2020 else seen)
        tests = sum(int(n) for n in rng.integers(1, burst + 1, rng.poisson(held / ((1 + burst) / 2))))
        span = {"start": dt.date(year, 1, 1), "end": dt.date(year + 1, 1, 1)}
        made = {"actor": "AAA", "kind": "missile", "tests": tests, "publisher": "institute", "quality": "exact"}
        rows.append({**span, **made, "source": "institute"})
    arguments = {"actor": "AAA", "before": years(2016, 2020), "after": years(2021, 2023)}
    options = {"publisher": "institute", "kind": "missile"}
    return World(truth, {"weapon_tests": numbered("w", rows)}, arguments, options)


def blocking(burst: int, rng: Rng) -> World:
    """How much larger a share of the blocked acts one state blocks alone since a day than before.

    Args:
        burst: most acts in a row that are decided alike.
    """
    shares = rng.uniform(0.1, 0.9, 2)
    rows: list[Row] = []
    for later, share in enumerate(shares):
        while len(rows) < 20 * (later + 1):
            alone = rng.random() < share
            for _ in range(rng.integers(1, burst + 1)):
                when = day(10 * len(rows) + (0 if not later else 1000))
                by = "AAA" if alone else "AAA+BBB"
                rows.append({"date": when, "target": "CCC", "act": f"act {len(rows)}", "description": "an act"})
                rows[-1] = {**rows[-1], "fate": "vetoed", "blocked_by": by, "quality": "exact", "source": "council"}
    arguments = {"blocker": "AAA", "target": "CCC", "period": (day(0), day(2000)), "since": day(1000)}
    return World(float(shares[1] - shares[0]), {"council_acts": numbered("a", rows)}, arguments)


def by_acts(wander: float, rng: Rng) -> World:
    """Whether three dyads stand otherwise in 2026 than in 2024 by their declared acts of three years.

    Args:
        wander: how far the logarithm of a dyad's rate of acts moves in a year, as a standard deviation.
    """
    rates = np.exp(rng.uniform(0, 1.5, 3) + np.cumsum(wander * rng.standard_normal((15, 3)), axis=0))
    counts = np.stack([np.minimum(rng.poisson(rates), 36), rng.poisson(rng.uniform(0, 0.5), (15, 3))])
    rows = [
        {**met(dyad, 0, sign, "treaty"), "date": dt.date(2012 + year, 1, 1) + dt.timedelta(10 * n)}
        for side, sign in ((0, 1), (1, -1))
        for which, dyad in enumerate(combinations(THREE, 2))
        for year in range(13)
        for n in range(int(counts[side, year, which]))
    ]
    apart = counts[0] - counts[1]
    then, now = (apart[last - 2 : last + 1].sum(axis=0) for last in (14, 12))
    orders = [
        (*(standing > 0), *(standing[a] > standing[b] for a, b in combinations(range(3), 2)))
        for standing in (then, now)
    ]
    arguments = {
        "of": THREE,
        "kinds": ("treaty",),
        "period": years(2012, 2024),
        "until": dt.date(2026, 12, 31),
        "compared_with": 2024,
    }
    tables = {"events": numbered("e", rows)}
    return World(float(orders[0] != orders[1]), tables, arguments, {"merge_days": 0}, whole=("events",))


_CHANGE = "configuration.change_by_acts"

SCENES: tuple[Scene, ...] = (
    Scene("testing.ratio", OWN, partial(testing, 1, 1.0), False, logs=True),
    Scene("testing.ratio", f"{BURSTS} tests", partial(testing, 5, 1.0), logs=True),
    Scene("testing.ratio", "half of the earlier tests unseen", partial(testing, 1, 0.5), logs=True),
    Scene("blocking.change", OWN, partial(blocking, 1), False),
    Scene("blocking.change", f"{BURSTS} acts that are decided alike", partial(blocking, 5)),
    Scene(_CHANGE, OWN, partial(by_acts, 0.0), False, chance=True),
    Scene(_CHANGE, "the rates of acts wander from year to year", partial(by_acts, 0.5), chance=True),
)
