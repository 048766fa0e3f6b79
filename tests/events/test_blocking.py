"""Whether blocking a council has become the doing of one actor alone."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import stats

from tests.measure.worlds import EXACT, Given, Row, Scenario, Setting, council_act, moved, run, world
from tumen.events.blocking import BlockingArguments, Blocks, exact
from tumen.measure.estimate import SpecificationRun

ASK = {"blocker": "BBB", "target": "AAA", "period": ["2017-01-01", "2025-01-01"], "since": "2023-09-01"}

ROWS = [
    *(council_act(f"both{n}", f"20{17 + n}-05-05", "BBB+CCC") for n in range(5)),
    council_act("alone", "2022-01-20", "BBB"),
    council_act("later", "2023-12-19", "BBB+CCC"),
    council_act("veto", "2024-03-28"),
    council_act("end", "2024-04-30", act="act veto", fate="mandate-ended"),
]

SCENARIOS = {
    "blocking.change": Scenario(
        ASK,
        {},
        {"council_acts": ROWS},
        {
            "council_acts": [
                council_act("x1", "2024-01-01", target="DDD"),
                council_act("x2", "2016-12-31"),
                council_act("x3", "2024-01-01", "", fate="open"),
                council_act("x4", "2024-01-01", fate="block-failed"),
                council_act("x5", "2024-01-01", quality="suspect"),
            ]
        },
    ),
}


def blocking(rows: Sequence[Row], options: Given = None, setting: Setting = EXACT) -> SpecificationRun:
    with world(council_acts=rows) as record:
        return run(record, "blocking.change", ASK, options or {}, setting)


def test_shares_by_hand():
    # 1 of 6 alone before, 1 of 2 since: Beta(1½, 5½) and Beta(1½, 1½), whose means are 3/14 and 1/2.
    found = blocking(ROWS, setting=Setting(20_000, 1))
    assert {name: found.figures[name] for name in ("alone_before", "all_before", "alone_since", "all_since")} == {
        "alone_before": 1,
        "all_before": 6,
        "alone_since": 1,
        "all_since": 2,
    }
    assert found.draws.mean() == pytest.approx(1 / 2 - 3 / 14, abs=0.01)
    variances = [stats.beta(1.5, b).var() for b in (5.5, 1.5)]
    assert found.draws.var() == pytest.approx(sum(variances), rel=0.05)
    assert found.effective == 2


def test_fishers_test_stands_beside_and_so_does_what_few_acts_could_show():
    # One alone of two since and one of six before: of the 28 ways to place two among eight, 13 give the later two at
    # least one. Both of two since against one of six before: three of 28 ways, with three alone in all.
    found = blocking(ROWS)
    assert found.figures["exact_p"] == pytest.approx(13 / 28)
    assert found.notes == (
        "blocked before 2023-09-01: 6 acts, 1 by BBB alone",
        "blocked since 2023-09-01: 2 acts, 1 by BBB alone; Fisher's exact test: p = 0.46",
        "so few acts show little: had BBB alone blocked every act since 2023-09-01, p would be 0.107",
    )
    assert found.beside == found.notes[2:]
    assert exact(Blocks(1, 5), Blocks(2, 0)) == pytest.approx(3 / 28)


@pytest.mark.parametrize("counts", [(5, 13, 1, 2), (0, 1, 1, 0), (3, 0, 0, 4), (2, 9, 5, 5)])
def test_the_exact_test_is_scipys(counts):
    before, after = Blocks(*counts[:2]), Blocks(*counts[2:])
    table = [[after.alone, after.others], [before.alone, before.others]]
    assert exact(before, after) == pytest.approx(stats.fisher_exact(table, alternative="greater").pvalue)


def test_many_acts_are_not_called_few():
    many = [council_act(f"m{n}", f"{year}-01-{n + 1:02}") for year in (2019, 2024) for n in range(10)]
    found = blocking([{**row, "id": f"{row['date']}", "act": row["date"]} for row in many])
    assert found.beside == ()
    assert found.notes[2].startswith("had BBB alone blocked every act")


def test_an_act_counts_once_however_many_tell_of_it_and_however_it_ended():
    twice = [
        *ROWS,
        council_act("again", "2024-03-29", act="act veto"),
        council_act("more", "2024-05-01", act="act end"),
    ]
    assert blocking(ROWS).figures["all_since"] == 2
    assert blocking(twice).figures["all_since"] == 3
    assert blocking(ROWS, {"stages": True}).figures["all_since"] == 3, "the end of the mandate beside the veto"
    assert len(blocking(twice).used) == len(ROWS) + 2


def test_one_who_is_named_by_any_source_was_not_alone():
    rows = [*ROWS, council_act("other", "2024-03-29", "CCC", act="act veto")]
    assert blocking(rows).figures["alone_since"] == 0


def test_an_act_happened_when_it_was_first_told_of():
    rows = [*ROWS, council_act("early", "2023-08-31", act="act veto")]
    assert (blocking(rows).figures["all_before"], blocking(rows).figures["all_since"]) == (7, 1)


@pytest.mark.parametrize(("fate", "counts"), [("watered-down", 0), ("held", 1), ("given-up", 1), ("block-failed", 0)])
def test_what_blocks_is_the_authors_to_say(fate, counts):
    rows = [*ROWS, council_act("other", "2024-01-01", fate=fate)]
    assert blocking(rows).figures["all_since"] == 2 + counts
    if fate != "block-failed":
        assert blocking(rows, {"fates": [fate, "vetoed"]}).figures["all_since"] == 3


def test_a_part_without_acts_is_missing_evidence():
    found = blocking([row for row in ROWS if row["date"] < "2023-09-01"])
    assert found.missing == ("acts about AAA that were blocked since 2023-09-01",)
    assert blocking([]).missing == (
        "acts about AAA that were blocked before 2023-09-01",
        "acts about AAA that were blocked since 2023-09-01",
    )


def test_acts_that_the_record_missed_move_the_change_either_way():
    found = blocking(ROWS)
    assert (moved(found, "missed_alone", 2.0) > found.draws).all()
    assert (moved(found, "missed_others", 2.0) < found.draws).all()
    more = [*ROWS, *(council_act(f"n{n}", "2024-06-06", "CCC") for n in (1, 2))]
    assert moved(found, "missed_others", 2.0) == pytest.approx(blocking(more).draws)


def test_every_act_says_what_became_of_it_and_by_whom():
    used = {u.id: u for u in blocking(ROWS).used}
    assert (used["later"].table, used["later"].kind, used["later"].actors) == (
        "council_acts",
        "vetoed",
        ("BBB", "CCC"),
    )
    assert (used["end"].start, used["end"].text) == (dt.date(2024, 4, 30), "a draft")


def test_the_series_counts_acts_so_far():
    counted = [(p.when, p.median) for p in blocking(ROWS).series if p.group == "by BBB alone"]
    assert counted[0] == ("2017", 0.0)
    assert counted[-3:] == [("2022", 1.0), ("2023", 1.0), ("2024", 2.0)]


def test_renaming_the_actors_changes_nothing():
    with world(council_acts=[{**row, "blocked_by": row["blocked_by"].replace("BBB", "DDD")} for row in ROWS]) as record:
        other = run(record, "blocking.change", {**ASK, "blocker": "DDD"}, {}, EXACT)
    assert np.array_equal(other.draws, blocking(ROWS).draws)


@pytest.mark.parametrize("since", ["2017-01-01", "2025-01-01"])
def test_the_later_part_begins_inside_the_period(since):
    with pytest.raises(ValidationError, match="a day inside the period"):
        BlockingArguments.model_validate({**ASK, "since": since})


def test_acts_decided_alike_in_a_row_say_as_much_as_fewer():
    # Ten before, five by others and then five alone; ten since, the other way round: two turns where ten were expected.
    months = [(year, month) for year in (2018, 2024) for month in range(1, 11)]
    by = ["BBB+CCC"] * 5 + ["BBB"] * 10 + ["BBB+CCC"] * 5
    rows = [council_act(f"a{n}", f"{y}-{m:02}-05", who) for n, ((y, m), who) in enumerate(zip(months, by, strict=True))]
    found = blocking(rows, setting=Setting(20_000, 1))
    assert found.figures["in_a_row"] == pytest.approx(9)
    share = stats.beta(5 / 9 + 0.5, 5 / 9 + 0.5)
    assert found.draws.var() == pytest.approx(2 * share.var(), rel=0.05)
    assert found.effective == pytest.approx(10 / 9)
    assert found.notes[3] == (
        "acts that follow each other are decided alike more often than chance has it: 10 before and 10 since say as "
        "much as 1.1 and 1.1 that are decided one by one, to which the test pays no heed"
    )


def test_acts_count_in_order_of_time_however_the_record_has_them():
    rows = [council_act(f"a{n}", f"2018-{n + 1:02}-05", "BBB" if n % 2 else "BBB+CCC") for n in range(12)]
    rows += [council_act("since", "2024-01-05", "BBB")]
    assert blocking([*rows[::2], *rows[1::2]]).figures["in_a_row"] == 1.0
