"""Worlds of three relations: how close each is from year to year, and the votes and events that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.calibration.events import met
from benchmarks.calibration.votes import ANSWERS, clusters
from benchmarks.calibration.worlds import OWN, Rng, Row, Scene, World, numbered
from tumen.triangle.local_level import STEP_SDS

THREE = ("AAA", "BBB", "CCC")

#: Types by how many dyads are friendly.
TYPES = ("unit veto", "stable marriage", "romantic triangle", "ménage à trois")

Floats = NDArray[np.float64]


def _world(closeness: Sequence[float], evidence: str, tables: dict[str, list[Row]], first: int, rng: Rng) -> World:
    """Whether three dyads make a type that is drawn without a look at them: who asks does not know the answer."""
    friendly = sum(c > 0.5 for c in closeness)
    asked = int(rng.integers(len(TYPES)))
    period = (dt.date(first, 1, 1), dt.date(2025, 1, 1))
    arguments = {"of": THREE, "period": period, "type": TYPES[asked]}
    return World(float(asked == friendly), tables, arguments, {"evidence": evidence})


def by_votes(paragraphs: int, kept: float, rng: Rng) -> World:
    """The type of three members, from five years of roll calls.

    Args:
        paragraphs, kept: as in `votes.alike`.
    """
    chances = rng.dirichlet([3, 1.5, 1.5, 1.5, 1])  # all alike, one of the pairs alone, all different
    closeness = [chances[0] + one for one in chances[1:4]]
    rows: list[Row] = []
    for year in range(2020, 2025):
        on = clusters(30 if paragraphs == 1 else 9, paragraphs, rng)
        whole = rng.choice(5, max(on) + 1, p=chances)
        for n, of in enumerate(on):
            kind = int(whole[of] if rng.random() < kept else rng.choice(5, p=chances))
            symbol = f"A/{year}/{of}" + ("" if paragraphs == 1 else f"#{n}")
            when = dt.date(year, 12, 1 + of % 28)
            cast = zip(THREE, _cast(kind, rng), strict=True)
            rows += [{"date": when, "resolution": symbol, "actor": a, "vote": v, "source": "votes"} for a, v in cast]
    return _world(closeness, "votes", {"votes": rows}, 2020, rng)


def _cast(kind: int, rng: Rng) -> list[str]:
    """Three votes of which all, one pair (of AAA–BBB, AAA–CCC, BBB–CCC) or none are alike."""
    one, two, three = (str(v) for v in rng.permutation(list(ANSWERS)))
    return {0: [one] * 3, 1: [one, one, two], 2: [one, two, one], 3: [two, one, one], 4: [one, two, three]}[kind]


def by_events(bursts: int, unseen: float, rng: Rng) -> World:
    """The type of three states, from five years of events.

    Args:
        bursts: most events that follow each other with one sign.
        unseen: share of the first dyad's cooperative events that the record does not hold.
    """
    closeness = rng.uniform(0.2, 0.8, 3)
    rows = []
    for n, dyad in enumerate(combinations(THREE, 2)):
        for year in range(2020, 2025):
            rows += _happened(dyad, year, 8, float(closeness[n]), bursts, unseen if n == 0 else 0.0, rng)
    return _world(closeness.tolist(), "events", {"events": numbered("e", rows)}, 2020, rng)


def _happened(
    dyad: Sequence[str], year: int, count: int, close: float, bursts: int, unseen: float, rng: Rng
) -> list[Row]:
    """A year's events of one dyad."""
    found: list[Row] = []
    made = 0
    while made < count:
        sign = 1 if rng.random() < close else -1
        for _ in range(rng.integers(1, bursts + 1)):
            made += 1
            if sign < 0 or rng.random() >= unseen:
                found.append({**met(dyad, 0, sign), "date": dt.date(year, 1 + made % 12, 1 + int(rng.integers(28)))})
    return found


def changing(back: float, bursts: int, rng: Rng) -> World:
    """Whether the type or the order of three dyads, as a year's events show them, is another after two years.

    Args:
        back: part of a level's distance from its mean that is left after a year; 1: it goes wherever steps take it.
        bursts: as in `by_events`.
    """
    step = rng.choice(STEP_SDS)
    home = rng.normal(0.4, 0.7, 3)
    level = [home]
    for _ in range(14):
        level.append(home + back * (level[-1] - home) + rng.normal(0, step, 3))
    happened = {
        (year, n): _happened(dyad, year, 40, float(1 / (1 + np.exp(-level[year - 2012][n]))), bursts, 0.0, rng)
        for year in range(2012, 2027)
        for n, dyad in enumerate(combinations(THREE, 2))
    }
    arguments: dict[str, Any] = {
        "of": THREE,
        "period": (dt.date(2012, 1, 1), dt.date(2025, 1, 1)),
        "until": dt.date(2026, 12, 31),
    }
    before, after = (_shape([happened[year, n] for n in range(3)]) for year in (2024, 2026))
    rows = [row for (year, _), events in happened.items() if year < 2025 for row in events]
    return World(float(before != after), {"events": numbered("e", rows)}, arguments, {"evidence": "events"})


def _shape(events: Sequence[Sequence[Row]]) -> tuple[bool, ...]:
    """Which dyads are friendly by a year's events, half a one added on either side, and which of each two is closer."""
    seen = [(sum(row["sign"] > 0 for row in mine) + 0.5) / (len(mine) + 1) for mine in events]
    return (*(c > 0.5 for c in seen), *(seen[a] > seen[b] for a, b in combinations(range(3), 2)))


SCENES: tuple[Scene, ...] = (
    Scene("configuration.type", f"{OWN}, votes", partial(by_votes, 1, 1.0), False, chance=True),
    Scene(
        "configuration.type",
        "up to six paragraph votes a resolution, all as the first",
        partial(by_votes, 6, 1.0),
        chance=True,
    ),
    Scene("configuration.type", f"{OWN}, events", partial(by_events, 1, 0.0), False, chance=True),
    Scene("configuration.type", "bursts of up to five events of one sign", partial(by_events, 5, 0.0), chance=True),
    Scene("configuration.type", "half of one dyad's cooperation unseen", partial(by_events, 1, 0.5), chance=True),
    Scene("configuration.change_probability", OWN, partial(changing, 1.0, 1), False, chance=True),
    Scene(
        "configuration.change_probability",
        "relations come back: memory of 0.6 from year to year",
        partial(changing, 0.6, 1),
        chance=True,
    ),
    Scene(
        "configuration.change_probability",
        "bursts of up to five events of one sign",
        partial(changing, 1.0, 5),
        chance=True,
    ),
)
