"""Words and deeds on one time axis."""

import pytest

from tumen.kinds import kinds
from tumen.report.page import drawings
from tumen.run import BUNDLED, evaluate


@pytest.fixture(scope="module")
def drawing():
    verdict = evaluate(BUNDLED, only="words-warmer-than-deeds").verdicts[0]
    (found,) = [d for d in drawings(verdict, kinds().charts) if d.title == "Words against deeds"]
    return found


def test_a_quarter_without_a_word_is_a_row_and_a_band(drawing):
    silent = [row for row in drawing.rows if row[2] == "none"]
    assert {row[1] for row in silent} == {"words"}
    assert f"in {len(silent)} of them the record has no word" in drawing.says
    assert drawing.svg["wide"].count("group: no word") == len(silent)


def test_words_and_deeds_share_one_axis_in_order_of_time(drawing):
    assert [row[0] for row in drawing.rows] == sorted(row[0] for row in drawing.rows)
    assert {row[1] for row in drawing.rows} == {"words", "deeds"}
    assert all("var(--" in svg and "#000" not in svg for svg in drawing.svg.values())
