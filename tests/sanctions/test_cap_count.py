"""In how many years deliveries went beyond a cap of 500 barrels."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import (
    EXACT,
    YEAR,
    Given,
    Row,
    Scenario,
    cap,
    delivery,
    few,
    moved,
    run,
    unreported,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun

ASK = {"recipient": "AAA", "product": "oil", "provision": "cap", "period": ["2021-01-01", "2024-01-01"]}
HALF = {"load": 0.5, "barrels_per_tonne": [8.0, 8.0]}

SCENARIOS = {
    "caps.years": Scenario(
        {"recipient": "AAA", "product": "oil", "provision": "cap", "period": YEAR},
        {"load": 0.5, "barrels_per_tonne": [7.5, 8.33]},
        {
            "provisions": [cap()],
            "deliveries": [delivery("b", barrels=158, last_digit=1)],
            "unreported": [unreported("tankers", 616, last_digit=10)],
        },
        {"deliveries": [delivery("gas", tonnes=9, product="gas")], "unreported": [unreported("x", 5, recipient="CCC")]},
    ),
}

#: Notified: nothing. Of tankers at 90 per cent: 1,800 barrels in 2021, 450 in 2022, 1,080 in 2023.
NOTIFIED = [delivery(f"b{y}", barrels=0, **year(y)) for y in (2021, 2022, 2023)]
SEEN = [unreported(f"t{y}", barrels, **year(y)) for y, barrels in ((2021, 1800), (2022, 450), (2023, 1080))]


def years(
    estimates: Sequence[Row] = SEEN, options: Given = None, notified: Sequence[Row] = NOTIFIED
) -> SpecificationRun:
    with world(provisions=[cap()], deliveries=notified, unreported=estimates) as record:
        return run(record, "caps.years", ASK, options or HALF)


def test_years_beyond_the_cap_are_counted() -> None:
    # At one half: 1,000, 250 and 600 barrels against 500.
    found = years()
    assert found.draws == pytest.approx(np.full(EXACT.draws, 2.0))
    assert found.bounds == frozenset()
    assert [(p.when, p.median) for p in found.series] == [("2021", 500.0), ("2022", -250.0), ("2023", 100.0)]
    assert moved(found, "load", 0.9) == pytest.approx(np.full(EXACT.draws, 2.0))
    assert moved(found, "load", 1.0) == pytest.approx(np.full(EXACT.draws, 2.0))
    assert moved(found, "load", 0.2) == pytest.approx(np.zeros(EXACT.draws))


def test_the_chance_of_every_year_is_told() -> None:
    found = years(SEEN[:2], notified=NOTIFIED[:2])
    told = "chance that a year was beyond the cap: 2021 > 0.99, 2022 < 0.01, 2023 not known"
    assert found.notes[0] == told
    assert found.beside == (told,)
    assert found.figures == {
        "chance that 2021 was beyond the cap": 1.0,
        "chance that 2022 was beyond the cap": 0.0,
    }


def test_a_year_that_is_not_known_may_be_one_more_and_takes_none_away() -> None:
    found = years(SEEN[:2], notified=NOTIFIED[:2])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 1.0))
    assert found.bounds == {"lower"}
    assert found.missing == ("2023: deliveries, notified or estimated",)


def test_a_year_seen_in_part_makes_the_number_a_lower_bound() -> None:
    part = unreported("part", 450, start="2022-01-01", end="2022-09-01")
    found = years([SEEN[0], part, SEEN[2]])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 2.0))
    assert found.bounds == {"lower"}
    assert found.notes[0].endswith("2021 > 0.99, 2022 at least 0.00, 2023 > 0.99")


def test_each_year_and_each_source_has_a_load_of_its_own() -> None:
    # 900 barrels at 90 per cent: 250 at a quarter, 1,000 when full. Each of two years is beyond with one half, apart.
    same = [unreported(f"t{y}", 900, **year(y)) for y in (2021, 2022)]
    found = years(same, {**HALF, "load": [0.25, 1.0]}, NOTIFIED[:2])
    shares = [float((found.draws == count).mean()) for count in (0, 1, 2)]
    # Four standard errors of a share of 400 draws are at most 0.1.
    assert shares == pytest.approx([0.25, 0.5, 0.25], abs=0.1)
    others = [unreported(f"t{y}", 900, publisher="others", **year(y)) for y in (2021, 2022)]
    again = years(others, {**HALF, "load": [0.25, 1.0]}, NOTIFIED[:2])
    assert (again.draws != found.draws).any()
    assert found.baselines["load"] == pytest.approx(0.625, abs=0.4)


def test_a_cap_that_is_none_is_named() -> None:
    with world(provisions=[cap(None, None)], deliveries=NOTIFIED) as record:
        found = run(record, "caps.years", ASK, HALF)
    assert found.missing == ("a cap in barrels under the provision 'cap'",)


@few
@given(loads=st.tuples(st.floats(0.05, 1), st.floats(0.05, 1)))
def test_the_number_of_years_rises_with_the_load(loads: tuple[float, float]) -> None:
    found = years()
    low, high = (moved(found, "load", load) for load in sorted(loads))
    assert (low <= high).all()
    assert high.max() <= 3
