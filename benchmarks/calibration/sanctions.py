"""Worlds of sanctions: what was delivered, carried, stolen and earned, and what is published of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from benchmarks.calibration.own_model import TRUE
from benchmarks.calibration.trade import ERRORS, Errors, beyond, figure, years
from benchmarks.calibration.worlds import OWN, Rng, Row, Scene, World, day, numbered

CAP = 500_000.0

#: Shares of their capacity that an estimate takes tankers to have carried.
LOADS = (0.4, 0.6)

YEAR: Mapping[str, dt.date] = {"start": dt.date(2023, 1, 1), "end": dt.date(2024, 1, 1)}


def _of(publisher: str) -> Row:
    return {"publisher": publisher, "quality": "exact", "source": publisher}


def caps(errors: Errors, seen: float, rng: Rng) -> World:
    """Barrels beyond a cap: what two suppliers notified, and what tankers carried that nobody notified.

    Args:
        seen: share of the tankers' capacity that the estimate saw.
    """
    lasting = np.exp(errors.lasting * rng.standard_normal(3))
    wrong = lasting * np.exp(errors.each * rng.standard_normal(3))
    notified = rng.uniform(5e4, 3e5, 2)
    capacity, load = rng.uniform(2e5, 1.5e6), 0.5
    apart = (LOADS[1] / LOADS[0]) ** ((1 / errors.ranges - 1) / 2)
    assumed = rng.uniform(LOADS[0] / apart, LOADS[1] * apart)  # a convention of the estimate, and drawn evenly
    provision = {
        "id": "cap",
        "resolution": "one",
        "target": "AAA",
        "product": "oil",
        "measure": "cap",
        "cap_value": CAP,
        "cap_unit": "bbl",
        "start": dt.date(2018, 1, 1),
        "source": "resolution",
    }
    goods = {"recipient": "AAA", "product": "oil", **YEAR}
    delivered = [
        {**goods, **_of("committee"), "supplier": name, "barrels": round(float(v * e), 3)}
        for name, v, e in zip(("BBB", "CCC"), notified, wrong, strict=False)
    ]
    unreported = {
        **goods,
        **_of("panel"),
        "quality": "exact" if seen == 1 else "lower_bound",
        "barrels": round(float(capacity * seen * assumed * wrong[2]), 3),
        "load_low": LOADS[0],
        "load_high": LOADS[1],
    }
    tables: dict[str, Sequence[Row]] = {
        "provisions": [provision],
        "deliveries": numbered("d", delivered),
        "unreported": numbered("u", [unreported]),
    }
    arguments = {"recipient": "AAA", "product": "oil", "provision": "cap", "period": years(2023, 2023)}
    return World(
        float(notified.sum() + capacity * load - CAP), tables, arguments, {"load": load}, setting=errors.setting
    )


def cases(together: bool, seen: float, rng: Rng) -> World:
    """How many cases of evasion there were; each report is true with a chance.

    Args:
        together: whether reports are true or false all at once.
        seen: chance that a case is published.
    """
    published = int(rng.integers(5, 40))
    mood = rng.random()
    true = sum((mood if together else rng.random()) < TRUE for _ in range(published))
    unseen = int(rng.poisson(published * (1 - seen) / seen))
    rows = [
        {
            "actor": "AAA",
            "date": day(10 * n),
            "date_precision": "day",
            "kind": "sts",
            "cargo": "oil",
            "cargo_certainty": "stated",
            "reported_by": f"body {n}",
            "source": f"report {n}",
        }
        for n in range(published)
    ]
    arguments = {"of": "AAA", "cargo": "oil", "kinds": ("sts",), "since": day(0)}
    whole = ("evasion_cases",) if seen == 1 else ()
    return World(float(true + unseen), {"evasion_cases": numbered("c", rows)}, arguments, whole=whole)


def labour(errors: Errors, rng: Rng) -> World:
    """Workers in two hosts, of which one publisher prints a range each."""
    lasting = np.exp(errors.lasting * rng.standard_normal(2))
    wrong = lasting * np.exp(errors.each * rng.standard_normal(2))
    rows, truth = [], 0.0
    for host, error in zip(("BBB", "CCC"), wrong, strict=True):
        low = rng.uniform(2000, 20000)
        high = low * rng.uniform(1.3, 2.5)
        truth += beyond(low, high, errors.ranges, rng)
        ends = {"low": round(low * error), "high": round(high * error)}
        rows.append({"origin_actor": "AAA", "host": host, **YEAR, "kind": "stock", **ends, **_of("panel")})
    arguments = {"of": "AAA", "hosts": ("BBB", "CCC"), "after": dt.date(2022, 1, 1)}
    return World(truth, {"workers": numbered("w", rows)}, arguments, setting=errors.setting)


def thefts(errors: Errors, listed: float, rng: Rng) -> World:
    """What is stolen in the lower of two years over what is exported.

    Args:
        listed: share of what was stolen that the total holds; below 1 its publisher says "at least".
    """
    rows, trade, ratios = [], [], []
    lasting = np.exp(errors.lasting * rng.standard_normal(2))
    for year in (2022, 2023):
        exports = 2e8 * rng.uniform(0.5, 2)
        low = exports * rng.uniform(0.5, 4)
        high = low * rng.uniform(1.2, 2)
        ratios.append(beyond(low, high, errors.ranges, rng) / exports)
        wrong = lasting * np.exp(errors.each * rng.standard_normal(2))
        ends = {"low_usd": round(low * listed * wrong[0], 2), "high_usd": round(high * listed * wrong[0], 2)}
        span = {"start": dt.date(year, 1, 1), "end": dt.date(year + 1, 1, 1)}
        kept = _of("firm") if listed == 1 else {**_of("firm"), "quality": "lower_bound"}
        rows.append({"actor": "AAA", **span, **ends, **kept})
        trade.append(figure("AAA", "WLD", year, 2 * exports * wrong[1], "yearbook"))
    arguments = {"actor": "AAA", "period": years(2022, 2023)}
    tables = {"theft_totals": numbered("x", rows), "trade": numbered("t", trade)}
    return World(min(ratios), tables, arguments, {"exports": "yearbook", "totals": ("firm",)}, setting=errors.setting)


NARROW = "published ranges half as wide as they ought to be"


def _on(measure: str, make: Callable[[Errors, Rng], World], logs: bool = False) -> list[Scene]:
    """A measure tried on every way in which publishers err, and on ranges that claim too much."""
    each = [Scene(measure, name, partial(make, errors), name != OWN, logs=logs) for name, errors in ERRORS.items()]
    return [*each, Scene(measure, NARROW, partial(make, Errors(ranges=0.5)), logs=logs)]


def _excess(errors: Errors, rng: Rng) -> World:
    return caps(errors, 1.0, rng)


def _stolen(errors: Errors, rng: Rng) -> World:
    return thefts(errors, 1.0, rng)


SCENES: tuple[Scene, ...] = (
    *_on("caps.excess", _excess),
    Scene("caps.excess", "half of the tankers unseen", partial(caps, Errors(), 0.5), at_least=True),
    Scene("evasion.cases", OWN, partial(cases, False, 1.0), False),
    Scene("evasion.cases", "clustered reports: true or false all together", partial(cases, True, 1.0)),
    Scene("evasion.cases", "half of the cases unseen", partial(cases, False, 0.5), at_least=True),
    *_on("labour.stock", labour, logs=True),
    *_on("thefts.value", _stolen, logs=True),
    Scene("thefts.value", "half of the thefts unseen", partial(thefts, Errors(), 0.5), logs=True, at_least=True),
)
