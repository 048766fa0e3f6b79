"""What the bundled case says of contacts, blocked acts, tests of weapons and a change to come, by pandas.

Nothing here uses tumen's own statistics: counts come from the files, chances from scipy, or from draws of another kind.
"""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.reference.test_bundled_case import FIRST, SECOND, under, verdicts
from tumen.run import BUNDLED

#: Chances of 4,000 draws stray by at most about 0.008 a standard error; those here by less.
NEAR = 0.03

DRAWS = 200_000


def table(name: str, as_of: dt.date = SECOND) -> pd.DataFrame:
    """A table of the record as it was known on a day; months and years of publication stand for their last day."""
    kwargs = {"dtype": str, "keep_default_na": False}
    rows = pd.read_csv(BUNDLED / "record" / f"{name}.csv", **kwargs)
    sources = pd.read_csv(BUNDLED / "record" / "sources.csv", **kwargs).set_index("id")["published"]
    own = rows["published"] if "published" in rows else pd.Series("", index=rows.index)
    known = own.where(own != "", rows["source"].map(sources))
    last = known.map(lambda k: k if len(k) == 10 else f"{k or '0001'}-12-31"[:10] if len(k) < 5 else f"{k}-31")
    return rows[(last <= str(as_of)) | (known == "")]


def pearson(groups: list[np.ndarray]) -> tuple[float, int]:
    """Chi-square over its degrees of freedom, of groups with any event."""
    kept = [g for g in groups if g.sum()]
    free = sum(len(g) - 1 for g in kept)
    return sum(stats.chisquare(g).statistic for g in kept) / free, free


def chance_of_more(over: int, under_: int, index: float, free: int, scale: float = 1.0) -> float:
    """Chance that one quasi-Poisson rate is above another `scale` times as long exposed, the index drawn."""
    rng = np.random.default_rng(7)
    phi = np.maximum(1, index * free / stats.chi2(free).rvs(DRAWS, random_state=rng))
    one, other = (stats.gamma(n / phi + 0.5).rvs(DRAWS, random_state=rng) for n in (over, under_))
    return float(np.mean(one > scale * other))


def contacts(one: str, other: str, within: int, certain: bool, until: dt.date) -> list[dt.date]:
    """Days of contacts of two actors: each first day of events no more than so many days apart."""
    rows = table("events", until)
    rows = rows[rows["kind"].isin(["summit", "visit"]) & (rows["date"] >= "2023-09-01") & (rows["date"] <= str(until))]
    rows = rows[[{a, b} == {one, other} for a, b in zip(rows["source_actor"], rows["target_actor"], strict=True)]]
    days = pd.to_datetime(rows[(rows["certainty"] == "high") | (not certain)]["date"]).sort_values()
    return [d.date() for d in days[~(days.diff().dt.days <= within)]]


@pytest.mark.parametrize("as_of", [FIRST, SECOND])
@pytest.mark.parametrize(
    ("way", "within", "certain"), [("every-event", 0, False), ("one-trip", 10, False), ("firm-events", 10, True)]
)
def test_more_contact_with_russia_than_with_china(way, within, certain, as_of):
    sides = [contacts(*pair, within, certain, as_of) for pair in (("PRK", "RUS"), ("CHN", "PRK"))]
    start, length = dt.date(2023, 9, 1), (as_of - dt.date(2023, 8, 31)).days
    found = []
    for width in (30.4, 91.3):
        edges = np.arange(round(length / width) + 1) * length / round(length / width)
        found.append(pearson([np.histogram([(d - start).days for d in side], edges)[0] for side in sides]))
    index, free = max(found)
    run = under("contact-shift", way, as_of).run
    assert run.figures["dispersion"] == pytest.approx(max(1, index))
    assert run.effective == pytest.approx(sum(map(len, sides)) / max(1, index))
    assert np.mean(run.draws > 1) == pytest.approx(chance_of_more(len(sides[0]), len(sides[1]), index, free), abs=NEAR)


def test_two_missing_visits_undo_the_shift_as_of_2024():
    (point,) = [
        p
        for p in verdicts(FIRST)["contact-shift"].tipping_points
        if (p.lever, p.specification, p.crossing) == ("missed_of_reference", "firm-events", "verdict")
    ]
    assert point.value == pytest.approx(2, abs=0.01)
    assert {p.lever for p in verdicts(FIRST)["contact-shift"].tipping_points} >= {
        "missed_of_dyad",
        "missed_of_reference",
    }


BLOCKING = ("vetoed", "blocked", "held", "given-up", "mandate-ended")


@pytest.mark.parametrize(
    ("way", "fates", "by", "counts"),
    [
        ("blocked-once", BLOCKING, ["act"], (5, 18, 1, 3)),
        ("blocked-by-stages", BLOCKING, ["act", "fate"], (5, 18, 2, 4)),
        ("vetoes-only", ("vetoed",), ["act"], (0, 1, 1, 1)),
        ("watered-down-too", (*BLOCKING, "watered-down"), ["act"], (5, 20, 1, 3)),
    ],
)
def test_acts_blocked_by_russia_alone(way, fates, by, counts):
    rows = table("council_acts")
    rows = rows[rows["fate"].isin(fates) & (rows["blocked_by"] != "")]
    acts = rows.groupby(by).agg(day=("date", "min"), who=("blocked_by", "+".join))
    late = acts["day"] >= "2023-09-01"
    alone = acts["who"].map(lambda who: set(who.split("+")) == {"RUS"})
    assert (int((alone & ~late).sum()), int((~late).sum()), int((alone & late).sum()), int(late.sum())) == counts
    before, since = (stats.beta(k + 0.5, n - k + 0.5) for k, n in (counts[:2], counts[2:]))
    grid = (np.arange(20_000) + 0.5) / 20_000
    chance = float(np.mean(since.sf(before.ppf(grid))))
    run = under("bad-cop", way).run
    assert np.mean(run.draws > 0) == pytest.approx(chance, abs=NEAR)
    fisher = stats.fisher_exact([[counts[2], counts[3] - counts[2]], [counts[0], counts[1] - counts[0]]], "greater")
    assert run.figures["exact_p"] == pytest.approx(fisher.pvalue)


def yearly(publisher: str, kind: str) -> pd.Series:
    rows = table("weapon_tests")
    rows = rows[(rows["publisher"] == publisher) & (rows["kind"] == kind) & rows["end"].str.endswith("-01-01")]
    return rows.set_index(rows["start"].str[:4].astype(int))["tests"].astype(int)


@pytest.mark.parametrize(
    ("claim", "way", "kind", "sums"),
    [
        ("nuclearization", "csis-launch-days", "launch-days", (25, 80)),
        ("nuclearization", "csis-ballistic-days", "ballistic-days", (19, 61)),
        ("nuclearization-long-range", "csis-icbm", "icbm", (0, 9)),
    ],
)
def test_tests_of_either_three_years(claim, way, kind, sums):
    counts = yearly("csis-rows", kind)
    groups = [counts.loc[first : first + 2].to_numpy() for first in (2019, 2022)]
    assert tuple(int(g.sum()) for g in groups) == sums
    chance = chance_of_more(sums[1], sums[0], *pearson(groups))
    assert np.mean(under(claim, way).run.draws > 1) == pytest.approx(chance, abs=NEAR)


def test_no_nuclear_test_in_either_three_years_leaves_it_open():
    assert yearly("csis-rows", "nuclear").loc[2019:2024].sum() == 0
    assert verdicts()["nuclearization-nuclear"].outcome == "undetermined"


def test_counts_of_tests_were_not_whole_by_the_end_of_2024():
    for claim in ("nuclearization", "nuclearization-long-range", "nuclearization-nuclear"):
        assert verdicts(FIRST)[claim].outcome == "undetermined", claim
    assert "2024: japan-mod's count (ballistic-rounds)" in verdicts(FIRST)["nuclearization"].missing


DYADS = (("CHN", "PRK"), ("CHN", "RUS"), ("PRK", "RUS"))


def shape(closeness: np.ndarray) -> np.ndarray:
    """Which dyads are friendly, and which of each two is the closer, from log odds; in the last axis."""
    a, b, c = np.moveaxis(closeness, -1, 0)
    return np.stack([a > 0, b > 0, c > 0, a > b, a > c, b > c], axis=-1)


def votes_alike(as_of: dt.date) -> tuple[np.ndarray, np.ndarray]:
    """Log odds of votes alike and the variance of their error, by year from 2012 and dyad."""
    votes = duckdb.read_parquet(str(BUNDLED / "record" / "votes.parquet")).df()
    votes = votes[votes["actor"].isin(["CHN", "PRK", "RUS"]) & votes["vote"].isin(["Y", "N", "A"])]
    days = pd.to_datetime(votes["date"])
    votes = votes[(days.dt.year >= 2012) & (days <= pd.Timestamp(as_of))]
    wide = votes.pivot_table(index=["date", "resolution"], columns="actor", values="vote", aggfunc="max")
    years = pd.to_datetime(wide.index.get_level_values("date")).year
    logits, variances = [], []
    for one, other in DYADS:
        both = wide[[one, other]].notna().all(axis=1)
        alike = (both & (wide[one] == wide[other])).groupby(years).sum() + 0.5
        apart = both.groupby(years).sum() + 1 - alike
        logits.append(np.log(alike / apart))
        variances.append(1 / alike + 1 / apart)
    return np.stack(logits, axis=1), np.stack(variances, axis=1)


@pytest.mark.parametrize("as_of", [FIRST, SECOND])
def test_change_by_2026_as_votes_will_show_it(as_of):
    # A random walk seen with error is a normal process with covariance step² × min(t, s), its beginning unknown. Its
    # level in the last year, its likelihood and what comes then follow by conditioning, without a filter.
    seen, variance = votes_alike(as_of)
    years = len(seen)
    ahead, base = 2026 - (2011 + years), 2024 - 2012
    rng = np.random.default_rng(11)
    steps = np.geomspace(0.02, 2.0, 32)
    times = np.arange(years)
    logs, chances = np.zeros(32), np.zeros(32)
    for n, step in enumerate(steps):
        prior = 1e4 + step**2 * np.minimum.outer(times, times)
        futures = np.empty((4_000, 3))
        for d in range(3):
            whole = prior + np.diag(variance[:, d])
            logs[n] += stats.multivariate_normal(np.zeros(years), whole).logpdf(seen[:, d])
            gain = np.linalg.solve(whole, prior[:, -1])
            spread = prior[-1, -1] - gain @ prior[:, -1] + ahead * step**2 + variance[base, d]
            futures[:, d] = rng.normal(gain @ seen[:, d], np.sqrt(spread), 4_000)
        chances[n] = np.mean((shape(futures) != shape(seen[base])).any(axis=-1))
    weights = np.exp(logs - logs.max())
    run = under("may-change", "close-by-votes", as_of).run
    assert run.forecast is not None
    assert run.forecast.probability == pytest.approx(float(weights @ chances / weights.sum()), abs=NEAR)
    assert run.probabilities
    assert np.mean(run.draws) == pytest.approx(run.forecast.probability, abs=1e-3)
    assert run.peers is not None
    changed = [(shape(seen[t]) != shape(seen[t + 2])).any() for t in range(years - 2)]
    assert list(run.peers.values.values()) == [float(c) for c in changed]


@pytest.mark.parametrize(("way", "within"), [("acts-by-month", 30), ("acts-each", 0)])
@pytest.mark.parametrize("as_of", [FIRST, SECOND])
def test_change_by_2026_as_declared_acts_will_show_it(way, within, as_of):
    rows = table("events", as_of)
    rows = rows[rows["kind"].isin(["treaty", "alliance", "summit", "rupture"]) & (rows["sign"] != "0")]
    last = 2024 if as_of == FIRST else 2025
    rows = rows[(rows["date"] >= "2017-01-01") & (rows["date"] < f"{last + 1}")]
    assert (rows["sign"] == "1").all(), "no rupture in the record"
    counts = np.zeros((last - 2016, 3))
    for d, pair in enumerate(DYADS):
        mine = rows[[{a, b} == {*pair} for a, b in zip(rows["source_actor"], rows["target_actor"], strict=True)]]
        days = pd.to_datetime(mine["date"]).sort_values()
        firsts = days[~(days.diff().dt.days <= within)]
        counts[:, d] = [int((firsts.dt.year == y).sum()) for y in range(2017, last + 1)]
    base = counts[5:8].sum(axis=0)
    run = under("may-change-acts", way, as_of).run
    assert run.forecast is not None
    assert run.forecast.now.endswith(f"(CHN–PRK {base[0]:.0f}, CHN–RUS {base[1]:.0f}, PRK–RUS {base[2]:.0f})")
    rng = np.random.default_rng(3)
    # Particles: a model each, and a rate for each dyad, drawn anew after every year by how well they foretold it.
    step, index = (
        rng.choice(np.geomspace(0.02, 2.0, 8), DRAWS)[:, None],
        rng.choice([1.0001, 1.5, 2.25, 3.4], DRAWS)[:, None],
    )
    logs = np.log(rng.uniform(0.02**0.5, 20**0.5, (DRAWS, 3)) ** 2)  # Jeffreys' prior
    for n, seen in enumerate(counts):
        logs = logs + (step * rng.standard_normal(logs.shape) if n else 0.0)
        told = stats.nbinom.logpmf(seen, np.exp(logs) / (index - 1), 1 / index).sum(axis=1)
        kept = rng.choice(DRAWS, DRAWS, p=np.exp(told - told.max()) / np.exp(told - told.max()).sum())
        logs, step, index = logs[kept], step[kept], index[kept]
    to_come = np.zeros((DRAWS, 3))
    for _ in range(2026 - last):
        logs = logs + step * rng.standard_normal(logs.shape)
        to_come += stats.nbinom.rvs(np.exp(logs) / (index - 1), 1 / index, random_state=rng)
    apart = rng.poisson(rng.standard_gamma(0.5, DRAWS)[:, None] * (2026 - last) / (3 * len(counts)), (DRAWS, 3))
    then = counts[2024 - 2017 :].sum(axis=0) + to_come - apart
    chance = float(np.mean((shape(then) != shape(base)).any(axis=-1)))
    assert run.forecast.probability == pytest.approx(chance, abs=NEAR)
