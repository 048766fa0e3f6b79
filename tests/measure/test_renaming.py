"""What rows and sources are called decides nothing: no draw, no bound, no confidence, and no source is hidden."""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.measure.scenarios import SCENARIOS
from tests.measure.worlds import GRADED, Row, measured, run, source, world
from tumen.explanations.declared import ABOUT_HYPOTHESES
from tumen.judge.confidence import Confidence, confidence
from tumen.kinds import kinds
from tumen.measure.estimate import Estimate

#: Rival explanations are weighed on items that the case itself declares, not on rows of tables.
EVERY = sorted(set(SCENARIOS) - {ABOUT_HYPOTHESES})

#: Sources that are told apart by their grades, and by nothing else that a row could say.
SOURCES = tuple(
    source(f"s{n}", title=f"title {n}", reliability=reliability, credibility=credibility)
    for n, (reliability, credibility) in enumerate((("E", "4"), ("A", "1"), ("C", "3")))
)

#: What a second figure for the same thing says otherwise.
_OTHERWISE = ("total_usd", "exports_usd", "high_usd", "value_usd", "tonnes", "barrels", "high")

#: Tables in which nothing is said twice.
_ONCE = ("topics", "votes", "provisions", "breaches", "baskets", "sources")

Names = Mapping[str, str]


def twinned(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Tables in which several sources speak, and everything that can be said twice is, the second time otherwise."""
    found: dict[str, list[Row]] = {}
    for name, rows in tables.items():
        found[name] = [{**row, "source": f"s{n % 3}"} if "source" in row else dict(row) for n, row in enumerate(rows)]
        if name not in _ONCE:
            found[name] += [_twin(row) for row in found[name]]
    return {**found, "sources": list(SOURCES)}


def _twin(row: Row) -> Row:
    otherwise = {name: row[name] + 1 for name in _OTHERWISE if isinstance(row.get(name), int | float)}
    other = {"s0": "s1", "s1": "s2", "s2": "s0"}[row["source"]]
    return {**row, **otherwise, "id": f"{row['id']}-again", "source": other}


def backwards(names: Sequence[str]) -> Names:
    """The same names, the other way round."""
    return dict(zip(sorted(names), sorted(names, reverse=True), strict=True))


def drawn(seed: int) -> Callable[[Sequence[str]], Names]:
    """Names that say nothing."""
    return lambda names: {
        name: f"n{number}"
        for name, number in zip(sorted(names), random.Random(seed).sample(range(10**9), len(names)), strict=True)
    }


@dataclass(frozen=True)
class Renamed:
    """A world under other names, its rows in another order, and the names of its sources."""

    tables: dict[str, list[Row]]
    arguments: Any
    sources: Names


def renamed(name: str, how: Callable[[Sequence[str]], Names]) -> Renamed:
    """A measure's world with every id of a row and of a source exchanged."""
    tables = twinned(SCENARIOS[name].tables)
    ids = {table: how([row["id"] for row in rows if "id" in row]) for table, rows in tables.items()}
    point_to = {"source": ids["sources"], "topic": ids.get("topics", {}), "parent": ids.get("topics", {})}
    shuffled: dict[str, list[Row]] = {}
    for table, rows in tables.items():
        points: dict[str, Names] = {"id": ids[table], "duplicate_of": ids[table], **point_to}
        called: list[Row] = [{c: points[c].get(v, v) if c in points else v for c, v in row.items()} for row in rows]
        if table == "breaches":
            called = [_pointing(row, ids) for row in called]
        shuffled[table] = random.Random(name + table).sample(called, len(called))
    asked = {**ids.get("topics", {}), **ids.get("provisions", {}), **ids.get("events", {})}
    return Renamed(shuffled, _replaced(SCENARIOS[name].arguments, asked), ids["sources"])


def _pointing(row: Row, ids: Mapping[str, Names]) -> Row:
    """A row that links a provision to a row of another table, by their new names."""
    witness, provision = str(row["witness_row"]), str(row["provision"])
    names = {"witness_row": ids.get(row["witness_table"], {}).get(witness, witness)}
    return {**row, **names, "provision": ids["provisions"].get(provision, provision)}


def _replaced(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        return {k: _replaced(v, names) for k, v in value.items()}
    return [_replaced(v, names) for v in value] if isinstance(value, list | tuple) else value


def judged(name: str, tables: Mapping[str, Sequence[Row]], arguments: Any) -> tuple[Estimate, Confidence]:
    """The estimate, and the confidence in it."""
    with world(**tables) as record:
        found = measured(record, name, arguments, SCENARIOS[name].options, setting=GRADED)
        return found, confidence(found, record.sources, GRADED.as_of, "supported")


@cache
def as_named(name: str) -> tuple[Estimate, Confidence]:
    return judged(name, twinned(SCENARIOS[name].tables), SCENARIOS[name].arguments)


def shown(found: Estimate, names: Names) -> Counter[tuple[Any, ...]]:
    """What an estimate shows of the rows behind it, its sources under some names; a statement's topic left out."""
    (only,) = found.specifications
    return Counter(
        (
            u.table,
            names[u.source],
            u.publisher,
            u.amount,
            u.kind,
            re.sub(r" on \w+", "", u.text),
            u.actors,
            u.rows,
            u.start,
            u.end,
        )
        for u in only.used
    )


def test_every_measure_has_a_world_to_be_tried_on():
    assert {*kinds(others=False).measures, ABOUT_HYPOTHESES} == set(SCENARIOS)


@pytest.mark.parametrize("how", [backwards, drawn(1), drawn(2)], ids=["backwards", "drawn", "drawn again"])
@pytest.mark.parametrize("name", EVERY)
def test_names_of_rows_and_sources_and_their_order_decide_nothing(name, how):
    before, trusted = as_named(name)
    other = renamed(name, how)
    after, trusted_after = judged(name, other.tables, other.arguments)
    (one,), (two,) = before.specifications, after.specifications
    assert one.draws.size
    assert np.array_equal(one.draws, two.draws)
    assert one.series == two.series or name.startswith(("stance", "salience"))  # whose lines are named by topics
    assert (one.bounds, one.baselines) == (two.bounds, two.baselines)
    assert trusted == trusted_after
    for lever in one.baselines:
        assert one.respond is not None
        assert two.respond is not None
        assert np.array_equal(one.respond(lever, 0.75), two.respond(lever, 0.75))
    assert shown(before, other.sources) == shown(after, {name: name for name in other.sources.values()})


@pytest.mark.parametrize("name", ["agreement.dyad", "agreement.rank", "configuration.type", "coupling.three_way"])
def test_whoever_gave_one_side_of_a_vote_is_shown(name):
    actors = sorted({row["actor"] for row in SCENARIOS[name].tables["votes"]})
    votes = [{**row, "source": f"from {row['actor']}"} for row in SCENARIOS[name].tables["votes"]]
    tables: dict[str, list[Row]] = {"votes": [*votes], "sources": [source(f"from {actor}") for actor in actors]}
    found, _ = judged(name, tables, SCENARIOS[name].arguments)
    assert {u.source for u in found.used} == {f"from {actor}" for actor in actors}


def test_how_events_are_cut_into_sources_moves_no_draw():
    name = "configuration.change_probability"
    rows = SCENARIOS[name].tables["events"]
    asked = {**SCENARIOS["configuration.type"].arguments, "period": SCENARIOS[name].arguments["period"]}
    found = []
    for many in (1, 3):
        events = [{**row, "source": f"s{n % many}"} for n, row in enumerate(rows)]
        with world(events=events, sources=SOURCES) as record:
            found.append(run(record, "configuration.type", asked, {"evidence": "events"}, setting=GRADED).draws)
    assert np.array_equal(found[0], found[1])
