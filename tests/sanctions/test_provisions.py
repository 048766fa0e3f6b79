"""Which provisions about AAA are kept, broken or unknown."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import (
    EXACT,
    Given,
    Row,
    Scenario,
    Setting,
    breach,
    cap,
    delivery,
    evasion,
    event,
    moved,
    part,
    run,
    source,
    unreported,
    workers,
    world,
    year,
)
from tumen.measure.estimate import SpecificationRun

MANY = Setting(20_000, 7, EXACT.as_of, EXACT.grading)


def ban(name: str, product: str = "coal", **more: object) -> Row:
    """A ban on AAA's coal since 2018."""
    row = {"resolution": "1", "target": "AAA", "product": product, "measure": "ban", "start": "2018-01-01"}
    return {"id": name, **row, "source": "s", **more}


SCENARIOS = {
    "provisions.kept": Scenario(
        {"of": "AAA"},
        {"certainty": "suspected"},
        {
            "provisions": [ban("coal"), ban("workers", "workers"), cap()],
            "breaches": [breach("coal", "c"), breach("workers", "w", "workers", certainty="suspected")],
            "evasion_cases": [evasion("c")],
            "workers": [workers("w", 10)],
            "deliveries": [delivery("b", barrels=100, last_digit=10)],
            "unreported": [unreported("t", 900, last_digit=10)],
        },
        {"provisions": [ban("other", target="DDD")], "evasion_cases": [evasion("x", "2024-02-02")]},
    ),
}

#: Half of what this source says is true.
DOUBTFUL = [source("s"), source("t", credibility="4")]


def kept(
    breaches: Sequence[Row], options: Given = None, setting: Setting = MANY, **tables: Sequence[Row]
) -> SpecificationRun:
    rows = {"provisions": [ban("coal"), ban("iron", "iron")], "sources": DOUBTFUL, **tables}
    with world(breaches=breaches, **rows) as record:
        return run(record, "provisions.kept", {"of": "AAA"}, options, setting)


def states(found: SpecificationRun) -> Mapping[str, str]:
    return {one.id: one.state for one in found.standings}


def test_a_provision_is_broken_where_a_row_says_so_and_unknown_elsewhere() -> None:
    found = kept([breach("coal", "c")], evasion_cases=[evasion("c")])
    assert states(found) == {"coal": "broken", "iron": "unknown"}
    assert found.draws.mean() == pytest.approx(0.98, abs=0.005)
    assert found.bounds == {"lower"}
    coal, iron = found.standings
    assert coal.since == dt.date(2023, 5, 5)
    assert coal.rows == (("evasion_cases", "c"),)
    assert coal.says == "coal: ban (1)"
    assert (iron.since, iron.rows, iron.chance) == (None, (), 0.0)
    assert found.notes == (
        "2 provisions: 1 broken, 1 unknown; that no row shows a breach is no sign that a provision is kept",
    )
    assert {(u.table, u.id) for u in found.used} == {("provisions", "coal"), ("evasion_cases", "c")}


def test_rows_of_one_origin_are_true_together_and_of_two_apart() -> None:
    rows = [evasion("c", source="t"), evasion("d", "2024-02-02", source="t")]
    found = kept([breach("coal", "c"), breach("iron", "d")], evasion_cases=rows)
    assert set(found.draws.tolist()) == {0.0, 2.0}
    assert found.draws.mean() == pytest.approx(1.0, abs=0.03)
    assert found.effective == 1.0
    assert states(found) == {"coal": "unknown", "iron": "unknown"}, "one half is below 0.80"
    apart = [source("s"), source("t", credibility="4"), source("u", credibility="4")]
    rows[1] = {**rows[1], "source": "u"}
    other = kept([breach("coal", "c"), breach("iron", "d")], evasion_cases=rows, sources=apart)
    assert (other.draws == 1.0).mean() == pytest.approx(0.5, abs=0.0142)
    assert other.effective == 2.0


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("evasion_parts", part("r")),
        ("workers", workers("r", 10)),
        ("events", event("r", "2023-05-05")),
    ],
)
def test_rows_of_other_tables_show_breaches_too(table: str, row: Row) -> None:
    tables: dict[str, Any] = {table: [row]}
    found = kept([breach("coal", "r", table)], **tables)
    assert states(found)["coal"] == "broken"
    assert found.standings[0].rows == ((table, "r"),)


@pytest.mark.parametrize(
    ("dates", "state"),
    [({"start": "2023-05-06"}, "unknown"), ({"end": "2023-05-05"}, "unknown"), ({"end": "2023-05-06"}, "broken")],
)
def test_a_row_shows_nothing_of_a_time_when_the_provision_was_not_in_force(
    dates: Mapping[str, str], state: str
) -> None:
    rows = [ban("coal", **dates), ban("iron", "iron", start="2017-01-01")]
    breaches = [breach("coal", "c"), breach("iron", "c")]
    assert states(kept(breaches, provisions=rows, evasion_cases=[evasion("c")]))["coal"] == state


def test_suspicions_count_only_where_they_are_asked_for() -> None:
    rows = [breach("coal", "c"), breach("iron", "d", certainty="suspected")]
    cases = [evasion("c"), evasion("d")]
    assert states(kept(rows, evasion_cases=cases))["iron"] == "unknown"
    assert states(kept(rows, {"certainty": "suspected"}, evasion_cases=cases))["iron"] == "broken"


def test_a_provision_is_kept_where_rows_say_so_and_none_that_it_was_broken() -> None:
    rows = [breach("coal", "c", shows="kept"), breach("iron", "c", shows="kept"), breach("iron", "d")]
    found = kept(rows, evasion_cases=[evasion("c"), evasion("d")])
    assert states(found) == {"coal": "kept", "iron": "broken"}
    assert found.standings[0].since == dt.date(2023, 5, 5)


@pytest.mark.parametrize("force", ["institution", "draft", "superseded"])
def test_what_binds_nobody_is_listed_and_not_counted(force: str) -> None:
    rows = [ban("coal", legal_force=force), ban("iron", "iron", legal_force="call")]
    found = kept([breach("coal", "c"), breach("iron", "c")], provisions=rows, evasion_cases=[evasion("c")])
    assert states(found) == {"coal": "binds nobody", "iron": "broken"}
    assert found.draws.max() == 1.0
    assert found.standings[0].chance is None


def caps(estimates: Sequence[Row], **more: Any) -> SpecificationRun:
    notified = [delivery(f"b{y}", barrels=100, **year(y)) for y in (2021, 2022, 2023)]
    provisions = [cap(start="2021-01-01", **more)]
    return kept([], {"load": 0.9}, EXACT, provisions=provisions, deliveries=notified, unreported=estimates)


def test_a_cap_is_broken_in_the_first_year_that_went_beyond_it() -> None:
    found = caps([unreported(f"t{y}", barrels, **year(y)) for y, barrels in ((2021, 100), (2022, 900), (2023, 900))])
    (only,) = found.standings
    assert (only.state, only.since) == ("broken", dt.date(2022, 1, 1))
    assert only.says == "oil: cap of 500 barrels (1)"
    assert ("unreported", "t2022") in only.rows
    assert found.draws == pytest.approx(np.ones(EXACT.draws))


def test_a_cap_is_kept_where_every_year_was_seen_in_full_and_below_it() -> None:
    below = [unreported(f"t{y}", 100, **year(y)) for y in (2021, 2022, 2023)]
    assert states(caps(below)) == {"cap": "kept"}
    assert states(caps(below[:2])) == {"cap": "unknown"}
    assert states(caps([*below[:2], unreported("t", 100, start="2023-01-01", end="2023-06-01")])) == {"cap": "unknown"}


def test_a_cap_in_tonnes_or_for_part_of_a_year_is_unknown() -> None:
    over = [unreported(f"t{y}", 9000, **year(y)) for y in (2021, 2022, 2023)]
    for more in ({"unit": "t"}, {"end": "2021-06-01"}):
        assert caps(over, **more).missing == (
            "a row that shows that a provision about AAA was broken or kept (table breaches)",
        )


def test_the_truth_of_all_can_be_moved() -> None:
    found = kept([breach("coal", "c")], evasion_cases=[evasion("c")])
    assert found.baselines == {"truth_each": 0.98}
    assert moved(found, "truth_each", 0.0).max() == 0.0
    assert moved(found, "truth_each", 1.0).min() == 1.0
