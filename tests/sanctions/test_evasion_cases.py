"""Published transfers of AAA's coal, each true with a chance."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import EXACT, Given, Row, Scenario, Setting, evasion, few, moved, run, source, world
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.sanctions.case_truth import TRUTH
from tumen.sea.units import TONNES

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "evasion.cases": Scenario(
        {"of": "AAA", "cargo": "coal", "kinds": ["sts"], "since": "2023-01-01"},
        {},
        {"evasion_cases": [evasion("a"), evasion("b", "2024-02-02")]},
        {
            "evasion_cases": [
                evasion("x", cargo="oil"),
                evasion("y", kind="plan"),
                evasion("z", "2022-12-31"),
                evasion("w", actor="DDD"),
            ]
        },
    ),
}

ASK = {"of": "AAA", "cargo": "coal", "kinds": ["sts", "estimate"], "since": "2023-01-01"}
MANY = Setting(20_000, 7, EXACT.as_of, EXACT.grading)


def cases(
    rows: Sequence[Row],
    options: Given = None,
    ask: Given = None,
    sources: Sequence[Row] | None = None,
    setting: Setting = MANY,
) -> SpecificationRun:
    with world(evasion_cases=rows, sources=sources or [source()]) as record:
        return run(record, "evasion.cases", {**ASK, **(ask or {})}, options, setting)


@pytest.mark.parametrize(("credibility", "chance"), sorted(TRUTH.items()))
def test_a_case_is_true_with_the_chance_of_its_sources_credibility(credibility, chance):
    found = cases([evasion("a")], sources=[source(credibility=credibility)])
    assert set(found.draws.tolist()) == {0.0, 1.0}
    # Four standard errors of a share of 20,000 draws are at most 0.0142.
    assert found.draws.mean() == pytest.approx(chance, abs=0.0142)
    assert found.baselines == {"truth_each": chance}


def test_the_count_is_a_lower_bound_of_what_happened():
    found = cases([evasion("a", quantity=4500, quantity_unit="t", vessel_1="ONE", vessel_2="TWO")])
    assert found.bounds == {"lower"}
    assert found.notes == (
        "1 published case, by 1 independent origin; that at least one is true has a chance of 0.980",
    )


def test_rows_used_say_who_carried_what_and_when():
    (used,) = cases([evasion("a", quantity=4500, quantity_unit="t", vessel_1="ONE", vessel_2="TWO")]).used
    assert (used.publisher, used.kind, used.text) == ("r", "sts", "ONE and TWO")
    assert (used.amount, used.commodity, used.actors) == (amount(4500, TONNES), "coal", ("AAA",))
    assert used.start == used.end == dt.date(2023, 5, 5)
    (bare,) = cases([evasion("a")]).used
    assert (bare.amount, bare.text) == (None, "")


@pytest.mark.parametrize(
    ("unit", "said"), [("bbl", "3 barrels"), ("USD", "3 USD"), ("containers", "3 containers"), ("", "3")]
)
def test_a_quantity_is_in_the_unit_that_its_row_names(unit, said):
    (used,) = cases([evasion("a", quantity=3, quantity_unit=unit)]).used
    assert used.amount is not None
    assert used.amount.said == said


def test_cases_of_two_sources_are_true_apart_and_of_one_origin_together():
    two = [source("s", credibility="4"), source("t", credibility="4")]
    rows = [evasion("a"), evasion("b", "2024-02-02", source="t")]
    apart = cases(rows, sources=two)
    # At least one of two that are each true with one half: three quarters.
    assert (apart.draws > 0).mean() == pytest.approx(0.75, abs=0.0123)
    together = cases(rows, sources=[{**s, "origin": "agency"} for s in two])
    assert set(together.draws.tolist()) == {0.0, 2.0}
    assert set(cases([evasion("a"), evasion("b")], sources=two).draws.tolist()) == {0.0, 2.0}


def test_any_case_is_a_union_over_independent_origins():
    three = [source("s", credibility="4"), source("t", credibility="3"), source("u", credibility="5", origin="t")]
    rows = [evasion("a"), evasion("b", "2023-06-06"), evasion("c", source="t"), evasion("d", source="u")]
    found = cases(rows, sources=three)
    # All is false with one half and one quarter: the two of one source are one, and so are the two of one origin.
    assert found.figures == {"chance that at least one published case is true": pytest.approx(1 - 0.5 * 0.25)}
    assert (found.draws > 0).mean() == pytest.approx(0.875, abs=0.0123)
    assert found.effective == 2.0
    assert found.notes[0].startswith("4 published cases, by 2 independent origins; ")


def test_encounters_count_only_where_positions_are_given_if_they_may():
    assert cases([evasion("a")], {"found": "where-given"}).notes == cases([evasion("a")]).notes
    assert cases([evasion("a")], {"found": True}).missing == ("vessel positions, which --positions gives",)


def test_other_cargoes_kinds_actors_and_days_do_not_count():
    rows = [
        evasion("a", cargo="petroleum"),
        evasion("b", kind="arms"),
        evasion("c", actor="BBB"),
        evasion("d", "2022-12-31"),
        evasion("e", "2025-01-01"),
    ]
    found = cases(rows)
    assert found.draws.size == 0
    assert found.missing == ("a published case (sts, estimate) of coal since 2023-01-01",)
    assert cases([evasion("f", "2023-01-01"), evasion("g", "2024-12-31")]).draws.max() == 2.0


def test_a_specification_can_count_fewer_kinds_and_only_sure_cargoes():
    rows = [
        evasion("a"),
        evasion("b", kind="estimate", cargo_certainty="likely"),
        evasion("c", cargo_certainty="suspected"),
    ]
    assert [u.id for u in cases(rows).used] == ["a", "b", "c"]
    assert [u.id for u in cases(rows, {"kinds": ["estimate"]}).used] == ["b"]
    assert [u.id for u in cases(rows, {"cargo_certainty": "likely"}).used] == ["a", "b"]
    assert [u.id for u in cases(rows, {"cargo_certainty": "stated"}).used] == ["a"]
    assert cases(rows, {"kinds": ["other"]}).missing == ("a published case (no kind) of coal since 2023-01-01",)


def test_cases_so_far_are_the_series():
    found = cases([evasion("a"), evasion("b"), evasion("c", "2024-02-02")])
    assert [(p.when, p.median) for p in found.series] == [("2023", 2.0), ("2024", 3.0)]


@few
@given(chances=st.tuples(st.floats(0, 1), st.floats(0, 1)), count=st.integers(1, 4))
def test_the_count_rises_with_the_chance_and_never_beyond_the_cases(chances, count):
    found = cases([evasion(f"c{n}") for n in range(count)], setting=EXACT)
    low, high = (moved(found, "truth_each", chance) for chance in sorted(chances))
    assert (low <= high).all()
    assert high.max() <= count
    assert moved(found, "truth_each", 0.0).max() == 0
    assert moved(found, "truth_each", 1.0).min() == count
