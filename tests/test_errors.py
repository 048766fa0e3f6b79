"""What every message has, and what it never has."""

from __future__ import annotations

import json

import pytest

from tumen.errors import Place, Problem, ProblemsError, did_you_mean, visible, visible_json

PROBLEM = Problem(
    Place("claims.toml", 14),
    got="measure 'x'",
    expected="a known measure",
    fix="Did you mean 'y'?",
    slug="unknown-measure",
)


def test_problem_reads_as_place_got_expected_fix_and_slug() -> None:
    assert (
        str(PROBLEM) == "claims.toml:14: got measure 'x'; expected a known measure. Did you mean 'y'? [unknown-measure]"
    )


def test_problem_of_a_whole_file_has_no_line() -> None:
    assert str(Problem(Place("a.csv"), got="g", expected="e", fix="F.", slug="s")) == "a.csv: got g; expected e. F. [s]"


def test_problems_are_told_one_a_line() -> None:
    error = ProblemsError([PROBLEM, PROBLEM])
    assert error.problems == (PROBLEM, PROBLEM)
    assert str(error) == f"error: {PROBLEM}\nerror: {PROBLEM}"
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Nampo 남포 ü", "Nampo 남포 ü"),
        ("two\nlines", "two\nlines"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb\tc", "a\\rb\\tc"),
        ("\u202ereversed", "\\u202ereversed"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\u2028sep", "line\\u2028sep"),
        ("\ud800", "\\ud800"),
        ("\ufdd0\uffff", "\\ufdd0\\uffff"),
        ("\U0001fffe", "\\U0001fffe"),
        ("\x7f\u0085", "\\x7f\\x85"),
        ("\U000e0001", "\\U000e0001"),
        ("\u3164", "\\u3164"),
        ("\ud7ff\ue000", "\ud7ff\\ue000"),
        ("no\xa0break", "no\xa0break"),
    ],
)
def test_what_a_terminal_acts_on_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_json_says_the_same_with_nothing_hidden_in_it() -> None:
    value = {"a\u202e": ["\x9b", "\u2028", "\x7f", "\U000e0001", "\ufeff", "\ud800", "ü 남", "\n"]}
    text = visible_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(text) == value
    assert visible(text) == text
    assert "ü 남" in text


@pytest.mark.parametrize(
    ("word", "known", "words"),
    [
        ("sharre", ["share", "value"], "Did you mean 'share'?"),
        ("shar", ["share", "shard"], "Did you mean 'share' or 'shard'?"),
        ("xyz", ["share", "value"], "Known: share, value."),
        ("xyz", [], "None is declared."),
        (
            "xyz",
            [f"n{i:02}" for i in range(13)],
            "Known: n00, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11 ….",
        ),
    ],
)
def test_nearest_words_are_named(word: str, known: list[str], words: str) -> None:
    assert did_you_mean(word, known) == words
