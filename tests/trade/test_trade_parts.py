"""The parts of a year: what each option takes from the record and leaves behind it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import EXACT, Row, trade, unrecorded, world, year
from tumen.measure.units import USD, Amount, amount
from tumen.trade.trade_parts import Side, TradeOptions, side_of

ROWS = [trade("own", 90), trade("all", 100, partner="WLD"), trade("customs", 70, publisher="customs")]


def side(
    options: Mapping[str, Any], rows: Sequence[Row] = ROWS, years: Sequence[int] = (2023,), **tables: Sequence[Row]
) -> Side:
    with world(trade=rows, **tables) as record:
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


def test_nothing_at_all_is_a_share_of_zero_and_no_crash():
    (only,) = side({"publisher": "p"}, [trade("own", 0), trade("all", 0, partner="WLD")]).years
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


def test_ranges_of_several_publishers_are_never_added_up():
    said = "whose range of unrecorded arms counts, of several publishers that print one"
    assert side({"publisher": "p", "unrecorded": ["arms"]}, unrecorded=ARMS).missing == (said,)


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
