"""Codes of actors that no state has are named with a row that has them."""

import pytest

from tests.measure.worlds import trade, votes, world_known
from tumen.errors import Problem
from tumen.record.actor_codes import SHOWN_OF_A_COLUMN, strange_codes


def told(*codes: str, groups: tuple[str, ...] = ()) -> list[Problem]:
    rows = [trade(f"r{n}", 1, territory="CHN", partner=code, commodity=f"{n:06}") for n, code in enumerate(codes)]
    with world_known(trade=rows) as record:
        return strange_codes(record, ["AAA"], groups)


@pytest.mark.parametrize("code", ["RUS", "WLD", "SUN", "AAA", "DDR"])
def test_states_of_today_and_before_and_what_the_case_declares_are_known(code: str) -> None:
    assert told(code) == []


@pytest.mark.parametrize(
    ("code", "fix"),
    [("PKR", "Did you mean 'PRK'? "), ("ZZZ", ""), ("NRK", "Did you mean"), ("EUU", ""), ("XXX", ""), ("XKO", "")],
)
def test_a_code_of_no_state_is_named_with_its_row(code: str, fix: str) -> None:
    (one,) = told("RUS", code)
    assert (str(one.place), one.slug, one.severity) == ("record/trade.csv:3", "code-of-no-state", "warning")
    assert one.got == f"partner '{code}' (row 'r1')"
    assert one.fix.startswith(fix)


def test_a_group_that_is_declared_is_known() -> None:
    assert told("EUU", groups=("EUU",)) == []


def test_a_code_of_many_rows_is_told_once_and_the_rest_of_many_codes_is_counted() -> None:
    (one,) = told("ZZZ", "ZZZ", "ZZZ")
    assert one.got == "partner 'ZZZ' (row 'r0' and 2 more rows)"
    many = told(*(f"QQ{letter}" for letter in "ABCDEFGH"))
    assert (len(many), many[-1].stands_for) == (SHOWN_OF_A_COLUMN + 1, 3)


def test_each_of_several_suppliers_is_looked_up_and_rows_without_ids_too() -> None:
    row = {"id": "d", "supplier": "CHN+RSU", "recipient": "PRK", "product": "oil", "start": "2023-01-01"} | {
        "end": "2024-01-01",
        "barrels": 5,
        "publisher": "un",
        "quality": "exact",
        "source": "s",
    }
    with world_known(deliveries=[row], votes=votes("ZZY", "YN")) as record:
        said = [p.got for p in strange_codes(record, [])]
    assert said == ["supplier 'RSU' (row 'd')", "actor 'ZZY' (a row and 1 more row)"]
