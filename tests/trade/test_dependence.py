"""Shares and their changes, on trade that fits on a napkin: 90 USD of 100 with BBB is 0.9."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
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
    measured,
    moved,
    run,
    source,
    trade,
    unrecorded,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.setting import Error, Errors, Grading
from tumen.measure.units import CHANGE_IN_SHARE
from tumen.measure.units import SHARE as IN_SHARES

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "dependence.share": Scenario(
        {"focal": "AAA", "partner": "BBB", "period": YEAR},
        {"publisher": "p", "add": ["a"], "unrecorded": ["arms"]},
        {
            "trade": [
                trade("own", 90, last_digit_usd=1),
                trade("all", 100, partner="WLD", last_digit_usd=1),
                trade("added", 4, partner="CCC", publisher="a", last_digit_usd=1),
            ],
            "unrecorded": [unrecorded("arms", 1, 9)],
        },
        {"trade": OTHER_TRADE["trade"], "unrecorded": [unrecorded("z", 1, 2, kind="oil")]},
    ),
    "dependence.change": Scenario(
        {"focal": "AAA", "partner": "BBB", "before": ["2022-01-01", "2023-01-01"], "after": YEAR},
        {"publisher": "p"},
        {
            "trade": [
                trade("own-22", 50, last_digit_usd=1, **year(2022)),
                trade("all-22", 100, partner="WLD", last_digit_usd=1, **year(2022)),
                trade("own", 90, last_digit_usd=1),
                trade("all", 100, partner="WLD", last_digit_usd=1),
            ]
        },
        OTHER_TRADE,
    ),
}

SHARE = {"focal": "AAA", "partner": "BBB", "period": ["2023-01-01", "2024-01-01"]}
CHANGE = {
    "focal": "AAA",
    "partner": "BBB",
    "before": ["2021-01-01", "2023-01-01"],
    "after": ["2023-01-01", "2024-01-01"],
}
P = {"publisher": "p"}


def printed(own: int = 90, whole: int = 100, **more: Any) -> list[Row]:
    """What a publisher prints of one year: with BBB, and with all."""
    at = more.get("start", "2023")[:4]
    name = f"{more.get('publisher', 'p')}-{at}"
    return [trade(f"{name}-own", own, **more), trade(f"{name}-all", whole, partner="WLD", **more)]


def share(
    rows: Sequence[Row],
    options: Given = None,
    arguments: Given = None,
    setting: Setting = EXACT,
    **tables: Sequence[Row],
) -> SpecificationRun:
    with world(trade=rows, **tables) as record:
        return run(record, "dependence.share", arguments or SHARE, options or P, setting)


def test_share_is_the_partners_trade_over_trade_with_all():
    found = share(printed(90, 100))
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.9))
    assert [u.id for u in found.used] == ["p-2023-own", "p-2023-all"]


def test_share_of_several_years_is_the_mean_of_theirs():
    rows = [*printed(90, 100), *printed(10, 20, **year(2022))]
    found = share(rows, arguments={**SHARE, "period": ["2022-01-01", "2024-01-01"]})
    assert found.draws == pytest.approx(np.full(EXACT.draws, (0.9 + 0.5) / 2))
    assert [(p.when, round(p.median, 12)) for p in found.series] == [("2022", 0.5), ("2023", 0.9)]


def test_without_a_printed_whole_the_partners_are_summed():
    rows = [trade("b", 90), trade("c", 6, partner="CCC"), trade("d", 4, partner="DDD")]
    assert share(rows).draws == pytest.approx(np.full(EXACT.draws, 0.9))


def test_publishers_are_never_spliced():
    found = share([trade("own", 90), trade("all", 100, partner="WLD", publisher="q")])
    assert found.draws.size == 0
    assert found.missing == ("2023: p's figure for AAA with all partners",)


def test_a_year_that_is_missing_is_named():
    found = share(printed(), arguments={**SHARE, "period": ["2022-01-01", "2024-01-01"]})
    assert found.missing == ("2022: p's figure for AAA with BBB", "2022: p's figure for AAA with all partners")


def test_rounding_is_drawn_over_half_a_unit_of_the_last_digit_either_way():
    # Own lies in 85–95 and the rest, world less own, in 0–20.
    found = share(printed(90, 100, last_digit_usd=10))
    assert found.draws.min() >= 85 / 105
    assert found.draws.max() <= 1.0
    assert np.median(found.draws) == pytest.approx(0.9, abs=0.01)


def test_a_printed_whole_below_the_part_leaves_no_share():
    found = share(printed(100, 90))
    assert found.missing
    assert not found.draws.size


def test_an_added_publisher_counts_for_other_partners_only():
    rows = [*printed(90, 100), trade("x", 5, partner="CCC", publisher="q"), trade("y", 70, publisher="q")]
    found = share(rows, {**P, "add": ["q"]})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 90 / 105))


@pytest.mark.parametrize(
    ("partner", "when"), [("WLD", 2023), ("BBB", 2023), ("CCC", 2022)], ids=["total", "same-partner", "other-year"]
)
def test_where_nothing_could_be_added_of_a_publisher_there_is_no_share(partner, when):
    other = trade("o", 30, **year(when), partner=partner, publisher="q")
    with world(trade=[trade("b", 90), trade("w", 100, partner="WLD"), other]) as record:
        found = run(record, "dependence.share", SHARE, {"publisher": "p", "add": ("q",)}, EXACT)
    assert found.draws.size == 0
    assert found.missing == ("q's figure for AAA with another partner than BBB, to be added",)


def test_one_of_several_added_publishers_is_enough():
    other = trade("o", 30, partner="CCC", publisher="q")
    with world(trade=[trade("b", 90), trade("w", 100, partner="WLD"), other]) as record:
        found = run(record, "dependence.share", SHARE, {"publisher": "p", "add": ("q", "r")}, EXACT)
    assert found.draws == pytest.approx(90 / 130)


def test_imputed_flows_count_as_far_as_the_option_and_the_lever_say():
    rows = [*printed(90, 100), trade("customs", 70, publisher="customs")]
    found = share(rows, {**P, "customs": "customs", "imputed": 0.5})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 80 / 90))
    assert moved(found, "imputed", 0.0) == pytest.approx(np.full(EXACT.draws, 70 / 80))
    assert moved(found, "imputed", 1.0) == pytest.approx(np.full(EXACT.draws, 90 / 100))


def test_the_lever_adds_trade_with_others():
    found = share(printed(90, 100))
    assert moved(found, "unrecorded_usd", 50.0) == pytest.approx(np.full(EXACT.draws, 90 / 150))


def test_unrecorded_exchange_is_spread_evenly_over_its_days():
    # 40 USD over 2022 and 2023, of which 365 of 730 days lie in 2023.
    arms = unrecorded("arms", 40, 40, **year(2022, 2024))
    found = share(printed(90, 100), {**P, "unrecorded": ["arms"]}, unrecorded=[arms])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 90 / 120))
    assert moved(found, "unrecorded_counted", 0.25) == pytest.approx(np.full(EXACT.draws, 90 / 105))
    assert moved(found, "unrecorded_yearly_usd", 80.0) == pytest.approx(np.full(EXACT.draws, 90 / 180))
    assert found.baselines["unrecorded_yearly_usd"] == pytest.approx(20.0)


def test_unrecorded_exchange_may_be_spread_from_a_later_day():
    arms = unrecorded("arms", 40, 40, **year(2022, 2024))
    options = {**P, "unrecorded": ["arms"], "unrecorded_from": "2023-01-01"}
    found = share(printed(90, 100), options, unrecorded=[arms])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 90 / 140))


def test_unrecorded_exchange_with_the_partner_raises_its_share():
    coal = unrecorded("coal", 10, 10, partner="BBB", kind="coal")
    found = share(printed(90, 100), {**P, "unrecorded": ["coal"]}, unrecorded=[coal])
    assert found.draws == pytest.approx(np.full(EXACT.draws, 100 / 110))
    assert "unrecorded_yearly_usd" not in found.baselines, "the lever is of exchange with others"


def test_most_of_what_a_published_range_may_stand_for_lies_between_its_ends():
    found = share(printed(90, 100), {**P, "unrecorded": ["arms"]}, unrecorded=[unrecorded("arms", 20, 80)])
    added = 90 / found.draws - 100
    assert np.median(added) == pytest.approx(40, rel=0.1)
    inside = (added >= 20) & (added <= 80)
    assert inside.mean() == pytest.approx(0.8, abs=5 * (0.8 * 0.2 / EXACT.draws) ** 0.5)


def test_one_printed_value_of_unrecorded_exchange_errs_by_its_class():
    arms = unrecorded("arms", 40, 40, source="rough")
    rough: Sequence[Row] = [source(), source("rough", reliability="E")]

    def added(setting: Setting) -> Draws:
        options = {**P, "unrecorded": ["arms"]}
        return 90 / share(printed(90, 100), options, setting=setting, unrecorded=[arms], sources=rough).draws - 100

    graded = replace(EXACT, grading=Grading({**dict.fromkeys("ABCDF", 0.0), "E": 0.1}, dict.fromkeys("123456", 1.0)))
    assert np.log(added(graded) / 40).std() == pytest.approx(0.1, rel=0.2)
    fitted = replace(EXACT, errors={"unrecorded": Errors(Error(0.3, 0.4))})
    assert np.log(added(fitted) / 40).std() == pytest.approx(0.5, rel=0.2)


def test_how_much_a_range_holds_is_a_lever():
    arms = [unrecorded("arms", 20, 80)]
    found = share(printed(90, 100), {**P, "unrecorded": ["arms"]}, unrecorded=arms)
    assert found.baselines["range_coverage"] == EXACT.range_coverage == 0.8
    assert found.respond is not None
    assert (found.respond("range_coverage", 0.8) == found.draws).all()
    narrower = 90 / found.respond("range_coverage", 0.95) - 100
    inside = (narrower >= 20) & (narrower <= 80)
    assert inside.mean() == pytest.approx(0.95, abs=5 * (0.95 * 0.05 / EXACT.draws) ** 0.5)
    assert "range_coverage" not in share(printed(90, 100)).baselines, "nothing is ranged"


def test_a_change_answers_the_lever_of_ranges_on_both_sides():
    rows = [*printed(90, 100), *printed(80, 100, **year(2022))]
    arms = unrecorded("arms", 20, 80, **year(2022, 2024))
    asked = {"focal": "AAA", "partner": "BBB", "before": ["2022-01-01", "2023-01-01"], "after": YEAR}
    with world(trade=rows, unrecorded=[arms]) as record:
        found, wider = (
            run(record, "dependence.change", asked, {**P, "unrecorded": ["arms"]}, setting)
            for setting in (EXACT, replace(EXACT, range_coverage=0.6))
        )
    assert found.respond is not None
    assert found.respond("range_coverage", 0.6) == pytest.approx(wider.draws)


def test_values_that_somebody_was_asked_for_are_read_as_quantiles_or_as_pert():
    def added(**more: Any) -> Draws:
        options = {**P, "unrecorded": ["arms"]}
        return 90 / share(printed(90, 100), options, unrecorded=[unrecorded("arms", 10, 80, **more)]).draws - 100

    assert np.median(added(middle_usd=20)) == pytest.approx(20, rel=0.1)
    pert = added(middle_usd=20, shape="pert")
    assert pert.min() >= 10 - 1e-9
    assert pert.max() <= 80 + 1e-9
    assert pert.mean() == pytest.approx((10 + 4 * 20 + 80) / 6, rel=0.1)
    assert (added(shape="pert") == added()).all(), "without a middle it is a range"


def test_mirror_exports_are_brought_from_cif_to_fob():
    # 40 of the 90 USD are exports that the partner valued CIF; at a factor of 1.25 they are 32.
    rows = [trade("own", None, exports_usd=40, imports_usd=50), trade("all", 100, partner="WLD")]
    cif = {**P, "cif_fob": [1.25, 1.25]}
    assert share(rows, cif).draws == pytest.approx(np.full(EXACT.draws, 82 / 92))


def test_imports_are_printed_fob_already():
    rows = [
        trade("own", None, exports_usd=40, imports_usd=50),
        trade("all", None, exports_usd=45, imports_usd=55, partner="WLD"),
    ]
    found = share(rows, {**P, "cif_fob": [1.25, 1.25], "flow": "imports"})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 50 / 55))
    found = share(rows, {**P, "cif_fob": [1.25, 1.25], "flow": "exports"})
    assert found.draws == pytest.approx(np.full(EXACT.draws, 32 / 37))


def test_a_total_alone_cannot_be_brought_from_cif_to_fob():
    found = share(printed(90, 100), {**P, "cif_fob": [1.05, 1.1]})
    assert found.missing == ("2023: AAA's exports to BBB apart, which CIF over FOB divides",)


def test_change_is_the_mean_share_after_less_the_mean_share_before():
    rows = [*printed(90, 100), *printed(60, 100, **year(2022)), *printed(80, 100, **year(2021))]
    with world(trade=rows) as record:
        found = run(record, "dependence.change", CHANGE, P)
    assert found.draws == pytest.approx(np.full(EXACT.draws, 0.9 - 0.7))


def test_a_change_is_drawn_from_a_series_of_shares():
    with world(trade=[*printed(90, 100), *printed(60, 100, **year(2022)), *printed(80, 100, **year(2021))]) as record:
        found = measured(record, "dependence.change", CHANGE, P)
    assert (found.unit, found.series_unit) == (CHANGE_IN_SHARE, IN_SHARES)
    assert [p.median for p in found.specifications[0].series] == pytest.approx([0.8, 0.6, 0.9])


def test_levers_of_a_change_move_the_years_after_it():
    rows = [*printed(90, 100), *printed(60, 100, **year(2022)), *printed(80, 100, **year(2021))]
    with world(trade=rows) as record:
        found = run(record, "dependence.change", CHANGE, P)
    assert moved(found, "unrecorded_usd", 50.0) == pytest.approx(np.full(EXACT.draws, 90 / 150 - 0.7))


def test_a_change_names_what_either_side_lacks():
    with world(trade=printed(90, 100)) as record:
        found = run(record, "dependence.change", CHANGE, P)
    assert [m[:4] for m in found.missing] == ["2021", "2021", "2022", "2022"]


money = st.integers(1, 10**6)


@few
@given(own=money, rest=money, factor=st.integers(2, 1000), digit=st.integers(0, 9))
def test_all_money_times_a_constant_changes_no_share(own, rest, factor, digit):
    def found(scale: int) -> tuple[Draws, Draws]:
        of = {"last_digit_usd": digit * scale}
        rows = [
            *printed(own * scale, (own + rest) * scale, **of),
            *printed(rest * scale, (own + rest) * scale, **of, **year(2022)),
            *printed(own * scale, (2 * own) * scale, **of, **year(2021)),
        ]
        arms = [unrecorded("arms", 3 * scale, 70 * scale)]
        options = {**P, "unrecorded": ["arms"]}
        with world(trade=rows, unrecorded=arms, sources=[source(reliability="C", credibility="3")]) as record:
            shares = run(record, "dependence.share", SHARE, options, GRADED).draws
            return shares, run(record, "dependence.change", CHANGE, options, GRADED).draws

    for plain, scaled in zip(found(1), found(factor), strict=True):
        assert plain.size == scaled.size
        assert plain.size or digit  # none where rounding makes the part more than the whole
        assert np.abs(plain - scaled).max(initial=0.0) < 1e-12


@few
@given(own=money, rest=money, digit=st.integers(0, 10**5), grade=st.sampled_from("ABCDEF"))
def test_a_share_lies_in_zero_to_one_and_falls_as_unrecorded_trade_grows(own, rest, digit, grade):
    with world(
        trade=printed(own, own + rest, last_digit_usd=digit),
        sources=[source(reliability=grade, credibility="5")],
    ) as record:
        found = run(record, "dependence.share", SHARE, P, GRADED)
    if found.missing:  # rounding makes the part more than the whole, or may leave nothing
        assert digit
        assert "one of the two is wrong" in found.missing[0] or "any trade of AAA" in found.missing[0]
        return
    steps = [moved(found, "unrecorded_usd", added) for added in (0.0, 1.0, 1e3, 1e9)]
    for less, more in itertools.pairwise(steps):
        assert (more <= less).all()
    assert all(((s >= 0) & (s <= 1)).all() for s in steps)


@few
@given(amounts=st.lists(money, min_size=1, max_size=4))
def test_an_added_publisher_never_lowers_the_sources_or_makers_used_nor_raises_the_share(amounts):
    names = [f"q{n}" for n in range(len(amounts))]
    rows = [
        trade(name, amount, partner="CCC", publisher=name, source=f"s{name}")
        for name, amount in zip(names, amounts, strict=True)
    ]
    sources = [source(), *(source(f"s{name}", publisher=name) for name in names)]
    with world(trade=[*printed(90, 100), *rows], sources=sources) as record:
        runs = [
            run(record, "dependence.share", SHARE, {**P, "add": names[:n]}, setting=EXACT)
            for n in range(len(names) + 1)
        ]
    for before, after in itertools.pairwise(runs):
        assert {u.source for u in before.used} < {u.source for u in after.used}
        assert {u.publisher for u in before.used} < {u.publisher for u in after.used}
        assert (after.draws < before.draws).all()


def test_the_total_errs_by_the_grade_of_its_own_source():
    # Only E errs, by a hundredth: the partner's 90 stand, and the rest of 10 is 10 on average with a deviation of 1,
    # the hundredth of the total of 100, and not of the rest.
    only_e = Setting(
        400, 7, EXACT.as_of, Grading({**dict.fromkeys("ABCDF", 0.0), "E": 0.01}, dict.fromkeys("123456", 1))
    )
    rows = [trade("own", 90), trade("all", 100, partner="WLD", source="rough")]
    found = share(rows, setting=only_e, sources=[source(), source("rough", reliability="E")])
    rest = 90 / found.draws - 90
    assert rest.mean() == pytest.approx(10, abs=5 * 1 / 400**0.5)
    assert rest.std() == pytest.approx(1, abs=5 * 1 / 800**0.5)
