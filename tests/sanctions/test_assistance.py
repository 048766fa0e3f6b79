"""BBB's part in AAA's evasion, channel by channel."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from tests.measure.worlds import EXACT, Given, Row, Scenario, Setting, moved, part, run, source, world
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.sanctions.units import BARRELS

_ASK = {"of": "AAA", "part_of": "BBB", "channels": ["coal", "oil"], "since": "2023-01-01"}
_TABLES = {"evasion_parts": [part("a"), part("b", "none"), part("c", channels="oil+coal"), part("d", "not stated")]}
_OTHERS = {
    "evasion_parts": [
        part("x", actor="CCC"),
        part("y", part_of="CCC"),
        part("z", channels="ships"),
        part("w", start="2022-01-01", end="2023-01-01"),
    ]
}

SCENARIOS = {
    "evasion.channels": Scenario(_ASK, {}, _TABLES, _OTHERS),
    "evasion.part": Scenario(_ASK, {"silent": "left-out"}, _TABLES, _OTHERS),
}

MANY = Setting(20_000, 7, EXACT.as_of, EXACT.grading)
TWO = [source("s", credibility="4"), source("t", credibility="3")]


def channels(rows: Sequence[Row], sources: Sequence[Row] = TWO, ask: Given = None) -> SpecificationRun:
    with world(evasion_parts=rows, sources=sources) as record:
        return run(record, "evasion.channels", {**_ASK, **(ask or {})}, {}, MANY)


def share(rows: Sequence[Row], options: Given = None, sources: Sequence[Row] = TWO) -> SpecificationRun:
    with world(evasion_parts=rows, sources=sources) as record:
        return run(record, "evasion.part", {**_ASK, "channels": ["coal"]}, options, MANY)


def test_a_channel_counts_where_one_case_with_a_part_is_true() -> None:
    # Coal: one half or three quarters, apart. Oil: three quarters, true together with that of coal.
    found = channels([part("a"), part("b", source="t"), part("c", channels="oil", source="t")])
    each = [float((found.draws == count).mean()) for count in (0, 1, 2)]
    assert each == pytest.approx([0.25 * 0.5, 0.25 * 0.5, 0.75], abs=0.0142)
    assert found.bounds == {"lower"}
    assert found.effective == 1.0
    assert found.figures == {
        "chance of at least one true case, coal": pytest.approx(0.875),
        "chance of at least one true case, oil": pytest.approx(0.75),
    }


def test_what_is_said_of_the_part_is_told() -> None:
    rows = [part("a"), part("b", "none"), part("c", "not stated"), part("d", "denied"), part("e", source="t")]
    found = channels(rows, ask={"channels": ["coal"]})
    assert found.notes == (
        "coal: a part stated in 2 of 4 published cases, by 2 independent origins; 1 none; 1 not stated; denied once; "
        "that at least one is true: 0.875",
    )
    assert channels([*rows, part("f", "denied")], ask={"channels": ["coal"]}).notes[0].count("denied 2 times") == 1


def test_a_channel_without_a_case_is_missing_and_no_channel_is_evidence_of_none() -> None:
    found = channels([part("a"), part("b", "none", "oil")])
    assert found.missing == ("oil: a published case with a part of BBB since 2023-01-01 (1 published case in all)",)
    assert found.draws.max() == 1.0
    assert channels([part("a", "none")]).draws.size == 0


def test_rows_of_one_case_count_once_for_each_origin() -> None:
    alike = [part("a"), part("b", duplicate_of="a")]
    assert "1 of 1 published case" in channels(alike, ask={"channels": ["coal"]}).notes[0]
    apart = [part("a"), part("b", duplicate_of="a", source="t")]
    found = channels(apart, ask={"channels": ["coal"]})
    assert found.figures["chance of at least one true case, coal"] == pytest.approx(1 - 0.5 * 0.25)


def test_only_that_part_of_that_time_counts() -> None:
    assert channels(_OTHERS["evasion_parts"]).draws.size == 0
    assert channels([part("a", start="2024-12-01", end="2025-01-01")]).draws.size
    assert channels([part("a", start="2025-01-01", end="2025-02-01")]).draws.size == 0


def test_rows_used_say_what_happened_and_where_the_part_lies() -> None:
    (used,) = channels([part("a", part_kinds="ports+firms", quantity=3, quantity_unit="bbl")]).used
    assert used.text == "d; part of BBB: stated (ports, firms)"
    assert (used.amount, used.publisher, used.commodity) == (amount(3, BARRELS), "r", "coal")


def test_the_truth_of_all_can_be_moved() -> None:
    found = channels([part("a"), part("b", channels="oil", source="t")])
    assert found.baselines == {"truth_each": 0.625}
    assert moved(found, "truth_each", 1.0).min() == 2.0
    assert moved(found, "truth_each", 0.0).max() == 0.0


def test_the_share_is_jeffreys_posterior_with_each_origin_once() -> None:
    # One origin tells of three cases, one of them without a part: two thirds. The other has one, with.
    found = share([part("a"), part("b"), part("c", "none"), part("d", source="t")])
    posterior = stats.beta(5 / 3 + 0.5, 1 / 3 + 0.5)
    assert stats.kstest(found.draws, posterior.cdf).pvalue > 1e-4
    assert found.effective == 2.0


def test_a_silent_source_counts_as_one_without_a_part_or_not_at_all() -> None:
    rows = [part("a"), part("b", "not stated", source="t")]
    counted = stats.beta(1.5, 1.5)
    assert stats.kstest(share(rows).draws, counted.cdf).pvalue > 1e-4
    assert stats.kstest(share(rows, {"silent": "left-out"}).draws, stats.beta(1.5, 0.5).cdf).pvalue > 1e-4


def test_a_share_of_a_convenience_record_is_known_from_neither_side() -> None:
    found = share([part("a")])
    assert found.bounds == {"lower", "upper"}
    assert moved(found, "silent_counted", 1.0) == pytest.approx(np.ones(MANY.draws))


def test_the_lowest_channel_is_the_share() -> None:
    rows = [part("a"), part("b", "none", "oil", source="t")]
    with world(evasion_parts=rows, sources=TWO) as record:
        found = run(record, "evasion.part", _ASK, {}, MANY)
    assert np.median(found.draws) < 0.3
    assert found.missing == ()
