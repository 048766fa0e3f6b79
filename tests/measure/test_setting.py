"""The table that turns grades into errors."""

import itertools

import pytest

from tests.measure.worlds import EXACT, run, source, trade, world
from tumen.measure.setting import CREDIBILITY_FACTOR, RELIABILITY_ERROR, Grading, Setting
from tumen.record.sources import source_of


def test_a_worse_source_never_errs_less():
    grading = Grading()
    for one, other in itertools.pairwise("ABCDEF"):
        assert grading.relative_error(one, "2") <= grading.relative_error(other, "2")
    for one, other in itertools.pairwise("12345"):
        assert grading.relative_error("B", one) <= grading.relative_error("B", other)


def test_credibility_that_cannot_be_judged_counts_as_doubtful():
    assert Grading().relative_error("B", "6") == Grading().relative_error("B", "4")


def test_a_source_errs_by_both_its_grades():
    assert Grading().of(source_of(source(reliability="D", credibility="3"))) == pytest.approx(0.05 * 1.5)


def test_every_grade_is_in_the_table():
    assert "".join(RELIABILITY_ERROR) == "ABCDEF"
    assert "".join(CREDIBILITY_FACTOR) == "123456"


def test_a_cases_own_grades_replace_the_defaults():
    ask = {"focal": "AAA", "partner": "BBB", "period": ["2023-01-01", "2024-01-01"]}
    wide = Setting(400, 1, EXACT.as_of, Grading({**RELIABILITY_ERROR, "A": 0.3}))
    with world(trade=[trade("a", 50), trade("b", 100, partner="WLD")]) as record:
        default, own = (
            run(record, "dependence.share", ask, {"publisher": "p"}, s).draws.std() for s in (Setting(400, 1), wide)
        )
    assert own > 20 * default
