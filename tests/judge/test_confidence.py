"""Every part of the confidence rule, and that each of them can bind."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.estimates import binding, evenly, of, spec, used
from tests.measure.worlds import many
from tumen.judge.confidence import Cap, Confidence, confidence
from tumen.judge.likelihood_words import Outcome
from tumen.judge.reference_class import ReferenceClass
from tumen.judge.windows import Window
from tumen.measure.estimate import SpecificationRun, Used
from tumen.record.sources import Source

AS_OF = dt.date(2024, 12, 31)
FRESH = {"end": dt.date(2024, 6, 1)}
ORDER = ("low", "moderate", "high")


def graded(
    name: str, reliability: str = "B", credibility: str = "2", origin: str | None = None, published: str = "2024-07"
) -> Source:
    return Source(name, name, "T", "", published, reliability, credibility, "public", origin or name)


def rated(
    rows: Sequence[Used],
    sources: Sequence[Source],
    outcome: Outcome = "supported",
    rejected: int = 0,
    *more: SpecificationRun,
) -> Confidence:
    found = of(spec(evenly(), used=tuple(rows)), *more, rejected=rejected)
    return confidence(found, {s.id: s for s in sources}, AS_OF, outcome)


def part(found: Confidence, name: str) -> Cap:
    """One part of the rule."""
    (cap,) = [c for c in found.caps if c.part == name]
    return cap


#: Three independent makers, graded B2, of this year: nothing holds confidence down.
THREE = [graded(name) for name in "abc"]
ROWS = [used(name, **FRESH) for name in "abc"]


def test_good_fresh_independent_evidence_is_high():
    found = rated(ROWS, THREE)
    assert found.level == "high"
    assert found.binding == ()


@pytest.mark.parametrize(
    ("reliability", "level"),
    [("A", "high"), ("B", "high"), ("C", "moderate"), ("D", "low"), ("E", "low"), ("F", "low")],
)
def test_reliability_binds(reliability, level):
    found = rated(ROWS, [graded(name, reliability) for name in "abc"])
    assert found.level == level
    assert binding(found.binding) == ([] if level == "high" else ["reliability"])


@pytest.mark.parametrize(
    ("credibility", "level"),
    [("1", "high"), ("2", "high"), ("3", "moderate"), ("4", "low"), ("5", "low"), ("6", "low")],
)
def test_credibility_binds(credibility, level):
    found = rated(ROWS, [graded(name, credibility=credibility) for name in "abc"])
    assert found.level == level
    assert binding(found.binding) == ([] if level == "high" else ["credibility"])


def test_the_middle_grade_counts_and_of_two_middles_the_worse():
    assert rated(ROWS, [graded("a", "F"), *THREE[1:]]).level == "high"
    assert part(rated(ROWS[:2], [graded("a", "C"), graded("b", "A")]), "reliability").level == "moderate"


@pytest.mark.parametrize(("makers", "level"), [(1, "low"), (2, "moderate"), (3, "high")])
def test_independence_binds(makers, level):
    found = rated(ROWS[:makers], THREE)
    assert found.level == level
    assert binding(found.binding) == ([] if level == "high" else ["independence"])


def test_one_maker_read_in_many_places_is_one():
    found = rated([used(name, "kotra", **FRESH) for name in "abc"], THREE)
    assert binding(found.binding) == ["independence"]
    assert found.binding[0].why == "the figures come from one maker alone"


def test_places_that_repeat_one_origin_are_one():
    repeats = [graded("a"), graded("b", origin="a"), graded("c", origin="a")]
    assert rated(ROWS, repeats).binding[0].why == "the figures come from one maker alone"
    # Two of three go back to one: two makers, not three.
    found = rated(ROWS, [graded("a"), graded("b"), graded("c", origin="b")])
    assert (found.level, found.binding[0].why) == ("moderate", "the figures come from 2 independent makers")


def test_the_act_itself_needs_no_second_maker():
    found = rated(ROWS[:1], [graded("a", "A", "1")])
    assert found.level == "high"
    assert part(found, "independence").why == "the record is the act itself, graded A1"


@pytest.mark.parametrize("grade", [("A", "2"), ("B", "1")])
def test_what_is_not_graded_best_in_both_ways_is_not_the_act_itself(grade):
    assert part(rated(ROWS[:1], [graded("a", *grade)]), "independence").level == "low"


@pytest.mark.parametrize(
    ("years", "level"), [(0, "high"), (1.9, "high"), (2.1, "moderate"), (3.9, "moderate"), (4.1, "low")]
)
def test_age_binds_by_the_newest_evidence(years, level):
    newest = AS_OF - dt.timedelta(365.25 * years)
    rows = [used("a", end=newest), used("b", end=dt.date(2000, 1, 1)), used("c")]
    found = rated(rows, THREE)
    assert found.level == level
    assert binding(found.binding) == ([] if level == "high" else ["age"])


@pytest.mark.parametrize(("days", "level"), [(730, "high"), (731, "moderate"), (1461, "moderate"), (1462, "low")])
def test_age_binds_from_the_day_after_two_and_four_years(days, level):
    rows = [used("a", end=AS_OF - dt.timedelta(days))]
    assert part(rated(rows, THREE), "age").level == level


def test_evidence_of_the_future_is_not_younger_than_today():
    rows = [used(name, end=dt.date(2030, 1, 1)) for name in "abc"]
    assert "0.0 years" in part(rated(rows, THREE), "age").why


@pytest.mark.parametrize(("rejected", "level"), [(0, "high"), (1, "moderate"), (5, "moderate"), (6, "low")])
def test_rejected_rows_bind(rejected, level):
    found = rated(ROWS, THREE, rejected=rejected)
    assert found.level == level
    assert binding(found.binding) == ([] if level == "high" else ["rejected rows"])


def test_specifications_that_do_not_agree_bind():
    found = rated(ROWS, THREE, "depends")
    assert found.level == "moderate"
    assert found.binding[0].why == "the specifications do not agree on the verdict"
    assert binding(found.binding) == ["specifications"]


def test_a_specification_that_could_not_run_binds():
    found = rated(ROWS, THREE, "supported", 0, spec([], "other"))
    assert found.level == "moderate"
    assert found.binding[0].why == "1 specification could not be run"
    assert binding(found.binding) == ["specifications"]


@pytest.mark.parametrize("published", ["", "no date", "2024-13", "0000"])
def test_sources_of_which_nobody_can_tell_since_when_they_are_known_bind(published):
    found = rated([*ROWS, used("a", **FRESH)], [graded("a", published=published), *THREE[1:]])
    assert (found.level, binding(found.binding)) == ("moderate", ["publication"])
    assert found.binding[0].why == "1 of 3 sources without a date of publication"


def test_a_row_that_says_itself_since_when_it_is_known_needs_no_date_of_its_source():
    undated = [graded("a", published=""), *THREE[1:]]
    own = replace(ROWS[0], published="2024-07")
    assert rated([own, *ROWS[1:]], undated).level == "high"
    assert part(rated([own, *ROWS], undated), "publication").level == "moderate", "another row of it does not say so"
    assert part(rated([replace(own, published="soon"), *ROWS[1:]], undated), "publication").level == "moderate"


def test_a_protected_source_is_not_asked_for_its_date_of_publication():
    hidden = replace(graded("a", published=""), access="chatham-house")
    found = rated(ROWS, [hidden, *THREE[1:]])
    assert (found.level, part(found, "publication").level) == ("high", "high")


def test_what_lacks_evidence_binds():
    found = rated(ROWS, THREE, "supported", 0, spec([], "other", missing=("2021",)))
    assert found.level == "low"
    assert binding(found.binding) == ["completeness"]


def test_without_any_row_confidence_is_low():
    found = rated([], THREE)
    assert (found.level, binding(found.binding)) == ("low", ["evidence"])
    assert found.caps[0].why


def test_every_part_of_the_rule_is_told_and_why():
    perfect, old = rated(ROWS, THREE), rated([used(name) for name in "abc"], THREE)
    poor = rated(ROWS[:1], [graded("a", "D", "4")], "depends", 6, spec([], "other", missing=("x",)))
    act = rated(ROWS[:1], [graded("a", "A", "1")])
    parts = [
        "reliability",
        "credibility",
        "independence",
        "age",
        "publication",
        "completeness",
        "rejected rows",
        "specifications",
        "coverage",
    ]
    for found in (perfect, old, poor, act):
        assert binding(found.caps) == parts
        assert all(cap.why for cap in found.caps)
    assert {cap.level for found in (perfect, old, act) for cap in found.caps} == {"high"}
    assert [cap.level for cap in poor.caps] == ["low", "low", "low", "high", "high", "low", "low", "moderate", "high"]


def test_what_is_scored_by_hand_is_low_however_good_its_sources():
    about = replace(of(spec(evenly(), used=tuple(ROWS))), by_hand="how well it fits")
    found = confidence(about, {s.id: s for s in THREE}, AS_OF, "supported")
    assert (found.level, binding(found.binding)) == ("low", ["scores"])
    assert found.binding[0].why == "how well it fits is scored by hand, not measured"


def test_all_that_bind_are_named():
    found = rated(ROWS[:1], [graded("a", "D", "4")])
    assert binding(found.binding) == ["reliability", "credibility", "independence"]


@many
@given(
    places=st.lists(st.tuples(st.sampled_from("pqrst"), st.sampled_from("abcdef")), min_size=1, max_size=10),
    more=st.tuples(st.sampled_from("pqrst"), st.sampled_from("abcdef")),
)
def test_one_more_row_never_lowers_the_number_of_makers(places, more):
    def independence(pairs: Sequence[tuple[str, str]]) -> int:
        sources = [graded(f"s{n}", origin=origin) for n, (_, origin) in enumerate(pairs)]
        rows = [used(f"s{n}", publisher, **FRESH) for n, (publisher, _) in enumerate(pairs)]
        return ORDER.index(part(rated(rows, sources), "independence").level)

    assert independence([*places, more]) >= independence(places)


@pytest.mark.parametrize(("reliability", "level"), [("B", "moderate"), ("C", "low"), ("D", "low")])
def test_a_record_that_ends_before_what_is_asked_after_costs_a_grade(reliability, level):
    cut = Window(("period",), dt.date(2021, 1, 1), dt.date(2024, 1, 1), "since", asked=dt.date(2025, 1, 1))
    sources = {name: graded(name, reliability) for name in "abc"}
    found = confidence(of(spec(evenly(), used=tuple(ROWS))), sources, AS_OF, "supported", (cut,))
    assert found.level == level
    why = "the record reaches to 2023-12-31, and the claim asks after days until 2024-12-31"
    assert part(found, "reach") == Cap("reach", level, why)
    assert part(found, "reach") in found.binding


def test_of_a_period_that_was_not_cut_nothing_is_said():
    whole = Window(("period",), dt.date(2021, 1, 1), dt.date(2025, 1, 1), "since")
    found = confidence(of(spec(evenly(), used=tuple(ROWS))), {s.id: s for s in THREE}, AS_OF, "supported", (whole,))
    assert [c for c in found.caps if c.part == "reach"] == []


@pytest.mark.parametrize(
    ("effective", "level"), [(2.0, "low"), (9.9, "low"), (10.0, "moderate"), (29.9, "moderate"), (30.0, "high")]
)
def test_few_independent_observations_bind(effective, level):
    both = (("many", 300.0), ("few", effective))
    found = of(*(spec(evenly(), name, used=tuple(ROWS), effective=number) for name, number in both))
    sure = confidence(found, {s.id: s for s in THREE}, AS_OF, "supported")
    assert (sure.level, part(sure, "observations").level) == (level, level)
    assert f"{round(effective)} independent observations" in part(sure, "observations").why


def covering(coverage: str, outcome: Outcome = "supported", **more: Any) -> Confidence:
    found = of(spec(evenly(), used=tuple(ROWS), **more), coverage={"trade": coverage, "votes": "convenience"})
    return confidence(found, {s.id: s for s in THREE}, AS_OF, outcome)


@pytest.mark.parametrize(
    ("coverage", "level"), [("exhaustive", "high"), ("sampled", "moderate"), ("convenience", "moderate")]
)
def test_a_record_that_does_not_hold_all_there_was_binds(coverage, level):
    found = covering(coverage)
    assert (found.level, binding(found.binding)) == (level, [] if level == "high" else ["coverage"])


def test_what_a_convenience_record_holds_supports_at_least_so_many_all_the_same():
    lower = frozenset({"lower"})
    assert covering("convenience", bounds=lower).level == "high"
    assert covering("convenience", "undetermined", bounds=lower).level == "moderate"


@pytest.mark.parametrize(
    ("meet", "outcome", "level"),
    [(33, "supported", "high"), (34, "supported", "low"), (34, "depends", "low"), (34, "contradicted", "high")],
)
def test_a_bound_that_a_third_of_comparable_units_meets_binds(meet, outcome, level):
    found = of(spec(evenly(), used=tuple(ROWS)))
    sure = confidence(found, {s.id: s for s in THREE}, AS_OF, outcome, (), ReferenceClass("members", meet, 100))
    assert part(sure, "reference class").level == level
    assert part(sure, "reference class").why.startswith(f"{meet} of 100 members also meet this bound")
