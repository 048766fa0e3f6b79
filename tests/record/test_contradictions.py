"""Rows of one publisher against each other: told with their figures and lines, and drawn between."""

import numpy as np
import pytest

from tests.measure.worlds import (
    EXACT,
    Row,
    cap,
    delivery,
    launches,
    run,
    source,
    trade,
    unreported,
    workers,
    world_known,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.record.contradictions import SHOWN_OF_A_TABLE, contradictions

SOURCES = [source(), source("other")]
CAPPED = {"recipient": "AAA", "product": "oil", "provision": "cap", "period": ["2023-01-01", "2024-01-01"]}
WHOLE = trade("whole", 100, partner="WLD")


def share(*rows: Row) -> SpecificationRun:
    asked = {"focal": "AAA", "partner": "BBB", "period": ["2023-01-01", "2024-01-01"]}
    with world_known(trade=[*rows, WHOLE], sources=SOURCES) as record:
        return run(record, "dependence.share", asked, {"publisher": "p"})


def test_rows_that_contradict_each_other_are_told_with_figures_and_lines() -> None:
    with world_known(trade=[trade("a", 98), trade("b", 60, source="other")], sources=SOURCES) as record:
        (told,) = contradictions(record)
    assert (told.slug, told.severity, str(told.place)) == ("figure-twice", "warning", "record/trade.csv:2")
    assert told.got == (
        "2 rows of trade in which one publisher contradicts itself, 98 against 60 "
        "(row 'a', row 'b' at record/trade.csv:3)"
    )


def test_each_draw_of_a_share_takes_one_of_them_and_both_are_shown() -> None:
    found = share(trade("a", 98), trade("b", 60, source="other"))
    assert set(found.draws.round(6)) == {0.98, 0.6}
    assert {u.id for u in found.used} == {"a", "b", "whole"}


@pytest.mark.parametrize(
    ("other", "middle"),
    [
        ({"quality": "conflict"}, 0.98),
        ({"quality": "derived"}, 0.98),
        ({"quality": "estimate"}, 0.98),
        ({"quality": "suspect"}, 0.98),
        ({"total_usd": 97, "last_digit_usd": 10}, 0.98),
        ({"publisher": "q"}, 0.98),
    ],
)
def test_a_row_that_says_itself_that_it_gives_way_contradicts_none(other: Row, middle: float) -> None:
    found = share(trade("a", 98), {**trade("b", 60, source="other"), **other})
    assert found.draws == pytest.approx(np.full(EXACT.draws, middle), abs=0.001)


@pytest.mark.parametrize("quality", ["rounded", "as_published", "dataset"])
def test_neither_a_flag_nor_a_grade_makes_one_of_two_figures_the_right_one(quality: str) -> None:
    rows = [trade("a", 98), trade("b", 60, source="other", quality=quality)]
    assert set(share(*rows).draws.round(6)) == {0.98, 0.6}


def test_parts_of_a_breakdown_are_taken_together_in_half_of_the_draws() -> None:
    found = share(*(trade(name, amount) for name, amount in (("sea", 50), ("rail", 30), ("air", 10))))
    assert set(found.draws.round(6)) == {0.9, 0.5, 0.3, 0.1}
    assert (found.draws > 0.8).mean() == pytest.approx(0.5, abs=0.12)


def test_codes_of_a_sum_are_drawn_between_each_by_itself() -> None:
    codes = [trade("a", 40, commodity="270111"), trade("b", 20, commodity="270111", source="other")]
    found = share(*codes, trade("c", 30, commodity="270112"))
    assert set(found.draws.round(6)) == {0.7, 0.5}
    assert {u.id for u in found.used} == {"a", "b", "c", "whole"}


def test_a_flow_after_an_event_is_drawn_between_two_figures() -> None:
    rows = [trade("then", 100, **year(2022)), trade("a", 95), trade("b", 40, source="other")]
    asked = {"territory": "AAA", "partner": "BBB", "before": ["2022-01-01", "2023-01-01"]}
    asked |= {"after": ["2023-01-01", "2024-01-01"], "by": "year"}
    with world_known(trade=rows, sources=SOURCES) as record:
        found = run(record, "continuity.ratio", asked, {"publisher": "p"})
    assert set(found.draws.round(6)) == {0.95, 0.4}
    assert {u.id for u in found.used} == {"then", "a", "b"}


def test_the_names_of_rows_and_sources_change_nothing() -> None:
    one = share(trade("a", 98), trade("z", 60, source="other"))
    assert (share(trade("z", 98), trade("a", 60, source="other")).draws == one.draws).all()
    assert (share(trade("a", 98, source="other"), trade("z", 60)).draws == one.draws).all()


def test_few_are_told_and_the_rest_are_counted() -> None:
    rows = [trade(f"{n}{s}", v, source=s, **year(2001 + n)) for n in range(9) for s, v in (("s", 98), ("other", 60))]
    with world_known(trade=rows, sources=SOURCES) as record:
        told = contradictions(record)
    assert (len(told), told[-1].stands_for) == (SHOWN_OF_A_TABLE + 1, 9 - SHOWN_OF_A_TABLE)


def test_figures_of_protected_rows_are_not_told() -> None:
    kim = source("kim", access="restricted", public_description="an official")
    with world_known(trade=[trade("a", 98), trade("b", 60, source="kim")], sources=[source(), kim]) as record:
        (told,) = contradictions(record)
    assert "60" not in told.got
    assert "'b'" not in told.got


def test_two_figures_of_one_supplier_are_drawn_between() -> None:
    rows = [delivery("a", barrels=600, **year(2023)), delivery("b", barrels=900, source="other", **year(2023))]
    with world_known(deliveries=rows, provisions=[cap(500)], sources=SOURCES) as record:
        found = run(record, "caps.excess", CAPPED, {"load": 0.9})
    assert set(found.draws.round(6)) == {100.0, 400.0}
    assert {"a", "b"} < {u.id for u in found.used}


def test_two_estimates_of_one_maker_are_drawn_between() -> None:
    rows = [unreported("a", 900, 0.9, **year(2023)), unreported("b", 1800, 0.9, source="other", **year(2023))]
    given = {"deliveries": [delivery("d", barrels=100, **year(2023))], "provisions": [cap(500)]}
    with world_known(unreported=rows, **given, sources=SOURCES) as record:
        found = run(record, "caps.excess", CAPPED, {"load": 0.9})
    assert set(found.draws.round(6)) == {500.0, 1400.0}
    assert {"a", "b"} < {u.id for u in found.used}


def test_two_figures_for_one_host_make_the_range_that_holds_both() -> None:
    rows = [workers("a", 100, 200, **year(2023)), workers("b", 900, 1000, source="other", **year(2023))]
    with world_known(workers=rows, sources=SOURCES) as record:
        found = run(record, "labour.stock", {"of": "AAA", "hosts": ["BBB"], "after": "2019-12-22"}, {})
    assert found.draws.min() < 200 < 900 < found.draws.max()
    assert {u.id for u in found.used} == {"a", "b"}


def test_a_year_of_which_one_publisher_counts_twice_lacks_a_count() -> None:
    each = [launches(2022, 5), launches(2023, 7), launches(2023, 30, id="again", source="other")]
    asked = {"actor": "AAA", "before": ["2022-01-01", "2023-01-01"], "after": ["2023-01-01", "2024-01-01"]}
    with world_known(weapon_tests=each, sources=SOURCES) as record:
        found = run(record, "testing.ratio", asked, {"publisher": "p", "kind": "missiles"})
    assert found.missing == ("2023: one count alone by p (missiles)",)
    assert "again" in {u.id for u in found.used}
