"""Contacts that come in episodes say less than as many that come one by one."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.events.contact_dispersion import scatter_of
from tumen.events.over_dispersion import Scatter, dispersion_draws, episode_rates

PERIOD = (dt.date(2022, 1, 1), dt.date(2024, 1, 1))
DAYS = (PERIOD[1] - PERIOD[0]).days


def day(number: int) -> dt.date:
    return PERIOD[0] + dt.timedelta(number)


def test_the_larger_of_months_and_quarters_counts():
    # A contact on the first day of each of three months in a row: by 24 months they come one by one (variance below
    # the mean), by 8 quarters they are 3, 0, 0, …: (2.625² + 7 × 0.375²) / 0.375 / 7 = 3.
    found = scatter_of([[day(3), day(34), day(64)]], PERIOD)
    assert found.index == pytest.approx(3.0)
    assert found.free == 7


def test_each_dyad_scatters_about_its_own_mean():
    # Every quarter has four contacts of one dyad and one of the other: neither scatters at all.
    often = [day(int(DAYS * (n + 0.5) / 32)) for n in range(32)]
    seldom = [day(int(DAYS * (n + 0.5) / 8)) for n in range(8)]
    assert scatter_of([often, seldom], PERIOD).index < 1


def test_a_dyad_without_contacts_says_nothing_of_scatter():
    contacts = [day(3), day(34), day(64)]
    assert scatter_of([contacts, []], PERIOD) == scatter_of([contacts], PERIOD)


@pytest.mark.parametrize(("sides", "until"), [([[], []], PERIOD[1]), ([[day(1), day(2)]], day(40))])
def test_too_little_to_tell(sides, until):
    found = scatter_of(sides, (PERIOD[0], until))
    assert found == Scatter(1.0, 0)
    assert (dispersion_draws(found, 5, np.random.default_rng(1)) == 1).all()


@many
@given(days=st.lists(st.integers(0, DAYS - 1), min_size=1, max_size=30), seed=st.integers(0, 9))
def test_order_of_contacts_does_not_matter(days, seed):
    shuffled = np.random.default_rng(seed).permutation(days)
    assert scatter_of([[day(d) for d in days]], PERIOD) == scatter_of([[day(int(d)) for d in shuffled]], PERIOD)


def bursts(rng: np.random.Generator, a_year: float) -> list[dt.date]:
    """Contacts in episodes of three on average, within a month of each other."""
    starts = rng.uniform(0, DAYS, rng.poisson(a_year * DAYS / 365 / 3))
    days = [start + rng.uniform(0, 30) for start in starts for _ in range(rng.geometric(1 / 3))]
    return [day(int(d)) for d in sorted(days) if d < DAYS]


def covered(widened: bool) -> float:
    """Of 200 worlds with 12 and 6 contacts a year, the share in which the 90 per cent interval holds the true ratio."""
    rng, held = np.random.default_rng(20241204), []
    for _ in range(200):
        sides = [bursts(rng, 12), bursts(rng, 6)]
        index = dispersion_draws(scatter_of(sides, PERIOD), 400, rng) if widened else np.ones(400)
        over, under = (episode_rates(len(side), index, 0, rng)[0] for side in sides)
        low, high = np.quantile(over / under, [0.05, 0.95])
        held.append(low <= 2 <= high)
    return float(np.mean(held))


def test_intervals_hold_where_contacts_come_in_bursts():
    assert covered(widened=True) >= 0.8
    assert covered(widened=False) < 0.65, "without the index they do not"
