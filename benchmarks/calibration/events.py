"""Worlds of dated events: contacts that come singly or in bursts, and the series of coupled dyads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from benchmarks import coupling_calibration
from benchmarks.calibration.worlds import OWN, Rng, Row, Scene, World, day, numbered
from benchmarks.coupling_worlds import World as Coupled
from benchmarks.coupling_worlds import simulate

DAYS = 2000


def met(dyad: Sequence[str], when: int, sign: int = 1, kind: str = "visit") -> Row:
    """A row of the table events, between two actors."""
    return {
        "date": day(when),
        "date_precision": "day",
        "source_actor": dyad[0],
        "target_actor": dyad[1],
        "kind": kind,
        "description": "they met",
        "sign": sign,
        "certainty": "high",
        "source": "chronology",
    }


def contact(episode: int, seen: float, merge_days: int, rng: Rng) -> World:
    """How often one dyad meets for each time of another.

    Args:
        episode: most contacts that follow each other within days.
        seen: share of the second dyad's contacts that the record holds.
        merge_days: days within which the measure takes contacts for one.
    """
    truth = float(np.exp(rng.uniform(-1, 1)))
    rows: list[Row] = []
    for dyad, rate in (("AAA", "BBB"), 20 * truth**0.5), (("AAA", "CCC"), 20 / truth**0.5):
        held = rate * (seen if "CCC" in dyad else 1.0)
        for _ in range(rng.poisson(held / ((1 + episode) / 2))):
            first, count = rng.integers(0, DAYS), rng.integers(1, episode + 1)
            rows += [met(dyad, first + step) for step in rng.choice(10, count, replace=False)]
    arguments = {
        "dyad": ("AAA", "BBB"),
        "reference": ("AAA", "CCC"),
        "kinds": ("visit",),
        "period": (day(0), day(DAYS + 20)),
    }
    whole = ("events",) if seen == 1 else ()
    return World(truth, {"events": numbered("e", rows)}, arguments, {"merge_days": merge_days}, whole=whole)


def coupled(world: Coupled, rng: Rng) -> World:
    """Series of three dyads of which two bring about so much of the third; they are measured as they are.

    Rows of events would be a hundred thousand, so the draws come from the series: what the measure does with them,
    but for its test's power.
    """
    seed = int(rng.integers(2**31))
    return World(world.coupling, {}, {}, draws=coupling_calibration.drawn(simulate(world, seed), seed, 200).draws)


COUPLED: Mapping[str, Coupled] = {
    f"{OWN}: the adversary's pressure is seen as it is": Coupled(coupling=0.10),
    "the pressure is seen through a proxy": Coupled(coupling=0.10, reliability=0.6),
    "no coupling, a proxy, joint events written down three times": Coupled(reliability=0.6, joint=0.1),
}

SCENES: tuple[Scene, ...] = (
    Scene("contact.ratio", OWN, partial(contact, 1, 1.0, 0), False, logs=True),
    Scene("contact.ratio", "bursts of up to five contacts in ten days", partial(contact, 5, 1.0, 0), logs=True),
    Scene(
        "contact.ratio",
        "bursts of up to five contacts, those within ten days merged",
        partial(contact, 5, 1.0, 10),
        logs=True,
    ),
    Scene("contact.ratio", "half of one dyad unseen", partial(contact, 1, 0.5, 0), logs=True),
    *(
        Scene("coupling.share", name, partial(coupled, world), not name.startswith(OWN))
        for name, world in COUPLED.items()
    ),
)
