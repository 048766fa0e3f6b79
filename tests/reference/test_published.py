"""Answers that others printed."""

import pytest

from tests.measure.worlds import EXACT, run, trade, world
from tests.reference.test_bundled_case import median, under
from tumen.judge.likelihood_words import likelihood_words
from tumen.votes.agreement import wilson_interval

# Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3: 95 per cent intervals.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("agreed", "count", "low", "high"), NEWCOMBE)
def test_wilsons_interval_as_newcombe_prints_it(agreed, count, low, high):
    assert wilson_interval(agreed, count, 0.95) == pytest.approx((low, high), abs=5e-5)


# KOTRA's own statements of China's share in North Korea's trade: 95.6 per cent of 2021 and 96.7 of
# 2022 (Korea Herald, 16 August 2023; KBS World, 20 July 2023), 98.3 of 2023 (Yonhap, 21 July 2024).
@pytest.mark.parametrize(("year", "percent"), [("2021", 95.6), ("2022", 96.7), ("2023", 98.3)])
def test_kotras_own_shares_lie_in_the_interval_of_the_figures_it_prints(year, percent):
    (point,) = [p for p in under("dependence-recorded", "crude-counted+table-alone").run.series if p.when == year]
    # The last digit printed stands for half a tenth of a per cent either way.
    assert point.low - 0.0005 <= percent / 100 <= point.high + 0.0005
    assert point.median == pytest.approx(percent / 100, abs=0.0025)


def test_chinas_trade_with_russia_grew_by_the_rate_that_its_customs_print():
    # 244.81 billion USD in 2024, up 1.9 per cent on a year before (General Administration of Customs,
    # 13 January 2025). The rate is printed to a tenth; a noise of 7.4 per cent for each of two figures moves the median
    # of 4,000 draws by 0.2 of a per cent.
    assert 100 * (median("russia-china-trade", "gacc") - 1) == pytest.approx(1.9, abs=0.6)


def test_the_index_of_the_justice_departments_example():
    # Four firms with shares of 30, 30, 20 and 20 per cent: 2,600 of 10,000 (United States Department of
    # Justice, Antitrust Division, Herfindahl–Hirschman Index).
    shares = {"BBB": 30, "CCC": 30, "DDD": 20, "EEE": 20}
    rows = [trade(name, amount, partner=name) for name, amount in shares.items()]
    with world(trade=rows) as record:
        ask = {"focal": "AAA", "period": ["2023-01-01", "2024-01-01"]}
        found = run(record, "dependence.concentration", ask, {"publisher": "p"}, EXACT)
    assert 10_000 * found.draws.mean() == pytest.approx(2_600)


# Intelligence Community Directive 203 (2 January 2015), D.6.e.(2)(a): the bands' own edges in per cent.
DIRECTIVE = [
    (1, 5, "almost no chance"),
    (5, 20, "very unlikely"),
    (20, 45, "unlikely"),
    (45, 55, "roughly even chance"),
    (55, 80, "likely"),
    (80, 95, "very likely"),
    (95, 99, "almost certain"),
]


@pytest.mark.parametrize(("low", "high", "words"), DIRECTIVE)
def test_words_of_the_directive(low, high, words):
    for percent in range(low + 1, high):
        assert likelihood_words(percent / 100) == words


def test_the_panels_count_of_the_cap_is_exceeded_as_it_says():
    # The Panel of Experts (S/2024/215): 1,523,381 barrels at 90 per cent by 15 September 2023, three
    # times the cap. So even a third of a load, with what was notified, is beyond it.
    assert pytest.approx(3, abs=0.05) == 1_523_381 / 500_000
    for specification in ("load-33", "load-50", "load-90"):
        (point,) = [p for p in under("petroleum-cap", specification).run.series if p.when == "2023"]
        assert point.low > 0
