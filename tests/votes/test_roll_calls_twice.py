"""Roll calls that two lists tell under different names count once; two alike votes of one day are two."""

from collections.abc import Sequence

import pytest

from tests.measure.worlds import Row, run, source, votes, world_known
from tumen.record.read import Record
from tumen.record.repeats import repeat_problems

SOURCES = [source(), source("other")]
DAYS = [f"2023-0{n}-01" for n in range(1, 9)]


def called(form: str, ballots: str, of: str = "s", actors: Sequence[str] = ("AAA", "BBB")) -> list[Row]:
    """A roll call a day: the letters of `ballots`, two a day, are the votes of the two actors."""
    pairs = [ballots[n : n + 2] for n in range(0, len(ballots), 2)]
    return [
        {"date": day, "resolution": form.format(n), "actor": actor, "vote": vote, "source": of}
        for n, (day, pair) in enumerate(zip(DAYS, pairs, strict=False))
        for actor, vote in zip(actors, pair, strict=True)
    ]


ONE = called("R/{}", "YYYNYYYA")


def share(record: Record) -> list[int]:
    asked = {"of": ["AAA"], "reference": "BBB", "period": ["2023-01-01", "2024-01-01"]}
    return [u.rows for u in run(record, "agreement.dyad", asked).used]


@pytest.mark.parametrize("form", ["A/RES/{}#{}", "roll call {}", "other{}"])
def test_two_lists_of_the_same_votes_count_once_and_are_told(form: str) -> None:
    with world_known(votes=[*ONE, *called(form.replace("#{}", "#1"), "YYYNYYYA", "other")], sources=SOURCES) as record:
        (told,) = repeat_problems(record.repeats, record.tables)
        assert (record.rows["votes"], share(record)) == (8, [4])
    assert told.slug == "told-twice"
    assert told.got.startswith("4 roll calls of votes told twice under two names")


def test_no_name_of_a_source_decides_which_list_is_left_out() -> None:
    kept = []
    for mine in ("s", "other"):
        theirs = {"s": "other", "other": "s"}[mine]
        rows = [*called("R/{}", "YYYNYYYANN", mine), *called("A/{}", "YYYNYYYA", theirs)]
        with world_known(votes=rows, sources=SOURCES) as record:
            kept.append({one.kept[0] for one in record.repeats["votes"]})
            assert share(record) == [5]
    assert kept == [{"R"}, {"R"}], "the longer list stays"


@pytest.mark.parametrize(
    "more",
    [
        called("A/1{}", "YNYYYYYA", "other"),
        called("A/1{}", "YYYN", "other"),
        called("A/1{}", "YYYNYYYA", "other", ("AAA", "CCC")),
    ],
)
def test_other_votes_too_few_or_of_others_are_no_second_list(more: list[Row]) -> None:
    with world_known(votes=[*ONE, *more], sources=SOURCES) as record:
        assert record.repeats == {}
        assert record.rows["votes"] == 8 + len(more)


def test_one_symbol_in_two_spellings_is_told_and_both_count() -> None:
    rows = [*votes("AAA", "Y", start=5), *votes("BBB", "N", start=5)]
    again = [{**row, "resolution": "A/RES/005#7"} for row in rows]
    with world_known(votes=[*rows, *again]) as record:
        (told,) = repeat_problems(record.repeats, record.tables)
        assert record.rows["votes"] == 4
    assert "until then it counts twice" in told.fix


def test_two_resolutions_that_were_voted_on_alike_in_one_day_are_two() -> None:
    with world_known(votes=[*votes("AAA", "YY"), *votes("BBB", "NN")]) as record:
        assert record.repeats == {}
