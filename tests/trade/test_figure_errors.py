"""A bias that lasts cancels where a publisher's figures are compared; a noise does not."""

from dataclasses import replace

import numpy as np
import pytest

from tests.measure.worlds import EXACT, Row, run, source, trade, world, year
from tumen.measure.estimate import SpecificationRun
from tumen.measure.setting import Error, Errors, PublisherErrors, Setting
from tumen.trade.cells import sum_draws, trade_cells

BIASED = replace(EXACT, errors={"trade": Errors(Error(0.2, 0.0))})
NONE = Error(0.0, 0.0)
NOISY = replace(EXACT, errors={"trade": Errors(Error(0.0, 0.2))})

#: Two years of one flow, and as the sum of two codes.
YEARS = [trade("a", 100, **year(2022)), trade("b", 150)]
CODES = [trade(f"{y}-{code}", 50, commodity=code, **year(y)) for y in (2022, 2023) for code in ("270111", "270112")]


def ratio(setting: Setting, rows: list[Row] = YEARS, **ask: object) -> SpecificationRun:
    asked: dict[str, object] = {"territory": "AAA", "partner": "BBB", "by": "year", **ask}
    asked |= {"before": ["2022-01-01", "2023-01-01"], "after": ["2023-01-01", "2024-01-01"]}
    with world(trade=rows) as record:
        return run(record, "continuity.ratio", asked, {"publisher": "p"}, setting)


def change(setting: Setting) -> SpecificationRun:
    asked: dict[str, object] = {"focal": "AAA", "partner": "BBB"}
    asked |= {"before": ["2022-01-01", "2023-01-01"], "after": ["2023-01-01", "2024-01-01"]}
    whole = [trade("c", 200, partner="WLD", **year(2022)), trade("d", 200, partner="WLD")]
    with world(trade=[*YEARS, *whole]) as record:
        return run(record, "dependence.change", asked, {"publisher": "p"}, setting)


def of(rows: list[Row], setting: Setting) -> list[np.ndarray]:
    with world(trade=rows, sources=[source(), source("s2")]) as record:
        cells = trade_cells(record, "AAA", EXACT.as_of.replace(2020, 1, 1), EXACT.as_of)
        return [sum_draws([cell], record, setting) for cell in cells]


def test_a_bias_cancels_in_a_ratio_of_one_publishers_figures():
    assert ratio(BIASED).draws == pytest.approx(np.full(EXACT.draws, 1.5))
    # Two figures with a noise of 0.2 each: the logarithm of their ratio has a deviation of 0.2 times the root of two.
    assert np.log(ratio(NOISY).draws).std() == pytest.approx(0.2 * 2**0.5, rel=0.15)


def test_a_total_that_is_printed_by_side_has_the_bias_of_the_total():
    rows = [trade("a", 100, **year(2022)), trade("b", None, exports_usd=90, imports_usd=60)]
    assert ratio(BIASED, rows).draws == pytest.approx(np.full(EXACT.draws, 1.5))


def test_a_bias_moves_a_change_less_than_a_noise_as_large():
    assert change(BIASED).draws.std() < 0.5 * change(NOISY).draws.std()


def test_a_bias_is_shared_by_periods_and_commodities_and_not_by_publishers_partners_or_flows():
    one, other = of(YEARS, BIASED)
    assert other / one == pytest.approx(np.full(EXACT.draws, 1.5))
    first, second = of(CODES, BIASED)
    assert first == pytest.approx(one), "whether a total is printed or its codes"
    assert second == pytest.approx(first)
    for more in ({"publisher": "q"}, {"partner": "CCC"}):
        pair = of([YEARS[1], trade("c", 150, **more)], BIASED)
        assert abs(np.corrcoef(pair[0], pair[1])[0, 1]) < 5 / EXACT.draws**0.5


def test_the_bias_of_an_error_is_its_deviation_on_the_log_scale_around_the_figure():
    (drawn,) = of(YEARS[1:], BIASED)
    assert np.median(drawn) == pytest.approx(150, rel=0.05)
    assert np.log(drawn).std() == pytest.approx(0.2, rel=0.15)


def test_a_noise_is_of_each_figure():
    one, other = of(YEARS, NOISY)
    assert abs(np.corrcoef(one, other)[0, 1]) < 5 / EXACT.draws**0.5


def test_a_publisher_without_errors_of_its_own_has_the_default_or_its_grade():
    named = replace(EXACT, errors={"trade": Errors(None, (PublisherErrors("q", Error(0.2, 0.1)),))})
    assert (of(YEARS[1:], named)[0] == 150).all(), "its grade, which adds none here"
    default = replace(EXACT, errors={"trade": Errors(Error(0.3, 0.0), (PublisherErrors("p", NONE),))})
    assert (of(YEARS[1:], default)[0] == 150).all(), "its own"
    assert of([trade("c", 150, publisher="r")], default)[0].std() > 0


def test_the_first_entry_that_fits_a_row_counts():
    each = (PublisherErrors("p", NONE, {"partner": ("BBB",)}), PublisherErrors("p", Error(0.2, 0.0)))
    setting = replace(EXACT, errors={"trade": Errors(None, each)})
    assert (of(YEARS[1:], setting)[0] == 150).all()
    assert of([trade("c", 150, partner="CCC")], setting)[0].std() > 0


def share(setting: Setting, own: float = 98, whole: float = 100) -> SpecificationRun:
    asked = {"focal": "AAA", "partner": "BBB", "period": ["2023-01-01", "2024-01-01"]}
    with world(trade=[trade("own", own), trade("all", whole, partner="WLD")]) as record:
        return run(record, "dependence.share", asked, {"publisher": "p"}, setting)


def test_the_total_carries_its_own_error_and_what_is_printed_stays_the_middle():
    only_the_total = (PublisherErrors("p", NONE, {"partner": ("BBB",)}), PublisherErrors("p", Error(0.02, 0.0)))
    drawn = share(replace(EXACT, draws=4000, errors={"trade": Errors(None, only_the_total)})).draws
    assert np.median(drawn) == pytest.approx(0.98, abs=0.002)
    rest = 98 / drawn - 98
    assert np.std(rest) == pytest.approx(2, rel=0.2), "two per cent of the total, which is all of the rest"
    assert (drawn < 1).all()


def test_a_partners_error_moves_the_part_and_the_whole():
    only_the_partner = (PublisherErrors("p", Error(0.2, 0.0), {"partner": ("BBB",)}), PublisherErrors("p", NONE))
    setting = replace(EXACT, errors={"trade": Errors(None, only_the_partner)})
    own = of([trade("own", 98)], setting)[0]
    assert share(setting).draws == pytest.approx(own / (own + 2))
