"""What publishers say of one host together: order, names and looser bounds decide nothing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import GRADED, many, source, world
from tumen.measure.content import in_order
from tumen.record.read import Record
from tumen.sanctions.worker_figures import WorkersFigure, speaking
from tumen.sanctions.worker_hosts import Host, host_of


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    """A record that holds sources alone."""
    with world(sources=[source("s"), source("t", reliability="C", credibility="3")]) as found:
        yield found


def figure(publisher: str, of: int, low: float | None, high: float | None, quality: str, read_in: str) -> WorkersFigure:
    dates = dt.date(of, 1, 1), dt.date(of + 1, 1, 1)
    about = ("AAA", "stock", "all", "BBB")
    return WorkersFigure("", *about, *dates, low, high, None, None, publisher, quality, read_in)


#: Figures, ranges and bounds of three publishers in two years.
STATED = st.builds(
    lambda publisher, of, low, wide, quality, read_in: figure(publisher, of, low, low + wide, quality, read_in),
    st.sampled_from("pqr"),
    st.sampled_from((2023, 2024)),
    st.integers(1, 99),
    st.integers(0, 50),
    st.sampled_from(("exact", "lower_bound", "upper_bound")),
    st.sampled_from("st"),
)
STATEMENTS = st.lists(STATED, min_size=1, max_size=6)


def named(rows: Sequence[WorkersFigure], prefix: str = "r") -> list[WorkersFigure]:
    return [replace(row, id=f"{prefix}{n}") for n, row in enumerate(rows)]


def host(rows: Sequence[WorkersFigure], record: Record) -> Host:
    found = host_of("BBB", speaking(in_order(rows, record)), record, GRADED)
    assert found is not None
    return found


@many
@given(rows=STATEMENTS, more=st.integers(1, 500), of=st.sampled_from("pqrz"), when=st.sampled_from((2023, 2024)))
@pytest.mark.parametrize("quality", ["lower_bound", "upper_bound"])
def test_a_looser_bound_changes_nothing(
    record: Record, quality: str, rows: list[WorkersFigure], more: int, of: str, when: int
) -> None:
    before = host(named(rows), record)
    if not {None, quality.removesuffix("_bound")} & {row.bound for row in before.rows}:
        return  # without a figure, the first bound on a side is no looser one
    most = max(row.high or 0.0 for row in rows) + more
    loose = (
        figure(of, when, 0.0, None, quality, "s")
        if quality == "lower_bound"
        else figure(of, when, None, most, quality, "s")
    )
    after = host([*named(rows), replace(loose, id="loose")], record)
    assert (after.draws == before.draws).all()
    assert (after.bounds, after.rows, after.against) == (before.bounds, before.rows, before.against)


@many
@given(rows=STATEMENTS, shuffled=st.randoms(use_true_random=False))
def test_the_order_and_the_ids_of_rows_change_nothing(
    record: Record, rows: list[WorkersFigure], shuffled: random.Random
) -> None:
    other = list(rows)
    shuffled.shuffle(other)
    one, two = host(named(rows), record), host(named(other, "z"), record)
    assert (one.draws == two.draws).all()
    assert one.bounds == two.bounds
    assert [replace(r, id="") for r in one.rows] == [replace(r, id="") for r in two.rows]
    assert (len(one.against), len(one.notes)) == (len(two.against), len(two.notes))


@many
@given(rows=STATEMENTS)
def test_most_draws_lie_within_what_is_printed(record: Record, rows: list[WorkersFigure]) -> None:
    found = host([replace(row, source="s") for row in named(rows)], record)
    ends = [end for row in rows for end in (row.low, row.high) if end is not None]
    inside = (min(ends) * 0.9 <= found.draws) & (found.draws <= max(ends) * 1.1)
    assert inside.mean() >= 0.8 - 5 * (0.8 * 0.2 / len(inside)) ** 0.5
