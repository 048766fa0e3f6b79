"""Months that remember each other."""

import numpy as np
import pytest
from scipy import stats
from scipy.fft import dct

from tumen.measure.months import cosines, log_ratio, long_run, slow_moves, step_error


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


def test_a_single_month_tells_nothing_of_how_months_scatter():
    assert slow_moves(np.array([7.0])).size == 0
    assert step_error(np.array([7.0]), np.array([9.0])) == (0.0, 0)


def test_the_error_of_a_step_by_hand():
    # Each side's transform of two months is √½ times their difference: 0.2 × √½ and 0.4 × √½ of their means. Their
    # mean square is 0.05, and a half of it belongs to either mean.
    error, free = step_error(np.array([9.0, 11.0]), np.array([4.0, 6.0]))
    assert error == pytest.approx(np.sqrt(0.05 * (1 / 2 + 1 / 2)))
    assert free == 2


def test_both_sides_tell_how_far_months_scatter_each_as_a_share_of_its_own_mean():
    before, after = np.arange(1.0, 13.0), np.array([3.0, 9.0, 4.0, 8.0, 12.0, 2.0, 7.0, 15.0])
    sides = [dct(side / side.mean(), type=2, norm="ortho") for side in (before, after)]
    slow = np.concatenate([sides[0][1:3], sides[1][1:2]])
    error, free = step_error(before, after)
    assert error == pytest.approx(np.sqrt(np.mean(slow**2) * (1 / 12 + 1 / 8)))
    assert free == 3
    assert step_error(before, 1000 * after)[0] == pytest.approx(error)


def test_a_flow_that_stopped_has_no_months_to_divide_by():
    error, _ = step_error(np.array([1.0, 3.0]), np.zeros(2))
    assert np.isfinite(error)


@pytest.mark.parametrize(("memory", "least"), [(0.0, 0.87), (0.6, 0.82)])
def test_intervals_of_a_step_cover_whether_or_not_months_remember_each_other(memory, least):
    # Twenty-four months and twelve, without a step: of 2,000 such worlds 89 and 86 of 100 intervals of 90 hold it.
    rng, held, worlds = np.random.default_rng(2), 0, 600
    for _ in range(worlds):
        noise = rng.standard_normal(36)
        for n in range(1, 36):
            noise[n] = memory * noise[n - 1] + np.sqrt(1 - memory**2) * noise[n]
        months = np.exp(0.3 * noise)
        error, free = step_error(months[:24], months[24:])
        held += abs(np.log(months[24:].mean() / months[:24].mean())) < stats.t(free).ppf(0.95) * error
    assert least < held / worlds < 0.93
