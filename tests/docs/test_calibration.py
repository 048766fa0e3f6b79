"""The pages say what the kept results say."""

from __future__ import annotations

import pytest
from benchmarks.calibration.pages import page_of, warned, warning
from benchmarks.calibration.results import read, shortfalls
from benchmarks.calibration.scoring import Score

MEASURES = list(dict.fromkeys(row.measure for row in read().rows))


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measures_page_says_where_it_falls_short(measure):
    text = page_of(measure).read_text(encoding="utf-8")
    rows = [row for row in read().rows if row.measure == measure]
    assert warned(text, measure, rows) == text, "run: python -m benchmarks.calibration --pages"
    assert all(row.world in text for row in rows if shortfalls(row))


def test_a_warning_names_the_world_and_how_often_it_was_wrong():
    own = Score("contact.ratio", "own errors", False, 300, 0, 0.904, 100, 0.01)
    harsh = Score("contact.ratio", "bursts", True, 300, 0, 0.512, 100, 0.071)
    assert warning("contact.ratio", [own, harsh]) == (
        "\n## Calibration\n\n<!-- calibration -->\n"
        "In simulated worlds as the measure assumes them, its 90 per cent intervals held the truth in 90.4 per cent.\n"
        "\n- **It falls short with bursts**: its 90 per cent intervals held the truth in 51.2 per cent; of verdicts "
        "with P above 0.95 or below 0.05, 7.1 per cent were wrong.\n\n"
        "The whole table, and why: [Calibration](../calibration.md#contactratio).\n<!-- end -->\n"
    )


def test_a_page_is_written_once_however_often():
    own = [Score("contact.ratio", "own errors", False, 300, 0, 0.904, 100, 0.01)]
    once = warned("# A page\n\nIts end.\n", "contact.ratio", own)
    assert warned(once, "contact.ratio", own) == once
    assert once.startswith("# A page\n\nIts end.\n\n## Calibration\n")
