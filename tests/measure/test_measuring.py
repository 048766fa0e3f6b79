"""What holds of every measure, whatever it asks: it repeats itself, and only what it is about moves it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.scenarios import SCENARIOS
from tests.measure.worlds import (
    EXACT,
    GRADED,
    MEASURES,
    Row,
    Scenario,
    choice,
    few,
    measured,
    run,
    source,
    trade,
    world,
    write_table,
    year,
)
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.kinds import kinds
from tumen.measure.estimate import Lever, SpecificationRun
from tumen.measure.measuring import estimate
from tumen.measure.setting import Setting
from tumen.measure.units import USD
from tumen.record.read import read_record

EVERY = sorted(SCENARIOS)


def run_on(name: str, tables: Mapping[str, Sequence[Row]], setting: Setting = GRADED) -> SpecificationRun:
    """The measure's specification, run on these tables."""
    scenario = SCENARIOS[name]
    with world(**tables) as record:
        return run(record, name, scenario.arguments, scenario.options, setting)


def joined(scenario: Scenario) -> dict[str, list[Row]]:
    """The scenario's tables with the unrelated rows at their head."""
    names = {*scenario.tables, *scenario.unrelated}
    return {n: [*scenario.unrelated.get(n, ()), *scenario.tables.get(n, ())] for n in names}


@cache
def alone(name: str) -> SpecificationRun:
    """The measure's specification, run on its own world."""
    return run_on(name, SCENARIOS[name].tables)


@pytest.mark.parametrize("name", EVERY)
def test_draws_are_as_many_as_the_case_asks_and_inside_the_measures_support(name):
    found = alone(name)
    low, high = MEASURES[name].support
    assert found.draws.shape == (GRADED.draws,)
    assert np.isfinite(found.draws).all()
    assert (found.draws >= low).all()
    assert (found.draws <= high).all()
    assert np.ptp(found.draws) > 0, "a quantity without uncertainty does not exist here"
    assert found.used
    assert not found.missing


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_draws_and_another_seed_others(name):
    tables = SCENARIOS[name].tables
    first = alone(name)
    assert np.array_equal(first.draws, run_on(name, tables).draws)
    other = run_on(name, tables, Setting(GRADED.draws, GRADED.seed + 1, GRADED.as_of))
    assert not np.array_equal(first.draws, other.draws)


@pytest.mark.parametrize("name", EVERY)
def test_an_unrelated_row_changes_no_draw(name):
    scenario = SCENARIOS[name]
    assert any(scenario.unrelated.values())
    among_others = run_on(name, joined(scenario))
    assert np.array_equal(alone(name).draws, among_others.draws)
    assert alone(name).used == among_others.used
    assert alone(name).series == among_others.series


@pytest.mark.parametrize("name", EVERY)
@few
@given(data=st.data())
def test_the_order_of_rows_in_a_file_does_not_matter(name, data):
    shuffled = {n: data.draw(st.permutations(rows)) for n, rows in joined(SCENARIOS[name]).items()}
    assert np.array_equal(alone(name).draws, run_on(name, shuffled).draws)


@pytest.mark.parametrize("name", EVERY)
def test_a_lever_at_its_baseline_leaves_the_draws_where_they_are(name):
    # Levers that stand in for a range (barrels per tonne, unrecorded exchange a year) narrow it to a
    # point, so there the median stays and the spread does not. A prior goes into odds and back.
    found = alone(name)
    for lever, value in found.baselines.items():
        assert found.respond is not None
        there = found.respond(lever, value)
        if lever in ("barrels_per_tonne", "unrecorded_yearly_usd"):
            assert np.median(there) == pytest.approx(np.median(found.draws), rel=0.02)
        elif lever == "prior":
            assert there == pytest.approx(found.draws, rel=1e-12)
        else:
            assert np.array_equal(there, found.draws), lever


@pytest.mark.parametrize("name", EVERY)
def test_levers_offered_are_levers_the_measure_declares(name):
    declared = {lever.name for lever in MEASURES[name].levers}
    assert set(alone(name).baselines) <= declared


def test_every_measure_has_a_scenario():
    assert set(SCENARIOS) == set(kinds(others=False).measures)


SHARE = {"focal": "AAA", "partner": "BBB", "period": ["2023-01-01", "2024-01-01"]}


def test_every_specification_stands_apart_and_one_that_could_not_be_run_says_what_it_lacks():
    with world(trade=[trade("a", 90), trade("b", 100, partner="WLD")]) as record:
        known = MEASURES["dependence.share"]
        choices = [choice(n, {"publisher": n}, known.name) for n in ("p", "nobody")]
        found = estimate(known, record, known.arguments.model_validate(SHARE), choices, EXACT)
    assert [s.draws.size for s in found.specifications] == [EXACT.draws, 0]
    assert found.missing == (
        "2023: nobody's figure for AAA with BBB",
        "2023: nobody's figure for AAA with all partners",
    )


@pytest.mark.parametrize("name", EVERY)
def test_a_way_to_count_that_is_there_twice_draws_the_same_both_times(name):
    scenario, known = SCENARIOS[name], MEASURES[name]
    choices = [choice(n, scenario.options, name) for n in ("one", "copy")]
    with world(**scenario.tables) as record:
        found = estimate(known, record, known.arguments.model_validate(scenario.arguments), choices, GRADED)
    one, copy = found.specifications
    assert np.array_equal(one.draws, copy.draws)
    assert (one.used, one.missing, one.bounds) == (copy.used, copy.missing, copy.bounds)


def test_an_estimate_says_what_each_table_of_its_measure_covers():
    with world() as record:
        found = measured(record, "dependence.share", SHARE, {"publisher": "p"})
        other = measured(replace(record, coverage={"trade": "sampled"}), "dependence.share", SHARE, {"publisher": "p"})
    assert found.coverage["trade"] == "exhaustive"
    assert other.coverage["trade"] == "sampled"


def test_an_estimate_without_any_evidence_has_no_draws_and_no_zeros():
    with world() as record:
        found = measured(record, "dependence.share", SHARE, {"publisher": "p"})
    assert found.ran == ()
    assert found.missing
    assert found.used == ()


def test_levers_of_the_claim_come_before_the_measures_own():
    mine = Lever(
        name="unrecorded_usd",
        unit=USD,
        low=0.0,
        high=5.0,
        baseline=0.0,
        tolerance=1e-3,
        label="trade that nobody saw",
    )
    with world(trade=[trade("a", 90), trade("b", 100, partner="WLD")]) as record:
        known = MEASURES["dependence.share"]
        arguments = known.arguments.model_validate(SHARE)
        choices = [choice("p", {"publisher": "p"}, known.name)]
        assert estimate(known, record, arguments, choices, EXACT, [mine]).levers == (mine,)
        assert estimate(known, record, arguments, choices, EXACT).levers == known.levers


def test_rows_that_could_not_be_read_are_counted_in_the_tables_a_measure_reads(tmp_path):
    write_table(tmp_path, "sources", [source()])
    write_table(tmp_path, "trade", [trade("a", 90), trade("b", 100, partner="WLD"), trade("c", "ninety", **year(2020))])
    engine = DuckDB()
    try:
        record, problems = read_record(tmp_path, {}, engine, TABLES)
        assert [re.sub(r".*\[", "[", str(p)) for p in problems] == ["[cell-unreadable]"]
        assert measured(record, "dependence.share", SHARE, {"publisher": "p"}).rejected == 1
        agreement = {"of": ["AAA"], "reference": "BBB", "period": ["2023-01-01", "2024-01-01"]}
        assert measured(record, "agreement.dyad", agreement, {}).rejected == 0
    finally:
        engine.close()


def test_sources_that_could_not_be_read_are_counted_for_every_measure():
    with world(trade=[trade("a", 90), trade("b", 100, partner="WLD")]) as record:
        spoilt = replace(record, rejected={**record.rejected, "sources": 2})
        assert measured(spoilt, "dependence.share", SHARE, {"publisher": "p"}).rejected == 2
