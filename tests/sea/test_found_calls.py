"""Tanker calls found at sea, at a cap of 500 barrels; every tanker carries 1,000 tonnes, a tonne holds 8 barrels."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.sightings import call, dark, day, findings, match, port, sea, vessel
from tests.measure.worlds import Given, Row, cap, delivery, few, moved, run, unreported, world
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.sea.sea_findings import SeaFindings
from tumen.sea.units import TONNES

ASK = {"recipient": "AAA", "product": "oil", "provision": "cap", "period": ["2023-01-01", "2024-01-01"]}
OPTIONS = {"load": 0.5, "barrels_per_tonne": [8, 8], "found": True, "already_notified": [0, 0]}


def excess(found: SeaFindings, options: Given = None, **tables: Sequence[Row]) -> SpecificationRun:
    with sea(found, **{"provisions": [cap()], "vessels": [vessel()], **tables}) as record:
        return run(record, "caps.excess", ASK, {**OPTIONS, **(options or {})})


def test_an_observed_call_brings_deadweight_times_load_in_barrels_and_is_a_lower_bound() -> None:
    found = excess(findings(calls=[call(day(5)), call(day(9))]))
    # 2 calls × 1,000 t × 0.5 × 8 barrels − 500.
    assert set(found.draws.tolist()) == {7500.0}
    assert found.bounds == {"lower"}
    assert [(u.table, u.id) for u in found.used] == [
        ("provisions", "cap"),
        ("calls", "call-1-050512"),
        ("vessels", "v1"),
        ("calls", "call-1-050912"),
        ("vessels", "v1"),
    ]
    seen, tanker = found.used[1:3]
    assert (seen.kind, seen.text) == ("call", "Quay, SHIP 1 (MMSI 1), 2023-05-05 12:00 to 2023-05-05 22:00")
    assert seen.start == seen.end == day(5).date()
    assert seen.source == "vessel-positions"
    assert (tanker.kind, tanker.amount, tanker.end) == ("deadweight", amount(1000, TONNES), None)


def test_tanker_that_may_be_on_a_list_is_told_with_the_list() -> None:
    found = excess(findings(calls=[call(day(5))], matches=[match(1, "listed-mmsi")]))
    assert "SHIP 1 (MMSI 1; MMSI of ALFA (A committee: designated))" in found.used[1].text


def test_a_call_feasible_in_the_dark_counts_for_nothing_unless_the_case_says_so_and_the_upper_end_is_told() -> None:
    found = excess(findings(calls=[call(day(5)), dark(day(9))]))
    assert set(found.draws.tolist()) == {3500.0}
    assert found.bounds == {"lower"}
    assert found.baselines["calls_made"] == 0.0
    assert (
        found.notes[-1]
        == "had every feasible call been made: 7,500 barrels (7,500 to 7,500), counting ships heard alone"
    )


def test_a_call_feasible_in_the_dark_lies_between_not_made_and_made() -> None:
    found = excess(findings(calls=[call(day(5)), dark(day(9))]), {"calls_made": [0, 1]})
    assert 3500 <= found.draws.min() < 3700
    assert 7300 < found.draws.max() <= 7500
    assert set(moved(found, "calls_made", 0.0).tolist()) == {3500.0}
    assert set(moved(found, "calls_made", 1.0).tolist()) == {7500.0}
    assert found.used[3].kind == "call feasible while silent"
    assert found.used[3].text == "Quay, SHIP 1 (MMSI 1), 2023-05-09 12:00 to 2023-05-10 18:00"


def test_what_suppliers_notified_is_not_counted_again_with_the_calls_that_may_have_brought_it() -> None:
    rows = {"deliveries": [delivery("b", barrels=1000)]}
    found = excess(findings(calls=[call(day(5))]), {"already_notified": [0, 1]}, **rows)
    # 1,000 notified + 4,000 seen − 500; of the 4,000 none to all may be notified, but no more than 1,000 were.
    assert set(moved(found, "already_notified", 0.0).tolist()) == {4500.0}
    assert set(moved(found, "already_notified", 1.0).tolist()) == {3500.0}
    assert set(moved(found, "already_notified", 0.1).tolist()) == {4100.0}
    assert ((found.draws >= 3500) & (found.draws <= 4500)).all()


def test_by_default_only_what_observed_calls_brought_beyond_the_notified_is_certain() -> None:
    with sea(
        findings(calls=[call(day(5))]), provisions=[cap()], vessels=[vessel()], deliveries=[delivery("b", barrels=1000)]
    ) as record:
        found = run(record, "caps.excess", ASK, {"load": 0.5, "barrels_per_tonne": [8, 8], "found": True})
    # The larger of 1,000 notified and 4,000 seen, less 500.
    assert set(found.draws.tolist()) == {3500.0}
    assert found.baselines["already_notified"] == 1.0


def test_a_silence_in_which_several_ports_could_be_reached_counts_once_and_not_beside_a_call_seen_in_it() -> None:
    ports = [port(), port("pier")]
    twice = [dark(day(9)), dark(day(9), port="pier", id="dark-b")]
    assert set(excess(findings(calls=twice), {"calls_made": [1, 1]}, ports=ports).draws.tolist()) == {3500.0}
    seen = [*twice, call(day(9, 5), hours=3)]
    assert set(excess(findings(calls=seen), {"calls_made": [1, 1]}, ports=ports).draws.tolist()) == {3500.0}


def test_only_tankers_at_ports_of_the_recipient_that_handle_the_product_count() -> None:
    ports = [port(), port("coalpier", handles="coal"), port("abroad", territory="BBB"), port("unknown", handles="")]
    calls = [
        call(day(5), port="coalpier"),
        call(day(6), port="abroad"),
        call(day(7), port="unknown"),
        call(day(8), mmsi=2, ship_type=70),
        call(day(9), mmsi=3, ship_type=None),
        call(day(10), mmsi=4),
    ]
    found = excess(findings(calls=calls), ports=ports)
    assert set(found.draws.tolist()) == {-500.0}
    assert found.notes[1:] == (
        "2023: positions of 2023-05-01 to 2023-05-30; tanker calls observed: 0; feasible while silent: 0",
        "2023: left out, since the record does not give the tanker's deadweight: 1 (tankers: 1)",
        "2023: not scaled up; a ship that never sends is in no positions",
    )


def test_silences_that_poor_reception_may_explain_are_counted_and_left_out() -> None:
    found = excess(findings(calls=[dark(day(5), reception="poor"), dark(day(9), reception="untested")]))
    assert set(found.draws.tolist()) == {-500.0}
    assert "2023: left out, since poor reception may explain the silence: 2" in found.notes


@pytest.mark.parametrize(
    ("row", "brought"),
    [
        ({"mmsi": 9, "imo": "1234567"}, 4000),
        ({"mmsi": "", "imo": "1234567"}, 4000),
        ({"mmsi": 1, "imo": "7654329"}, 0),
        ({"mmsi": 1, "imo": ""}, 4000),
        ({"mmsi": 1, "imo": "", "kind": "bulk"}, 0),
        ({"mmsi": 1, "imo": "", "kind": ""}, 4000),
    ],
)
def test_the_imo_number_tells_which_vessel_it_was_and_the_mmsi_where_one_has_none(row: Row, brought: float) -> None:
    found = excess(findings(calls=[call(day(5), imo="1234567")]), vessels=[vessel(**row)])
    assert set(found.draws.tolist()) == {brought - 500.0}


def test_a_record_that_knows_the_ship_for_a_tanker_counts_what_she_did_not_say() -> None:
    found = excess(findings(calls=[call(day(5), ship_type=None)]))
    assert set(found.draws.tolist()) == {3500.0}


def test_several_loads_are_drawn_each_as_often_as_the_others() -> None:
    found = excess(findings(calls=[call(day(5))]), {"load": [0.25, 0.5, 1.0]})
    values, counts = np.unique(found.draws, return_counts=True)
    assert values.tolist() == [1500.0, 3500.0, 7500.0]
    # Four standard errors of a share of one third in 400 draws.
    assert counts / 400 == pytest.approx([1 / 3] * 3, abs=0.095)
    assert set(moved(found, "load", 0.5).tolist()) == {3500.0}


def test_positions_count_in_a_year_of_which_they_span_more_than_the_published_estimate() -> None:
    part = unreported("part", 900, 0.9, start="2023-01-01", end="2023-01-29")
    whole = unreported("whole", 900, 0.9)
    thirty_days = findings(calls=[call(day(5))])
    assert set(excess(thirty_days, unreported=[part]).draws.tolist()) == {3500.0}
    found = excess(thirty_days, unreported=[whole])
    assert found.draws == pytest.approx(np.zeros(400))  # 900 × 0.5 / 0.9 − 500
    assert "2023: positions span 30 days of it, fewer than the published estimate, which counts" in found.notes


def test_days_that_positions_span_are_scaled_to_the_year_where_that_is_asked() -> None:
    found = excess(findings(calls=[call(day(5))]), {"whole_year": True})
    assert found.draws == pytest.approx(np.full(400, 4000 * 365 / 30 - 500))
    assert found.bounds == {"lower"}


@pytest.mark.parametrize(
    ("made", "tables", "missing"),
    [
        (None, {}, "vessel positions, which --positions gives"),
        (findings(), {"ports": [port(handles="coal")]}, "ports of AAA that handle oil (table ports)"),
    ],
)
def test_what_is_lacking_is_said(made: SeaFindings | None, tables: Any, missing: str) -> None:
    if made is None:
        with world(provisions=[cap()], ports=[port()]) as record:
            found = run(record, "caps.excess", ASK, OPTIONS)
    else:
        found = excess(made, **tables)
    assert found.missing == (missing,)
    assert found.draws.size == 0


def test_in_years_that_positions_do_not_span_published_estimates_count() -> None:
    before = findings(
        calls=[call(day(5).replace(year=2022))], start=day(1).replace(year=2022), end=day(9).replace(year=2022)
    )
    found = excess(before, unreported=[unreported("whole", 900, 0.9)])
    assert found.draws == pytest.approx(np.zeros(400))
    assert (
        found.notes[0]
        == "the positions span 2022-05-01 to 2022-05-09, outside of the period; published estimates alone count"
    )


@few
@given(shares=st.tuples(st.floats(0, 1), st.floats(0, 1)), calls=st.integers(1, 4))
def test_more_feasible_calls_made_never_bring_less_and_never_more_than_all(
    shares: tuple[float, float], calls: int
) -> None:
    found = excess(findings(calls=[dark(day(3 * n + 1)) for n in range(calls)]))
    low, high = (moved(found, "calls_made", share) for share in sorted(shares))
    assert (low <= high).all()
    assert (high <= 4000 * calls - 500).all()
    assert (low >= -500).all()
