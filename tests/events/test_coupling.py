"""What coupling.share says of a record: a share, a test, its power; or what is missing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from benchmarks.coupling_worlds import World, simulate
from pydantic import ValidationError

from tests.measure.worlds import EXACT, PRESSED, THREE, Given, Row, Scenario, busy, event, run, world
from tumen.events import negative_binomial
from tumen.events.coupling import CouplingArguments, _not_identified
from tumen.events.coupling_power import Power
from tumen.events.units import COUNTED_EVENTS
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "coupling.share": Scenario(
        {"of": ["AAA", "BBB", "CCC"], "adversaries": ["DDD"], "period": ["2023-01-01", "2023-04-01"], "bound": 1.0},
        {"bin": "day", "half_life_days": 1},
        {"events": busy(90, (*THREE, *PRESSED))},
        {"events": [event("x", "2023-02-02", "EEE", "FFF"), event("y", "2022-02-02")]},
    ),
}

ASK = {"of": ["AAA", "BBB", "CCC"], "adversaries": ["DDD"], "period": ["2023-01-01", "2023-03-12"]}
OTHERS = [(one + "XX", other + "XX") for one, other in zip("EFGHIJKL", "MNOPQRST", strict=True)]


def measured(rows: Sequence[Row], ask: Given = None, options: Given = None) -> SpecificationRun:
    with world(events=rows) as record:
        return run(record, "coupling.share", {**ASK, **(ask or {})}, options or {"bin": "day"}, EXACT)


def coupled(days: int = 120) -> tuple[list[Row], dict[str, Any]]:
    """A world with strong coupling, a month of it written down as a day."""
    made = simulate(World(months=days, coupling=0.5, own=0.3, rate=(5.0, 6.0), exposure=0.2, dispersion=0.1), 4)
    names = [*("AAA", "BBB", "CCC"), *(name for pair in OTHERS for name in pair)]
    start = dt.date(2023, 1, 1)
    rows = [
        event(f"{d}-{t}-{way}-{n}", str(start + dt.timedelta(days=t)), *((names[one], names[other])[:: 1 - 2 * way]))
        for d, (one, other) in enumerate(made.dyads)
        for t in range(days)
        for way in (0, 1)
        for n in range(int(made.counts[t, d, way]))
    ]
    pressed = [
        event(f"P{a}-{t}-{n}", str(start + dt.timedelta(days=t)), "DDD", names[a])
        for a in range(3)
        for t in range(days)
        for n in range(int(made.pressure[t, a]) // 20)
    ]
    return [*rows, *pressed], {"period": ["2023-01-01", str(start + dt.timedelta(days=days))], "placebos": OTHERS}


def test_strong_coupling_among_eight_placebo_dyads_is_found_and_measured():
    rows, ask = coupled()
    found = measured(rows, ask, {"bin": "day", "half_life_days": 1})
    assert not found.missing
    assert not found.bounds
    assert found.notes[1].startswith("the test finds coupling: p = 0.0")
    assert "among 165 triads of the three and 8 placebo dyads" in found.notes[1]
    assert "times as exposed to the adversary as the placebos" in found.notes[2]
    assert np.quantile(found.draws, 0.05) > 0.1


def test_few_events_without_coupling_leave_it_open_and_say_how_many_more_it_takes():
    found = measured(
        busy(120, (*THREE, *PRESSED)), {"period": ["2023-01-01", "2023-05-01"]}, {"bin": "day", "half_life_days": 1}
    )
    assert found.bounds == {"lower", "upper"}
    (told,) = found.missing
    assert "(not identified)" in told
    assert "more months of such events" in told
    assert "because there are 0 placebo dyads to compare with, not 8" in found.notes[1]


def test_greater_exposure_lowers_the_share_by_its_square():
    found = measured(busy(70, (*THREE, *PRESSED)))
    at = {k: np.median(found.moved("exposure", k)) for k in (1.0, 2.0, 3.0)}
    assert at[1.0] == np.median(found.draws)
    assert (at[1.0] - at[3.0]) * 3 == pytest.approx((at[1.0] - at[2.0]) * 8)
    assert at[3.0] <= at[1.0]


def test_a_dyad_without_events_is_named():
    found = measured(busy(70, (*THREE[:2], *PRESSED)))
    assert found.draws.size == 0
    assert found.missing == ("events of BBB–CCC between 2023-01-01 and 2023-03-12: there are none, it takes 100",)


def test_every_source_says_how_many_events_of_the_three_it_gave():
    rows = [event("a", "2023-01-05"), event("b", "2023-01-06", "CCC", "BBB"), event("p", "2023-01-07", "DDD", "AAA")]
    (used,) = measured(rows).used
    assert (used.id, used.rows, used.amount) == ("AAA–BBB–CCC in s", 2, amount(2.0, COUNTED_EVENTS))
    assert (used.actors, used.text) == (("AAA", "BBB", "CCC"), "between two of the three")
    assert (used.start, used.end) == (dt.date(2023, 1, 5), dt.date(2023, 1, 6)), "so that they age"
    (alone,) = measured(rows[:1]).used
    assert (alone.id, alone.rows, alone.amount) == ("a", 1, amount(1.0, COUNTED_EVENTS))


def test_a_constant_series_is_named():
    start = dt.date(2023, 1, 1)
    rows = [event(f"c{n}-{m}", str(start + dt.timedelta(days=n)), "BBB", "CCC") for n in range(70) for m in range(2)]
    found = measured([*busy(70, (*THREE[:2], *PRESSED)), *rows])
    assert found.missing == ("change in the events of BBB–CCC: there are 2 in every day",)


def test_too_few_bins_are_counted():
    found = measured(busy(70, (*THREE, *PRESSED)), options={"bin": "week"})
    assert (
        found.missing[-1]
        == "weeks between 2023-01-01 and 2023-03-12: there are 10, it takes 60; a longer period or finer bins"
    )


def test_an_adversary_without_events_is_named():
    found = measured(busy(70, THREE))
    assert found.missing == ("events of DDD with any of the three between 2023-01-01 and 2023-03-12: there are none",)


def test_a_fit_that_does_not_converge_is_said():
    with patch.object(negative_binomial, "_CYCLES", 1):
        found = measured(busy(70, (*THREE, *PRESSED)))
    assert found.draws.size == 0
    assert found.missing[0] == "a fit of AAA–BBB that converges: its events do not determine the model's coefficients"


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ({"adversaries": ["CCC"]}, "adversaries that are none of them"),
        ({"of": ["AAA", "BBB", "AAA"]}, "three different actors"),
        ({"adversaries": ["DDD", "DDD"]}, "each once"),
        ({"placebos": [["AAA", "EEE"]]}, "placebo dyads in which none of the three takes part"),
        ({"placebos": [["EEE", "EEE"]]}, "placebo dyads of two different actors"),
        ({"placebos": [["EEE", "FFF"], ["FFF", "EEE"]]}, "each once"),
        ({"adversaries": []}, "at least 1"),
    ],
)
def test_arguments_that_make_no_comparison_are_refused(ask, expected):
    with pytest.raises(ValidationError, match=expected):
        CouplingArguments.model_validate({**ASK, **ask})


def test_where_no_length_would_do_none_is_promised():
    assert _not_identified(Power(0.04, float("inf")), 0.05, 10.0).endswith("no longer series of such events would do")
    assert "about 900 more months" in _not_identified(Power(0.04, 10.0), 0.05, 100.0)
