"""Coders pooled, explanations not considered, and sides that begin alike, against exact arithmetic.

Nothing here shares code with Tumen: worlds are enumerated in fractions, as in `test_exact_bayes`, and what has no
fraction (the logarithmic pool) is a root of one.
"""

import math
import random
from fractions import Fraction
from typing import Any

import pytest

from tests.explanations.rivals import SETTING, SOURCES, item, rivals
from tests.reference.test_exact_bayes import enumerated
from tumen.explanations.likelihood import items_of
from tumen.explanations.sides import Weighing, sides_of
from tumen.explanations.weighing import weigh_hypotheses

Table = dict[str, dict[str, Fraction]]


def scored(rng: random.Random, names: list[str], items: list[str]) -> Table:
    """What a coder says of each item."""
    return {key: {n: Fraction(rng.randint(1, 99), 100) for n in names} for key in items}


def floats(table: Table) -> dict[str, dict[str, float]]:
    return {key: {n: float(p) for n, p in cells.items()} for key, cells in table.items()}


def world(seed: int, coders: int) -> tuple[dict[str, Fraction], list[Table]]:
    """Priors, and a table of each coder."""
    rng = random.Random(seed)
    names = [f"h{n}" for n in range(rng.randint(2, 4))]
    items = [f"e{k}" for k in range(rng.randint(1, 5))]
    return {n: Fraction(rng.randint(1, 9)) for n in names}, [scored(rng, names, items) for _ in range(coders)]


def explained(priors: dict[str, Fraction], tables: list[Table]) -> Any:
    own, *others = (floats(t) for t in tables)
    return rivals(
        *(item(key, cells) for key, cells in own.items()),
        priors={n: float(p) for n, p in priors.items()},
        others={f"c{n}": other for n, other in enumerate(others)},
    )


def alone(priors: dict[str, Fraction], table: Table) -> dict[str, Fraction]:
    return enumerated(priors, table, dict.fromkeys(table, Fraction(1)))


def asked(found: Any, favours: list[str], against: list[str], **how: Any) -> float:
    sides = sides_of(found, items_of(found, SOURCES, {}), favours, against, Weighing(**how), SETTING)
    return float(sides.share().mean())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("coders", [2, 3])
def test_coders_pooled_are_the_mean_of_exact_posteriors_or_of_their_logarithms(seed, coders):
    priors, tables = world(seed, coders)
    first, *rest = priors
    each = [alone(priors, table) for table in tables]
    found = explained(priors, tables)
    linear = sum(one[first] for one in each) / coders
    roots = {n: math.prod(float(one[n]) for one in each) ** (1 / coders) for n in priors}
    assert asked(found, [first], rest, pool="linear") == pytest.approx(float(linear), abs=1e-9)
    assert asked(found, [first], rest, pool="log") == pytest.approx(roots[first] / sum(roots.values()), abs=1e-9)
    weighed = weigh_hypotheses(found, SOURCES, {}, SETTING)
    for standing in weighed.standings:
        assert standing.posterior == pytest.approx(roots[standing.id] / sum(roots.values()), abs=1e-9)
    for coder, one in zip(weighed.coders, each, strict=True):
        assert coder.posterior == pytest.approx({n: float(p) for n, p in one.items()}, abs=1e-9)


def test_three_coders_by_hand():
    """Even priors; 3 to 1, 1 to 1 and 1 to 3 for the first: both pools are even. Without the last, 5/8 and √3 to 1."""
    ratios = [(Fraction(3, 4), Fraction(1, 4)), (Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 5), Fraction(3, 5))]
    tables = [{"e": {"a": p, "b": q}} for p, q in ratios]
    even = {"a": Fraction(1), "b": Fraction(1)}
    for pool, two in (("linear", 0.625), ("log", 0.6339746)):
        assert asked(explained(even, tables), ["a"], ["b"], pool=pool) == pytest.approx(0.5)
        assert asked(explained(even, tables[:2]), ["a"], ["b"], pool=pool) == pytest.approx(two, abs=1e-7)


@pytest.mark.parametrize("seed", range(12))
def test_between_two_explanations_only_items_count_that_were_considered_for_both(seed):
    rng = random.Random(seed)
    priors, (table,) = world(seed, 1)
    kept = {k: {n: p for n, p in cells.items() if rng.random() < 0.6} for k, cells in table.items()}
    kept = {k: cells for k, cells in kept.items() if cells}
    if not kept:
        kept = {k: dict(cells) for k, cells in table.items()}
    found = explained(priors, [kept])
    one, other = list(priors)[:2]
    both = {k: cells for k, cells in kept.items() if one in cells and other in cells}
    pair = {n: priors[n] for n in (one, other)}
    exact = alone(pair, {k: {n: cells[n] for n in pair} for k, cells in both.items()})
    assert asked(found, [one], [other]) == pytest.approx(float(exact[one]), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_sides_that_begin_alike_are_exact_priors_of_one_half_each(seed):
    priors, (table,) = world(seed + 100, 1)
    first, *rest = priors
    whole = sum(priors[n] for n in rest)
    halves = {first: Fraction(1, 2), **{n: priors[n] / whole / 2 for n in rest}}
    assert asked(explained(priors, [table]), [first], rest, priors="sides") == pytest.approx(
        float(alone(halves, table)[first]), abs=1e-9
    )
