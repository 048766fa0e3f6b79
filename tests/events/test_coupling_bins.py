"""Events in bins of time."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import Row, event, source, world
from tumen.events.coupling_bins import Events, Question, events_of, panel_of

OF = ("AAA", "BBB", "CCC")


def read(
    rows: Sequence[Row],
    placebos: tuple[tuple[str, str], ...] = (),
    first: str = "2023-01-01",
    last: str = "2023-03-01",
    adversaries: tuple[str, ...] = ("DDD",),
    **tables: Sequence[Row],
) -> Events:
    question = Question(OF, adversaries, placebos, (dt.date.fromisoformat(first), dt.date.fromisoformat(last)))
    with world(events=rows, **tables) as record:
        return events_of(record, question)


def visits(times: int, day: str = "2023-01-05", one: str = "AAA", other: str = "BBB", **more: Any) -> list[Row]:
    return [event(f"{one}{other}{day}{n}{more.get('source', '')}", day, one, other, **more) for n in range(times)]


def every(step: int, one: str, other: str, days: int = 59) -> list[Row]:
    start = dt.date(2023, 1, 1)
    return [event(f"{one}{other}{n}", str(start + dt.timedelta(days=n)), one, other) for n in range(0, days, step)]


def test_counts_keep_their_direction_and_their_bin():
    made = panel_of(read([*visits(2), *visits(1, "2023-02-28", "BBB", "AAA")]), "month", ())
    assert made.counts[:, 0].tolist() == [[2, 0], [0, 1]]
    assert made.counts[:, 1:].sum() == 0
    assert made.cycle == 12


def test_bins_that_are_cut_off_by_the_period_are_left_out():
    found = read(visits(1, "2023-01-16"), last="2023-01-18")
    assert len(found.first_days("week")) == 2
    assert panel_of(found, "week", ()).counts.sum() == 0
    assert panel_of(found, "day", ()).counts[15, 0, 0] == 1
    assert read([], first="2023-01-02", last="2023-02-28").first_days("month") == []


def test_pressure_is_what_adversaries_have_with_each_and_activity_is_the_rest():
    rows = [
        *visits(3, one="DDD", other="AAA"),
        *visits(2, one="BBB", other="EEE"),
        *visits(5),
        *visits(1, one="CCC", other="DDD"),
    ]
    made = panel_of(read(rows), "month", ())
    assert made.actors == OF
    assert made.pressure[0].tolist() == [3, 0, 1]
    assert made.activity[0].tolist() == [0, 2, 0]


def test_two_adversaries_press_together():
    rows = [*visits(3, one="DDD", other="AAA"), *visits(2, one="AAA", other="EEE"), *visits(4, one="DDD", other="EEE")]
    made = panel_of(read(rows, adversaries=("DDD", "EEE")), "month", ())
    assert made.pressure[0].tolist() == [5, 0, 0]


def test_placebos_of_adversaries_serve_for_the_common_factor_alone():
    found = read(
        [*visits(2, one="DDD", other="EEE"), *visits(3, one="FFF", other="GGG")], (("DDD", "EEE"), ("FFF", "GGG"))
    )
    assert found.question.compared == (("FFF", "GGG"),)
    made = panel_of(found, "month", found.question.compared)
    assert made.counts[0, 3].sum() == 3
    assert made.factor[:, 0].tolist() == [2, 0]


def test_joint_events_are_no_dyads_events():
    rows = [
        *visits(2),
        *visits(1, "2023-01-06", parties="AAA+BBB+CCC"),
        *visits(1, "2023-01-07", parties="AAA+BBB+EEE"),
    ]
    found = read(rows)
    assert found.count(("AAA", "BBB"), "day") == 2
    assert [str(r.date) for r in found.joint] == ["2023-01-06"]


@pytest.mark.parametrize(("step", "width"), [(1, "day"), (2, "week"), (7, "week"), (9, "month")])
def test_bins_are_as_fine_as_the_rarest_dyad_allows(step, width):
    found = read([*every(1, "AAA", "BBB"), *every(1, "AAA", "CCC"), *every(step, "BBB", "CCC")])
    assert found.bin() == width


def test_a_date_known_to_the_month_counts_only_in_months():
    found = read(visits(3, "2023-01-01", date_precision="month"))
    assert found.count(("AAA", "BBB"), "month") == 3
    assert found.count(("AAA", "BBB"), "week") == 0
    assert panel_of(found, "day", ()).counts.sum() == 0
    assert read(visits(3, "2023-01-01", date_precision="year")).count(("AAA", "BBB"), "month") == 0


def test_coded_events_of_one_source_are_not_mixed_with_a_chronology():
    sources = [source(), source("t")]
    rows = [*visits(3, "2023-01-10"), *visits(2, "2023-02-10", source="t"), *visits(2, "2023-01-20", "BBB", "DDD")]
    found = read(rows, sources=sources)
    assert found.main_source() == "s"
    alone = found.from_one("s")
    assert alone.count(("AAA", "BBB"), "day") == 3
    assert alone.question.period == (dt.date(2023, 1, 10), dt.date(2023, 1, 21))
    assert read([*visits(2), *visits(2, source="t")], sources=sources).main_source() is None
    assert read([]).main_source() is None


def test_a_source_without_events_leaves_nothing():
    found = read(visits(3)).from_one("none")
    assert found.rows == ()
    assert np.array(panel_of(found, "month", ()).counts).sum() == 0
