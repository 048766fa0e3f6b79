"""Words and deeds on one time axis."""

import datetime as dt

import pytest

from tests.draw.legible import faults
from tests.judge.estimates import claim, evenly, of, spec
from tumen.draw.drawing import TOO_FEW, Drawing
from tumen.judge.verdict import judge
from tumen.kinds import kinds
from tumen.measure.series import Point
from tumen.report.page import drawings
from tumen.run import BUNDLED, evaluate
from tumen.words.word_charts import words_and_deeds


@pytest.fixture(scope="module")
def drawing():
    verdict = evaluate(BUNDLED, only="words-warmer-than-deeds").verdicts[0]
    (found,) = [d for d in drawings(verdict, kinds().charts) if d.title == "Words against deeds"]
    return found


def test_a_quarter_without_a_word_is_a_row_and_a_band(drawing):
    silent = [row for row in drawing.rows if row[2] == "none"]
    assert {row[1] for row in silent} == {"words"}
    assert f"in {len(silent)} of them the record has no word" in drawing.says
    assert drawing.svg["wide"].count("<rect") == len(silent) + 1  # one in the legend


def test_words_and_deeds_share_one_axis_in_order_of_time(drawing):
    assert [row[0] for row in drawing.rows] == sorted(row[0] for row in drawing.rows)
    assert {row[1] for row in drawing.rows} == {"words", "deeds"}
    assert all("var(--" in svg and "#000" not in svg for svg in drawing.svg.values())


def test_the_picture_is_legible(drawing):
    assert faults(drawing) == []


@pytest.mark.parametrize("count", [3, 60])
def test_any_number_of_quarters_is_legible(count):
    (found,) = drawn_of(count)
    assert found.svg
    assert faults(found) == []


def test_two_quarters_are_told_in_the_table_alone():
    (found,) = drawn_of(2)
    assert found.svg == {}
    assert found.says.endswith(TOO_FEW)
    assert len(found.rows) == 2 * 2


def drawn_of(count: int) -> list[Drawing]:
    """Words and deeds of so many quarters, all as warm as can be."""
    quarters = [f"{2000 + n // 4}-Q{n % 4 + 1}" for n in range(count)]
    points = tuple(Point(when, group, 1.0, 1.0, 1.0) for when in quarters for group in ("words", "deeds"))
    return words_and_deeds(judge(claim(), of(spec(evenly(), series=points)), {}, dt.date(2024, 1, 1)))
