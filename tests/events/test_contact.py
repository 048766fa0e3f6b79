"""Which of two dyads meets more often."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from tests.measure.worlds import (
    EXACT,
    MEASURES,
    YEAR,
    Given,
    Row,
    Scenario,
    Setting,
    event,
    few,
    many,
    moved,
    run,
    world,
)
from tumen.events.contact import ContactArguments, ContactEvent, ContactOptions, contacts, rate_draws
from tumen.events.units import CONTACTS
from tumen.measure.estimate import SpecificationRun

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "contact.ratio": Scenario(
        {"dyad": ["AAA", "BBB"], "reference": ["AAA", "CCC"], "kinds": ["visit"], "period": YEAR},
        {"merge_days": 3},
        {
            "events": [
                event("e1", "2023-01-05"),
                event("e2", "2023-01-07"),
                event("e3", "2023-03-01", "BBB", "AAA"),
                event("e4", "2023-05-01", other="CCC"),
            ]
        },
        {
            "events": [
                event("e5", "2023-01-06", "BBB", "CCC"),
                event("e6", "2022-12-31"),
                event("e7", "2023-01-09", kind="trade"),
            ]
        },
    ),
}

ASK = {
    "dyad": ["AAA", "BBB"],
    "reference": ["CCC", "AAA"],
    "kinds": ["visit", "summit"],
    "period": ["2023-01-01", "2024-01-01"],
}
SWAPPED = {**ASK, "dyad": ASK["reference"], "reference": ASK["dyad"]}


def events(count: int, other: str = "BBB", **more: Any) -> list[Row]:
    """Visits five days apart."""
    first = dt.date(2023, 1, 1)
    return [event(f"{other}{n}", str(first + dt.timedelta(5 * n)), other=other, **more) for n in range(count)]


def ratio(rows: Sequence[Row], options: Given = None, ask: Given = None, setting: Setting = EXACT) -> SpecificationRun:
    with world(events=rows) as record:
        return run(record, "contact.ratio", ask or ASK, options or {}, setting)


def spread(count: int, other: str = "BBB", **more: Any) -> list[Row]:
    """Visits evenly over the year, as far apart as they can be, so that none come in episodes."""
    first = dt.date(2023, 1, 1)
    return [
        event(f"{other}{n}", str(first + dt.timedelta(365 * n // count)), other=other, **more) for n in range(count)
    ]


def test_the_chance_of_more_contact_has_a_closed_form():
    # Rates Gamma(6 + ½) and Gamma(2 + ½), both times an index that is all but 1: the first is larger with the chance
    # that a Beta(6½, 2½) variate is above one half.
    found = ratio([*spread(6), *spread(2, "CCC")], setting=Setting(20_000, 1))
    expected = stats.beta(6.5, 2.5).sf(0.5)
    assert np.mean(found.draws > 1) == pytest.approx(expected, abs=0.03)
    assert found.notes[:2] == ("AAA–BBB: 6 contacts", "CCC–AAA: 2 contacts")
    assert found.notes[2] == "contacts come one by one: their counts scatter no more than chance has it"
    assert found.effective == 8.0


def test_contacts_in_episodes_count_as_few():
    # By quarters 6, 0, 0, 0 and 2, 0, 0, 0: squares about the mean over the mean are 18 and 6, over 6 degrees: 4.
    # By months of 30.4 days 6 in the first and 2 in the first: 66 + 22 over 22 degrees: 4 as well.
    found = ratio([*events(6), *events(2, "CCC")], setting=Setting(20_000, 1))
    assert found.figures["dispersion"] == pytest.approx(4.0)
    assert found.effective == pytest.approx(2.0)
    assert "scatter 4.0 times as much as chance has it, so they say as much as 2 that" in found.notes[2]
    alone = ratio([*spread(6), *spread(2, "CCC")], setting=Setting(20_000, 1))
    widths = [np.subtract(*np.quantile(np.log(one.draws), [0.95, 0.05])) for one in (found, alone)]
    assert widths[0] > 1.5 * widths[1]


def test_a_record_that_may_lack_events_says_what_follows():
    (said,) = ratio([*events(2), *events(1, "CCC")]).beside
    assert "the ratio is right if AAA–BBB and CCC–AAA were searched for alike" in said
    with world(events=events(2)) as record:
        whole = replace(record, coverage={"events": "exhaustive"})
        assert run(whole, "contact.ratio", ASK, {}).beside == ()


def test_it_does_not_matter_who_visited_whom():
    there = [event("a", "2023-01-01"), event("b", "2023-03-01", "BBB", "AAA"), event("c", "2023-05-01", "CCC", "BBB")]
    assert ratio(there).notes[0] == "AAA–BBB: 2 contacts"


def test_joint_event_is_no_contact_of_a_dyad():
    there = [
        event("a", "2023-01-01"),
        event("b", "2023-03-01", parties="AAA+BBB+CCC"),
        event("c", "2023-05-01", "CCC", "AAA"),
    ]
    assert ratio(there).notes[:2] == ("AAA–BBB: 1 contact", "CCC–AAA: 1 contact")


def test_only_the_kinds_and_the_period_that_are_asked_for_count():
    rows = [
        event("a", "2023-01-01"),
        event("b", "2023-02-01", kind="trade"),
        event("c", "2022-12-31"),
        event("d", "2024-01-01"),
        event("e", "2023-12-31", kind="summit"),
    ]
    found = ratio(rows)
    assert found.notes[0] == "AAA–BBB: 2 contacts"
    assert [u.id for u in found.used] == ["a", "e"]


def test_every_event_says_when_it_was_whose_it_was_and_what_happened():
    (used,) = ratio([event("a", "2023-05-01", "BBB", "AAA")]).used
    assert (used.table, used.id, used.publisher, used.rows) == ("events", "a", "P", 1)
    assert (used.start, used.end) == (dt.date(2023, 5, 1), dt.date(2023, 5, 1))
    assert (used.actors, used.kind, used.text, used.amount) == (("BBB", "AAA"), "visit", "they met", None)


def test_events_close_in_time_are_one_contact_counted_from_the_one_before():
    # 1, 4 and 7 January chain together at three days although 1 and 7 January are six apart.
    rows = [event(f"e{d}", f"2023-01-{d:02}") for d in (1, 4, 7, 11)]
    assert ratio(rows, {"merge_days": 3}).notes[0] == "AAA–BBB: 2 contacts"
    assert ratio(rows, {"merge_days": 0}).notes[0] == "AAA–BBB: 4 contacts"
    assert [u.id for u in ratio(rows, {"merge_days": 3}).used] == ["e1", "e4", "e7", "e11"]


def test_unsure_events_may_be_left_out():
    rows = [
        event("a", "2023-01-01", certainty="low"),
        event("b", "2023-02-01", certainty="medium"),
        event("c", "2023-03-01"),
    ]
    notes = [ratio(rows, {"certainty": c}).notes[0] for c in ("low", "medium", "high")]
    assert notes == ["AAA–BBB: 3 contacts", "AAA–BBB: 2 contacts", "AAA–BBB: 1 contact"]


def test_without_any_event_evidence_is_missing():
    found = ratio([])
    assert found.draws.size == 0
    assert found.missing == ("events of kind visit, summit of AAA–BBB or CCC–AAA in the period",)


def test_one_side_without_events_is_evidence_and_not_infinite():
    draws = ratio(spread(3)).draws
    assert np.isfinite(draws).all()
    assert np.mean(draws > 1) > 0.9


def test_contacts_that_the_record_missed_move_the_ratio_either_way():
    found = ratio([*spread(6), *spread(2, "CCC")], setting=Setting(4_000, 1))
    lower, higher = moved(found, "missed_of_reference", 4.0), moved(found, "missed_of_dyad", 4.0)
    assert (lower < found.draws).all()
    assert (found.draws < higher).all()
    even = ratio([*spread(6), *spread(6, "CCC")], setting=Setting(4_000, 1))
    assert np.median(lower) == pytest.approx(np.median(even.draws), rel=0.1)
    assert (moved(found, "missed_of_dyad", 1.9) == moved(found, "missed_of_dyad", 1.0)).all(), "no part of a contact"


def test_the_series_counts_contacts_so_far():
    rows = [event("a", "2023-01-05"), event("b", "2023-06-30"), event("c", "2023-12-31")]
    counted = [(p.when, p.median) for p in ratio(rows).series if p.group == "AAA–BBB"]
    assert counted == [("2023-01", 1.0), ("2023-04", 2.0), ("2023-07", 2.0), ("2023-10", 3.0)]
    assert MEASURES["contact.ratio"].series_unit == CONTACTS


@pytest.mark.parametrize("reference", [["AAA", "AAA"], ["BBB", "AAA"]])
def test_dyads_must_differ(reference):
    with pytest.raises(ValidationError, match="two different dyads"):
        ContactArguments.model_validate({**ASK, "reference": reference})


@few
@given(over=st.integers(0, 20), under=st.integers(1, 20))
def test_swapping_the_dyads_turns_the_ratio_upside_down(over, under):
    rows = [*events(over), *events(under, "CCC")]
    with world(events=rows) as record:
        here, there = (run(record, "contact.ratio", ask, {}).draws for ask in (ASK, SWAPPED))
    assert here * there == pytest.approx(np.ones(EXACT.draws))
    assert np.median(here) * np.median(there) == pytest.approx(1, rel=0.05), "even in number, so nearly reciprocal"


@many
@given(
    days=st.lists(st.integers(0, 364), max_size=20),
    merge=st.integers(0, 60),
)
def test_merging_keeps_every_event_and_never_makes_more_contacts(days, merge):
    first = dt.date(2023, 1, 1)
    rows = [
        ContactEvent(f"e{n}", first + dt.timedelta(d), "AAA", "BBB", "visit", "high", "they met", "s")
        for n, d in enumerate(sorted(days))
    ]
    wide, narrow = (contacts(rows, ContactOptions(merge_days=n), ["visit"]) for n in (merge, 0))
    assert [row for contact in wide for row in contact] == rows
    assert len(wide) <= len(narrow) == len(set(days))
    for one, other in itertools.pairwise(wide):
        assert (other[0].date - one[-1].date).days > merge


@many
@given(most=st.integers(1, 50), seed=st.integers(0, 99))
def test_more_events_mean_a_higher_rate_on_the_same_draws(most, seed):
    rates = rate_draws(most, 9, np.random.default_rng(seed))
    assert (np.diff(rates, axis=0) > 0).all()


def test_other_dyads_that_the_record_has_are_what_a_ratio_is_compared_with():
    # CCC and AAA, the reference, met once: the others' contacts and a half over one and a half.
    rows = [event("own", "2023-02-01"), event("reference", "2023-02-01", "CCC", "AAA")]
    rows += [event(f"bc{n}", f"2023-0{n}-01", *(("BBB", "CCC") if n % 2 else ("CCC", "BBB"))) for n in (1, 2, 3, 4)]
    rows += [event("merged", "2023-01-02", "BBB", "CCC"), event("out", "2022-01-02", "BBB", "CCC")]
    rows += [event("other-kind", "2023-02-01", "BBB", "DDD", kind="trade")]
    rows += [event(f"with-{name}", "2023-02-01", "DDD", name) for name in ("EEE", "FFF", "GGG")]
    with world(events=rows) as record:
        found = run(record, "contact.ratio", {**ASK, "period": YEAR}, {"merge_days": 3}, EXACT).peers
        assert (
            run(record, "contact.ratio", {**ASK, "dyad": ["DDD", "EEE"], "period": YEAR}, {}, EXACT).peers is not None
        )
    assert found is not None
    assert found.of == "other dyads"
    once = {f"DDD–{name}": 1.0 for name in ("EEE", "FFF", "GGG")}
    assert found.values == pytest.approx({"BBB–CCC": 4.5 / 1.5, "BBB–DDD": 0.5 / 1.5, **once})


def test_few_other_dyads_are_no_class_to_compare_with():
    rows = [
        event("own", "2023-02-01"),
        event("reference", "2023-02-01", "CCC", "AAA"),
        event("x", "2023-02-01", "BBB", "CCC"),
    ]
    with world(events=rows) as record:
        assert run(record, "contact.ratio", {**ASK, "period": YEAR}, {}, EXACT).peers is None
