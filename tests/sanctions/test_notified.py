"""What suppliers notified in a year, put together from figures of every kind."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import EXACT, GRADED, Row, Setting, delivery, world
from tumen.measure.units import Amount, amount
from tumen.sanctions.notified import Notified, deliveries, notified_in
from tumen.sanctions.units import BARRELS
from tumen.sea.units import TONNES


def notified(rows: Sequence[Row], year: int = 2023, setting: Setting = EXACT) -> Any:
    with world(deliveries=rows) as record:
        printed = deliveries(record, "AAA", "oil", (dt.date(2018, 1, 1), dt.date(2025, 1, 1)))
        return notified_in(printed, year, record, setting)


def part(name: str, start: str, end: str, supplier: str = "BBB", **more: Any) -> Row:
    return delivery(name, supplier, start=f"2023-{start}", end=f"2023-{end}" if len(end) == 5 else end, **more)


def ids(found: Notified) -> list[str]:
    return [u.id for u in found.used]


def test_firm_figures_of_each_supplier_are_summed_before_a_joint_one_is_looked_at():
    rows = [
        delivery("b", tonnes=10),
        delivery("c", "CCC", barrels=70),
        delivery("both", "BBB+CCC", barrels=999),
    ]
    found = notified(rows)
    assert (np.median(found.tonnes), np.median(found.barrels)) == (10, 70)
    assert ids(found) == ["b", "c"]
    assert not found.conflict
    assert not found.notes


def test_rows_used_say_who_delivered_to_whom_and_how_much():
    whole = notified([delivery("b", tonnes=10), delivery("c", "CCC", barrels=70)])
    assert [(u.amount, u.actors, u.commodity) for u in whole.used] == [
        (amount(10, TONNES), ("BBB", "AAA"), "oil"),
        (amount(70, BARRELS), ("CCC", "AAA"), "oil"),
    ]
    (joint,) = notified([part("jan", "01-01", "02-01", "BBB+CCC", barrels=7)]).used
    assert joint.actors == ("BBB", "CCC", "AAA")
    assert (joint.start, joint.end) == (dt.date(2023, 1, 1), dt.date(2023, 2, 1))


def test_a_delivery_that_is_printed_as_a_bound_is_shown_as_one():
    with world(deliveries=[delivery("b", tonnes=10)]) as record:
        (row,) = deliveries(record, "AAA", "oil", (dt.date(2018, 1, 1), dt.date(2025, 1, 1)))
        found = notified_in([replace(row, quality="upper_bound")], 2023, record, EXACT)
    assert found is not None
    assert found.used[0].amount == Amount(None, 10, TONNES)


def test_a_supplier_in_conflict_gives_way_to_the_joint_figure():
    rows = [
        delivery("b1", barrels=10, quality="conflict"),
        delivery("b2", barrels=20, quality="conflict"),
        delivery("c", "CCC", barrels=70),
        delivery("both", "BBB+CCC", barrels=100),
    ]
    found = notified(rows)
    assert ids(found) == ["both"]
    assert np.median(found.barrels) == 100


def test_figures_in_conflict_are_drawn_evenly_between_the_lowest_and_the_highest():
    rows = [delivery(f"b{n}", barrels=n, quality="conflict") for n in (10, 30, 20)]
    found = notified(rows)
    assert found.conflict
    assert found.barrels.min() >= 10
    assert found.barrels.max() <= 30
    assert found.barrels.mean() == pytest.approx(20, abs=4 * 20 / np.sqrt(12 * EXACT.draws))
    assert ids(found) == ["b10", "b20", "b30"]


def test_joint_figures_in_conflict_are_a_range_too():
    rows = [delivery(n, "BBB+CCC", barrels=b, quality="conflict") for n, b in (("x", 134), ("y", 149))]
    found = notified(rows)
    assert found.conflict
    assert 134 <= found.barrels.min() <= found.barrels.max() <= 149


def test_a_firm_figure_comes_before_those_in_conflict_with_it():
    rows = [delivery("old", barrels=10, quality="conflict"), delivery("new", barrels=30)]
    found = notified(rows)
    assert ids(found) == ["new"]
    assert not found.conflict


def test_a_figure_that_somebody_worked_out_counts_only_where_none_is_printed():
    worked_out = delivery("worked-out", barrels=12, quality="derived")
    disputed = [delivery(f"b{n}", barrels=n, quality="conflict") for n in (10, 30)]
    assert ids(notified([worked_out, delivery("printed", barrels=30)])) == ["printed"]
    assert ids(notified([worked_out, *disputed])) == ["b10", "b30"]
    assert ids(notified([worked_out])) == ["worked-out"]


def test_of_firm_figures_the_exact_and_then_the_finer_one_stands():
    rows = [
        delivery("about", barrels=200, quality="rounded", last_digit=1),
        delivery("coarse", barrels=190, last_digit=10),
        delivery("fine", barrels=192, last_digit=1),
    ]
    assert ids(notified(rows)) == ["fine"]


def test_a_cumulative_figure_and_the_months_after_it_make_a_chain():
    rows = [
        part("jan-apr", "01-01", "05-01", barrels=40),
        part("jan-oct", "01-01", "11-01", barrels=100),
        part("jan", "01-01", "02-01", barrels=7),
        part("nov", "11-01", "12-01", barrels=5),
        part("dec", "12-01", "2024-01-01", barrels=6),
    ]
    found = notified(rows)
    assert ids(found) == ["jan-oct", "nov", "dec"], "the longest figure from the year's start, then what follows on"
    assert np.median(found.barrels) == 111
    assert not found.notes


def test_a_gap_in_the_chain_is_noted_and_never_filled():
    rows = [
        part("jan-oct", "01-01", "11-01", barrels=100),
        part("dec", "12-01", "2024-01-01", barrels=6),
    ]
    found = notified(rows)
    assert np.median(found.barrels) == 106
    assert found.notes == ("BBB: no figure for 2023-11-01 to 2023-11-30; the sum leaves it out",)


def test_a_chain_with_a_gap_gives_way_to_the_joint_figure():
    rows = [
        part("jan", "01-01", "02-01", barrels=7),
        delivery("c", "CCC", barrels=1),
        delivery("both", "BBB+CCC", barrels=50),
    ]
    assert ids(notified(rows)) == ["both"]


def test_joint_figures_for_parts_of_a_year_are_chained_where_no_supplier_stands_alone():
    rows = [
        part("jan", "01-01", "02-01", "BBB+CCC", barrels=7),
        part("rest", "02-01", "2024-01-01", "BBB+CCC", barrels=8),
    ]
    found = notified(rows)
    assert np.median(found.barrels) == 15
    assert not found.notes


def test_barrels_come_before_tonnes_which_need_a_density():
    found = notified([delivery("b", tonnes=10, barrels=79)])
    assert (np.median(found.tonnes), np.median(found.barrels)) == (0, 79)


def test_conflicting_figures_are_compared_in_the_unit_they_share():
    rows = [delivery("x", tonnes=10, barrels=79, quality="conflict"), delivery("y", tonnes=12, quality="conflict")]
    found = notified(rows)
    assert 10 <= found.tonnes.min() <= found.tonnes.max() <= 12
    assert not found.barrels.any()


def test_nothing_notified_is_not_zero():
    assert notified([]) is None
    assert notified([delivery("b", barrels=None, quality="missing")]) is None
    assert notified([delivery("b", barrels=5, start="2022-06-01", end="2023-06-01")]) is None, "no year of its own"


def test_a_notified_nothing_is_zero():
    found = notified([delivery("b", barrels=0)])
    assert not found.barrels.any()
    assert ids(found) == ["b"]


def test_rounding_is_drawn_in_the_unit_printed():
    found = notified([delivery("b", tonnes=100, last_digit=10)], setting=GRADED)
    # Half a unit either way, and the least error that a grade can add (A1: a quarter of a per cent).
    assert abs(found.tonnes - 100).max() <= 5 + 5 * 0.25
    assert np.ptp(found.tonnes) > 8
