"""The focal state's share in the partner's whole trade."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import (
    EXACT,
    GRADED,
    OTHER_TRADE,
    YEAR,
    Draws,
    Given,
    Row,
    Scenario,
    Setting,
    few,
    moved,
    run,
    source,
    trade,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import USD, amount

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "dependence.asymmetry": Scenario(
        {"focal": "AAA", "partner": "BBB", "period": YEAR},
        {"publisher": "p", "world_publisher": "w"},
        {
            "trade": [
                trade("own", 90, last_digit_usd=1),
                trade("all", 900, territory="BBB", partner="WLD", publisher="w", last_digit_usd=10),
            ]
        },
        OTHER_TRADE,
    ),
}

ASK = {"focal": "AAA", "partner": "BBB", "period": ["2023-01-01", "2024-01-01"]}
OF = {"publisher": "p", "world_publisher": "w"}


def rows(between: int = 2, whole: int = 1000, **more: Any) -> list[Row]:
    own = trade(f"own{more.get('start', '')}", between, **more)
    return [own, trade(f"all{more.get('start', '')}", whole, territory="BBB", partner="WLD", publisher="w", **more)]


def asymmetry(given_rows: Sequence[Row], ask: Given = None, setting: Setting = EXACT) -> SpecificationRun:
    with world(trade=given_rows) as record:
        return run(record, "dependence.asymmetry", ask or ASK, OF, setting)


def test_each_side_is_drawn_from_its_own_publisher():
    found = asymmetry(rows(2, 1000))
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.002))
    assert [(u.id, u.publisher, u.actors, u.amount) for u in found.used] == [
        ("own", "p", ("AAA", "BBB"), amount(2, USD)),
        ("all", "w", ("BBB", "WLD"), amount(1000, USD)),
    ]


def test_years_are_averaged():
    found = asymmetry([*rows(2, 1000), *rows(8, 1000, **year(2022))], {**ASK, "period": ["2022-01-01", "2024-01-01"]})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.005))
    assert [p.median for p in found.series] == pytest.approx([0.008, 0.002])


def test_trade_missing_from_the_table_counts_on_both_sides():
    found = asymmetry(rows(2, 1000))
    assert moved(found, "unrecorded_usd", 98.0) == pytest.approx(np.full(EXACT.draws, 100 / 1098))


def test_a_part_beyond_the_whole_is_impossible():
    assert asymmetry(rows(30, 20)).missing == (
        "2023: a figure of p for AAA with BBB that is no larger than the one with all partners; "
        "one of the two is wrong",
    )


def test_what_is_missing_is_named_for_each_publisher():
    found = asymmetry([trade("own", 2, publisher="w"), trade("all", 9, territory="BBB", partner="WLD")])
    assert found.draws.size == 0
    assert found.missing == ("2023: p's figure for AAA with BBB", "2023: w's figure for BBB with all partners")


@few
@given(between=st.integers(1, 10**6), whole=st.integers(1, 10**9), factor=st.integers(2, 1000), digit=st.integers(0, 9))
def test_a_share_that_money_times_a_constant_does_not_change(between, whole, factor, digit):
    def draws(scale: int) -> Draws:
        given_rows = rows(between * scale, whole * scale, last_digit_usd=digit * scale)
        with world(trade=given_rows, sources=[source(reliability="E")]) as record:
            return run(record, "dependence.asymmetry", ASK, OF, GRADED).draws

    plain, scaled = draws(1000), draws(1000 * factor)
    assert ((plain >= 0) & (plain <= 1)).all()
    assert plain.size == scaled.size
    assert plain.size or digit or between > whole  # none where the part may be more than the whole
    assert np.abs(plain - scaled).max(initial=0.0) < 1e-12
