"""Each shape of a series is drawn: a picture in each width, with its words and its table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.draw.legible import faults
from tests.judge.estimates import claim
from tests.measure.scenarios import SCENARIOS
from tests.measure.worlds import GRADED, MEASURES, Row, measured, source, world
from tumen.draw.drawing import TOO_FEW, WIDTHS, Drawing
from tumen.judge.verdict import Verdict, judge
from tumen.kinds import kinds
from tumen.measure.estimate import AS_LINES

#: The measures whose series have a shape of their own, by the shape.
SHAPED = {shape: name for name in sorted(MEASURES) if (shape := MEASURES[name].shape) != AS_LINES}


def verdict_on(name: str, **tables: Sequence[Row]) -> Verdict:
    """What the measure's claim comes to in a world."""
    scenario = SCENARIOS[name]
    with world(**tables) as record:
        found = measured(record, name, scenario.arguments, scenario.options, setting=GRADED)
        return judge(claim(measure=name), found, record.sources, GRADED.as_of)


def drawn_by_its_chart(verdict: Verdict) -> Sequence[Drawing]:
    assert verdict.estimate is not None
    return kinds(others=False).charts[verdict.estimate.shape](verdict)


def test_every_shape_has_what_draws_it_and_every_chart_a_shape():
    assert set(SHAPED) == set(kinds(others=False).charts)


@pytest.mark.parametrize("shape", sorted(SHAPED))
def test_a_series_is_drawn_wide_and_narrow_with_its_words_and_a_table(shape):
    found = drawn_by_its_chart(verdict_on(SHAPED[shape], **SCENARIOS[SHAPED[shape]].tables))
    assert any(drawing.svg for drawing in found)
    for drawing in found:
        assert faults(drawing) == []
        assert drawing.title
        assert drawing.says.endswith(".")
        assert set(drawing.svg) == set(WIDTHS) or drawing.says.endswith(TOO_FEW)
        assert drawing.rows
        assert {len(row) for row in drawing.rows} == {len(drawing.columns)}


@pytest.mark.parametrize("shape", sorted(SHAPED))
def test_colours_are_those_of_the_page(shape):
    for drawing in drawn_by_its_chart(verdict_on(SHAPED[shape], **SCENARIOS[SHAPED[shape]].tables)):
        assert all("var(--" in svg and "#000" not in svg for svg in drawing.svg.values()), drawing.title


@pytest.mark.parametrize("shape", sorted(SHAPED))
def test_nothing_is_drawn_of_an_empty_record(shape):
    verdict = verdict_on(SHAPED[shape], sources=[source()])
    assert drawn_by_its_chart(verdict) in ([], ())
