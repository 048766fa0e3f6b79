"""Covariates of a dyad's events, and what makes triads comparable."""

import numpy as np
import pytest
from benchmarks.coupling_worlds import World, simulate

from tumen.events.coupling_comparison import scores
from tumen.events.coupling_series import DESIGN_COLUMNS, Panel, Triads, all_triads, history, triads_of
from tumen.measure.arrays import Floats


def panel(
    dyads: tuple[tuple[int, int], ...] = ((0, 1), (0, 2), (1, 2), (3, 4)), bins: int = 40, seed: int = 1
) -> Panel:
    rng = np.random.default_rng(seed)
    actors = max(max(d) for d in dyads) + 1
    return Panel(
        tuple("ABCDEFGH"[:actors]),
        dyads,
        rng.poisson(4, (bins, len(dyads), 2)).astype(float),
        rng.poisson(3, (bins, actors)).astype(float),
        rng.poisson(9, (bins, actors)).astype(float),
        np.empty((bins, 0)),
        12.0,
    )


def column(triads: Triads, equation: int, name: str) -> Floats:
    return np.asarray(triads.rows[equation, :, DESIGN_COLUMNS.index(name)])


def test_history_holds_nothing_of_its_own_bin_or_later_ones():
    series = np.array([[3.0], [3], [3], [11], [3], [3], [3], [-5]])  # the mean is 3
    told = history(series, 1.0)[:, 0]
    assert told[:4] == pytest.approx(3)
    assert told[4:] == pytest.approx([7, 5, 4, 3.5])  # half of a bin is what is left of it after another


def test_pressure_on_the_rest_is_that_on_the_third_of_a_true_triangle():
    made = panel()
    triads = triads_of(made, np.array([[0, 1, 2]]), 1.0)
    third = np.log1p(made.pressure[:, 2])
    assert column(triads, 0, "pressure on the rest") == pytest.approx(third - third.mean())
    first = np.log1p(made.pressure[:, 0])
    assert column(triads, 0, "pressure on one") == pytest.approx(first - first.mean())


def test_the_common_factor_holds_nothing_of_the_triads_own_dyads():
    made = panel()
    before = triads_of(made, np.array([[0, 1, 2]]), 1.0)
    changed = made.counts.copy()
    changed[:, :3] *= 3
    after = triads_of(
        Panel(made.actors, made.dyads, changed, made.pressure, made.activity, made.factor, 12.0),
        np.array([[0, 1, 2]]),
        1.0,
    )
    for name in ("common factor", "common factor before"):
        assert column(after, 0, name) == pytest.approx(column(before, 0, name))


def test_without_other_dyads_there_is_no_common_factor():
    made = panel(dyads=((0, 1), (0, 2), (1, 2)))
    assert not column(triads_of(made, np.array([[0, 1, 2]]), 1.0), 0, "common factor").any()


def test_others_are_the_two_other_dyads_in_order():
    made = panel()
    triads = triads_of(made, np.array([[0, 1, 3]]), 1.0)
    told = np.log1p(history(made.counts, 1.0).sum(axis=2))
    told -= told.mean(axis=0)
    assert triads.others[1, :, 0] == pytest.approx(told[:, 0])
    assert triads.others[1, :, 1] == pytest.approx(told[:, 3])


def test_which_dyads_are_called_focal_changes_no_statistic():
    # The test is exact for dyads that differ in nothing, because each triad's statistic is the same by any name,
    # but for the dispersion, which is that of the same dyad in another triad.
    made = simulate(World(placebos=3), 1)
    order = [4, 1, 3, 0, 5, 2]
    turned = Panel(
        made.actors,
        tuple(made.dyads[d] for d in order),
        made.counts[:, order],
        made.pressure,
        made.activity,
        made.factor,
        12.0,
    )
    triads = all_triads(6)
    one = dict(zip(map(frozenset, triads.tolist()), scores(triads_of(made, triads, 0.5)).statistic, strict=True))
    named = [frozenset(order[d] for d in t) for t in triads.tolist()]
    two = dict(zip(named, scores(triads_of(turned, triads, 0.5)).statistic, strict=True))
    assert two == pytest.approx(one, abs=0.1)
