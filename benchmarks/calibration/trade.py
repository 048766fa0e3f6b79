"""Worlds of goods trade: what flowed, and what publishers print of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from benchmarks.calibration.own_model import FIGURE_ERROR, adopted, rest_of, within
from benchmarks.calibration.worlds import OWN, Rng, Row, Scene, World, numbered

#: Trade of AAA by partner and year, USD.
Flows = Mapping[tuple[str, int], float]

ALL = "WLD"

#: What rows end in of which the case has adopted how its publishers err.
FITTED = "as the case has fitted"


@dataclass(frozen=True)
class Errors:
    """How publishers err, as shares of a figure.

    Args:
        lasting: standard error that a publisher's figures for one flow share over all periods.
        each: standard error of each figure alone.
        ranges: how wide published ranges are, as a share of what they ought to be: 1 as the measures take them; less,
            and the truth lies outside of them that much more often.
        fitted: whether the case has fitted how its publishers err, and adopts it.
    """

    lasting: float = 0.0
    each: float = FIGURE_ERROR
    ranges: float = 1.0
    fitted: bool = False

    @property
    def setting(self) -> Mapping[str, Any]:
        """What the case sets."""
        return adopted(self.lasting, self.each) if self.fitted else {}


_WRONG: Mapping[str, Errors] = {
    "publishers wrong by 8 per cent, alike before and after": Errors(lasting=0.08),
    "publishers wrong by 20 per cent, alike before and after": Errors(lasting=0.20),
    "publishers wrong by 8 per cent, each figure on its own": Errors(each=0.08),
    "publishers wrong by 20 per cent, each figure on its own": Errors(each=0.20),
}

#: What every measure of printed figures is tried on.
ERRORS: Mapping[str, Errors] = {
    OWN: Errors(),
    **_WRONG,
    **{f"{name}, {FITTED}": replace(errors, fitted=True) for name, errors in _WRONG.items()},
}


@dataclass(frozen=True)
class Told:
    """What flowed, and what a publisher prints of it."""

    true: Flows
    rows: list[Row]


def told(flows: Flows, publisher: str, errors: Errors, rng: Rng, territory: str = "AAA") -> Told:
    """What one publisher prints of some flows, and their sum as its figure for all partners.

    With the measures' own errors, the flows are what is printed, and the truth errs around them as the measures take
    it to. In harsher worlds they are the truth; each figure that is printed errs, and the total is the sum of those.
    """
    if errors == ERRORS[OWN]:
        sums = _sums(flows)
        rest = {key: rest_of(usd, sums[ALL, key[1]], rng) for key, usd in flows.items() if key[0] == "rest"}
        true = {key: rest.get(key) or usd * (1 + FIGURE_ERROR * rng.standard_normal()) for key, usd in flows.items()}
        return Told(true, _rows(flows, publisher, territory))
    lasting = {p: np.exp(errors.lasting * rng.standard_normal()) for p in sorted({p for p, _ in flows})}
    seen = {key: usd * lasting[key[0]] * np.exp(errors.each * rng.standard_normal()) for key, usd in flows.items()}
    return Told(flows, _rows(seen, publisher, territory))


def _sums(flows: Flows) -> Flows:
    """Trade with all partners, by year."""
    return {(ALL, y): sum(usd for (_, year), usd in flows.items() if year == y) for y in sorted({y for _, y in flows})}


def _rows(seen: Flows, publisher: str, territory: str) -> list[Row]:
    """Rows of each partner but the rest, and of all together."""
    kept = {key: usd for key, usd in seen.items() if key[0] != "rest"}
    return [figure(territory, partner, y, usd, publisher) for (partner, y), usd in {**kept, **_sums(seen)}.items()]


def figure(territory: str, partner: str, year: int, usd: float, publisher: str, month: int = 0) -> Row:
    """A row of the table trade, of a year or of one of its months."""
    start = dt.date(year, month or 1, 1)
    end = dt.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return {
        "territory": territory,
        "partner": partner,
        "start": start,
        "end": end,
        "commodity": "TOTAL",
        "exports_usd": round(usd / 2, 2),
        "imports_usd": round(usd / 2, 2),
        "publisher": publisher,
        "quality": "exact",
        "source": publisher,
    }


def years(first: int, last: int) -> tuple[dt.date, dt.date]:
    """A period of whole years, both counted."""
    return dt.date(first, 1, 1), dt.date(last + 1, 1, 1)


def _flows(rng: Rng, of: Sequence[int]) -> dict[tuple[str, int], float]:
    """Trade with BBB and with all the rest, year by year, the share between a half and nearly all."""
    share = rng.uniform(0.5, 0.97, len(of))
    usd = 1e9 * rng.uniform(1, 3, len(of))
    pairs = zip(of, share, usd, strict=True)
    return {key: v for y, s, u in pairs for key, v in ((("BBB", y), u * s), (("rest", y), u * (1 - s)))}


def _share(flows: Flows, of: Sequence[int]) -> float:
    return float(np.mean([flows["BBB", y] / (flows["BBB", y] + flows["rest", y]) for y in of]))


def share(errors: Errors, rng: Rng) -> World:
    """The mean share of two years."""
    of = (2022, 2023)
    here = told(_flows(rng, of), "yearbook", errors, rng)
    arguments = {"focal": "AAA", "partner": "BBB", "period": years(*of)}
    return _world(_share(here.true, of), here.rows, arguments, errors)


def _world(truth: float, rows: Sequence[Row], arguments: Mapping[str, Any], errors: Errors, **options: Any) -> World:
    how = {"publisher": "yearbook"} | options
    return World(truth, {"trade": numbered("t", rows)}, arguments, how, setting=errors.setting)


def share_with_ranges(ranges: float, rng: Rng) -> World:
    """The share of one year, of which a published range adds exchange with others that no table holds.

    Args:
        ranges: how wide the range is, as a share of what it ought to be.
    """
    here = told(_flows(rng, (2023,)), "yearbook", ERRORS[OWN], rng)
    low = here.true["BBB", 2023] * rng.uniform(0.02, 0.1)
    high = low * rng.uniform(2, 6)
    true = {**here.true, ("rest", 2023): here.true["rest", 2023] + beyond(low, high, ranges, rng)}
    unrecorded = {
        **{k: v for k, v in figure("AAA", "CCC", 2023, 0.0, "institute").items() if k not in _OF_TRADE},
        "kind": "arms",
        "low_usd": round(low, 2),
        "high_usd": round(high, 2),
    }
    arguments = {"focal": "AAA", "partner": "BBB", "period": years(2023, 2023)}
    world = _world(_share(true, (2023,)), here.rows, arguments, ERRORS[OWN], unrecorded=("arms",))
    return replace(world, tables={**world.tables, "unrecorded": numbered("u", [unrecorded])})


_OF_TRADE = ("commodity", "exports_usd", "imports_usd")


def beyond(low: float, high: float, ranges: float, rng: Rng) -> float:
    """What a range stands for that is only so wide as this share of what it ought to be, on a logarithmic scale."""
    apart = float((high / low) ** ((1 / ranges - 1) / 2))
    return within(low / apart, high * apart, rng)


def change(errors: Errors, rng: Rng) -> World:
    """The change of the share from two years to two others."""
    before, after = (2018, 2019), (2022, 2023)
    here = told(_flows(rng, (*before, *after)), "yearbook", errors, rng)
    truth = _share(here.true, after) - _share(here.true, before)
    arguments = {"focal": "AAA", "partner": "BBB", "before": years(*before), "after": years(*after)}
    return _world(truth, here.rows, arguments, errors)


def asymmetry(errors: Errors, rng: Rng) -> World:
    """The share of AAA in all trade of BBB, which another publisher prints."""
    of = (2022, 2023)
    flows = {("BBB", y): 1e9 * rng.uniform(1, 3) for y in of}
    here = told(flows, "yearbook", errors, rng)
    whole = told({("AAA", y): flows["BBB", y] * rng.uniform(5, 50) for y in of}, "customs", errors, rng, "BBB")
    truth = float(np.mean([here.true["BBB", y] / whole.true["AAA", y] for y in of]))
    arguments = {"focal": "AAA", "partner": "BBB", "period": years(*of)}
    options = {"world_publisher": "customs"}
    return _world(truth, [*here.rows, *(r for r in whole.rows if r["partner"] == ALL)], arguments, errors, **options)


def concentration(errors: Errors, rng: Rng) -> World:
    """The index of one year, of which a publisher prints five partners and the whole."""
    names = ("BBB", "CCC", "DDD", "EEE", "FFF", "rest")
    shares = rng.dirichlet([6, 3, 2, 1, 1, 1])
    here = told({(n, 2023): 2e9 * part for n, part in zip(names, shares, strict=True)}, "yearbook", errors, rng)
    usd = np.array([here.true[name, 2023] for name in names])
    squares = (usd / usd.sum()) ** 2
    truth = float(squares[:-1].sum() + rng.uniform() * squares[-1])  # nobody knows how thinly the rest is spread
    return _world(truth, here.rows, {"focal": "AAA", "period": years(2023, 2023)}, errors)


def continuity_by_year(errors: Errors, rng: Rng) -> World:
    """The mean of two years over that of two before."""
    here = told({("BBB", y): 1e8 * rng.uniform(1, 3) for y in (2018, 2019, 2022, 2023)}, "yearbook", errors, rng)
    after, before = ((here.true["BBB", y] + here.true["BBB", y + 1]) / 2 for y in (2022, 2018))
    arguments = {
        "territory": "AAA",
        "partner": "BBB",
        "before": years(2018, 2019),
        "after": years(2022, 2023),
        "by": "year",
    }
    return _world(after / before, here.rows, arguments, errors)


def continuity_by_month(memory: float, errors: Errors, rng: Rng) -> World:
    """The level of twelve months over that of the twenty-four before, around which the months scatter."""
    truth = float(np.exp(rng.uniform(-0.7, 0.7)))
    scatter = 0.3 * autoregressive(36, memory, rng) - 0.3**2 / 2
    level = np.where(np.arange(36) < 24, 1.0, truth)
    usd = 1e8 * level * np.exp(scatter) * np.exp(errors.lasting * rng.standard_normal())
    usd *= np.exp(errors.each * rng.standard_normal(36))
    rows = [figure("AAA", "BBB", 2021 + n // 12, float(v), "yearbook", n % 12 + 1) for n, v in enumerate(usd)]
    arguments = {
        "territory": "AAA",
        "partner": "BBB",
        "before": years(2021, 2022),
        "after": years(2023, 2023),
        "by": "month",
    }
    return _world(truth, rows, arguments, errors)


def autoregressive(length: int, memory: float, rng: Rng) -> np.ndarray:
    """A stationary series of standard deviation 1, of which so much stays from one step to the next."""
    series = rng.standard_normal(length)
    for n in range(1, length):
        series[n] = memory * series[n - 1] + np.sqrt(1 - memory**2) * series[n]
    return series


def _on(measure: str, make: Callable[[Errors, Rng], World], logs: bool = False, also: str = "") -> list[Scene]:
    """A measure tried on every way in which publishers err."""
    return [
        Scene(measure, name + also, partial(make, errors), name != OWN, logs=logs) for name, errors in ERRORS.items()
    ]


SCENES: tuple[Scene, ...] = (
    *_on("dependence.share", share),
    Scene("dependence.share", f"{OWN}, with a published range", partial(share_with_ranges, 1.0), False),
    Scene("dependence.share", "a published range half as wide as it ought to be", partial(share_with_ranges, 0.5)),
    *_on("dependence.change", change),
    *_on("dependence.asymmetry", asymmetry, logs=True),
    *_on("dependence.concentration", concentration),
    *_on("continuity.ratio", continuity_by_year, logs=True),
    Scene("continuity.ratio", f"{OWN}, by month", partial(continuity_by_month, 0.0, Errors()), False, logs=True),
    Scene("continuity.ratio", "memory of 0.6 in months", partial(continuity_by_month, 0.6, Errors()), logs=True),
    Scene(
        "continuity.ratio",
        "memory of 0.6 in months, figures wrong by 20 per cent",
        partial(continuity_by_month, 0.6, Errors(each=0.2)),
        logs=True,
    ),
)
