"""Worlds of rival explanations: one of them is true, and what is observed comes about as often as it makes it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import numpy as np

from benchmarks.calibration.worlds import OWN, Rng, Scene, World
from tumen.explanations.declared import FILE, Evidence, Hypotheses, Hypothesis

NAMES = ("one", "two", "three")


def rivals(false: float, copies: int, narrow: float, grade: str, rng: Rng) -> World:
    """Whether the first of three explanations is true, rather than one of the two others.

    Each of eight observations could be made or not; whichever it is, the record holds it, with ranges for how probable
    that was under each explanation.

    Args:
        false: chance that a source reports the contrary of what was there.
        copies: how often each observation is reported, by sources that are not known to repeat one.
        narrow: how wide the ranges are, as a share of what they ought to be.
        grade: of all sources.
    """
    true = int(rng.integers(3))
    evidence = []
    for n in range(8):
        middle = rng.uniform(-2, 2, 3)
        reach = 0.6
        chance = 1 / (1 + np.exp(-rng.uniform(middle - reach / narrow, middle + reach / narrow)))
        seen = (rng.random() < chance[true]) != (rng.random() < false)
        ends = 1 / (1 + np.exp(-(middle[:, None] + np.array([-reach, reach]))))
        held = ends if seen else 1 - ends[:, ::-1]
        likelihood = {name: tuple(pair) for name, pair in zip(NAMES, held.tolist(), strict=True)}
        evidence += [_item(f"item-{n}-{copy}", likelihood, f"source {n}-{copy}") for copy in range(copies)]
    named = tuple(Hypothesis.model_validate({"id": name, "label": name, "text": name}) for name in NAMES)
    tables = {"sources": [_source(e.source, grade) for e in evidence]}
    arguments = {"favours": NAMES[:1], "against": NAMES[1:]}
    return World(float(true == 0), tables, arguments, parts={FILE: Hypotheses(None, named, tuple(evidence))})


def _item(name: str, likelihood: dict[str, Any], source: str) -> Evidence:
    told = {"id": name, "text": "it was seen", "date": dt.date(2024, 1, 1), "source": source}
    return Evidence.model_validate({**told, "likelihood": likelihood})


def _source(name: str, grade: str) -> dict[str, str]:
    usual = {"title": "a text", "published": "2024-01-01", "access": "public"}
    return {**usual, "id": name, "publisher": name, "reliability": grade[0], "credibility": grade[1]}


MEASURE = "hypotheses.posterior"

SCENES: tuple[Scene, ...] = (
    Scene(MEASURE, f"{OWN}, sources graded A1", partial(rivals, 0.0, 1, 1.0, "A1"), False, chance=True),
    Scene(MEASURE, "one report in ten false, sources graded A1", partial(rivals, 0.1, 1, 1.0, "A1"), chance=True),
    Scene(MEASURE, "one report in ten false, sources graded B2", partial(rivals, 0.1, 1, 1.0, "B2"), chance=True),
    Scene(
        MEASURE,
        "each observation reported three times, not known to be one",
        partial(rivals, 0.0, 3, 1.0, "A1"),
        chance=True,
    ),
    Scene(
        MEASURE, "likelihood ranges half as wide as they ought to be", partial(rivals, 0.0, 1, 0.5, "A1"), chance=True
    ),
)
