"""The local-level filter against statsmodels' unobserved components, and draws of closeness against a Beta
posterior.
"""

import datetime as dt

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from tests.measure.worlds import Row, event, votes, world
from tumen.triangle.closeness import closeness_of
from tumen.triangle.local_level import filtered


def theirs(seen: np.ndarray, error: float, step: float):
    model = sm.tsa.UnobservedComponents(seen, "llevel", use_exact_diffuse=True)
    return model.filter([error, step**2])


@pytest.mark.parametrize("step", [0.05, 0.5, 2.0])
@pytest.mark.parametrize("gaps", [(), (3, 4), (0, 9)])
def test_the_filter_is_that_of_statsmodels(step, gaps):
    rng = np.random.default_rng(4)
    seen = np.cumsum(rng.normal(0, 0.4, 15)) + rng.normal(0, 0.3, 15)
    seen[list(gaps)] = np.nan
    ours = filtered(seen[:, None], np.full((15, 1), 0.09), np.array([step]))
    reference = theirs(seen, 0.09, step)
    start = 1 if 0 in gaps else 0
    assert ours.level[0, start:, 0] == pytest.approx(reference.filtered_state[0, start:], rel=1e-8)
    assert ours.variance[0, start:, 0] == pytest.approx(reference.filtered_state_cov[0, 0, start:], rel=1e-8)
    # The first value of a diffuse start has a likelihood of convention only: -log(2 pi)/2 in theirs, 0 in ours.
    said = np.nansum(reference.llf_obs[start + 1 :])
    assert ours.log_likelihood[0, -1] == pytest.approx(said, rel=1e-8)


def test_several_series_add_their_likelihoods():
    seen = np.random.default_rng(5).normal(0, 1, (10, 3))
    variance = np.full((10, 3), 0.2)
    together = filtered(seen, variance).log_likelihood[:, -1]
    apart = sum(filtered(seen[:, [n]], variance[:, [n]]).log_likelihood[:, -1] for n in range(3))
    assert together == pytest.approx(apart, rel=1e-12)


def test_the_posterior_finds_the_step_that_made_the_series():
    rng = np.random.default_rng(6)
    seen = np.cumsum(rng.normal(0, 0.3, (200, 3)), axis=0) + rng.normal(0, 0.1, (200, 3))
    model = filtered(seen, np.full((200, 3), 0.01))
    assert float(model.posterior(-1) @ model.step_sds) == pytest.approx(0.3, abs=0.04)


def test_draws_of_a_dyads_closeness_are_its_beta_posterior():
    rows = [*votes("AAA", "Y" * 20), *votes("BBB", "Y" * 14 + "N" * 6), *votes("CCC", "Y" * 5 + "-" * 15)]
    with world(votes=rows) as record:
        period = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))
        found = closeness_of(record, ("AAA", "BBB", "CCC"), period, "votes", 0.0)
        draws = found.draws(2023, 2023, 20_000, np.random.default_rng(1))
    for column, (alike, count) in enumerate([(14, 20), (5, 5), (5, 5)]):
        levels = [0.05, 0.5, 0.95]
        expected = stats.beta(alike + 0.5, count - alike + 0.5).ppf(levels)
        # 20,000 draws: the lowest quantile of Beta(5.5, 0.5), where it is thin, has a standard error of 0.005.
        assert np.quantile(draws[:, column], levels) == pytest.approx(expected, abs=0.02)


def test_a_vote_of_all_three_weighs_the_same_in_every_dyad():
    rows = [*votes("AAA", "Y" * 40), *votes("BBB", "Y" * 40), *votes("CCC", "Y" * 20 + "N" * 20)]
    with world(votes=rows) as record:
        period = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))
        found = closeness_of(record, ("AAA", "BBB", "CCC"), period, "votes", 0.0)
        draws = found.draws(2023, 2023, 4000, np.random.default_rng(1))
    # A and B always vote alike, so C is as close to one as to the other but for each dyad's own half votes.
    assert np.corrcoef(draws[:, 1], draws[:, 2])[0, 1] > 0.95


def test_roll_calls_on_one_resolution_say_as_much_as_one():
    # Ten resolutions, A and B alike on seven, each voted on four times: Beta(7½, 3½), as if each had been once.
    def four_times(actor: str, cast: str) -> list[Row]:
        rows = votes(actor, cast)
        return [{**row, "resolution": f"{row['resolution']}#{n}"} for row in rows for n in range(4)]

    rows = [*four_times("AAA", "Y" * 10), *four_times("BBB", "Y" * 7 + "N" * 3), *four_times("CCC", "Y" * 10)]
    with world(votes=rows) as record:
        period = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))
        found = closeness_of(record, ("AAA", "BBB", "CCC"), period, "votes", 0.0)
        draws = found.draws(2023, 2023, 20_000, np.random.default_rng(1))
    levels = [0.05, 0.5, 0.95]
    assert np.quantile(draws[:, 0], levels) == pytest.approx(stats.beta(7.5, 3.5).ppf(levels), abs=0.015)
    assert found.count[0].tolist() == [40, 40, 40]
    assert found.logits()[1][0, 0] == pytest.approx(1 / 7.5 + 1 / 3.5)


def test_events_of_one_sign_in_a_row_say_as_much_as_fewer():
    # Eight conflictual events after eight cooperative ones turn once, where eight turns were expected: 15 are worth
    # one. Beta(8/15 + ½, 8/15 + ½).
    dyads = [("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC")]
    rows = [
        event(f"{one}{other}{n:02}", f"2023-01-{n + 1:02}", one, other, sign=1 if n < 8 else -1)
        for one, other in dyads
        for n in range(16)
    ]
    with world(events=rows) as record:
        period = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))
        found = closeness_of(record, ("AAA", "BBB", "CCC"), period, "events", 0.0)
        draws = found.draws(2023, 2023, 20_000, np.random.default_rng(1))
    assert found.in_a_row == pytest.approx(15)
    levels = [0.05, 0.5, 0.95]
    expected = stats.beta(8 / 15 + 0.5, 8 / 15 + 0.5).ppf(levels)
    assert np.quantile(draws[:, 2], levels) == pytest.approx(expected, abs=0.015)
