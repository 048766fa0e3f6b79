"""A result does not depend on the engine: every query gives the same rows, in the same order, on DuckDB and on
Spark.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import tumen
from tests.measure.sightings import call, dark, day, findings, met
from tests.tables import TABLES
from tumen.detect.joining import with_findings
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine, Row
from tumen.errors import EngineError
from tumen.prepare import load_case
from tumen.record.read import read_record
from tumen.run import BUNDLED, Evaluation, evaluate
from tumen.votes.assembly import UNNAMED

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

#: By then all figures of the bundled record had been published.
KNOWN = dt.date(2026, 1, 31)
SPARK = "spark://local[2]"
SOURCE = Path(tumen.__file__).parent

Asked = Mapping[str, Any]


def trade_of(territory: str, flow: str, first: str = "2010-01-01", last: str = "2026-01-01") -> Asked:
    return {"territory": territory, "flow": flow, "listed": 50, "first": first, "last": last}


def product_of(product: str, first: str, last: str) -> Asked:
    return {"recipient": "PRK", "product": product, "first": first, "last": last}


def flow_of(territory: str, partner: str, commodity: str, first: str, last: str) -> Asked:
    return {"territory": territory, "partner": partner, "commodity": commodity, "first": first, "last": last}


def workers_of(actor: str, kind: str, first: str, last: str = "2025-01-01", scope: str = "all") -> Asked:
    return {"actor": actor, "kind": kind, "scope": scope, "first": first, "last": last}


def case_of(actor: str, cargo: str, first: str, last: str = "2025-01-01") -> Asked:
    return {"actor": actor, "cargo": cargo, "first": first, "last": last}


def three(one: str, two: str, third: str, first: str) -> Asked:
    return {"one": one, "two": two, "three": third, "first": first, "last": "2025-01-01"}


def weapon_tests_of(publisher: str, kind: str, first: str, last: str) -> Asked:
    return {"actor": "PRK", "publisher": publisher, "kind": kind, "first": first, "last": last}


#: What each query is asked: sets of parameters, of which at least one finds rows of the bundled case.
ASKED: Mapping[str, tuple[Asked, ...]] = {
    "votes/agreement.sql": (
        {"actor": "PRK", "reference": "USA", "first": "2022-01-01", "last": "2025-01-01"},
        {"actor": "CHN", "reference": "RUS", "first": "1946-01-01", "last": "2100-01-01"},
        {"actor": "PRK", "reference": "PRK", "first": "2023-01-01", "last": "2024-01-01"},
        {"actor": "PRK", "reference": "USA", "first": "2022-01-01", "last": "2022-01-01"},
        {"actor": "XXX", "reference": "USA", "first": "2022-01-01", "last": "2025-01-01"},
    ),
    "sanctions/breaches.sql": ({"target": "PRK"}, {"target": "XXX"}),
    "sanctions/evasion_parts.sql": (
        {"actor": "PRK", "part_of": "CHN", "first": "2017-08-05", "last": "2026-02-01"},
        {"actor": "PRK", "part_of": "CHN", "first": "2023-01-01", "last": "2024-01-01"},
        {"actor": "PRK", "part_of": "XXX", "first": "2017-08-05", "last": "2026-02-01"},
    ),
    "sanctions/provisions_all.sql": ({"target": "PRK"}, {"target": "XXX"}),
    "sanctions/caps_notified.sql": (
        product_of("refined petroleum", "2018-01-01", "2024-01-01"),
        product_of("refined petroleum", "2019-01-01", "2019-07-01"),
        product_of("sand", "2018-01-01", "2024-01-01"),
    ),
    "sanctions/caps_provision.sql": (
        {"provision": "2397-refined-petroleum"},
        {"provision": "2321-coal"},
        {"provision": "2371-coal"},
        {"provision": "none"},
    ),
    "sanctions/caps_unreported.sql": (
        product_of("refined petroleum", "2018-01-01", "2024-01-01"),
        product_of("refined petroleum", "2020-01-01", "2021-01-01"),
        product_of("sand", "2018-01-01", "2024-01-01"),
    ),
    "triangle/configuration_events.sql": (
        {**three("CHN", "PRK", "RUS", "2012-01-01"), "certainties": "low+medium+high"},
        {**three("CHN", "PRK", "RUS", "2024-01-01"), "certainties": "high"},
        {**three("CHN", "XXX", "YYY", "2012-01-01"), "certainties": "medium+high"},
    ),
    "triangle/declared_acts.sql": (
        three("CHN", "PRK", "RUS", "2017-01-01"),
        three("CHN", "PRK", "XXX", "2024-06-01"),
        three("XXX", "YYY", "ZZZ", "2012-01-01"),
    ),
    "triangle/configuration_votes.sql": (
        {**three("CHN", "PRK", "RUS", "2012-01-01"), "unnamed": UNNAMED},
        {**three("CHN", "PRK", "XXX", "2024-01-01"), "unnamed": UNNAMED},
        {**three("XXX", "YYY", "ZZZ", "2012-01-01"), "unnamed": UNNAMED},
    ),
    "events/contact.sql": (
        {"one": "PRK", "other": "RUS", "first": "2023-09-01", "last": "2025-01-01"},
        {"one": "CHN", "other": "PRK", "first": "2010-01-01", "last": "2100-01-01"},
        {"one": "PRK", "other": "CHN", "first": "2010-01-01", "last": "2100-01-01"},
        {"one": "PRK", "other": "XXX", "first": "2010-01-01", "last": "2100-01-01"},
    ),
    "events/contact_all.sql": (
        {"first": "2023-09-01", "last": "2025-01-01"},
        {"first": "0001-01-01", "last": "9999-12-31"},
        {"first": "1946-01-01", "last": "1946-01-02"},
    ),
    "events/council_acts.sql": (
        {"target": "PRK", "first": "2017-01-01", "last": "2026-01-01"},
        {"target": "PRK", "first": "2024-03-28", "last": "2024-03-29"},
        {"target": "XXX", "first": "2017-01-01", "last": "2026-01-01"},
    ),
    "events/weapon_tests.sql": (
        weapon_tests_of("japan-mod", "ballistic-rounds", "2019-01-01", "2025-01-01"),
        weapon_tests_of("cns", "missiles", "2022-01-01", "2023-01-01"),
        weapon_tests_of("none", "missiles", "2019-01-01", "2025-01-01"),
    ),
    "trade/like_for_like.sql": ({},),
    "trade/continuity.sql": (
        flow_of("CHN", "RUS", "TOTAL", "2023-01-01", "2025-01-01"),
        flow_of("CHN", "RUS", "chpl-50", "2010-01-01", "2026-01-01"),
        flow_of("PRK", "CHN", "TOTAL", "2010-01-01", "2026-01-01"),
        flow_of("CHN", "RUS", "none", "2010-01-01", "2026-01-01"),
        flow_of("CHN", "RUS", "TOTAL", "0001-01-01", "9999-12-31"),
    ),
    "events/coupling_events.sql": (
        {"actors": "CHN+PRK+RUS+USA", "first": "2017-01-01", "last": "2025-01-01"},
        {"actors": "CHN+PRK+RUS", "first": "2023-09-13", "last": "2024-01-01"},
        {"actors": "XXX+YYY", "first": "2017-01-01", "last": "2025-01-01"},
    ),
    "sanctions/evasion_cases.sql": (
        case_of("PRK", "coal", "2017-08-05"),
        case_of("PRK", "petroleum", "2010-01-01"),
        case_of("PRK", "sand", "2010-01-01"),
    ),
    "sea/found_calls.sql": (
        {"recipient": "PRK", "handled": "%+refined petroleum+%", "first": "2023-01-01", "last": "2024-01-01"},
        {"recipient": "PRK", "handled": "%+coal+%", "first": "2023-05-08", "last": "2023-05-20"},
        {"recipient": "CHN", "handled": "%+coal+%", "first": "2023-01-01", "last": "2024-01-01"},
    ),
    "sea/found_encounters.sql": tuple(
        {"actor": actor, "handled": "%+coal+%", "first": first, "last": "2024-01-01", "days_before": days}
        for actor, first, days in (("PRK", "2023-01-01", 15), ("PRK", "2023-05-12", 3), ("CHN", "2023-01-01", 15))
    ),
    "sea/ports_handling.sql": (
        {"actor": "PRK", "handled": "%+coal+%"},
        {"actor": "PRK", "handled": "%+sand+%"},
        {"actor": "CHN", "handled": "%+coal+%"},
    ),
    "sanctions/labour.sql": (
        workers_of("PRK", "stock", "2019-12-22"),
        workers_of("PRK", "stock", "2010-01-01"),
        workers_of("PRK", "entries", "2010-01-01"),
        workers_of("PRK", "stock", "2010-01-01", "2027-01-01", "IT"),
        workers_of("XXX", "stock", "2010-01-01"),
    ),
    "sanctions/theft_totals.sql": (
        {"actor": "PRK", "first": "2022-01-01", "last": "2025-01-01"},
        {"actor": "PRK", "first": "2010-01-01", "last": "2025-01-01"},
        {"actor": "XXX", "first": "2010-01-01", "last": "2025-01-01"},
    ),
    "sanctions/thefts.sql": ({"actor": "PRK"}, {"actor": "XXX"}),
    "words/answers.sql": (
        {"actor": "CHN", "first": "2020-09-01", "last": "2024-05-01"},
        {"actor": "CHN", "first": "2023-09-13", "last": "2023-09-14"},
        {"actor": "XXX", "first": "2017-01-01", "last": "2025-01-01"},
    ),
    "system/coded_moves.sql": ({},),
    "system/coded_drivers.sql": ({},),
    "words/questions.sql": (
        {"actor": "CHN", "named_in": "question", "first": "2020-09-01", "last": "2024-04-01"},
        {"actor": "CHN", "named_in": "anywhere", "first": "2023-01-01", "last": "2025-01-01"},
        {"actor": "XXX", "named_in": "anywhere", "first": "2017-01-01", "last": "2025-01-01"},
    ),
    "words/stance_events.sql": (
        {"first": "2017-01-01", "last": "2025-01-01"},
        {"first": "2023-09-13", "last": "2023-09-14"},
        {"first": "1990-01-01", "last": "1991-01-01"},
    ),
    "words/statement_topics.sql": ({},),
    "words/statements.sql": (
        {"actor": "CHN", "first": "2017-01-01", "last": "2025-01-01"},
        {"actor": "PRK", "first": "2023-09-13", "last": "2023-09-14"},
        {"actor": "XXX", "first": "2017-01-01", "last": "2025-01-01"},
    ),
    "votes/assembly.sql": (
        {"reference": "USA", "first": "2022-01-01", "last": "2025-01-01"},
        {"reference": "PRK", "first": "2016-01-01", "last": "2016-07-01"},
        {"reference": "XXX", "first": "2022-01-01", "last": "2025-01-01"},
    ),
    "trade/trade_cells.sql": (
        *(trade_of(territory, flow) for territory in ("PRK", "CHN") for flow in ("total", "exports", "imports")),
        trade_of("PRK", "total", "2023-01-01", "2024-01-01"),
        trade_of("PRK", "total", "0001-01-01", "9999-12-31"),
        trade_of("XXX", "total"),
    ),
    "trade/unrecorded_exchange.sql": (
        {"territory": "PRK", "first": "2023-01-01", "last": "2024-01-01"},
        {"territory": "PRK", "first": "2010-01-01", "last": "2030-01-01"},
        {"territory": "XXX", "first": "2010-01-01", "last": "2030-01-01"},
    ),
}

#: What was found at sea, as two vessels of the bundled case and one that it does not know might have been seen.
FOUND = findings(
    [met(day(10)), met(day(11), 3, 4, ship_type_1=None), met(day(12), 1, 3, ship_type_2=30), met(day(29), 2, 9)],
    [
        call(day(5), 1, port="nampo", imo="8126070"),
        call(day(6), 2, port="chongjin", ship_type=70, end=None),
        call(day(7), 3, port="nampo", ship_type=None),
        dark(day(8), 4, port="nampo", imo="8312497"),
        dark(day(8), 4, port="wonsan", imo="8312497", id="dark-again"),
        call(day(8, 9), 4, 2, port="chongjin"),
    ],
)

#: Asked in tests of their own, since the bundled record has no row that they could find.
ELSEWHERE = {
    "events/coupling_joint.sql": "test_joint_events_agree.py",
    "sea/found_tracks.sql": "test_pair_tracks_agree.py",
}

CASES = [(name, asked) for name, sets in ASKED.items() for asked in sets]


@pytest.fixture(scope="module")
def on_spark() -> Evaluation:
    """The bundled case, evaluated on Spark."""
    return evaluate(BUNDLED, SPARK, as_of=KNOWN)


@pytest.fixture(scope="module")
def engines(on_spark: Evaluation) -> Iterator[tuple[Engine, Engine]]:
    """DuckDB and Spark, each with the bundled record loaded. Comes after `on_spark`, which stops its Spark."""
    case, _ = load_case(BUNDLED)
    assert case is not None
    both = (open_engine("duckdb"), open_engine(SPARK))
    for engine in both:
        record, problems = read_record(BUNDLED, case.header.record, engine, TABLES)
        assert problems == []
        with_findings(record, "positions", FOUND)
    yield both
    for engine in both:
        engine.close()


def comparable(row: Row) -> dict[str, Any]:
    """A row whose exact and binary numbers can be compared; dates, texts and nulls stay what they are."""
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def test_every_query_is_asked_something_here() -> None:
    others = ("positions_", "tracks_", "events_", "gdelt_", "votes_", "ships", "pair_tracks")  # of other tests here
    embedded = ("sentences_", "comtrade_", "day_forms", "days_dated")  # files are read by the embedded engine alone
    there = {
        shown
        for path in SOURCE.rglob("*.sql")
        if not path.name.startswith((*others, *embedded))
        and not re.match(r"sea/\w+/", shown := path.relative_to(SOURCE).as_posix())
    }
    assert all((Path(__file__).parent / test).exists() for test in ELSEWHERE.values())
    assert there == {*ASKED, *ELSEWHERE}, "give each query its sets of parameters in ASKED"


@pytest.mark.spark
@pytest.mark.parametrize(("name", "asked"), CASES, ids=[f"{n}-{i}" for i, (n, _) in enumerate(CASES)])
def test_query_gives_the_same_rows_on_both_engines(engines: tuple[Engine, Engine], name: str, asked: Asked) -> None:
    text = (SOURCE / name).read_text(encoding="utf-8")
    duckdb_rows, spark_rows = ([comparable(r) for r in engine.rows(text, **asked)] for engine in engines)
    for number, (here, there) in enumerate(zip(duckdb_rows, spark_rows, strict=False)):
        assert list(here) == list(there), "the columns differ"
        assert {k: (type(v), v) for k, v in here.items()} == {k: (type(v), v) for k, v in there.items()}, (
            f"row {number}"
        )
    assert len(duckdb_rows) == len(spark_rows)


@pytest.mark.spark
@pytest.mark.parametrize("name", ASKED)
def test_query_is_asked_for_rows_that_there_are(engines: tuple[Engine, Engine], name: str) -> None:
    text = (SOURCE / name).read_text(encoding="utf-8")
    assert any(engines[0].rows(text, **asked) for asked in ASKED[name])


@pytest.mark.spark
def test_verdicts_are_the_same_on_both_engines(on_spark: Evaluation) -> None:
    on_duckdb = evaluate(BUNDLED, as_of=KNOWN)
    assert [v.claim.id for v in on_spark.verdicts] == [v.claim.id for v in on_duckdb.verdicts]
    for here, there in zip(on_duckdb.verdicts, on_spark.verdicts, strict=True):
        assert there.outcome == here.outcome
        assert there.probability == (None if here.probability is None else pytest.approx(here.probability, abs=1e-12))
        median = here.summary.median
        assert there.summary.median == (None if median is None else pytest.approx(median, rel=1e-12))
        assert [p.value for p in there.tipping_points] == [p.value for p in here.tipping_points]
        assert there.missing == here.missing
    assert on_spark.inputs == on_duckdb.inputs
    assert set(on_spark.versions) == set(on_duckdb.versions) | {"pyspark", "sqlglot"}


@pytest.mark.spark
def test_parameter_is_bound_on_both_engines(engines: tuple[Engine, Engine]) -> None:
    for engine in engines:
        assert engine.rows("select $x as x", x="it's; --") == [{"x": "it's; --"}]


@pytest.mark.spark
def test_named_query_is_asked_anew_on_both_engines(engines: tuple[Engine, Engine]) -> None:
    for engine in engines:
        engine.derive("derived", "select 1 as n union all select 2 as n")
        engine.derive("derived_twice", "select n * 2 as n from derived")
        assert engine.rows("select sum(n) as n from derived_twice where n > 2") == [{"n": 4}]


@pytest.mark.spark
def test_query_that_fails_is_told_in_one_line_on_both_engines(engines: tuple[Engine, Engine]) -> None:
    for engine, name in zip(engines, ("duckdb", "spark"), strict=True):
        with pytest.raises(EngineError) as caught:
            engine.rows("select nothing from trade")
        assert str(caught.value).startswith(f"{name} could not answer: ")
        assert str(caught.value).endswith("[engine-failed]")
        assert "\n" not in str(caught.value)
