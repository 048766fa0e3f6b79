"""What rows of a record hardly say together: each check told with its rows, and its siblings that are all right."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.measure.worlds import Row, month, source, trade, unrecorded, world_known, year
from tumen.errors import Problem
from tumen.record.plausible import SHOWN_OF_A_CHECK, implausible


def found(groups: Any = (), **tables: Any) -> list[Problem]:
    with world_known(**tables) as record:
        return implausible(record, groups)


def slugs(**tables: Any) -> list[str]:
    return [p.slug for p in found(**tables)]


def whole(total: float, **more: object) -> Row:
    return trade("whole", total, partner="WLD", **more)


def test_a_part_above_its_whole_is_told_with_both_rows_at_their_lines():
    (told,) = found(trade=[trade("part", 120), whole(100)])
    assert (told.slug, told.severity, str(told.place)) == ("partner-above-world", "warning", "record/trade.csv:2")
    assert told.got == (
        "total of AAA with BBB of 120 USD, above 100 with all partners (row 'part', row 'whole' at record/trade.csv:3)"
    )


@pytest.mark.parametrize(
    ("part", "all_of_them"),
    [
        ({"total_usd": 100}, {}),
        ({"total_usd": 105, "last_digit_usd": 10}, {}),
        ({"total_usd": 120}, {"publisher": "q"}),
        ({"total_usd": 120}, {"commodity": "270111"}),
        ({"total_usd": 120}, year(2022)),
        ({"total_usd": 120}, {"quality": "suspect"}),
        ({"total_usd": 120, "quality": "conflict"}, {}),
        ({"total_usd": None, "exports_usd": 120}, {}),
    ],
)
def test_what_is_within_rounding_or_of_something_else_is_no_part_above_its_whole(
    part: Mapping[str, object], all_of_them: Mapping[str, object]
):
    assert slugs(trade=[{**trade("part"), **part}, {**whole(100), **all_of_them}]) == []


def test_one_side_above_that_of_all_partners_is_told_once():
    row = trade("part", None, exports_usd=60, imports_usd=10)
    (told,) = found(trade=[row, trade("whole", None, partner="WLD", exports_usd=50, imports_usd=40)])
    assert told.got.startswith("exports of AAA with BBB of 60 USD, above 50 with all partners")


def partners(**amounts: float) -> list[Row]:
    return [trade(f"with-{name}", amount, partner=name) for name, amount in amounts.items()]


def test_parts_that_are_together_above_their_whole_are_told_with_the_largest():
    (told,) = found(trade=[*partners(BBB=60, CCC=50, DDD=1, EEE=2), whole(100)])
    assert told.slug == "partners-above-world"
    assert "4 partners of 113 USD together, above 100 with all partners" in told.got
    assert all(f"row '{name}'" in told.got for name in ("with-BBB", "with-CCC", "with-EEE", "whole"))
    assert "with-DDD" not in told.got


def test_a_group_that_is_declared_is_no_part():
    rows = [*partners(BBB=60, CCC=30, EUU=30), whole(100)]
    assert slugs(trade=rows) == ["partners-above-world"]
    assert found(("EUU",), trade=rows) == []
    assert slugs(trade=[*partners(BBB=60, CCC=40), whole(100)]) == []


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (190_271, 240_110_000_000, True),
        (100_000_000_000, 98_000_000, True),
        (2_500_000, 1_250, True),
        (45_000, 52_000_000, True),
        (9_000_000, 9_900_000_000_000_000, True),
        (1_000_000, 9_000_000, False),
        (1_000_000, 100_000_000, False),
        (100, 100_000, False),
        (0, 100_000_000, False),
    ],
)
def test_a_step_near_a_power_of_a_thousand_looks_like_another_unit(first: float, second: float, told: bool):
    rows = [trade("before", first, **year(2022)), trade("after", second)]
    assert slugs(trade=rows) == ["unit-leap"] * told
    if told:
        assert all(f"row '{name}'" in found(trade=rows)[0].got for name in ("before", "after"))


@pytest.mark.parametrize(
    "other", [{"publisher": "q"}, {"partner": "CCC"}, {"commodity": "270111"}, {"quality": "suspect"}, month(3)]
)
def test_figures_of_different_series_are_no_step(other: Mapping[str, object]):
    assert slugs(trade=[{**trade("before", 190_271, **year(2022)), **other}, trade("after", 240_110_000_000)]) == []


def test_every_table_of_a_series_is_looked_through():
    worker = {
        "origin_actor": "AAA",
        "host": "BBB",
        "kind": "stock",
        "publisher": "p",
        "quality": "exact",
        "source": "s",
    }
    rows = [{**worker, **year(y), "id": f"w{y}", "low": n, "high": n} for y, n in ((2022, 50), (2023, 52_000))]
    assert slugs(workers=rows) == ["unit-leap"]
    assert slugs(unrecorded=[unrecorded("a", 3, 5, **year(2022)), unrecorded("b", 3e6, 5e6)]) == ["unit-leap"]


def test_few_are_named_and_the_rest_are_counted():
    rows = [
        r
        for n in range(9)
        for r in (trade(f"p{n}", 9, **year(2001 + n)), trade(f"w{n}", 5, partner="WLD", **year(2001 + n)))
    ]
    told = found(trade=rows)
    assert len(told) == SHOWN_OF_A_CHECK + 1
    assert (told[-1].stands_for, told[-1].got) == (6, "6 more findings like these")


def test_ranges_of_one_publisher_that_share_days_are_told_as_they_are_added_up():
    overlapping = [unrecorded("one", 3, 5), unrecorded("two", 4, 9, **year(2023, 2025))]
    assert slugs(unrecorded=overlapping) == ["ranges-overlap"]
    for other in ({"publisher": "r"}, {"partner": "DDD"}, {"kind": "oil"}, year(2024), year(2023)):
        assert slugs(unrecorded=[overlapping[0], {**overlapping[1], **other}]) == []


def theft(name: str, day: str, victim: str, value: float, **more: object) -> Row:
    row = {"date": day, "date_precision": "day", "victim": victim, "value_usd": value, "attributed_to": "AAA"}
    return {"id": name, **row, "attribution": "government", "publisher": "p", "quality": "exact", "source": "s", **more}


FIRST = theft("first", "2024-05-31", "Exchange One", 305e6)


@pytest.mark.parametrize(
    ("day", "victim", "value", "told"),
    [
        ("2024-05-31", "Exchange One", 308e6, True),
        ("2024-06-07", "EXCHANGE-ONE Ltd.", 20e6, True),
        ("2024-05-31", "Another name", 308e6, True),
        ("2024-06-08", "Exchange One", 308e6, False),
        ("2024-05-31", "Exchange Two", 200e6, False),
        ("2024-06-01", "Another name", 308e6, False),
    ],
)
def test_reports_that_may_be_of_one_theft_are_told(day: str, victim: str, value: float, told: bool):
    assert slugs(thefts=[FIRST, theft("second", day, victim, value)]) == ["theft-twice"] * told


def test_a_theft_that_names_another_as_the_same_is_told_once():
    assert slugs(thefts=[FIRST, theft("second", "2024-05-31", "Exchange One", 308e6, duplicate_of="first")]) == []
    later = theft("second", "2024-05-01", "Exchange One", 9e6, date_precision="month")
    assert slugs(thefts=[FIRST, later]) == ["theft-twice"], "the day within the month is not known"


@pytest.mark.parametrize(
    ("value", "told"), [(1340, True), (305, True), (9_999, True), (10_000, False), (3.05e8, False), (3.05e11, True)]
)
def test_a_value_in_another_unit_is_told(value: float, told: bool):
    problems = found(thefts=[FIRST, theft("odd", "2024-01-01", "V", value)])
    assert [p.slug for p in problems] == ["theft-unit"] * told
    assert all("row 'odd'" in p.got for p in problems)


def test_figures_of_protected_rows_are_not_told():
    rows = [trade("part", 120, source="kim"), whole(100)]
    (told,) = found(
        trade=rows, sources=[source(), source("kim", access="restricted", public_description="an official")]
    )
    assert "120" not in told.got
    assert "'part'" not in told.got
    assert "trade with one partner above that with all partners (row 'protected-1-row-1'" in told.got
