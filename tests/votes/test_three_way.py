"""Whether three actors vote as one beyond what their pairs and an adversary's vote predict."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from pydantic import ValidationError

from tests.measure.worlds import EXACT, YEAR, Given, Row, Scenario, answers, run, source, votes, world
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.votes.three_way import ThreeWayArguments
from tumen.votes.units import THREE_WAY_VOTES

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "coupling.three_way": Scenario(
        {"of": ["AAA", "BBB", "CCC"], "reference": "DDD", "period": YEAR},
        {"answer": "any"},
        {"votes": [v for actor in ("AAA", "BBB", "CCC", "DDD") for v in votes(actor, answers(actor, 60))]},
        {"votes": [*votes("EEE", answers("EEE", 60)), *votes("AAA", "N", start=90, first="2022-05-05")]},
    ),
}

ASK = {"of": ["AAA", "BBB", "CCC"], "reference": "DDD", "period": ["2023-01-01", "2024-01-01"]}

# A triangle of abstainers: each pair is alike in a third, as by chance; with the third either all or none are.
# (one, two) runs through all nine pairs of answers; three is their sum, modulo three, over two.
_SUM = {(a, b): "YAN"[-("YAN".index(a) + "YAN".index(b)) % 3] for a in "YAN" for b in "YAN"}
_PAIRS = [(a, b) for a in "YAN" for b in "YAN"]


def triangle(times: int) -> list[Row]:
    """Nine roll calls, `times` over: the three are all alike or all different, never two against one."""
    ones, twos = ("".join(p[n] for p in _PAIRS) * times for n in (0, 1))
    threes = "".join(_SUM[p] for p in _PAIRS) * times
    return [*votes("AAA", ones), *votes("BBB", twos), *votes("CCC", threes), *votes("DDD", "Y" * len(ones))]


def measured(
    rows: Sequence[Row], ask: Given = None, options: Given = None, **tables: Sequence[Row]
) -> SpecificationRun:
    with world(votes=rows, **tables) as record:
        return run(record, "coupling.three_way", {**ASK, **(ask or {})}, options or {}, EXACT)


def test_three_that_are_alike_or_all_different_have_an_excess_of_two_ninths():
    # Three of nine roll calls are identical; independent answers, which the pairs look like, would give 1/9.
    found = measured(triangle(12))
    assert found.notes[0] == "33.3 per cent of 108 roll calls identical, 11.1 expected from the pairs"
    assert np.median(found.draws) == pytest.approx(2 / 9, abs=0.02)
    assert np.quantile(found.draws, 0.05) > 0.1


def test_a_triangle_is_seen_in_one_answer_too():
    # YYY, AAA and NNN are one ninth each, 1/27 expected.
    found = measured(triangle(12), options={"answer": "no"})
    assert np.median(found.draws) == pytest.approx(2 / 27, abs=0.015)


def test_independent_votes_have_no_excess():
    rows = [v for actor in ("AAA", "BBB", "CCC", "DDD") for v in votes(actor, answers(actor, 300))]
    found = measured(rows)
    assert np.quantile(found.draws, 0.05) < 0 < np.quantile(found.draws, 0.95)
    assert abs(np.median(found.draws)) < 0.05


def test_with_two_answers_the_pairs_decide_so_that_no_votes_can_test_it_and_it_is_said():
    # Of three answers yes or no, exactly one pair is alike or all three: identical = (sum of pairs - 1) / 2.
    cast = {a: answers(a, 90).replace("A", "Y") for a in ("AAA", "BBB", "CCC", "DDD")}
    identical = sum(len(set(three)) == 1 for three in zip(*(cast[a] for a in ("AAA", "BBB", "CCC")), strict=True))
    rows = [v for a, letters in cast.items() for v in votes(a, letters)]
    found = measured(rows, {"bound": 0.05})
    assert found.untestable
    assert found.draws.size == 0
    assert found.missing == (
        "room for a triangle to show: votes with the same pairs can have an excess from 0.00 to 0.00 percentage "
        "points, never -5.00 or +5.00; these have 0.00",
    )
    assert found.notes[0] == (
        f"{100 * identical / 90:.1f} per cent of 90 roll calls identical, {100 * identical / 90:.1f} expected from "
        "the pairs"
    )
    assert [u.rows for u in found.used] == [90]
    assert found.figures == pytest.approx(dict.fromkeys(("excess", "room_least", "room_greatest"), 0.0), abs=1e-4)
    assert measured(rows).draws == pytest.approx(np.zeros(EXACT.draws), abs=2e-3)  # without a bound it is measured


def test_a_room_that_reaches_the_bound_can_be_tested_whatever_was_seen():
    # Independent answers have no excess, and their pairs leave room for 2/9.
    rows = [v for a in ("AAA", "BBB", "CCC") for v in votes(a, answers(a, 300))] + votes("DDD", "Y" * 300)
    assert not measured(rows, {"bound": 0.15}).untestable
    assert measured(rows, {"bound": 0.28}).untestable


def test_a_room_that_reaches_the_bound_from_below_alone_leaves_the_excess_open():
    # Of ten answers nine are no, independently: all three say no in 0.72 to 0.73, by Fréchet's bounds, 0.729 expected.
    ten = [
        ("N" if a else "Y", "N" if b else "Y", "N" if c else "Y")
        for a in range(10)
        for b in range(10)
        for c in range(10)
    ]
    rows = [v for n, a in enumerate(("AAA", "BBB", "CCC")) for v in votes(a, "".join(three[n] for three in ten))]
    found = measured([*rows, *votes("DDD", "Y" * 1000)], {"bound": 0.005}, {"answer": "no"})
    assert not found.untestable
    assert found.bounds == {"lower", "upper"}
    assert found.missing[0].endswith("to +0.10 percentage points, never +0.50")


def test_votes_that_leave_room_for_the_bound_pin_the_excess():
    found = measured(triangle(12), {"bound": 0.05})
    assert (found.missing, found.bounds) == ((), frozenset())


def test_roll_calls_on_which_one_was_absent_do_not_count():
    rows = [
        *triangle(4),
        *votes("AAA", "Y" * 9, start=100),
        *votes("BBB", "-" * 9, start=100),
        *votes("CCC", "Y" * 9, start=100),
        *votes("DDD", "Y" * 9, start=100),
    ]
    assert [u.rows for u in measured(rows).used] == [36]
    assert np.array_equal(measured(rows).draws, measured(triangle(4)).draws)


def test_an_actor_that_never_votes_is_missing_evidence():
    rows = [r for r in triangle(4) if r["actor"] != "CCC"] + votes("CCC", "-" * 36)
    found = measured(rows)
    assert found.draws.size == 0
    assert found.missing == ("votes of CCC between 2023-01-01 and 2024-01-01",)


def test_an_adversary_that_never_votes_is_missing_evidence():
    rows = [r for r in triangle(4) if r["actor"] != "DDD"] + votes("DDD", "-" * 36)
    assert measured(rows).missing == ("votes of DDD between 2023-01-01 and 2024-01-01",)


def test_each_side_of_a_roll_call_is_told_with_its_own_source():
    rows = [{**r, "source": "t"} if r["actor"] == "DDD" else r for r in triangle(4)]
    found = measured([*rows, *votes("EEE", "Y" * 36, source="u")], sources=[source(), source("t"), source("u")])
    assert [u.source for u in found.used] == ["s", "t"]


def test_too_few_roll_calls_are_missing_evidence():
    found = measured(triangle(3))
    assert found.draws.size == 0
    assert found.missing == ("roll calls on which AAA, BBB, CCC, DDD all voted: there are 27, it takes 30",)


def test_an_actor_that_always_votes_alike_leaves_no_room():
    rows = [r for r in triangle(6) if r["actor"] != "CCC"] + votes("CCC", "Y" * 54)
    assert measured(rows, {"bound": 0.01}).untestable


def test_the_rank_is_missing_where_no_three_other_members_can_be_compared():
    assert measured(triangle(6)).notes[-1] == (
        "rank missing: no three other members that agree with DDD as rarely voted together on 30 "
        "roll calls (other members: 0)"
    )


def test_the_three_are_ranked_among_others_that_agree_with_the_adversary_as_rarely():
    # The three say yes, as DDD does, on 18 of 54; the others never do, so all of them are compared. FFF votes as
    # DDD on all and is not. Of EEE, GGG and HHH, which vote as chance has it, one triad can be made.
    others = [v for a in ("EEE", "GGG", "HHH") for v in votes(a, answers(a, 54).replace("Y", "A"))]
    found = measured([*triangle(6), *others, *votes("FFF", "Y" * 54)])
    assert found.notes[-1].startswith("rank 1 of 2 by excess among triads of members that agree with DDD as rarely")


def test_the_triads_that_the_three_are_ranked_among_are_what_they_are_compared_with():
    # Five others that never say yes, as DDD does: ten triads can be made of them.
    others = [v for a in ("EEE", "GGG", "HHH", "III", "JJJ") for v in votes(a, answers(a, 54).replace("Y", "A"))]
    found = measured([*triangle(6), *others])
    assert found.peers is not None
    assert found.peers.of == "other triads"
    assert (len(found.peers.values), min(found.peers.values)) == (10, "EEE–GGG–HHH")
    middle = float(np.median(list(found.peers.values.values())))
    assert found.figures["excess_of_the_middle"] == pytest.approx(middle)
    assert max(found.peers.values.values()) < found.figures["excess"]


def test_members_that_agree_a_little_more_can_be_compared_too():
    # EEE, GGG and HHH agree with DDD on 20 of 54, the three on 18.
    others = [v for a in ("EEE", "GGG", "HHH") for v in votes(a, "Y" * 20 + answers(a, 34).replace("Y", "A"))]
    assert measured([*triangle(6), *others]).notes[-1].startswith("rank missing")
    assert measured([*triangle(6), *others], {"within": 0.05}).notes[-1].startswith("rank 1 of 2")


def test_roll_calls_on_one_resolution_count_as_one_in_the_bootstrap():
    # Votes on paragraphs of one resolution ('R#1', 'R#2' …) are drawn together, so they say less.
    alone = measured(triangle(6))
    rows = [{**r, "resolution": f"R{int(r['resolution'][1:]) // 9}#{r['resolution']}"} for r in triangle(6)]
    together = measured([{**r, "resolution": r["resolution"].replace("#R", "#")} for r in rows])
    assert np.ptp(alone.draws) > 0.05
    assert np.ptp(together.draws) < 0.01  # each resolution holds all nine roll calls: no weights can change them


def test_resolutions_are_what_stands_behind_the_draws_not_their_roll_calls():
    assert measured(triangle(6)).effective == 54
    rows = [{**r, "resolution": f"R{int(r['resolution'][1:]) // 9}#{r['resolution']}"} for r in triangle(6)]
    assert measured(rows).effective == 6


def test_each_year_has_its_own_point():
    rows = [*triangle(4), *[{**r, "date": "2022-05-05"} for r in triangle(4)], *votes("AAA", "Y", first="2021-05-05")]
    found = measured(rows, {"period": ["2021-01-01", "2024-01-01"]})
    assert [(p.when, p.group) for p in found.series] == [(y, "AAA–BBB–CCC given DDD") for y in ("2022", "2023")]
    # Resampled weights are never quite even, so that draws lie about a little less than the 2/9 that even ones have.
    assert all(0.1 < p.low < p.median < 2 / 9 for p in found.series)


def test_the_order_in_which_the_three_are_named_does_not_matter():
    here, there = measured(triangle(6)), measured(triangle(6), {"of": ["CCC", "AAA", "BBB"]})
    assert np.array_equal(here.draws, there.draws)
    assert here.notes == there.notes


def test_each_source_is_told_apart():
    rows = [*triangle(4), *[{**r, "date": "2023-07-07", "source": "t"} for r in triangle(4)]]
    found = measured(rows, sources=[source(), source("t", publisher="Q")])
    identical = ("identical", amount(12.0, THREE_WAY_VOTES), 36, ("AAA", "BBB", "CCC", "DDD"))
    assert [(u.source, u.kind, u.amount, u.rows, u.actors) for u in found.used] == [
        ("s", *identical),
        ("t", *identical),
    ]
    assert [(u.start, u.end) for u in found.used] == [(day, day) for day in (dt.date(2023, 6, 1), dt.date(2023, 7, 7))]


@pytest.mark.parametrize(
    "change", [{"reference": "AAA"}, {"of": ["AAA", "AAA", "CCC"]}, {"of": ["AAA", "BBB"]}, {"bound": 2}]
)
def test_the_four_must_differ_and_shares_be_shares(change):
    with pytest.raises(ValidationError):
        ThreeWayArguments.model_validate({**ASK, **change})
