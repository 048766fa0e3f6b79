"""The charts of rival explanations hold whatever a case calls them, however many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.draw.legible import STRANGE, faults
from tests.explanations.test_sentences import rivals_of
from tumen.draw.drawing import TOO_FEW
from tumen.explanations.hypothesis_charts import hypothesis_drawings
from tumen.explanations.weighing import ItemReading, Weighed
from tumen.run import BUNDLED, evaluate


@pytest.fixture(scope="module")
def weighed() -> Weighed:
    return rivals_of(evaluate(BUNDLED, only="hypotheses"))


def called(reading: ItemReading, text: str) -> ItemReading:
    """A reading of an item with another text."""
    evidence = reading.item.evidence.model_copy(update={"text": text})
    return replace(reading, item=replace(reading.item, evidence=evidence))


def many(weighed: Weighed, count: int) -> Weighed:
    """The same with so many explanations, all alike."""
    first = weighed.standings[0]
    standings = tuple(replace(first, id=str(n), label=f"label {n}") for n in range(count))
    even = {s.id: 1 / count for s in standings}
    return replace(
        weighed,
        standings=standings,
        steps=tuple(replace(s, posterior=even, low=even, high=even) for s in weighed.steps),
        readings=tuple(replace(r, logs=(0.3,) * count) for r in weighed.readings),
        left_out=tuple(replace(o, posterior=even) for o in weighed.left_out),
    )


def test_charts_take_their_colours_from_the_page(weighed: Weighed) -> None:
    drawings = hypothesis_drawings(weighed)
    assert [d.title for d in drawings] == [
        "Evidence against explanations",
        "How the probabilities moved",
        "If one thing were left out",
    ]
    for drawing in drawings:
        assert faults(drawing) == []
        assert all("var(--" in svg and "#000" not in svg for svg in drawing.svg.values())
        assert len({len(row) for row in drawing.rows}) == 1
        assert len(drawing.rows[0]) == len(drawing.columns)


@pytest.mark.parametrize("text", STRANGE)
def test_whatever_explanations_and_items_are_called_they_stay_legible(weighed: Weighed, text: str) -> None:
    strange = replace(
        weighed,
        standings=tuple(replace(s, label=text) for s in weighed.standings),
        readings=tuple(called(r, text) for r in weighed.readings),
    )
    for drawing in hypothesis_drawings(strange):
        assert drawing.svg
        assert faults(drawing) == []


def test_columns_with_long_names_have_numbers_that_a_list_explains(weighed: Weighed) -> None:
    long = replace(weighed, standings=tuple(replace(s, label=f"{s.label} {'x' * 40}") for s in weighed.standings))
    heat, *_ = hypothesis_drawings(long)
    assert "rotate" not in heat.svg["wide"]
    assert heat.svg["wide"].count(">7</text>") == 2
    assert "rotate" in hypothesis_drawings(weighed)[0].svg["wide"]


@pytest.mark.parametrize("count", [2, 16])
def test_up_to_sixteen_explanations_have_columns_on_a_phone(weighed: Weighed, count: int) -> None:
    for drawing in hypothesis_drawings(many(weighed, count)):
        assert drawing.svg
        assert faults(drawing) == []


def test_sixty_explanations_are_told_in_the_table(weighed: Weighed) -> None:
    heat, moved, _ = hypothesis_drawings(many(weighed, 60))
    assert heat.svg == {}
    assert heat.says.endswith("Too many for a picture; the table has them.")
    assert len(heat.columns) == 62
    assert faults(moved) == []


def test_two_things_to_leave_out_and_one_day_are_told_in_the_table_alone(weighed: Weighed) -> None:
    little = replace(weighed, steps=weighed.steps[-1:], left_out=weighed.left_out[:2])
    _, moved, tornado = hypothesis_drawings(little)
    assert moved.svg == tornado.svg == {}
    assert moved.says.endswith(TOO_FEW)
    assert tornado.says.endswith(TOO_FEW)


def test_a_bar_that_rises_has_another_colour_and_another_side_than_one_that_falls(weighed: Weighed) -> None:
    leader = weighed.leader
    moves = [
        replace(o, posterior={**o.posterior, leader.id: leader.posterior + by})
        for o, by in zip(weighed.left_out, (0.1, -0.1, 0.0), strict=False)
    ]
    *_, tornado = hypothesis_drawings(replace(weighed, left_out=tuple(moves)))
    assert faults(tornado) == []
    assert 'fill="var(--c1)"' in tornado.svg["wide"]
    assert 'fill="var(--c2)"' in tornado.svg["wide"]
