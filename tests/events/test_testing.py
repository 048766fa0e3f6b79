"""How many times as many weapons were tested."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import stats

from tests.measure.worlds import EXACT, Given, Row, Scenario, Setting, launches, moved, run, world
from tumen.events.testing import WeaponTestArguments
from tumen.measure.estimate import SpecificationRun

ASK = {"actor": "AAA", "before": ["2019-01-01", "2022-01-01"], "after": ["2022-01-01", "2025-01-01"]}
BY_P = {"publisher": "p", "kind": "missiles"}

COUNTS = {2019: 12, 2020: 5, 2021: 8, 2022: 37, 2023: 23, 2024: 20}
ROWS = [launches(year, count) for year, count in COUNTS.items()]

SCENARIOS = {
    "testing.ratio": Scenario(
        ASK,
        BY_P,
        {"weapon_tests": ROWS},
        {
            "weapon_tests": [
                launches(2018, 99),
                launches(2019, 99, id="x1", publisher="q"),
                launches(2020, 99, id="x2", kind="nuclear"),
                launches(2021, 99, id="x3", actor="BBB"),
                launches(2022, 99, id="x4", end="2022-06-01"),
            ]
        },
    ),
}


def ratio(rows: Sequence[Row], options: Given = None, setting: Setting = EXACT) -> SpecificationRun:
    with world(weapon_tests=rows) as record:
        return run(record, "testing.ratio", ASK, options or BY_P, setting)


def changed(**counts: int) -> list[Row]:
    """The same rows with other counts of some years."""
    return [launches(year, counts.get(f"y{year}", count)) for year, count in COUNTS.items()]


def test_rates_of_years_and_how_they_scatter_by_hand():
    # 25 and 80 in three years each. Pearson: 37, 23, 20 about 80/3 give 6.175, 12, 5, 8 about 25/3 give 2.96; over 4.
    found = ratio(ROWS, setting=Setting(20_000, 1))
    assert found.figures["dispersion"] == pytest.approx((6.175 + 2.96) / 4)
    assert (found.figures["before"], found.figures["after"]) == (25, 80)
    assert found.effective == pytest.approx(105 / ((6.175 + 2.96) / 4))
    assert np.median(found.draws) == pytest.approx(80 / 25, rel=0.05)
    assert found.notes == (
        "tests: 25 in 3 years before, 80 in 3 years after",
        "the counts of years scatter 2.3 times as much as chance has it, at least 1",
    )


def test_one_count_of_each_side_has_a_closed_form():
    # One year each, so that nothing tells how years scatter: Gamma(6 + ½) over Gamma(2 + ½), as Beta(6½, 2½) above ½.
    rows = [launches(2021, 2), launches(2022, 6)]
    ask = {"actor": "AAA", "before": ["2021-01-01", "2022-01-01"], "after": ["2022-01-01", "2023-01-01"]}
    with world(weapon_tests=rows) as record:
        found = run(record, "testing.ratio", ask, BY_P, Setting(20_000, 1))
    assert np.mean(found.draws > 1) == pytest.approx(stats.beta(6.5, 2.5).sf(0.5), abs=0.015)


def test_years_that_scatter_leave_the_ratio_open():
    even, uneven = ratio(changed(y2022=27, y2023=27, y2024=26)), ratio(changed(y2022=76, y2023=2, y2024=2))
    assert even.figures["after"] == uneven.figures["after"] == 80
    spans = [np.subtract(*np.quantile(np.log(one.draws), [0.95, 0.05])) for one in (even, uneven)]
    assert spans[1] > 2 * spans[0]


def test_a_year_without_a_count_is_named():
    found = ratio([row for row in ROWS if row["id"] not in ("t2020", "t2024")])
    assert found.draws.size == 0
    assert found.missing == ("2020: p's count (missiles)", "2024: p's count (missiles)")
    assert [used.id for used in found.used] == ["t2019", "t2021", "t2022", "t2023"]


def test_part_of_a_year_is_no_year():
    rows = [row for row in ROWS if row["id"] != "t2024"] + [launches(2024, 20, end="2024-06-01")]
    assert ratio(rows).missing == ("2024: p's count (missiles)",)


def test_publishers_and_kinds_are_never_added():
    rows = [*ROWS, *(launches(year, 9, id=f"q{year}", publisher="q") for year in COUNTS)]
    assert ratio(rows, {"publisher": "q", "kind": "missiles"}).figures["after"] == 27
    assert ratio(rows, {"publisher": "q", "kind": "rounds"}).missing[0] == "2019: q's count (rounds)"


@pytest.mark.parametrize(
    ("year", "quality", "bounds"),
    [
        (2023, "lower_bound", {"lower"}),
        (2020, "lower_bound", {"upper"}),
        (2023, "upper_bound", {"upper"}),
        (2020, "upper_bound", {"lower"}),
        (2020, "rounded", set()),
    ],
)
def test_counts_that_are_bounds_bound_the_ratio(year, quality, bounds):
    rows = [launches(y, n, quality=quality if y == year else "exact") for y, n in COUNTS.items()]
    assert ratio(rows).bounds == bounds


def test_tests_that_the_count_missed_move_the_ratio_either_way():
    found = ratio(ROWS)
    assert (moved(found, "missed_before", 3.0) < found.draws).all()
    assert (moved(found, "missed_after", 3.0) > found.draws).all()
    assert (moved(found, "missed_after", 3.9) == moved(found, "missed_after", 3.0)).all(), "no part of a test"


def test_without_any_test_nothing_tells_and_it_is_said():
    found = ratio([launches(year, 0) for year in COUNTS])
    assert np.mean(found.draws > 1) == pytest.approx(0.5, abs=0.1)
    assert found.beside == (
        "there is no test of this kind in any of these years, so that nothing tells which rate is higher",
    )


def test_every_count_says_whose_it_is_and_of_which_year():
    used = ratio([launches(year, n, quality="lower_bound") for year, n in COUNTS.items()]).used[0]
    assert (used.table, used.id, used.publisher, used.kind) == ("weapon_tests", "t2019", "p", "missiles")
    assert (used.start, used.end) == (dt.date(2019, 1, 1), dt.date(2020, 1, 1))
    assert used.amount is not None
    assert used.amount.said == "at least 12 tests"


def test_the_years_before_come_before():
    with pytest.raises(ValidationError, match="years before that end where those after begin"):
        WeaponTestArguments.model_validate({**ASK, "before": ["2019-01-01", "2023-01-01"]})


def test_of_two_prints_the_firmer_counts_whatever_it_is_called():
    rows = [row for row in ROWS if row["id"] != "t2022"]
    for names in (("a", "b"), ("b", "a")):
        two = [launches(2022, 30, id=names[0], quality="conflict"), launches(2022, 37, id=names[1])]
        assert ratio([*rows, *two]).figures["after"] == 80
