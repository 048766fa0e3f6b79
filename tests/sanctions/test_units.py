"""How quantities of sanctions and their evasion are written."""

import pytest

from tumen.measure.units import Unit
from tumen.sanctions.units import BARRELS, BARRELS_A_YEAR, BARRELS_PER_TONNE, CASES, COUNTED_WORKERS, unit_as_written
from tumen.sea.units import TONNES


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        (BARRELS, 7_527_043.0, "7.53 m barrels"),
        (BARRELS_A_YEAR, 500_000.0, "500,000 barrels a year"),
        (BARRELS_PER_TONNE, 8.0, "8 barrels per tonne"),
        (COUNTED_WORKERS, 100_000.0, "100,000 workers"),
        (COUNTED_WORKERS, 1.0, "1 worker"),
        (CASES, 1.0, "1 case"),
        (TONNES, 4500.0, "4,500 tonnes"),
    ],
)
def test_a_quantity_is_said_with_its_unit(unit: Unit, value: float, said: str) -> None:
    assert unit.said(value) == said


@pytest.mark.parametrize(
    ("unit", "subject"),
    [(BARRELS, "the excess"), (COUNTED_WORKERS, "the number of workers"), (CASES, "the number of cases")],
)
def test_a_sentence_calls_a_quantity_by_what_is_counted(unit: Unit, subject: str) -> None:
    assert unit.subject == subject


def test_units_that_rows_name_are_those_that_measures_count_in() -> None:
    assert [unit_as_written(text) for text in ("t", "bbl")] == [TONNES, BARRELS]
