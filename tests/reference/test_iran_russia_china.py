"""A second case runs with no code changed, and a dozen and a few votes are not made to say much."""

import csv
from pathlib import Path

import duckdb
import pytest
from scipy import stats

from tumen.run import BUNDLED, evaluate

CASE = Path(__file__).parents[2] / "examples" / "iran-russia-china"


@pytest.fixture(scope="module")
def verdicts():
    found = evaluate(CASE)
    assert found.warnings == ()
    return {v.claim.id: v for v in found.verdicts}


def votes() -> dict[str, dict[str, str]]:
    """How each voted on each resolution, read without tumen."""
    cast: dict[str, dict[str, str]] = {}
    with (CASE / "record" / "votes.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            cast.setdefault(row["resolution"], {})[row["actor"]] = row["vote"]
    return cast


def counted(one: str, other: str) -> tuple[int, int]:
    """Identical votes, and resolutions on which both voted."""
    both = [(v[one], v[other]) for v in votes().values() if "-" not in (v[one], v[other])]
    return sum(a == b for a, b in both), len(both)


def test_the_record_holds_sixteen_roll_calls_of_four_states():
    assert len(votes()) == 16
    assert all(sorted(v) == ["CHN", "IRN", "RUS", "USA"] for v in votes().values())


def test_the_votes_are_the_bundled_records_own():
    place = BUNDLED / "record" / "votes.parquet"
    with duckdb.connect() as connection:
        known = set(
            connection.execute(
                "select cast(date as varchar), resolution, actor, vote, source from read_parquet($place)",
                {"place": str(place)},
            ).fetchall()
        )
    with (CASE / "record" / "votes.csv").open(encoding="utf-8", newline="") as stream:
        ours = {(r["date"], r["resolution"], r["actor"], r["vote"], r["source"]) for r in csv.DictReader(stream)}
    assert ours <= known


@pytest.mark.parametrize(
    ("one", "other", "agreed", "both"),
    [
        ("IRN", "USA", 2, 15),
        ("RUS", "USA", 1, 16),
        ("CHN", "USA", 2, 16),
        ("IRN", "RUS", 9, 15),
        ("IRN", "CHN", 13, 15),
    ],
)
def test_counts_by_hand(one, other, agreed, both):
    assert counted(one, other) == (agreed, both)


def test_what_was_used_is_what_was_counted(verdicts):
    (one_by_one,) = [s for s in verdicts["apart-from-usa"].specifications if s.run.id == "identical"]
    assert [(u.actors, u.amount and u.amount.value, u.rows) for u in one_by_one.run.used] == [
        ((actor, "USA"), *counted(actor, "USA")) for actor in ("IRN", "RUS", "CHN")
    ]


@pytest.mark.parametrize(("claim", "other"), [("iran-with-russia", "RUS"), ("iran-with-china", "CHN")])
def test_the_chance_is_that_of_so_few_votes(verdicts, claim, other):
    agreed, both = counted("IRN", other)
    expected = stats.beta(agreed + 0.5, both - agreed + 0.5).sf(0.6)
    # 4,000 draws: within five standard errors of at most 0.008.
    assert verdicts[claim].probability == pytest.approx(expected, abs=0.04)


def test_nine_of_fifteen_is_not_enough_and_thirteen_is(verdicts):
    assert verdicts["iran-with-russia"].outcome == "undetermined"
    assert verdicts["iran-with-china"].outcome == "supported"
    assert verdicts["apart-from-usa"].outcome == "supported"


def test_intervals_are_wide(verdicts):
    for claim, at_least in [("iran-with-russia", 0.35), ("iran-with-china", 0.22), ("apart-from-usa", 0.25)]:
        summary = verdicts[claim].summary
        assert summary.high - summary.low > at_least, claim


def test_a_year_without_votes_is_said_to_be_missing(verdicts):
    found = verdicts["iran-with-russia-2021"]
    assert (found.outcome, found.probability) == ("undetermined", None)
    assert found.missing == ("votes of IRN and RUS between 2021-01-01 and 2022-01-01",)
