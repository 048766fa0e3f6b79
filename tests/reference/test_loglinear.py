"""The log-linear model of four actors' votes against statsmodels' Poisson regression, linear programming, and a plain
bootstrap.
"""

from itertools import combinations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import linprog

from tests.reference.test_votes import cast
from tumen.votes.loglinear import PATTERNS, alike, fit_and_room, fit_pairs, passed_by_none, possible, share
from tumen.votes.three_way_draws import excess_draws, jackknife_error, resampled

PAIRS = list(combinations(range(4), 2))


def bundled(first: int, last: int) -> np.ndarray:
    """The pattern of CHN, PRK, RUS and USA on each roll call of the years, read without the measure."""
    by: dict[tuple[object, str], dict[str, str]] = {}
    for date, name, actor, vote in cast():
        if first <= date.year <= last:
            by.setdefault((date, name), {})[actor] = vote
    calls = [[c.get(a, "-") for a in ("CHN", "PRK", "RUS", "USA")] for c in by.values()]
    return np.array([sum("YAN".index(v) * 3 ** (3 - n) for n, v in enumerate(c)) for c in calls if "-" not in c])


def design(rows: np.ndarray) -> np.ndarray:
    """All two-way terms as indicators: more columns than needed, which a generalised inverse takes care of."""
    terms = [np.ones(len(rows))]
    terms += [rows[:, a] == x for a in range(4) for x in (1, 2)]
    terms += [(rows[:, a] == x) & (rows[:, b] == y) for a, b in PAIRS for x in (1, 2) for y in (1, 2)]
    return np.array(terms, dtype=float).T


def counts(seed: int, total: int) -> np.ndarray:
    """Votes of four with every pattern seen."""
    rng = np.random.default_rng(seed)
    return 1.0 + rng.multinomial(total, rng.dirichlet(np.ones(81)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_proportional_fitting_gives_the_means_of_a_poisson_regression(seed):
    table = counts(seed, 800)
    theirs = sm.GLM(table, design(PATTERNS), family=sm.families.Poisson()).fit(tol=1e-12).fittedvalues
    ours = fit_pairs(table[:, None], np.ones((81, 1)), 200)[:, 0]
    assert ours == pytest.approx(theirs, rel=1e-6)


def test_it_does_so_on_the_bundled_votes_where_many_patterns_are_impossible():
    table = np.bincount(bundled(2012, 2024), minlength=81).astype(float)
    there = possible(table)
    theirs = sm.GLM(table[there], design(PATTERNS[there]), family=sm.families.Poisson()).fit(tol=1e-12).fittedvalues
    ours, _, _ = fit_and_room(table, None)
    assert (ours[~there] == 0).all()
    assert ours[there] == pytest.approx(theirs, abs=2e-3)
    assert share(ours[:, None], alike())[0] == pytest.approx(theirs[alike()[there]].sum() / table.sum(), abs=1e-5)


def ends(table: np.ndarray, wanted: np.ndarray) -> tuple[float, float]:
    """The least and greatest share of the wanted patterns with these two-way margins, by linear programming."""
    rows, sums = [], []
    for a, b in PAIRS:
        for x in range(3):
            for y in range(3):
                mine = (PATTERNS[:, a] == x) & (PATTERNS[:, b] == y)
                rows.append(mine.astype(float))
                sums.append(table[mine].sum() / table.sum())
    low, high = (sign * linprog(sign * wanted, A_eq=np.array(rows), b_eq=sums).fun for sign in (1.0, -1.0))
    return float(low), float(high)


@pytest.mark.parametrize("answer", [None, 0, 2])
@pytest.mark.parametrize("years", [(2012, 2024), (2016, 2019), (2022, 2024), None])
def test_the_room_is_that_of_linear_programming(years, answer):
    table = np.bincount(bundled(*years), minlength=81).astype(float) if years else counts(5, 300)
    low, high = ends(table, alike(answer))
    fitted, least, greatest = fit_and_room(table, answer)
    middle = share(fitted[:, None], alike(answer))[0]
    # The start is tilted by a finite factor, so a room of 25 points is found one part in sixty too narrow.
    assert (middle + least, middle + greatest) == pytest.approx((low, high), abs=4e-4 + (high - low) / 60)
    assert low - 4e-4 <= middle + least
    assert middle + greatest <= high + 4e-4


@pytest.mark.parametrize("answer", [None, 0, 2])
@pytest.mark.parametrize("years", [(2012, 2024), (2016, 2019), (2022, 2024), None])
def test_no_table_with_the_same_pairs_passes_the_ends_that_none_is_said_to_pass(years, answer):
    table = np.bincount(bundled(*years), minlength=81).astype(float) if years else counts(5, 300)
    (low, high), (floor, ceiling) = ends(table, alike(answer)), passed_by_none(table, answer)
    assert low - 0.01 < floor <= low + 1e-9
    assert high - 1e-9 <= ceiling < high + 0.01


def test_the_bundled_votes_leave_an_excess_of_five_points_no_room():
    # The figure that the verdict on three-bilaterals-votes rests on: between -0.08 and +0.35 percentage points.
    table = np.bincount(bundled(2022, 2024), minlength=81).astype(float)
    low, high = ends(table, alike())
    seen = share(table[:, None], alike())[0]
    assert (len(bundled(2022, 2024)), round(100 * seen, 1)) == (237, 69.2)
    assert high - low == pytest.approx(0.0042, abs=2e-4)
    # With three answers: identical = (sum of pairs - 1 + all different) / 2; so half the room of "all different".
    different = np.array([len(set(p[:3])) == 3 for p in PATTERNS.tolist()])
    fewest, most = ends(table, different)
    assert (most - fewest) / 2 == pytest.approx(high - low, abs=1e-6)


def test_quantiles_of_the_draws_are_those_of_full_fits_of_resampled_roll_calls():
    patterns = bundled(2022, 2024)
    fitted, _, _ = fit_and_room(np.bincount(patterns, minlength=81).astype(float), None)
    ours = excess_draws(
        resampled(patterns, [str(n) for n in range(len(patterns))], 4000, np.random.default_rng(1)), fitted, None
    )
    weights = np.random.default_rng(2).standard_exponential((len(patterns), 4000))
    tables = np.zeros((81, 4000))
    np.add.at(tables, patterns, weights)
    start = np.repeat((fitted > 0).astype(float)[:, None], 4000, axis=1)
    theirs = share(tables, alike()) - share(fit_pairs(tables, start, 300), alike())
    levels = [0.05, 0.25, 0.5, 0.75, 0.95]
    # Two independent sets of 4,000 draws: a quantile's standard error is below 0.0002 at each level but the last.
    assert np.quantile(ours, levels) == pytest.approx(np.quantile(theirs, levels), abs=8e-4)


@pytest.mark.parametrize("paragraphs", [1, 3])
def test_the_jackknife_is_that_of_full_fits_without_one_resolution_after_another(paragraphs):
    patterns = np.random.default_rng(3).permutation(np.repeat(np.arange(81), counts(5, 120).astype(int)))
    on = np.arange(len(patterns)) // paragraphs
    fitted, _, _ = fit_and_room(np.bincount(patterns, minlength=81).astype(float), None)
    without = []
    for left_out in np.unique(on):
        table = np.bincount(patterns[on != left_out], minlength=81).astype(float)
        full = fit_pairs(table[:, None], possible(table)[:, None].astype(float), 400)
        without.append(float(share(table[:, None], alike())[0] - share(full, alike())[0]))
    expected = np.sqrt((len(without) - 1) * np.var(without))
    assert jackknife_error(patterns, [str(n) for n in on], fitted, None) == pytest.approx(expected, rel=0.02)
