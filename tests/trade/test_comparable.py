"""Other years and other times of the same trade, worked out with a pencil: what a share or a ratio is compared with."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.measure.worlds import EXACT, Given, Row, month, run, trade, unrecorded, world, year

SHARE = {"focal": "AAA", "partner": "BBB", "period": ["2023-01-01", "2024-01-01"]}
RATIO = {
    "territory": "AAA",
    "partner": "BBB",
    "by": "year",
    "before": ["2022-01-01", "2023-01-01"],
    "after": ["2023-01-01", "2024-01-01"],
}


def peers(
    measure: str, rows: Sequence[Row], ask: Mapping[str, Any], options: Given = None, **tables: Sequence[Row]
) -> Any:
    with world(trade=rows, **tables) as record:
        found = run(record, measure, ask, {"publisher": "p", **(options or {})}, EXACT)
        assert not found.missing
        return found.peers


def yearly(first: int, *amounts: float, **more: Any) -> list[Row]:
    named = f"{more.get('partner', 'BBB')}-{more.get('publisher', 'p')}"
    return [trade(f"{named}-{n}", a, **{**year(n), **more}) for n, a in enumerate(amounts, first)]


def shares(*partner: float, **more: Any) -> list[Row]:
    """Trade with BBB of 100 with all in 2018, 2019 … as much as said."""
    return [*yearly(2018, *partner, **more), *yearly(2018, *([100] * len(partner)), partner="WLD")]


def test_a_share_is_compared_with_the_same_share_in_other_years():
    found = peers("dependence.share", shares(10, 20, 30, 40, 50, 90), SHARE)
    assert found.of == "other years"
    assert found.values == {"2018": 0.1, "2019": 0.2, "2020": 0.3, "2021": 0.4, "2022": 0.5}


def test_years_that_lack_a_figure_and_years_of_the_claim_are_none_of_the_class():
    rows = [row for row in shares(10, 20, 30, 40, 50, 90) if row["id"] != "WLD-p-2020"]
    assert peers("dependence.share", rows, SHARE) is None  # four years are too few
    both = {**SHARE, "period": ["2022-01-01", "2024-01-01"]}
    assert peers("dependence.share", shares(10, 20, 30, 40, 50, 90), both) is None


def test_other_years_are_counted_as_the_options_say():
    # Customs print half of what the publisher does, of which half is counted: 3/4 of BBB's 40 are 30, of 30 + 60.
    rows = [*shares(*[40] * 6), *yearly(2018, *[20] * 6, publisher="c")]
    found = peers("dependence.share", rows, SHARE, {"customs": "c", "imputed": 0.5})
    assert found.values == pytest.approx(dict.fromkeys(map(str, range(2018, 2023)), 30 / 90))
    # Another's figure for CCC is added in the one year that has one: 40 of 100 + 60.
    added = [*shares(*[40] * 6), *(r for year in (2020, 2023) for r in yearly(year, 60, partner="CCC", publisher="x"))]
    found = peers("dependence.share", added, SHARE, {"add": ["x"]})
    assert (found.values["2020"], found.values["2021"]) == (0.25, 0.4)


def test_partners_that_are_printed_stand_for_the_rest_where_no_total_does():
    rows = [*yearly(2018, *[30] * 6), *yearly(2018, *[60] * 6, partner="CCC")]
    assert peers("dependence.share", rows, SHARE).values["2019"] == pytest.approx(1 / 3)


def test_ranges_that_other_years_may_not_have_leave_a_share_without_a_class():
    ranges = {"unrecorded": [unrecorded("arms", 1, 9)]}
    assert peers("dependence.share", shares(*[40] * 6), SHARE, {"unrecorded": ["arms"]}, **ranges) is None


def test_an_index_is_compared_with_the_same_index_in_other_years():
    rows = [*shares(*[60] * 6), *yearly(2018, *[20] * 6, partner="CCC")]
    found = peers("dependence.concentration", rows, {"focal": "AAA", "period": SHARE["period"]})
    # 0.36 and 0.04, and the rest of 0.2 somewhere between spread thin and one partner.
    assert found.values == pytest.approx(dict.fromkeys(map(str, range(2018, 2023)), 0.36 + 0.04 + 0.04 / 2))


def test_a_ratio_is_compared_with_the_same_flow_at_other_times():
    found = peers("continuity.ratio", yearly(2017, 10, 20, 10, 40, 10, 50, 25, 75), RATIO)
    assert found.of == "other times of the same flow"
    assert found.values == {
        "2017 and 2018": 2.0,
        "2018 and 2019": 0.5,
        "2019 and 2020": 4.0,
        "2020 and 2021": 0.25,
        "2021 and 2022": 5.0,
        "2023 and 2024": 3.0,
    }


def test_times_that_end_in_what_the_claim_asks_after_are_left_out():
    ask = {**RATIO, "after": ["2023-01-01", "2025-01-01"]}
    found = peers("continuity.ratio", yearly(2013, *[10] * 9, 20, 30, 40), ask)
    # Moved by a year, 2022 to 2023 or 2024 to 2025 would meet 2023 and 2024.
    assert sorted(found.values) == [f"{n} and {n + 1}" for n in range(2013, 2021)]


def test_other_times_keep_the_season():
    # In each year January has 1, February 3, and June and July 2 and 4 by turns: 2 or 4 over a mean of 2.
    rows = [
        trade(f"{of}-{n}", amount, **month(n, of))
        for of in range(2017, 2024)
        for n, amount in ((1, 1), (2, 3), (6, 2 + of % 2 * 2), (7, 2 + of % 2 * 2))
    ]
    ask = {**RATIO, "by": "month", "before": ["2023-01-01", "2023-03-01"], "after": ["2023-06-01", "2023-08-01"]}
    found = peers("continuity.ratio", rows, ask)
    assert found.values == {f"{n} and {n}": 1.0 + n % 2 for n in range(2017, 2023)}


def test_only_whole_years_of_the_publisher_that_are_figures_count():
    rows = yearly(2016, *[10] * 6, 10, 10)
    others = yearly(2010, *[10] * 6, publisher="q")
    flagged = [
        trade("flagged", 99, **year(2015), quality="lower_bound"),
        trade("half", 99, start="2014-01-01", end="2014-07-01"),
    ]
    found = peers("continuity.ratio", [*rows, *others, *flagged], RATIO)
    assert sorted(found.values) == [f"{n} and {n + 1}" for n in range(2016, 2022)]


def test_imports_of_other_times_are_brought_to_the_same_worth():
    rows = [
        trade(f"y{n}", None, exports_usd=10, imports_usd=imports, **year(n))
        for n, imports in enumerate((22, 44, 22, 44, 22, 44, 22), 2017)
    ]
    factor = {"cif_fob": [1.1, 1.1]}
    assert peers("continuity.ratio", rows, RATIO, factor).values["2017 and 2018"] == pytest.approx(50 / 30)
    assert peers("continuity.ratio", rows, RATIO).values["2017 and 2018"] == pytest.approx(54 / 32)
    exports = peers("continuity.ratio", rows, {**RATIO, "flow": "exports"}, factor)
    assert exports.values["2017 and 2018"] == 1.0


def test_a_time_that_lacks_one_of_the_codes_is_none_of_the_class():
    baskets = [{"basket": "two", "commodity": code, "label": code, "source": "s"} for code in ("111111", "222222")]
    rows = [
        trade(f"{code}-{n}", 10, commodity=code, **year(n))
        for code in ("111111", "222222")
        for n in range(2015, 2024)
        if (code, n) != ("222222", 2018)
    ]
    found = peers("continuity.ratio", rows, {**RATIO, "commodity": "two"}, baskets=baskets)
    assert sorted(found.values) == [f"{n} and {n + 1}" for n in (2015, 2016, 2019, 2020, 2021)]
