"""How long until a comment, against another implementation of the product limit."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.tsa.stattools import acf

from tests.measure.worlds import (
    EXACT,
    MEASURES,
    OTHER_WORDS,
    WORDS,
    YEAR,
    Given,
    Row,
    Scenario,
    event,
    many,
    moved,
    run,
    source,
    statement,
    topic,
    world,
)
from tests.words.telling import covering
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import SHARE, Amount, amount
from tumen.words.deeds import StanceEvent
from tumen.words.delay import DelayArguments, delays_of, independent_delays, median_of, product_limit
from tumen.words.units import SILENCE

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "stance.delay": Scenario(
        {"actor": "AAA", "topics": ["t"], "kinds": ["test"], "period": YEAR},
        {"horizon_days": 300},
        {
            **WORDS,
            "sources": [source(), source("s2")],
            "events": [
                event("d1", "2023-01-01", kind="test"),
                event("d2", "2023-02-01", kind="test"),
                event("d3", "2023-03-03", kind="test"),
            ],
        },
        {**OTHER_WORDS, "events": [event("x", "2023-02-02"), event("y", "2022-02-02", kind="test")]},
    ),
}

ASK = {"actor": "AAA", "topics": ["t"], "kinds": ["test"], "period": ["2023-01-01", "2024-01-01"]}


def delay(
    happened: list[Row], words: list[Row], options: Given = None, coverage: Any = "exhaustive", **more: Any
) -> SpecificationRun:
    with world(statements=words, events=happened, topics=[topic("t")], sources=[source()]) as record:
        return run(covering(record, coverage), "stance.delay", {**ASK, **more}, options)


def trials(*days: str, **more: Any) -> list[Row]:
    return [event(f"e{day}", day, kind="test", **more) for day in days]


def test_the_median_delay_by_hand():
    # Comments after 1, 4 and 10 days: whatever the weights, the median is one of them.
    events = trials("2023-01-01", "2023-03-01", "2023-06-01")
    words = [statement("a", "2023-01-02"), statement("b", "2023-03-05"), statement("c", "2023-06-11")]
    found = delay(events, words)
    assert set(np.unique(found.draws)) == {1.0, 4.0, 10.0}
    assert np.median(found.draws) == 4
    assert found.notes == ("3 events, 3 commented on, 0 met with silence; as 3 independent ones",)
    assert not found.bounds
    assert [(p.when, p.median > 0) for p in found.series] == [("1", True), ("4", True), ("10", False)]
    assert MEASURES["stance.delay"].series_unit == SHARE  # of events still met with silence


def test_silence_is_a_delay_that_has_not_ended():
    events = trials("2023-01-01", "2023-03-01", "2023-06-01")
    found = delay(events, [statement("a", "2023-01-02")], {"horizon_days": 30})
    assert found.notes == ("3 events, 1 commented on, 2 met with silence; as 3 independent ones",)
    assert found.bounds == {"lower"}
    assert found.draws.max() == 30
    heard, unheard = found.used[:2]
    assert (heard.kind, heard.text, heard.actors) == ("test", "they met", ("AAA", "BBB"))
    assert (heard.start, heard.end) == (dt.date(2023, 1, 1), dt.date(2023, 1, 1))
    assert heard.amount == amount(1.0, SILENCE)
    assert unheard.amount == Amount(30.0, None, SILENCE)
    assert unheard.amount.said == "at least 30 days of silence"


def test_a_record_that_somebody_chose_may_miss_the_first_remark():
    events = trials("2023-01-01", "2023-03-01", "2023-06-01")
    assert delay(events, [statement("a", "2023-01-02")], {"horizon_days": 30}, None).bounds == {"lower", "upper"}


def test_what_happened_on_one_day_is_one_observation():
    events = [*trials("2023-01-01"), event("b", "2023-01-01", kind="test"), *trials("2023-06-01")]
    found = delay(events, [statement("a", "2023-01-02"), statement("b", "2023-06-11")])
    assert found.effective == 2


def answered(*waits: int) -> tuple[list[Row], list[Row]]:
    """An event every second month, and after each a remark, so many days later."""
    days = [dt.date(2010 + n // 6, 1 + 2 * (n % 6), 1) for n in range(len(waits))]
    heard = [str(day + dt.timedelta(wait)) for day, wait in zip(days, waits, strict=True)]
    return trials(*map(str, days)), [statement(f"s{n}", day) for n, day in enumerate(heard)]


def test_neighbours_that_are_answered_alike_leave_a_wider_interval():
    waits, period = (3, 12, 5, 20, 8, 2, 15, 6, 10, 4), ["2010-01-01", "2024-01-01"]
    alike = delay(*answered(*np.repeat(waits, 4).tolist()), period=period)
    mixed = delay(*answered(*waits * 4), period=period)
    # Half of them last longer than 7 days: in fours, three of four neighbours are alike but where a four ends.
    independent = independent_delays(np.repeat(np.array(waits) > 7, 4).astype(float))
    assert independent < 13
    assert alike.effective == pytest.approx(independent)
    assert mixed.effective == 40
    assert alike.notes[0].endswith(f"as {independent:.3g} independent ones")
    widths = [np.subtract(*np.quantile(found.draws, [0.95, 0.05])) for found in (alike, mixed)]
    assert widths[0] > 1.5 * widths[1]


@many
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=2, max_size=40))
def test_the_number_of_independent_delays_is_that_of_their_first_autocorrelation(longer):
    known = np.array(longer)
    memory = acf(known, nlags=1)[1] if np.ptp(known) else 0.0
    memory = memory if memory > 1.645 / np.sqrt(len(known)) else 0.0
    assert independent_delays(known) == pytest.approx(max(1.0, len(known) * (1 - memory) / (1 + memory)))


def test_remarks_that_were_missed_or_meant_otherwise_move_the_delay_both_ways():
    events = trials("2023-01-01", "2023-03-01", "2023-06-01")
    words = [statement("a", "2023-01-02"), statement("b", "2023-03-05"), statement("c", "2023-06-11")]
    found = delay(events, words, {"horizon_days": 30})
    assert (moved(found, "unheard", 0.6) == 0).all()
    assert (moved(found, "unheard", 0.0) == found.draws).all()
    assert (moved(found, "unrelated", 0.6) == 30).all()


def test_total_silence_is_at_least_the_horizon():
    found = delay(trials("2023-01-01"), [statement("a", "2022-05-05")], {"horizon_days": 30})
    assert (found.draws == 30).all()
    assert found.bounds == {"lower"}


def test_only_firm_days_and_the_kinds_that_are_asked_for():
    events = [*trials("2023-01-01"), event("m", "2023-02-01", kind="test", date_precision="month")]
    words = [
        statement("a", "2023-01-03"),
        statement("b", "2023-01-05", kind="endorse"),
        statement("c", "2023-01-02", date_precision="month"),
    ]
    found = delay(events, words, {"remarks": ["endorse"]})
    assert (found.draws == 4).all()
    assert found.notes[1] == "events left out, whose day is not known or not yet over: 1"
    assert (delay(events, words).draws == 2).all()


def test_events_can_be_named_one_by_one():
    found = delay(
        [*trials("2023-01-01"), event("v", "2023-02-01")], [statement("a", "2023-02-02")], kinds=[], events=["v"]
    )
    assert (found.draws == 1).all()
    with pytest.raises(ValidationError, match="either events"):
        DelayArguments.model_validate({**ASK, "events": ["v"]})


def test_without_events_evidence_is_missing():
    found = delay([event("v", "2023-02-01")], [statement("a")])
    assert found.missing == ("events dated to the day between 2023-01-01 and 2024-01-01: test",)


def test_an_event_close_to_the_cases_date_is_waited_for_until_then():
    late = StanceEvent("e", dt.date(2024, 12, 1), "day", "AAA", "BBB", "test", 1, "high", "they met", None, "s")
    (found,) = delays_of([late], [], EXACT.as_of, 365)
    assert (found.days, found.ended) == (30, False)


@many
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=25))
def test_the_product_limit_is_that_of_statsmodels(delays):
    days, ended = [d for d, _ in delays], [e for _, e in delays]
    when, share = product_limit(days, ended, np.ones((1, len(days))))
    if not any(ended):
        assert when == []
        return
    theirs = SurvfuncRight(np.array(days, dtype=float), np.array(ended, dtype=int))
    assert when == theirs.surv_times.tolist()
    assert share[0] == pytest.approx(theirs.surv_prob)
    below = [day for day, left in zip(when, theirs.surv_prob, strict=True) if left <= 0.5 + 1e-9]
    assert median_of(when, share, 99.0)[0] == (below[0] if below else 99.0)
    assert (np.diff(share[0]) <= 0).all()
