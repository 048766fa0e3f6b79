"""The Herfindahl–Hirschman index over partners."""

import string
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
    many,
    run,
    trade,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import USD, amount
from tumen.trade.concentration import index_draws

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "dependence.concentration": Scenario(
        {"focal": "AAA", "period": YEAR},
        {"publisher": "p"},
        {
            "trade": [
                trade("b", 60, last_digit_usd=1),
                trade("c", 30, partner="CCC", last_digit_usd=1),
                trade("all", 100, partner="WLD", last_digit_usd=1),
            ]
        },
        OTHER_TRADE,
    ),
}

ASK = {"focal": "AAA", "period": ["2023-01-01", "2024-01-01"]}
PARTNERS = [2 * letter + "X" for letter in string.ascii_uppercase[1:]]


def partners(*amounts: int, **more: Any) -> list[Row]:
    at = more.get("start", "")
    return [trade(f"{name}{at}", a, partner=name, **more) for name, a in zip(PARTNERS, amounts, strict=False)]


def index(rows: Sequence[Row], ask: Given = None, setting: Setting = EXACT) -> SpecificationRun:
    with world(trade=rows) as record:
        return run(record, "dependence.concentration", ask or ASK, {"publisher": "p"}, setting)


def test_four_partners_as_in_the_textbook_example():
    # Shares of 30, 30, 20 and 20 per cent have an index of 2,600 on the scale to 10,000: the example
    # of the United States Department of Justice's page on the Herfindahl–Hirschman index.
    assert index(partners(30, 30, 20, 20)).draws == pytest.approx(np.full(EXACT.draws, 0.26))


def test_rows_used_say_whose_trade_they_are_with_whom():
    found = index([*partners(50, 30), trade("all", 100, partner="WLD")])
    assert [(u.amount, u.actors) for u in found.used] == [
        (amount(50, USD), ("AAA", PARTNERS[0])),
        (amount(30, USD), ("AAA", PARTNERS[1])),
        (amount(100, USD), ("AAA", "WLD")),
    ]


def test_one_partner_is_full_concentration():
    assert index(partners(30)).draws == pytest.approx(np.ones(EXACT.draws))


def test_what_is_not_printed_by_partner_lies_between_spread_thin_and_one_partner():
    # Half the trade is with BBB; the other half adds between nothing and a quarter.
    found = index([*partners(50), trade("all", 100, partner="WLD")])
    assert found.draws.min() >= 0.25
    assert found.draws.max() <= 0.5
    assert np.mean(found.draws) == pytest.approx(0.375, abs=4 * 0.25 / np.sqrt(12 * EXACT.draws))


def test_years_are_averaged_and_a_year_without_partners_is_named():
    both = {**ASK, "period": ["2022-01-01", "2024-01-01"]}
    found = index([*partners(50, 50), *partners(70, **year(2022))], both)
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.75))
    assert [(p.when, p.median) for p in found.series] == [("2022", 1.0), ("2023", pytest.approx(0.5))]
    lacking = index([*partners(50, 50), trade("all", 9, partner="WLD", **year(2022))], both)
    assert lacking.draws.size == 0
    assert lacking.missing == ("2022: p's figures for AAA by partner",)


@few
@given(amounts=st.lists(st.integers(100, 10**6), min_size=1, max_size=8), factor=st.integers(2, 1000))
def test_the_index_lies_between_one_over_n_and_one_and_has_no_unit(amounts, factor):
    def draws(scale: int) -> Draws:
        rows = partners(*(a * scale for a in amounts), last_digit_usd=10 * scale)
        return index(rows, setting=GRADED).draws

    plain = draws(1)
    assert (plain >= 1 / len(amounts) - 1e-12).all()
    assert (plain <= 1 + 1e-12).all()
    assert np.abs(plain - draws(factor)).max() < 1e-12


@many
@given(
    amounts=st.lists(st.floats(1, 1e6), min_size=1, max_size=8),
    unprinted=st.floats(0, 1e6),
    spread=st.floats(0, 1),
)
def test_a_rest_with_one_partner_is_at_least_as_concentrated_as_the_same_rest_spread_thin(amounts, unprinted, spread):
    one = np.ones(1)
    world_usd = (sum(amounts) + unprinted) * one
    thin, between, single = (index_draws([a * one for a in amounts], world_usd, s * one)[0] for s in (0.0, spread, 1.0))
    assert thin <= between <= single <= 1 + 1e-12
    assert single == pytest.approx(sum((p / world_usd[0]) ** 2 for p in [*amounts, unprinted]))
