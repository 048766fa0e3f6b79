"""The parts of a year: what each option takes from the record and leaves behind it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import EXACT, GRADED, Row, source, trade, unrecorded, world, world_known, year
from tumen.measure.units import USD, Amount, amount
from tumen.trade.trade_parts import Side, TradeOptions, side_of

ROWS = [trade("own", 90), trade("all", 100, partner="WLD"), trade("customs", 70, publisher="customs")]


def side(
    options: Mapping[str, Any], rows: Sequence[Row] = ROWS, years: Sequence[int] = (2023,), **tables: Sequence[Row]
) -> Side:
    with world_known(trade=rows, **tables) as record:
        return side_of(record, "AAA", "BBB", TradeOptions.model_validate(options), years, EXACT)


def test_the_parts_of_a_plain_year():
    (only,) = side({"publisher": "p"}).years
    assert (only.year, only.customs, only.yearly) == (2023, None, 0.0)
    assert np.median(only.own) == 90
    assert np.median(only.rest) == pytest.approx(10)
    assert not only.extra_partner.any()
    assert not only.extra_rest.any()


def test_customs_figures_that_are_asked_for_must_be_there():
    assert side({"publisher": "p", "customs": "nobody"}).missing == ("2023: nobody's figure for AAA with BBB",)
    (only,) = side({"publisher": "p", "customs": "customs"}).years
    assert only.customs is not None
    assert np.median(only.customs) == 70


def test_exchange_with_others_says_which_part_of_the_year_it_covers():
    # From 15 October 2023 on 78 days of the year are left; half of 156 days' range falls into 2023.
    row = unrecorded("arms", 156, 156, start="2023-10-15", end="2024-03-19")
    (only,) = side({"publisher": "p", "unrecorded": ["arms"]}, unrecorded=[row]).years
    assert (dt.date(2024, 3, 19) - dt.date(2023, 10, 15)).days == 156
    assert np.median(only.extra_rest) == pytest.approx(78)
    assert only.yearly == pytest.approx(78 / 365)


def test_exchange_of_another_kind_or_beside_the_year_is_left_out():
    rows = [unrecorded("oil", 5, 5, kind="oil"), unrecorded("late", 5, 5, **year(2024))]
    found = side({"publisher": "p", "unrecorded": ["arms"]}, unrecorded=rows)
    assert not found.years[0].extra_rest.any()
    assert [u.table for u in found.used] == ["trade", "trade"]


@pytest.mark.parametrize("digit", [0, 10])
def test_of_nothing_at_all_nobody_has_a_share(digit):
    rows = [trade("own", 0, last_digit_usd=digit), trade("all", 0, partner="WLD", last_digit_usd=digit)]
    assert side({"publisher": "p"}, rows).missing == ("2023: any trade of AAA, of which BBB could have a share",)


def test_nothing_of_something_is_a_share_of_nought():
    (only,) = side({"publisher": "p"}, [trade("own", 0), trade("all", 5, partner="WLD")]).years
    assert (only.share(1.0, 1.0, 0.0, None) == 0.0).all()


def test_what_was_used_names_figures_as_the_record_has_them():
    row = unrecorded("arms", 1500, 2500)
    found = side({"publisher": "p", "unrecorded": ["arms"]}, unrecorded=[row])
    assert [(u.table, u.id, u.amount, u.actors, u.commodity, u.kind) for u in found.used] == [
        ("trade", "own", amount(90, USD), ("AAA", "BBB"), "TOTAL", ""),
        ("trade", "all", amount(100, USD), ("AAA", "WLD"), "TOTAL", ""),
        ("unrecorded", "arms", Amount(1500, 2500, USD), ("AAA", "CCC"), "", "arms"),
    ]
    assert {(u.start, u.end) for u in found.used} == {(dt.date(2023, 1, 1), dt.date(2024, 1, 1))}


@pytest.mark.parametrize(
    ("low", "quality", "said"),
    [(1500, "lower_bound", "at least 1,500 to 2,500 USD"), (2500, "upper_bound", "at most 2,500 USD")],
)
def test_exchange_that_is_printed_as_a_bound_is_shown_as_one(low, quality, said):
    row = unrecorded("arms", low, 2500, quality=quality)
    used = side({"publisher": "p", "unrecorded": ["arms"]}, unrecorded=[row]).used[-1]
    assert used.amount is not None
    assert used.amount.said == said


@pytest.mark.parametrize(("imputed", "shown"), [(1.0, ["own", "all"]), (0.99, ["own", "all", "customs"])])
def test_customs_rows_are_shown_as_used_only_where_they_count(imputed, shown):
    found = side({"publisher": "p", "customs": "customs", "imputed": imputed})
    assert [u.id for u in found.used] == shown


#: The same arms, as two publishers value them, and one that begins after the year.
ARMS = [
    unrecorded("low", 20, 20),
    unrecorded("high", 70, 70, publisher="r"),
    unrecorded("late", 50, 50, publisher="later", **year(2024)),
]


@pytest.mark.parametrize(("who", "added"), [("q", 20), ("r", 70), ("later", 0)])
def test_ranges_of_one_kind_are_those_of_the_publisher_that_is_named(who, added):
    (only,) = side({"publisher": "p", "unrecorded": ["arms"], "unrecorded_by": {"arms": who}}, unrecorded=ARMS).years
    assert np.median(only.extra_rest) == pytest.approx(added)


def test_a_publisher_that_prints_nothing_of_the_kind_lacks_evidence():
    options = {"publisher": "p", "unrecorded": ["arms"], "unrecorded_by": {"arms": "nobody"}}
    assert side(options, unrecorded=ARMS).missing == ("nobody's range of unrecorded arms",)
    assert side({**options, "unrecorded": ["oil"]}, unrecorded=ARMS).missing == (), "arms do not count"
    others = {**options, "unrecorded_by": {"oil": "nobody"}}
    assert side(others, unrecorded=ARMS[:1]).missing == (), "of other kinds everyone's count"


def test_ranges_of_several_publishers_are_alternatives_and_never_added_up():
    found = side({"publisher": "p", "unrecorded": ["arms"]}, unrecorded=ARMS)
    (only,) = found.years
    assert set(only.extra_rest.round(6)) == {20.0, 70.0}
    assert (only.extra_rest < 21).mean() == pytest.approx(0.5, abs=0.15)
    said = "2023: 2 publishers value the same unrecorded arms with CCC; each draw takes one of them, not their sum"
    assert (found.missing, found.notes) == ((), (said,))
    assert [u.id for u in found.used if u.table == "unrecorded"] == ["low", "high"]


def test_alternatives_are_those_of_the_same_publisher_in_every_year():
    arms = [
        unrecorded("low", 20, 20, **year(2022, 2024)),
        unrecorded("high", 70, 70, publisher="r", **year(2022, 2024)),
    ]
    rows = [*ROWS, trade("own-22", 90, **year(2022)), trade("all-22", 100, partner="WLD", **year(2022))]
    one, other = side({"publisher": "p", "unrecorded": ["arms"]}, rows, years=(2022, 2023), unrecorded=arms).years
    assert one.extra_rest == pytest.approx(other.extra_rest, rel=0.01)


def test_ranges_of_one_publisher_and_time_contradict_each_other_and_are_not_added_up():
    arms = [unrecorded("low", 20, 20), unrecorded("high", 70, 70, source="other")]
    found = side({"publisher": "p", "unrecorded": ["arms"]}, unrecorded=arms, sources=[source(), source("other")])
    assert set(found.years[0].extra_rest.round(6)) == {20.0, 70.0}


@pytest.mark.parametrize(("own", "lacking"), [(120, 1), (100.4, 0), (99, 0)])
def test_a_partner_beyond_all_partners_is_impossible_beyond_the_errors_of_the_two(own, lacking):
    rows = [trade("own", own), trade("all", 100, partner="WLD")]
    with world(trade=rows, sources=[source(reliability="B", credibility="2")]) as record:
        found = side_of(record, "AAA", "BBB", TradeOptions(publisher="p"), [2023], GRADED)
    assert len(found.missing) == lacking
    assert [u.id for u in found.used] == ["own", "all"], "both are shown, whatever comes of them"


@pytest.mark.parametrize(
    ("own", "whole", "bounds"),
    [(["270111", "270112"], "TOTAL", {"lower"}), (["TOTAL"], "270111", {"upper"}), (["270111"], "270111", set())],
)
def test_codes_in_place_of_a_total_are_told_and_pin_a_share_from_one_side(own, whole, bounds):
    rows = [trade(f"own{code}", 40, commodity=code) for code in own]
    found = side({"publisher": "p"}, [*rows, trade("all", 100, partner="WLD", commodity=whole)])
    assert found.bounds == bounds
    codes = [len(own)] if own != ["TOTAL"] else []
    codes += [1] if whole != "TOTAL" else []
    assert [int(note.split("; ")[1].split()[0]) for note in found.notes] == codes


@pytest.mark.parametrize("add", [["p"], ["a", "p"], ["a", "a"]])
def test_no_publisher_is_added_twice(add):
    with pytest.raises(ValueError, match="each once"):
        TradeOptions.model_validate({"publisher": "p", "add": add})


@pytest.mark.parametrize(
    ("other", "added"),
    [
        ({"partner": "DDD"}, 90),
        ({"kind": "oil"}, 90),
        (year(2024), 20),
        ({"publisher": "q", "start": "2023-07-01"}, 90),
    ],
)
def test_other_exchange_of_another_publisher_is_added(other, added):
    rows = [ARMS[0], {**ARMS[1], **other}]
    (only,) = side({"publisher": "p", "unrecorded": ["arms", "oil"]}, unrecorded=rows).years
    assert np.median(only.extra_rest) == pytest.approx(added)


@pytest.mark.parametrize(("day", "added"), [("2023-07-02", 20), ("2024-01-01", 10), ("2030-01-01", 10)])
def test_a_day_beyond_a_range_leaves_it_as_it_was_printed(day, added):
    row = unrecorded("arms", 20, 20, start="2022-01-01", end="2024-01-01")
    options = {"publisher": "p", "unrecorded": ["arms"], "unrecorded_from": day}
    (only,) = side(options, unrecorded=[row]).years
    assert np.median(only.extra_rest) == pytest.approx(added)
