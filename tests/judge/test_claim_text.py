"""Days that a sentence leaves open, filled in; and braces that nothing can be filled into."""

import datetime as dt

import pytest

from tumen.case.model import Claim
from tumen.judge.claim_text import blank_problems, brace_problems, filled
from tumen.judge.in_time import Times
from tumen.judge.windows import Window

DAY = dt.date(2024, 12, 31)
SINCE = Times(windows=(Window(("period",), dt.date(2023, 9, 1), dt.date(2025, 1, 1), "since"),))


def claim(text: str) -> Claim:
    keys = {"id": "c", "sentence": "s", "cites": "p. 1", "measure": "m", "holds": {"above": 0}, "text": text}
    return Claim.model_validate(keys).placed({("text",): 4})


def test_days_are_filled_in_in_plain_words():
    text = "From {start} to {end}, as of {as_of}; {start}."
    assert filled(text, SINCE, DAY) == (
        "From 1 September 2023 to 31 December 2024, as of 31 December 2024; 1 September 2023."
    )


def test_the_end_is_the_last_day_that_counts_where_the_period_was_cut():
    cut = Times(windows=(Window(("p",), dt.date(2023, 9, 1), dt.date(2024, 1, 1), "since", dt.date(2025, 1, 1)),))
    assert filled("To {end}.", cut, DAY) == "To 31 December 2023."


@pytest.mark.parametrize("text", ["{", "}", "{}", "{day}", "{ start }", "{{start}}", "{start:%d}", "{end}{", "{END}"])
def test_other_braces_are_refused(text):
    (told,) = brace_problems(claim(f"It is so {text}."))
    assert (told.line, told.slug, told.severity) == (4, "text-blank", "error")


@pytest.mark.parametrize("text", ["It is so.", "By {as_of}.", "{start}{end}"])
def test_the_three_days_are_let_pass(text):
    assert brace_problems(claim(text)) == []
    assert blank_problems(claim(text), SINCE, DAY) == []


@pytest.mark.parametrize("name", ["start", "end"])
def test_a_day_that_the_arguments_do_not_tell_is_refused(name):
    (told,) = blank_problems(claim(f"By {{{name}}}."), Times(), DAY)
    assert (told.line, told.slug) == (4, "text-blank")
    assert f"{{{name}}}" in told.got
    assert blank_problems(claim("By {as_of}."), Times(), DAY) == []
