"""Months that remember each other."""

import numpy as np
import pytest
from scipy import stats
from scipy.fft import dct

from tumen.words.months import cosines, log_ratio, long_run


def test_the_long_run_error_is_the_mean_square_of_cosine_transforms():
    series = np.array([3.0, 9.0, 4.0, 8.0, 12.0, 2.0, 7.0, 15.0, 6.0, 1.0, 11.0, 5.0])
    slow = dct(series, type=2, norm="ortho")[1:3]
    error, free = long_run(series)
    assert error == pytest.approx(np.sqrt(np.mean(np.square(slow)) / 12))
    assert free == 2


def test_intervals_cover_though_months_remember_each_other():
    # A memory of 0.6 from month to month, 44 months: 87 of 100 intervals that should be 90 hold the truth, and not
    # 57, as they would if each month were taken as news.
    rng, held, alone, worlds = np.random.default_rng(1), 0, 0, 600
    for _ in range(worlds):
        noise = rng.standard_normal(84)
        series = [noise[0] / 0.8]
        for step in noise[1:]:
            series.append(0.6 * series[-1] + step)
        known = np.array(series[-44:])
        error, free = long_run(known)
        held += abs(known.mean()) < stats.t(free).ppf(0.95) * error
        alone += abs(known.mean()) < 1.645 * known.std(ddof=1) / np.sqrt(44)
    assert held / worlds > 0.84
    assert alone / worlds < 0.62


def test_months_that_move_together_are_fewer_independent_ones():
    slow, quick = [8.0] * 12 + [2.0] * 12, [8.0, 2.0] * 12
    flat = [4.0] * 24
    assert log_ratio(slow, flat)[3] < 8
    assert log_ratio(quick, flat)[3] == 24
    assert log_ratio(slow, flat)[0] == pytest.approx(np.log(5 / 4))
    assert cosines(24) == 3
