"""The scan for a change of level against a look at every split, and against the exact search of ruptures."""

import numpy as np
import pytest
import ruptures
from scipy import stats

from tumen.triangle.change_points import LEAST_TIMES, scan


def series(seed: int, times: int = 12) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    count = rng.integers(3, 90, times).astype(float)
    share = np.where(np.arange(times) < rng.integers(2, times - 1), 0.4, 0.8)
    return rng.binomial(count.astype(int), share).astype(float), count


def likelihood(close: np.ndarray, count: np.ndarray) -> float:
    """Of a stretch with one share, as scipy's binomial has it."""
    return float(stats.binom(count, close.sum() / count.sum()).logpmf(close).sum())


def scatter(close: np.ndarray, count: np.ndarray) -> float:
    """Mean squared step over what fair draws would have, at least 1, step by step."""
    share, whole = close / count, close.sum() / count.sum()
    steps = [(share[n] - share[n - 1]) ** 2 / (1 / count[n] + 1 / count[n - 1]) for n in range(1, len(count))]
    return max(1.0, float(np.mean(steps) / (whole * (1 - whole))))


@pytest.mark.parametrize("seed", range(5))
def test_the_scan_is_the_best_of_all_splits_of_every_beginning(seed):
    close, count = series(seed)
    statistic, split = scan(close[None], count)
    assert (statistic[0, : LEAST_TIMES - 1] == 0).all()
    for time in range(LEAST_TIMES - 1, len(count)):
        here, of = close[: time + 1], count[: time + 1]
        gains = [likelihood(here[:s], of[:s]) + likelihood(here[s:], of[s:]) for s in range(1, time + 1)]
        best = 2 * (max(gains) - likelihood(here, of)) / scatter(here, of)
        assert statistic[0, time] == pytest.approx(best, rel=1e-9, abs=1e-9)
        assert split[0, time] == 1 + int(np.argmax(gains))


class Binomial(ruptures.base.BaseCost):  # type: ignore[misc]  # it has no types and asks for a subclass
    """Twice minus the logarithm of the likelihood of a stretch with one share."""

    model, min_size = "binomial", 1

    def fit(self, signal):
        self.signal = signal
        return self

    def error(self, start, end):
        return -2 * likelihood(self.signal[start:end, 0], self.signal[start:end, 1])


@pytest.mark.parametrize("seed", range(5))
def test_the_split_is_that_of_rupturess_exact_dynamic_programming(seed):
    close, count = series(10 + seed)
    search = ruptures.Dynp(custom_cost=Binomial(), min_size=1, jump=1).fit(np.stack([close, count], axis=1))
    theirs, _ = search.predict(n_bkps=1)
    assert scan(close[None], count)[1][0, -1] == theirs
