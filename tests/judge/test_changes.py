"""What changed between two walls: verdicts, probabilities, the rows behind them, and what was let in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from tests.judge.estimates import claim, evenly, of, spec, used
from tumen.case.model import Edition
from tumen.judge.changes import Changes, changes
from tumen.judge.verdict import Verdict, judge
from tumen.measure.estimate import Used
from tumen.record.left_out import BeyondWall
from tumen.record.sources import Source
from tumen.report.since import since_lines

FIRST = Edition(as_of=dt.date(2020, 12, 31), title="the first")
SOURCES = {name: Source(name, "P", "T", "", "2020-01-01", "A", "1", "public", "", "") for name in ("s", "t")}


def verdict(share_above: float, *rows: Used, name: str = "c") -> Verdict:
    """A verdict whose P is this share."""
    drawn = np.where(evenly() < share_above, 0.9, 0.1)
    return judge(claim(id=name), of(spec(drawn, used=rows)), SOURCES, dt.date(2021, 12, 31))


def since(before: Verdict, now: Verdict) -> Changes:
    return changes(FIRST, [before], [now], {}, {})


@pytest.mark.parametrize(
    ("before", "now", "turned", "moved"),
    [
        (0.9, 0.1, True, False),
        (0.85, 0.94, False, True),
        (0.9, 0.94, False, False),
        (0.9, 0.9, False, False),
        (0.5, 0.55, False, True),
    ],
)
def test_a_verdict_turns_or_its_p_moves_or_neither(before: float, now: float, turned: bool, moved: bool) -> None:
    (turn,) = since(verdict(before), verdict(now)).claims
    assert (turn.turned, turn.moved) == (turned, moved)
    assert [turn.probability_before, turn.probability] == pytest.approx([before, now])


def test_rows_that_came_and_went_are_named() -> None:
    (turn,) = since(verdict(0.9, used("s")), verdict(0.9, used("t"), used("t"))).claims
    assert turn.new == ("trade/row of t",)
    assert turn.gone == ("trade/row of s",)


def test_a_claim_of_one_wall_alone_is_not_compared() -> None:
    assert since(verdict(0.9, name="old"), verdict(0.9, name="new")).claims == ()


def test_what_the_earlier_wall_alone_kept_out_was_let_in() -> None:
    kept, keeps = {"a": BeyondWall(3, 2), "b": BeyondWall(1, 0)}, {"a": BeyondWall(1, 1), "c": BeyondWall(9, 9)}
    assert changes(FIRST, [], [], kept, keeps).let_in == {"a": 3, "b": 1}
    assert changes(FIRST, [], [], keeps, keeps).let_in == {}


def test_three_lines_say_what_changed() -> None:
    found = changes(
        FIRST,
        [verdict(0.9, name="one"), verdict(0.85, name="two"), verdict(0.9, name="three")],
        [verdict(0.1, used("s"), name="one"), verdict(0.92, name="two"), verdict(0.9, name="three")],
        {"trade": BeyondWall(1000, 2)},
        {},
    )
    assert since_lines(found) == [
        "Since 2020-12-31 (the first): 1 of 3 verdicts changed. Let in: 1,002 of trade.",
        "Changed: one supported → contradicted (1 new row).",
        "Moved: two 0.85 → 0.92.",
    ]


def test_one_line_says_that_nothing_changed() -> None:
    found = replace(since(verdict(0.9), verdict(0.9)), edition=Edition(as_of=dt.date(2020, 12, 31)))
    assert since_lines(found) == ["Since 2020-12-31: none of 1 verdict changed. Let in: nothing."]
