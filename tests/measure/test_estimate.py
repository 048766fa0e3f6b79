"""A mixture of specifications holds each in proportion to its weight."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.measure.estimate import Estimate, SpecificationRun, Used, mixture
from tumen.measure.units import SHARE, USD, amount


def spec(name: str, weight: float, draws: Any, **more: Any) -> SpecificationRun:
    return SpecificationRun(id=name, label=name.upper(), weight=weight, draws=np.asarray(draws, dtype=float), **more)


def estimate_of(*runs: SpecificationRun, draws: int = 100) -> Estimate:
    drawn, slices = mixture(runs, draws)
    return Estimate("m", SHARE, "method", drawn, tuple(runs), slices, ())


@many
@given(weights=st.lists(st.integers(1, 50), min_size=1, max_size=8), draws=st.integers(100, 1000))
def test_each_gives_its_weights_part_of_the_draws_within_one(weights, draws):
    whole = sum(weights)
    runs = [spec(f"s{n}", w / whole, np.full(draws, n)) for n, w in enumerate(weights)]
    drawn, slices = mixture(runs, draws)
    assert drawn.shape == (draws,)
    for number, weight in enumerate(weights):
        assert abs(np.sum(drawn == number) - draws * weight / whole) <= 1
        assert (drawn[slices[f"s{number}"]] == number).all()


def test_each_gives_a_stretch_of_its_own():
    counting = np.arange(100.0)
    drawn, slices = mixture([spec("a", 0.25, counting), spec("b", 0.75, counting)], 100)
    assert np.array_equal(drawn, counting), "no draw of the common randomness is used twice"
    assert slices == {"a": slice(0, 25), "b": slice(25, 100)}


def test_what_could_not_run_is_not_in_the_mixture():
    drawn, slices = mixture([spec("a", 1.0, np.ones(10)), spec("b", 0.0, [])], 10)
    assert drawn.tolist() == [1.0] * 10
    assert set(slices) == {"a"}
    assert mixture([spec("b", 0.0, [])], 10)[0].size == 0


def test_a_lever_moves_only_the_specifications_that_have_it():
    def respond(_lever, value):
        return np.full(100, value)

    found = estimate_of(
        spec("a", 0.5, np.zeros(100), baselines={"x": 0.0}, respond=respond), spec("b", 0.5, np.ones(100))
    )
    assert found.respond("x", 7.0).tolist() == [7.0] * 50 + [1.0] * 50
    assert found.respond("y", 7.0).tolist() == [0.0] * 50 + [1.0] * 50


def test_rows_and_gaps_are_told_once_each():
    row = Used(table="trade", id="a", source="s", publisher="p", amount=amount(1.0, USD))
    other = Used(table="events", id="b", source="s", publisher="p", text="a visit")
    found = estimate_of(
        spec("a", 0.5, np.ones(100), used=(row, other)),
        spec("b", 0.5, np.ones(100), used=(row,), missing=("2021", "2022")),
        spec("c", 0.0, [], missing=("2022",)),
    )
    assert found.used == (other, row)
    assert found.missing == ("2021", "2022")
    assert found.draws == pytest.approx(np.ones(100))
