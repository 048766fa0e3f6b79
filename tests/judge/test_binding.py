"""What a claim asks of a measure, refused with the line at fault and the way out."""

import datetime as dt

import pytest

from tumen.errors import Problem
from tumen.judge.binding import BoundClaim, bind
from tumen.judge.in_time import Times, time_warnings
from tumen.judge.windows import Window
from tumen.kinds import kinds
from tumen.measure.units import USD
from tumen.prepare import load_case

CASE = """\
title = "A small case"
as_of = 2024-12-31
focal = "AAA"
seed = 1

[citation]
author = "An Author"
title = "An Assessment"
publisher = "A Publisher"
published = 2024-01-15

[[actor]]
id = "AAA"
name = "Alphaland"
"""

CLAIM = """\
[[specification]]
id = "printed"
label = "as printed"
# as printed in March
options = { publisher = "p" }

[[claim]]
id = "share"
sentence = "share"
text = "More than half of Alphaland's trade was with Betaland."
cites = "page 1"
measure = "dependence.share"
unit = "share"
holds = { above = 0.5 }
arguments = { focal = "AAA", partner = "BBB", period = [2023-01-01, 2024-01-01] }
specifications = ["printed"]

[[claim.lever]]
name = "unrecorded_usd"
label = "trade missing from the table"
high = 500.0
"""

#: Lines of CLAIM, counted by hand.
LINES = {"measure": 12, "unit": 13, "holds": 14, "arguments": 15, "specifications": 16, "lever": 19, "high": 21}


@pytest.fixture
def bound(tmp_path):
    """Bind the one claim of CLAIM, with some of its text replaced."""

    def bind_with(as_of=dt.date(2024, 12, 31), **changes):
        lines = CLAIM.splitlines()
        for key, line in changes.items():
            lines[LINES[key] - 1] = line
        (tmp_path / "case.toml").write_text(CASE)
        (tmp_path / "claims.toml").write_text("\n".join(lines))
        case, problems = load_case(tmp_path)
        assert not [p for p in problems if p.severity == "error"], problems
        assert case is not None
        return bind(case.claims[0], case.specifications, kinds().measures, as_of)

    return bind_with


def told(answer: tuple[BoundClaim | None, list[Problem]]) -> list[str]:
    found, problems = answer
    assert found is None
    return [str(p) for p in problems]


def test_a_claim_is_bound_to_its_measure_with_checked_arguments(bound):
    found, problems = bound()
    assert problems == []
    assert found.measure.name == "dependence.share"
    assert found.arguments.partner == "BBB"
    assert [(c.id, c.label, c.options.publisher) for c in found.choices] == [("printed", "as printed", "p")]
    (lever,) = found.levers
    assert (lever.name, lever.label, lever.low, lever.high) == (
        "unrecorded_usd",
        "trade missing from the table",
        0.0,
        500.0,
    )
    assert lever.unit is USD, "what the claim leaves out is the measure's"


def test_an_unknown_measure_is_named_with_the_one_that_was_meant(bound):
    (only,) = told(bound(measure='measure = "dependance.share"'))
    assert only.startswith("claims.toml:12: got claim 'share' names measure 'dependance.share'")
    assert "Did you mean 'dependence.share'" in only
    assert "planned = true" in only
    assert only.endswith("[unknown-measure]")


def test_a_unit_other_than_the_measures_is_refused(bound):
    (only,) = told(bound(unit='unit = "USD"'))
    assert only == (
        "claims.toml:13: got claim 'share' expects USD; expected share, which 'dependence.share' gives. "
        "Correct the unit, or use another measure. [unit-mismatch]"
    )


@pytest.mark.parametrize("holds", ["{ above = 98.0 }", "{ below = -0.1 }", "{ within = [1.5, 2.0] }"])
def test_a_region_that_no_value_can_reach_is_refused(bound, holds):
    (only,) = told(bound(holds=f"holds = {holds}"))
    assert only.startswith("claims.toml:14: got claim 'share' holds ")
    assert "a region that 'dependence.share' can reach: share from 0 to 1" in only
    assert only.endswith("shares are written 0.98, not 98. [region-empty]")


@pytest.mark.parametrize(
    "holds",
    ["{ within = [0, 98] }", "{ above = -0.1 }", "{ below = 1.5 }", "{ outside = [1.5, 2.0] }", "{ within = [0, 1] }"],
)
def test_a_region_that_every_value_reaches_is_refused(bound, holds):
    (only,) = told(bound(holds=f"holds = {holds}"))
    assert "expected a region that 'dependence.share' can miss: share from 0 to 1" in only
    assert "shares are written 0.98, not 98. [region-full]" in only


@pytest.mark.parametrize("holds", ["{ within = [0.5, 98] }", "{ above = 0 }", "{ below = 1 }"])
def test_a_region_that_some_value_misses_is_bound(bound, holds):
    assert bound(holds=f"holds = {holds}")[1] == []


@pytest.mark.parametrize(
    ("arguments", "got", "slug"),
    [
        ('{ focal = "AAA", partner = "BBB" }', "no 'period'", "key-missing"),
        ('{ focal = "AAA", partner = "BBB", period = [2023-01-01, 2023-07-01] }', "whole calendar years", "bad-value"),
        (
            '{ focal = "AAA", partner = "BBB", perod = 1, period = [2023-01-01, 2024-01-01] }',
            "Did you mean 'period'",
            "unknown-key",
        ),
    ],
)
def test_bad_arguments_are_refused_at_their_line(bound, arguments, got, slug):
    (only,) = told(bound(arguments=f"arguments = {arguments}"))
    assert only.startswith("claims.toml:15: ")
    assert got in only
    assert only.endswith(f"[{slug}]")


def test_days_in_a_message_are_written_as_in_the_file(bound):
    asked = '{ focal = "AAA", partner = "BBB", period = [2023-01-01, 2023-12-31] }'
    (only,) = told(bound(arguments=f"arguments = {asked}"))
    assert only == (
        "claims.toml:15: got period = [2023-01-01, 2023-12-31]; expected whole calendar years: "
        "[2023-01-01, 2024-01-01] is the year 2023. Correct the value. [bad-value]"
    )


def test_bad_options_are_told_for_the_specification_and_the_measure(bound):
    # The option stands in the specification, whose line other claims share; the claim's own line is
    # where the two were put together.
    found, problems = bound(
        measure='measure = "agreement.dyad"',
        arguments='arguments = { of = ["AAA"], reference = "BBB", period = [2023-01-01, 2024-01-01] }',
        lever='name = "abstention_credit"',
        high="high = 1.0",
    )
    assert found is None
    (only,) = map(str, problems)
    assert only.startswith("claims.toml:16: got specification 'printed' for 'agreement.dyad': key 'publisher'")
    assert "abstention_credit" in only
    assert only.endswith("[unknown-key]")


def test_a_measure_that_needs_options_cannot_do_without_a_specification(bound):
    (only,) = told(bound(specifications=""))
    assert only.startswith("claims.toml:12: got specification 'default' for 'dependence.share': no 'publisher'")


def test_a_lever_beyond_the_range_of_its_measure_is_refused(bound):
    (only,) = told(bound(high="high = 1e12"))
    assert only == (
        "claims.toml:18: got lever 'unrecorded_usd' from 0 to 1e+12; expected a range within 0 to 2e+10. "
        "Correct low or high. [lever-range]"
    )


def test_a_lever_that_the_measure_has_not_is_refused(bound):
    (only,) = told(bound(lever='name = "unrecorded"'))
    assert only.startswith("claims.toml:19: got lever 'unrecorded'; expected a lever of 'dependence.share'.")
    assert "unrecorded_usd" in only
    assert only.endswith("[unknown-lever]")


def test_every_problem_of_a_claim_is_told_in_one_pass(bound):
    found, problems = bound(
        unit='unit = "USD"', holds="holds = { above = 7.0 }", lever='name = "nothing"', arguments="arguments = { }"
    )
    assert found is None
    slugs = ["unit-mismatch", "region-empty", *["key-missing"] * 3, "unknown-lever"]
    assert sorted(p.slug for p in problems) == sorted(slugs)


@pytest.mark.parametrize(("as_of", "late"), [("2023-12-30", True), ("2023-12-31", False), ("2024-06-30", False)])
def test_a_claim_that_asks_after_days_beyond_the_cases_is_warned_of(bound, as_of, late):
    found, _ = bound()
    told = time_warnings(found.claim, found.times, dt.date.fromisoformat(as_of))
    assert [str(p) for p in told] == [
        "claims.toml:15: got claim 'share', which asks after days until 2024-01-01; expected days until 2023-12-30, "
        "the case's day. Nothing later counts. End the period earlier, or move as_of. [window-beyond-wall]"
    ][: len(told)]
    assert [p.severity for p in told] == ["warning"] * late


def test_a_forecast_may_close_beyond_the_cases_day(bound):
    years = Window(("period",), dt.date(2012, 1, 1), dt.date(2024, 1, 1))
    times = Times("forecast", (years,), closes=dt.date(2026, 12, 31))
    claim = bound()[0].claim
    assert time_warnings(claim, times, dt.date(2024, 5, 31)) == []
    (told,) = time_warnings(claim, times, dt.date(2022, 12, 31))
    assert "until 2024-01-01" in told.got


def test_a_planned_claim_is_bound_to_no_measure(bound):
    found, problems = bound(measure='measure = "dependence.of.the.future"\nplanned = true')
    assert problems == []
    assert found.measure is None
    assert found.choices == ()
    assert time_warnings(found.claim, found.times, dt.date(2020, 1, 1)) == []


def test_a_planned_claim_whose_measure_has_come_is_told(bound):
    (only,) = told(bound(unit="planned = true"))
    assert only == (
        "claims.toml:13: got claim 'share' is planned, but 'dependence.share' exists; expected a claim that is "
        "measured. Remove `planned`. [planned-exists]"
    )


def test_a_lever_below_the_range_of_its_measure_is_refused(bound):
    (only,) = told(bound(high="low = -1.0"))
    assert only.startswith(
        "claims.toml:18: got lever 'unrecorded_usd' from -1 to 2e+10; expected a range within 0 to 2e+10."
    )


def test_a_lever_without_room_to_move_is_refused(bound):
    (only,) = told(bound(high="high = 0.0"))
    assert only.endswith("[lever-range]")


GIVES_P = sorted(name for name, measure in kinds(others=False).measures.items() if measure.probabilities)


@pytest.mark.parametrize("name", GIVES_P)
@pytest.mark.parametrize("holds", ["{ above = 0.8 }", "{ within = [0.4, 0.6] }"])
def test_what_gives_p_itself_is_asked_for_one_half_alone(bound, name, holds):
    said = told(bound(measure=f'measure = "{name}"', unit='unit = "share"', holds=f"holds = {holds}"))
    assert [one for one in said if "[bound-of-posterior]" in one] == [
        "claims.toml:14: got claim 'share' with another bound than one half; expected holds = { above = 0.5 }. "
        f"'{name}' gives P itself; the verdict says how high that must be. [bound-of-posterior]"
    ]
    halved = told(bound(measure=f'measure = "{name}"', unit='unit = "share"', holds="holds = { below = 0.5 }"))
    assert not [one for one in halved if "[bound-of-posterior]" in one]


def test_a_region_that_no_probability_reaches_is_told_once(bound):
    said = told(bound(measure=f'measure = "{GIVES_P[0]}"', holds="holds = { above = 98 }"))
    assert [one for one in said if "claims.toml:14" in one and "region-empty" not in one] == []
