"""What a system comes to as text and in the JSON object."""

from __future__ import annotations

import json

import pytest

from tests.conftest import CaseFolder
from tests.system.small_system import SYSTEM, system_files
from tumen.report.document import document
from tumen.run import Evaluation, evaluate
from tumen.system.in_words import concluded_in
from tumen.system.system_object import system_object
from tumen.system.walk import explain_system


@pytest.fixture
def small(case_folder: CaseFolder) -> Evaluation:
    return evaluate(case_folder(system_files()), only="system")


def test_the_walk_goes_from_words_to_codes_fit_scores_aims_and_forecasts(small: Evaluation) -> None:
    text = explain_system(small)
    heads = [line for line in text.splitlines() if line.isupper()]
    assert heads == [
        "WHAT WAS CODED",
        "WHO PRESSES WHOM",
        "FIT",
        "HOW WELL IT FORECAST",
        "AIMS, HABITS AND PRECISION, BEFORE AND AFTER THE RECORD",
        "FORECASTS",
        "ROWS",
    ]
    assert "2020H1 none 0.95, 2020H2 some 0.95" in text
    assert "2023H1 Alphaland’s help ‘much’: 0." in text
    assert "18 rows: B2 A Publisher: Yearbook of Trade" in text


def test_the_walk_makes_what_a_case_hides_visible(case_folder: CaseFolder) -> None:
    hidden = SYSTEM.replace("no trouble next door", "no \\u202etrouble")
    text = explain_system(evaluate(case_folder(system_files(hidden)), only="system"))
    assert "\u202e" not in text


def test_a_case_without_a_system_says_what_is_lacking(case_folder: CaseFolder) -> None:
    evaluation = evaluate(case_folder())
    assert "no system.toml" in explain_system(evaluation)
    assert system_object(evaluation) is None


def test_the_object_holds_every_level_of_every_period_and_forecasts_apart(small: Evaluation) -> None:
    held = system_object(small)
    found = concluded_in(small)
    assert held is not None
    assert found is not None
    assert [move.name for move in held.moves] == ["AAA.help", "BBB.lean"]
    assert len(held.levels) == 5 * 6
    assert len(held.forecasts) == 5 * 4
    assert all(one.low <= one.probability <= one.high for one in held.forecasts)
    assert sum(one.probability for one in held.forecasts if one.period == "2023H1") == pytest.approx(2)
    assert held.fit.draws == len(found.run.fitted.parameters)
    assert held.untold == list(found.untold)
    assert held.scores[0].name == "the system"


def test_it_stands_in_the_document_under_its_own_key(small: Evaluation) -> None:
    held = json.loads(json.dumps(document(small), default=str))
    assert held["system"]["note"] == "Made for a test."


def test_what_a_system_comes_to_holds_no_row_by_its_own_id(small: Evaluation) -> None:
    assert "ann-2020H1-AAA.help" not in repr(concluded_in(small))
