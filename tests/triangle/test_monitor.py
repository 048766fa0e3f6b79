"""Three dyads watched together: what is signalled, what it makes of the configuration, and how often for nothing."""

import numpy as np
import pytest
from scipy import stats

from tests.measure.worlds import EXACT
from tumen.triangle.closeness import Closeness
from tumen.triangle.monitor import FALSE_ALARMS, monitored

YEARS = tuple(range(2011, 2024))


def counted(close: np.ndarray, count: np.ndarray) -> Closeness:
    """Closeness of A, B and C in each year, given outright; shape (years, 3): A–B, A–C, B–C."""
    return Closeness(("A", "B", "C"), YEARS[: len(close)], (), (), close.astype(float), count.astype(float))


def levels(ab: float, ac: float, bc: float, moved: float | None = None) -> Closeness:
    """100 votes a year at constant closeness; B–C moves in 2018 where a level is given."""
    close = np.tile([ab, ac, bc], (13, 1)) * 100
    if moved is not None:
        close[7:, 2] = 100 * moved
    return counted(close, np.full((13, 3), 100))


def test_a_friendship_that_ends_makes_a_romantic_triangle():
    (alarm,) = monitored(levels(0.9, 0.8, 0.7, 0.2), 0.5, "votes", EXACT).alarms
    assert (alarm.group, alarm.since) == ("B–C", "2018")
    assert int(alarm.when) <= 2019
    assert alarm.changed == 1.0
    assert "the configuration changed (probability 1.00): romantic triangle, pivot A after ménage à trois" in alarm.says


def test_a_move_that_leaves_type_and_order_is_signalled_and_said_to_leave_them():
    (alarm,) = monitored(levels(0.99, 0.95, 0.85, 0.6), 0.5, "votes", EXACT).alarms
    assert alarm.changed < 0.01
    assert (
        "whether the configuration changed is not sure (probability 0.00): ménage à trois, A–B > A–C > B–C"
        in alarm.says
    )


def test_levels_before_and_after_are_those_known_when_it_was_signalled():
    close = np.tile([90.0, 80, 70], (13, 1))
    close[7:, 2] = [30, 30, 30, 10, 10, 10]
    first = monitored(counted(close, np.full((13, 3), 100)), 0.5, "votes", EXACT).alarms[0]
    assert [first.before, first.after] == pytest.approx([0.7, 0.3])


def test_a_dyad_seen_in_too_few_years_is_named():
    count = np.full((13, 3), 100)
    count[4:, 1] = 0
    told = monitored(counted(0.8 * count, count), 0.5, "events", EXACT).notes[0]
    assert "A–C nothing, as it was seen in 4 years of the 5 that it takes" in told
    assert told.endswith("of closeness by events it signalled nothing")


def test_at_most_the_stated_share_of_triangles_without_change_raises_an_alarm():
    rng, worlds = np.random.default_rng(11), 40
    count = np.full((13, 3), 60)
    alarms = sum(
        bool(monitored(counted(rng.binomial(60, rng.beta(35, 15, (13, 3))), count), 0.5, "votes", EXACT).alarms)
        for _ in range(worlds)
    )
    assert alarms <= stats.binom(worlds, FALSE_ALARMS).ppf(0.998)
