"""Ranks of members by their votes alike with one of them, against pandas and a bootstrap in plain loops.

The votes are the bundled roll calls, read here with DuckDB alone. In 2022 to 2024, of the 191 members beside the
United States one (STP) voted on less than a quarter of its 268 roll calls. Of the 190 others 116 voted alike with it in
less than 35 per cent, the bound of the first edition; so did 150 of 189 in 2023 to 2025. How each of the three stands,
as the share of the other members below it:

    members      2022–2024      2023–2025
    CHN          0.037          0.059
    PRK          0.005          0.037
    RUS          0.048          0.410
"""

from functools import cache

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.measure.worlds import measured
from tumen.engine.embedded import DuckDB
from tumen.measure.estimate import SpecificationRun
from tumen.measure.setting import Setting
from tumen.prepare import prepare
from tumen.run import BUNDLED

THREE = ["CHN", "PRK", "RUS"]
SETTING = Setting(4000, 1)


@cache
def table(first: int, last: int) -> pd.DataFrame:
    """Votes of the years, a row a roll call and a column a member; absences are empty. Without the reference's."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select date, resolution, actor, vote from read_parquet($place) where vote <> '-' and year(date) between "
            "$first and $last",
            {"place": str(BUNDLED / "record" / "votes.parquet"), "first": first, "last": last},
        ).df()
    wide = rows.pivot(index=["date", "resolution"], columns="actor", values="vote")
    return wide[wide["USA"].notna()]


def shares(wide: pd.DataFrame, abstentions: bool = True, credit: float = 0.0) -> pd.Series:
    """Each member's share of votes alike with the reference, those with too few votes left out."""
    found = {}
    for member in wide.columns.drop("USA"):
        both = wide[[member, "USA"]].dropna()
        enough = len(both) >= 0.25 * len(wide)
        if not abstentions:
            both = both[(both != "A").all(axis=1)]
        alike = both[member] == both["USA"]
        if enough:
            found[member] = (alike + credit * (~alike & (both == "A").any(axis=1))).mean()
    return pd.Series(found)


def ranks(each: pd.Series) -> pd.Series:
    """Share of the others below, those level as half: the mean rank, from none to all."""
    return (each.rank(method="average") - 1) / (len(each) - 1)


@pytest.fixture(scope="module")
def record():
    engine = DuckDB()
    prepared = prepare(BUNDLED, engine)
    assert prepared.record is not None
    yield prepared.record
    engine.close()


def measure(record, first: int, last: int, name: str = "agreement.rank", **options: object) -> SpecificationRun:
    ask = {"of": THREE, "reference": "USA", "period": [f"{first}-01-01", f"{last + 1}-01-01"], "combine": "highest"}
    (only,) = measured(record, name, ask, options, setting=SETTING).specifications
    return only


@pytest.mark.parametrize(
    ("options", "how"),
    [
        ({}, {}),
        ({"abstention_credit": 0.5}, {"credit": 0.5}),
        ({"abstentions": "left-out"}, {"abstentions": False}),
    ],
)
@pytest.mark.parametrize("years", [(2022, 2024), (2023, 2025)])
def test_ranks_as_cast_are_those_of_pandas(record, years, options, how):
    theirs = ranks(shares(table(*years), **how))
    found = measure(record, *years, **options)
    assert found.figures == pytest.approx({f"rank_{m}": theirs[m] for m in THREE} | {"members": len(theirs)})
    assert found.peers is not None
    assert found.peers.values == pytest.approx(theirs.drop(THREE).to_dict())


def test_most_members_met_the_bound_of_the_first_edition(record):
    for years, met, of in (((2022, 2024), 116, 190), ((2023, 2025), 150, 189)):
        each = shares(table(*years))
        assert ((each < 0.35).sum(), len(each)) == (met, of)
        peers = measure(record, *years, name="agreement.dyad").peers
        assert peers is not None
        assert peers.values == pytest.approx(each.drop(THREE).to_dict())
    assert ranks(shares(table(2022, 2024)))[THREE].round(3).tolist() == [0.037, 0.005, 0.048]
    assert ranks(shares(table(2023, 2025)))[THREE].round(3).tolist() == [0.059, 0.037, 0.41]


@pytest.mark.parametrize("years", [(2016, 2017), (2022, 2024)])
def test_draws_are_those_of_a_plain_bootstrap_over_resolutions(record, years):
    # Of 2016 and 2017, 243 roll calls on 208 resolutions.
    wide = table(*years)
    resolutions = pd.factorize(wide.index.get_level_values("resolution").str.split("#").str[0])[0]
    enough = shares(wide).index
    alike = wide[enough].eq(wide["USA"], axis=0).to_numpy(float)
    both = wide[enough].notna().to_numpy(float)
    rng, highest = np.random.default_rng(5), []
    for _ in range(2000):
        weights = rng.dirichlet(np.ones(resolutions.max() + 1))[resolutions]
        each = ranks(pd.Series((weights @ alike) / (weights @ both), index=enough))
        highest.append(each[THREE].max())
    found = measure(record, *years).draws
    # Quantiles of 2,000 and 4,000 draws of a rank; a step is one member in 190, and a tail's error some of them.
    for level in (0.1, 0.5, 0.9):
        assert np.quantile(found, level) == pytest.approx(np.quantile(highest, level), abs=0.02)
    assert np.mean(found < 0.2) == pytest.approx(np.mean(np.array(highest) < 0.2), abs=0.03)
