"""On fixed likelihoods the posterior is that of exact arithmetic, by a way that shares no code with Tumen.

A Bayesian network over one hypothesis node and its observations is enumerated in fractions: every
combination of hypothesis and observations has its probability, and those that agree with what was
seen are added up. Weights stay whole numbers here (sources graded A1, no groups), because an
exponent of three quarters has no fraction.
"""

import itertools
import json
import random
from fractions import Fraction
from typing import Any

import pytest

from tests.explanations.rivals import SETTING, SOURCES, item, rivals
from tests.reference.exact_network import FILE, worlds
from tumen.explanations.weighing import weigh_hypotheses


def rests_on(key: str, soft: dict[str, Fraction]) -> dict[str, Any]:
    """The claim behind an item that is not certain."""
    return {} if soft[key] == 1 else {"claim": f"c-{key}"}


def enumerated(
    priors: dict[str, Fraction], tables: dict[str, dict[str, Fraction]], soft: dict[str, Fraction]
) -> dict[str, Fraction]:
    """P(hypothesis | observations) over every world.

    tables: by item, P(seen | hypothesis). soft: by item, P that it was seen; 1 where it was.
    A soft item is a node with a witness whose reports are as much likelier under seen than under
    unseen as moves P(seen) from what the priors make it to what was judged.
    """
    whole = sum(priors.values())
    weight = dict.fromkeys(priors, Fraction(0))
    for name, prior in priors.items():
        for world in itertools.product((True, False), repeat=len(tables)):
            p = prior / whole
            for (key, table), seen in zip(tables.items(), world, strict=True):
                p *= table[name] if seen else 1 - table[name]
                expected = sum(priors[h] / whole * table[h] for h in priors)
                p *= soft[key] / expected if seen else (1 - soft[key]) / (1 - expected)
            weight[name] += p
    total = sum(weight.values())
    return {name: value / total for name, value in weight.items()}


@pytest.mark.parametrize("seed", range(12))
def test_posterior_equals_an_exact_network_to_a_billionth(seed):
    rng = random.Random(seed)
    names = [f"h{n}" for n in range(rng.randint(2, 5))]
    priors = {n: Fraction(rng.randint(1, 9)) for n in names}
    tables = {f"e{k}": {n: Fraction(rng.randint(1, 99), 100) for n in names} for k in range(rng.randint(1, 8))}
    soft = {k: Fraction(rng.randint(0, 20), 20) if n % 3 == 2 else Fraction(1) for n, k in enumerate(tables)}
    evidence = [
        item(k, {n: float(p) for n, p in table.items()}, day=0, **rests_on(k, soft)) for k, table in tables.items()
    ]
    found = weigh_hypotheses(
        rivals(*evidence, priors={n: float(p) for n, p in priors.items()}),
        SOURCES,
        {f"c-{k}": (float(p), float(p)) for k, p in soft.items()},
        SETTING,
    )
    exact = enumerated(priors, tables, soft)
    for standing in found.standings:
        assert standing.posterior == pytest.approx(float(exact[standing.id]), abs=1e-9)
        assert standing.summary.low == pytest.approx(float(exact[standing.id]), abs=1e-9)


@pytest.mark.parametrize("number", range(len(worlds())))
def test_posterior_equals_that_of_pgmpy_to_a_billionth(number):
    known = json.loads(FILE.read_text())[number]
    assert {k: known[k] for k in ("priors", "items")} == worlds()[number]
    evidence = [item(name, likelihood) for name, likelihood in known["items"].items()]
    found = weigh_hypotheses(rivals(*evidence, priors=known["priors"]), SOURCES, {}, SETTING)
    assert {s.id: s.posterior for s in found.standings} == pytest.approx(known["posterior"], abs=1e-9)
