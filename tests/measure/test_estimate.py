"""An estimate keeps every way to count apart, and says once what all of them rest on and lack."""

from typing import Any

import numpy as np

from tumen.measure.estimate import Choice, Estimate, Lacking, SpecificationRun, Taken, Used, run_of
from tumen.measure.units import SHARE, USD, amount


def spec(name: str, draws: Any, **more: Any) -> SpecificationRun:
    return SpecificationRun(id=name, label=name.upper(), draws=np.asarray(draws, dtype=float), **more)


def estimate_of(*runs: SpecificationRun) -> Estimate:
    return Estimate("m", SHARE, "method", tuple(runs), ())


def test_a_lever_moves_only_the_specifications_that_have_it():
    def respond(_lever, value):
        return np.full(3, value)

    has, not_ = spec("a", np.zeros(3), baselines={"x": 0.0}, respond=respond), spec("b", np.ones(3))
    assert has.moved("x", 7.0).tolist() == [7.0] * 3
    assert has.moved("y", 7.0).tolist() == [0.0] * 3
    assert not_.moved("x", 7.0).tolist() == [1.0] * 3


def test_rows_and_gaps_are_told_once_each():
    row = Used(table="trade", id="a", source="s", publisher="p", amount=amount(1.0, USD))
    other = Used(table="events", id="b", source="s", publisher="p", text="a visit")
    found = estimate_of(
        spec("a", np.ones(100), used=(row, other)),
        spec("b", np.ones(100), used=(row,), missing=("2021", "2022")),
        spec("c", [], missing=("2022",)),
    )
    assert found.used == (other, row)
    assert found.missing == ("2021", "2022")
    assert [run.id for run in found.ran] == ["a", "b"]


def test_a_way_that_lacks_something_keeps_its_name_its_path_and_why():
    taken = (Taken("d", "whether", "o", "so"),)
    run = run_of(Choice("o", "so", None, taken), Lacking("room", untestable=True, figures={"room": 0.1}))
    assert (run.id, run.label, run.path, run.missing, run.untestable) == ("o", "so", taken, ("room",), True)
    assert run.figures == {"room": 0.1}
    assert run.draws.size == 0
