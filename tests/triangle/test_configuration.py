"""What type three relations make, how their dyads are ordered, and how probable a change is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from tests.measure.worlds import EXACT, YEAR, Given, Row, Scenario, event, run, votes, world
from tumen.events.units import COUNTED_EVENTS
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.triangle.configuration import ConfigurationChangeArguments, TypeArguments
from tumen.votes.units import COUNTED_ROLL_CALLS

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "configuration.type": Scenario(
        {"of": ["AAA", "BBB", "CCC"], "period": YEAR, "type": "romantic triangle", "pivot": "AAA"},
        {"evidence": "votes", "abstention_credit": 0.5},
        {"votes": [*votes("AAA", "YYYYN-A"), *votes("BBB", "YYNYNYY"), *votes("CCC", "NYYNN-Y")]},
        {"votes": [*votes("DDD", "YYYYYYY"), *votes("AAA", "N", start=90, first="2022-05-05")]},
    ),
}

TYPE = {"of": ["AAA", "BBB", "CCC"], "period": ["2023-01-01", "2024-01-01"], "type": "romantic triangle"}
CHANGE = {"of": ["AAA", "BBB", "CCC"], "period": ["2015-01-01", "2024-01-01"], "until": "2025-12-31"}
BY_EVENTS = {"evidence": "events"}


def shape(rows: Sequence[Row], ask: Given = None, options: Given = None, table: str = "votes") -> SpecificationRun:
    with world(**{table: rows}) as record:
        return run(record, "configuration.type", {**TYPE, **(ask or {})}, options or {}, EXACT)


def change(rows: Sequence[Row], ask: Given = None, options: Given = None, table: str = "votes") -> SpecificationRun:
    with world(**{table: rows}) as record:
        return run(record, "configuration.change_probability", {**CHANGE, **(ask or {})}, options or {}, EXACT)


def cast(one: str, two: str, three: str, first: str = "2023-06-01") -> list[Row]:
    return [*votes("AAA", one, first=first), *votes("BBB", two, first=first), *votes("CCC", three, first=first)]


def yearly(close: dict[str, float], years: range = range(2015, 2024), each: int = 100) -> list[Row]:
    """Votes of each year in which A and B, and A and C, are alike as often as said; B and C by what follows."""
    rows = []
    for year in years:
        ab, ac = (int(close[name] * each) for name in ("AB", "AC"))
        rows += cast("Y" * each, "Y" * ab + "N" * (each - ab), "N" * (each - ac) + "Y" * ac, f"{year}-06-01")
    return rows


# A and B always alike, A and C too; B and C hardly ever vote together, and then not alike.
PIVOT_A = cast("Y" * 40, "Y" * 40, "-" * 40) + [
    {**r, "resolution": f"S{r['resolution']}"}
    for r in cast("Y" * 40 + "-" * 20, "-" * 40 + "Y" * 20, "Y" * 40 + "N" * 20)
]


def test_the_draws_are_one_where_the_triangle_is_of_the_type():
    found = shape(PIVOT_A, {"pivot": "AAA"})
    assert set(np.unique(found.draws)) <= {0.0, 1.0}
    assert found.draws.mean() == 1.0
    assert found.notes[0] == "type: romantic triangle, pivot AAA 1.00"
    assert found.notes[1] == "balance: unbalanced 1.00"


@pytest.mark.parametrize(
    "ask", [{"pivot": "BBB"}, {"type": "ménage à trois"}, {"type": "balanced"}, {"amity": 0.0}, {"type": "unit veto"}]
)
def test_another_type_or_pivot_is_not_the_one(ask):
    assert shape(PIVOT_A, ask).draws.mean() == 0.0


def test_what_counts_as_friendly_is_the_authors_to_say():
    rows = cast("Y" * 40, "Y" * 28 + "N" * 12, "Y" * 28 + "N" * 12)  # AB and AC 0.7, BC 1
    assert shape(rows, {"type": "ménage à trois", "amity": 0.4}).draws.mean() > 0.99
    assert shape(rows, {"type": "stable marriage", "pivot": "AAA", "amity": 0.95}).draws.mean() > 0.8


def test_closeness_by_events_is_the_share_of_cooperative_ones_either_way():
    rows = [
        event(f"e{n}", "2023-02-01", *pair) for n, pair in enumerate([("AAA", "BBB"), ("BBB", "AAA"), ("CCC", "AAA")])
    ]
    rows += [event("e8", "2023-03-01", "BBB", "CCC", sign=-1), event("e9", "2023-03-01", "AAA", "CCC", sign=-1)]
    rows += [event("e7", "2023-03-01", "AAA", "CCC", sign=0)]
    rows += [event("e6", "2023-03-01", "AAA", "BBB", sign=-1, parties="AAA+BBB+CCC")]  # of no dyad
    found = shape(rows, options=BY_EVENTS, table="events")
    assert [(p.group, p.median) for p in found.series] == [("AAA–BBB", 1.0), ("AAA–CCC", 0.5), ("BBB–CCC", 0.0)]
    assert sorted((u.id, u.rows, u.kind, u.actors) for u in found.used) == [
        ("cooperative of AAA–BBB in 2023 in s", 2, "cooperative", ("AAA", "BBB")),
        ("e2", 1, "cooperative", ("AAA", "CCC")),
        ("e8", 1, "conflictual", ("BBB", "CCC")),
        ("e9", 1, "conflictual", ("AAA", "CCC")),
    ]
    assert all(u.amount == amount(float(u.rows), COUNTED_EVENTS) for u in found.used)


def test_events_summed_span_the_year_up_to_the_last_and_one_event_has_its_day():
    first, last, other = dt.date(2023, 2, 1), dt.date(2023, 4, 1), dt.date(2023, 3, 1)
    rows = [event("a", str(first)), event("b", str(last)), event("c", str(other), other="CCC")]
    found = shape([*rows, event("d", str(other), "BBB", "CCC")], options=BY_EVENTS, table="events")
    spans = {u.actors: (u.start, u.end) for u in found.used}
    assert spans["AAA", "BBB"] == (dt.date(2023, 1, 1), last)
    assert spans["AAA", "CCC"] == (other, other)


@pytest.mark.parametrize(("many", "said"), [(1, "1 roll call"), (3, "3 roll calls")])
def test_roll_calls_are_counted_and_one_is_one(many, said):
    (used,) = shape(cast("Y" * many, "Y" * many, "N" * many)).used
    assert used.amount == amount(float(many), COUNTED_ROLL_CALLS)
    assert used.amount.said == said
    assert (used.rows, used.actors) == (many, ("AAA", "BBB", "CCC"))
    assert used.text == "on which two or three of them voted"
    assert (used.start, used.end) == (dt.date(2023, 1, 1), dt.date(2023, 12, 31)), "so that they age"


@pytest.mark.parametrize(("least", "close"), [("low", 0.5), ("medium", 2 / 3), ("high", 1.0)])
def test_events_less_sure_than_asked_are_left_out(least, close):
    pairs = [("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC")]
    how_sure = [("high", 1), ("medium", 1), ("medium", -1), ("low", -1)]
    rows = [
        event(f"e{n}-{m}", "2023-02-01", *pair, sign=sign, certainty=certainty)
        for n, pair in enumerate(pairs)
        for m, (certainty, sign) in enumerate(how_sure)
    ]
    found = shape(rows, options={**BY_EVENTS, "certainty": least}, table="events")
    assert [p.median for p in found.series] == pytest.approx([close] * 3)


def test_a_dyad_without_votes_or_events_is_missing_evidence():
    found = shape(cast("YY", "YY", "--"))
    assert found.draws.size == 0
    assert found.missing == (
        "votes of AAA–CCC in 2023 to 2023: seen in no years; it takes 1",
        "votes of BBB–CCC in 2023 to 2023: seen in no years; it takes 1",
    )


def test_too_few_years_are_missing_evidence_for_a_forecast():
    found = change(yearly({"AB": 0.9, "AC": 0.6}, range(2020, 2024)))
    assert found.draws.size == 0
    assert found.missing[0] == "votes of AAA–BBB in 2015 to 2023: seen in 4 years; it takes 5"


@pytest.mark.parametrize(("as_of", "last"), [("2021-12-31", 2021), ("2021-12-30", 2020)])
def test_a_forecast_made_on_an_early_day_knows_nothing_of_later_years(as_of, last):
    early = replace(EXACT, as_of=dt.date.fromisoformat(as_of))
    with world(votes=yearly({"AB": 0.9, "AC": 0.7})) as record:
        found = run(record, "configuration.change_probability", CHANGE, {}, early)
    assert found.draws.size
    assert max(p.when for p in found.series) == str(last)
    assert found.notes[0].startswith(f"{last}: ")
    assert found.forecast is not None
    assert found.forecast.now.startswith(f"{last}: ")


def test_a_period_of_which_no_year_was_over_is_missing_evidence():
    with world(votes=yearly({"AB": 0.9, "AC": 0.7})) as record:
        early = replace(EXACT, as_of=dt.date(2015, 12, 30))
        found = run(record, "configuration.change_probability", CHANGE, {}, early)
    assert found.missing == ("votes of a year from 2015 on that was over by 2015-12-30",)


def test_relations_that_stood_still_change_less_the_farther_apart_they_are():
    near = change(yearly({"AB": 0.98, "AC": 0.8}))  # B–C is at 0.78, which is the sum less one
    far = change(yearly({"AB": 0.95, "AC": 0.75}))  # 0.70
    assert far.draws.mean() < near.draws.mean()
    assert far.draws.mean() < 0.3


def jumping() -> list[Row]:
    """Nine years that are alike by turns."""
    return [
        r
        for n, year in enumerate(range(2015, 2024))
        for r in yearly({"AB": (0.2, 0.9)[n % 2], "AC": (0.9, 0.3)[n % 2]}, range(year, year + 1))
    ]


def test_relations_that_jump_about_will_probably_change():
    found = change(jumping())
    assert found.draws.mean() > 0.6
    assert found.notes[5].startswith("back-test from 3 past years, 0 with a change as seen: Brier score model ")


def test_p_is_the_one_number_that_can_be_scored():
    found = change(yearly({"AB": 0.9, "AC": 0.7}))
    assert found.probabilities, "so that P is their mean"
    assert found.forecast is not None
    assert found.draws.mean() == pytest.approx(found.forecast.probability, abs=0.005)
    assert found.draws.min() < found.forecast.probability < found.draws.max(), "over the size of a step"
    assert found.figures["predictive"] == found.forecast.probability


def test_another_year_may_be_compared_with():
    # The last year, 2023, is like every second one before it, so 2022 stands otherwise already.
    now, before = (change(jumping(), {"compared_with": year, "until": "2024-12-31"}) for year in (2023, 2022))
    assert before.forecast is not None
    assert before.forecast.now.startswith("2022: ")
    assert before.forecast.resolves.startswith("counted in the same way, the type, the pivot or the order")
    assert before.forecast.resolves.count("2022") == 1
    assert now.forecast is not None
    assert now.forecast.probability != before.forecast.probability
    assert before.notes[5].startswith("back-test from 4 past years, 0 with a change as seen"), "two years apart, alike"
    assert now.notes[5].startswith("back-test from 4 past years, 4 with a change as seen"), "one year apart"


def test_earlier_spans_tell_how_common_a_change_is():
    one, two = (change(jumping(), {"until": f"{year}-12-31"}).peers for year in (2024, 2025))
    assert one is not None
    assert two is not None
    assert (one.of, set(one.values.values())) == ("earlier spans of 1 year", {1.0})
    assert (two.of, two.values["2015 to 2017"], set(two.values.values())) == ("earlier spans of 2 years", 0.0, {0.0})
    assert (len(one.values), len(two.values)) == (8, 7)


def test_a_year_in_which_a_dyad_was_not_seen_cannot_be_compared_with():
    rows = [r for r in yearly({"AB": 0.9, "AC": 0.7}) if not (r["actor"] == "CCC" and r["date"].startswith("2021"))]
    found = change(rows, {"compared_with": 2021})
    assert found.missing == ("votes of all three dyads in 2021, with which to compare",)


@pytest.mark.parametrize("year", [2014, 2024])
def test_a_year_beyond_the_period_cannot_be_compared_with(year):
    with pytest.raises(ValidationError, match="a year of the period to compare with"):
        ConfigurationChangeArguments.model_validate({**CHANGE, "compared_with": year})


def test_a_longer_wait_makes_change_more_probable():
    rows = yearly({"AB": 0.9, "AC": 0.7})
    near, far = (change(rows, {"until": f"{year}-12-31"}).draws.mean() for year in (2024, 2033))
    assert near < far


def test_years_in_which_nothing_was_seen_are_waited_through():
    rows = [r for r in yearly({"AB": 0.9, "AC": 0.7}) if not r["date"].startswith("2019")]
    found = change(rows)
    assert found.draws.size
    assert "2019" not in {p.when for p in found.series}


def test_the_order_in_which_the_three_are_named_does_not_matter():
    rows = yearly({"AB": 0.9, "AC": 0.7})
    assert np.array_equal(change(rows).draws, change(rows, {"of": ["CCC", "BBB", "AAA"]}).draws)


def test_other_names_for_the_three_permute_every_years_answer():
    rows = yearly({"AB": 0.9, "AC": 0.7})
    turn = {"AAA": "CCC", "BBB": "AAA", "CCC": "BBB"}
    here = shape(rows, {"period": ["2015-01-01", "2024-01-01"]})
    there = shape([{**r, "actor": turn[r["actor"]]} for r in rows], {"period": ["2015-01-01", "2024-01-01"]})

    def renamed(dyad: str) -> str:
        return "–".join(sorted(turn[a] for a in dyad.split("–")))

    assert {(p.when, renamed(p.group), p.median) for p in here.series} == {
        (p.when, p.group, p.median) for p in there.series
    }
    for one, other in zip(here.shapes, there.shapes, strict=True):
        assert {renamed(d): c for d, c in one.chances["friendly"].items()} == pytest.approx(
            dict(other.chances["friendly"]), abs=0.1
        )
        assert next(iter(one.chances["type"])) == next(iter(other.chances["type"])) == "ménage à trois"


def test_each_year_has_its_type_balance_and_order_with_probabilities():
    found = shape(yearly({"AB": 0.95, "AC": 0.85}, range(2021, 2024)), {"period": ["2021-01-01", "2024-01-01"]})
    assert [s.when for s in found.shapes] == ["2021", "2022", "2023"]
    for each in found.shapes:
        assert each.chances["type"]["ménage à trois"] > 0.95
        assert each.chances["balance"]["balanced"] > 0.95
        assert next(iter(each.chances["order"])) == "AAA–BBB > AAA–CCC > BBB–CCC"
        assert set(each.chances["friendly"]) == {"AAA–BBB", "AAA–CCC", "BBB–CCC"}


def test_a_year_in_which_a_dyad_was_not_seen_has_no_type():
    rows = [*yearly({"AB": 0.9, "AC": 0.7}, range(2022, 2023)), *cast("YYYY", "YYYY", "----", "2023-06-01")]
    last = shape(rows, {"period": ["2022-01-01", "2024-01-01"]}).shapes[-1]
    assert set(last.chances) == {"friendly"}
    assert set(last.chances["friendly"]) == {"AAA–BBB"}


def test_a_move_that_turns_the_order_is_signalled_with_what_it_makes_of_the_triangle():
    rows = [
        r
        for year in range(2011, 2024)
        for r in yearly({"AB": 0.9, "AC": 0.4 if year < 2018 else 0.97}, range(year, year + 1))
    ]
    found = shape(rows, {"period": ["2011-01-01", "2024-01-01"]})
    turned = next(a for a in found.alarms if a.group == "AAA–CCC")
    assert turned.since == "2018"
    assert [turned.before, turned.after] == pytest.approx([0.4, 0.97])
    assert turned.changed > 0.95
    assert found.beside[0] == f"monitor: {found.alarms[0].says}"
    assert "AAA–CCC had moved from 40 to 97 per cent since 2018" in turned.says


def test_where_nothing_is_signalled_what_could_have_been_is_said_first():
    found = shape(yearly({"AB": 0.9, "AC": 0.7}), {"period": ["2015-01-01", "2024-01-01"]})
    assert found.alarms == ()
    assert found.beside[0].startswith(
        "monitor: halfway through these years it would signal, four times in five, AAA–BBB a move"
    )
    assert found.beside[0].endswith("of closeness by votes it signalled nothing")
    assert "at most 5 in 100 triangles in which nothing changes" in found.notes[-1]


def test_a_forecast_keeps_what_is_needed_to_score_it():
    found = change(yearly({"AB": 0.9, "AC": 0.7}))
    told = found.forecast
    assert told is not None
    assert str(told.until) == "2025-12-31"
    assert told.now == "2023: ménage à trois, AAA–BBB > AAA–CCC > BBB–CCC"
    assert "as seen in 2025 is not that seen in 2023" in told.resolves
    assert 0 < told.probability < 1


def test_nothing_can_be_scored_where_the_last_year_was_not_seen_whole():
    rows = [r for r in yearly({"AB": 0.9, "AC": 0.7}) if not (r["date"].startswith("2023") and r["actor"] == "CCC")]
    assert change(rows).missing == ("votes of all three dyads in 2023, with which to compare",)
    found = change(rows, {"compared_with": 2022})
    assert found.forecast is not None
    assert found.draws.size


@pytest.mark.parametrize(
    ("form", "ask"),
    [
        (TypeArguments, {**TYPE, "of": ["AAA", "AAA", "BBB"]}),
        (TypeArguments, {**TYPE, "type": "friends"}),
        (TypeArguments, {**TYPE, "pivot": "DDD"}),
        (TypeArguments, {**TYPE, "type": "unit veto", "pivot": "AAA"}),
        (TypeArguments, {**TYPE, "period": ["2023-01-01", "2023-06-01"]}),
        (ConfigurationChangeArguments, {**CHANGE, "until": "2023-12-31"}),
    ],
)
def test_what_makes_no_sense_is_refused(form, ask):
    with pytest.raises(ValidationError):
        form.model_validate(ask)
