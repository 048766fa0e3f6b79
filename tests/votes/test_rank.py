"""Where an actor stands among the members by how often it votes alike with one of them."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.measure.worlds import (
    EXACT,
    YEAR,
    Given,
    Row,
    Scenario,
    answers,
    few,
    many,
    moved,
    run,
    source,
    votes,
    world,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.votes.rank import RankArguments, percentile
from tumen.votes.units import COUNTED_VOTES

ALL = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH")

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "agreement.rank": Scenario(
        {"of": ["AAA", "BBB"], "reference": "CCC", "period": YEAR},
        {"abstention_credit": 0.5},
        {"votes": [v for actor in ALL for v in votes(actor, answers(actor, 40))]},
        {"votes": [*votes("AAA", "N", start=90, first="2022-05-05"), *votes("CCC", "N", start=90, first="2022-05-05")]},
    ),
}

ASK = {"of": ["AAA"], "reference": "ZZZ", "period": YEAR}

#: ZZZ always says yes; AAA does on a quarter of eight roll calls, as CCC does. One member never does, three do more.
CAST = {
    "AAA": "YYNNNNNN",
    "BBB": "NNNNNNNN",
    "CCC": "NNNNNNYY",
    "DDD": "YYYYNNNN",
    "EEE": "YYYYYYNN",
    "FFF": "YYYYYYYY",
    "ZZZ": "YYYYYYYY",
}


def cast(**more: str) -> list[Row]:
    return [row for actor, letters in {**CAST, **more}.items() for row in votes(actor, letters)]


def rank(rows: Sequence[Row], ask: Given = None, options: Given = None, **tables: Sequence[Row]) -> SpecificationRun:
    with world(votes=rows, **tables) as record:
        return run(record, "agreement.rank", {**ASK, **(ask or {})}, options or {}, EXACT)


def test_rank_is_the_share_of_others_below_with_those_level_as_half():
    # Of the five others BBB is below and CCC level: (1 + 1/2) / 5.
    found = rank(cast())
    assert found.figures == pytest.approx({"rank_AAA": 0.3, "members": 6.0})
    assert found.notes == (
        "AAA voted alike with ZZZ in 25.0 per cent, more than 30.0 per cent of the other members",
        "6 members compared over 8 resolutions; no members with too few votes left out",
    )


def test_draws_are_ranks_of_resampled_votes():
    found = rank(cast())
    # BBB is always below, DDD (which says yes wherever AAA does) never; CCC is as often below as above.
    assert set(found.draws.tolist()) == {0.2, 0.4}
    assert found.draws.mean() == pytest.approx(0.3, abs=0.03)


@pytest.mark.parametrize(("how", "expected"), [("lowest", 0.0), ("highest", 1.0), ("mean", 0.5)])
def test_several_actors_are_combined_draw_by_draw(how, expected):
    found = rank(cast(), {"of": ["BBB", "FFF"], "combine": how})
    assert found.draws.tolist() == [expected] * EXACT.draws
    assert (found.figures["rank_BBB"], found.figures["rank_FFF"]) == (0.0, 1.0)


def test_an_abstention_counts_as_the_options_say():
    rows = cast(CCC="AAAANNNN")
    assert rank(rows).figures["rank_AAA"] == pytest.approx(2 / 5)  # CCC never agrees, as BBB
    credited = rank(rows, options={"abstention_credit": 0.5})
    assert credited.figures["rank_AAA"] == pytest.approx(1.5 / 5)  # CCC half agrees on a half
    assert rank(cast(AAA="YYYANNNN", CCC="YYYNNNNN"), options={"abstentions": "left-out"}).figures[
        "rank_AAA"
    ] == pytest.approx(2 / 5)  # 3 of 7 over 3 of 8
    assert "abstention_credit" not in rank(rows, options={"abstentions": "left-out"}).baselines


def test_the_lever_gives_abstentions_credit():
    rows = cast(CCC="AAAANNNN")
    found, credited = rank(rows), rank(rows, options={"abstention_credit": 0.5})
    assert np.array_equal(moved(found, "abstention_credit", 0.5), credited.draws)
    assert not np.array_equal(found.draws, credited.draws)


def test_members_that_voted_on_too_few_roll_calls_are_left_out_and_told():
    found = rank(cast(GGG="Y-------", HHH="YY------"))
    assert found.figures["members"] == 7  # GGG voted on an eighth, HHH on a quarter
    assert found.notes[-1] == "7 members compared over 8 resolutions; 1 member with too few votes left out"
    assert rank(cast(GGG="Y-------"), {"least": 0.1}).figures["members"] == 7


def test_an_actor_that_voted_too_rarely_has_no_rank():
    found = rank(cast(AAA="Y-------"))
    assert found.missing == (
        "votes of AAA between 2023-01-01 and 2024-01-01: it voted on 1 of 8 roll calls of ZZZ, a rank takes 25 per "
        "cent that can be counted",
    )
    assert found.draws.size == 0
    assert rank([r for r in cast() if r["actor"] != "AAA"]).missing[0].startswith("votes of AAA")


def test_an_actor_without_a_vote_that_can_be_counted_has_no_rank():
    assert rank(cast(AAA="AAAAAAAA"), options={"abstentions": "left-out"}).missing[0].startswith("votes of AAA")


def test_fewer_than_five_others_are_no_assembly():
    found = rank([r for r in cast() if r["actor"] != "FFF"])
    assert found.missing == ("votes of members to rank: there are 5, it takes 6",)
    assert [u.rows for u in found.used] == [40]


def test_a_reference_that_never_votes_is_missing_evidence():
    assert rank(cast(ZZZ="--------")).missing == ("votes of ZZZ between 2023-01-01 and 2024-01-01",)


def test_roll_calls_on_one_resolution_are_resampled_together():
    rows = [{**row, "resolution": f"R#{row['resolution']}"} for row in cast()]
    found = rank(rows)
    assert found.effective == 1
    assert found.draws.tolist() == [0.3] * EXACT.draws  # one weight for all leaves the ranks as they are
    assert rank(cast()).effective == 8


def test_the_actor_with_the_fewest_resolutions_says_how_many_stand_behind_the_draws():
    assert rank(cast(BBB="NNNN----"), {"of": ["AAA", "BBB"]}).effective == 4


def test_each_year_has_a_point_for_each_actor_that_voted_enough_in_it():
    rows = cast() + [
        row for actor, letters in CAST.items() for row in votes(actor, letters, first="2022-05-05", start=50)
    ]
    rows = [r for r in rows if not (r["actor"] == "BBB" and r["date"] == "2022-05-05")]
    rows += votes("GGG", "NNNNNNNN", first="2022-05-05", start=50)
    found = rank(rows, {"of": ["AAA", "BBB"], "period": ["2022-01-01", "2024-01-01"]})
    assert [(p.when, p.group) for p in found.series] == [("2022", "AAA"), ("2023", "AAA"), ("2023", "BBB")]
    assert all(0.2 <= p.low <= p.median <= p.high <= 0.4 for p in found.series if p.group == "AAA")


def test_votes_that_one_source_gives_are_told_once():
    rows = [{**row, "source": "t"} if row["actor"] in ("AAA", "BBB") else row for row in cast()]
    found = rank(rows, sources=[source(), source("t", publisher="Q")])
    # Of the 48 votes beside ZZZ's 22 are yes; 2 of the 16 that the second source gives. ZZZ's own are all the first's.
    assert [(u.source, u.publisher, u.rows, u.amount, u.actors) for u in found.used] == [
        ("s", "P", 48, amount(22.0, COUNTED_VOTES), ("ZZZ",)),
        ("t", "Q", 16, amount(2.0, COUNTED_VOTES), ("ZZZ",)),
    ]


def test_the_ranks_of_the_other_members_are_what_it_is_compared_with():
    found = rank(cast(GGG="NNNNNNNN"), {"of": ["AAA", "FFF"]})
    assert found.peers is not None
    assert found.peers.values == pytest.approx(
        {"BBB": 0.5 / 6, "CCC": 2.5 / 6, "DDD": 4 / 6, "EEE": 5 / 6, "GGG": 0.5 / 6}
    )
    assert rank(cast(), {"of": ["AAA", "FFF"]}).peers is None


@pytest.mark.parametrize("change", [{"of": ["ZZZ"]}, {"of": []}, {"least": 2}, {"of": ["AAA", "AAA"]}])
def test_arguments_are_those_of_agreement_and_a_share(change):
    with pytest.raises(ValidationError):
        RankArguments.model_validate({**ASK, **change})


@many
@given(st.lists(st.integers(0, 5), min_size=2, max_size=12))
def test_percentiles_average_one_half_and_rise_with_the_share(shares):
    each = np.array(shares, dtype=float)[:, None]
    ranks = [float(percentile(each, n)[0]) for n in range(len(shares))]
    assert np.mean(ranks) == pytest.approx(0.5)
    for n, share in enumerate(shares):
        assert 0 <= ranks[n] <= 1
        assert all(ranks[n] < ranks[m] for m, other in enumerate(shares) if share < other)


@few
@given(st.permutations([actor for actor in CAST if actor != "ZZZ"]))
def test_what_members_are_called_decides_no_rank(names):
    called = dict(zip((actor for actor in CAST if actor != "ZZZ"), names, strict=True))
    rows = [{**row, "actor": called.get(row["actor"], "ZZZ")} for row in cast()]
    assert np.array_equal(rank(rows, {"of": [called["AAA"]]}).draws, rank(cast()).draws)
