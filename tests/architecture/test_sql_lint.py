"""No query holds what DuckDB and Spark, through SQLGlot, answer differently without an error."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tumen

SOURCE = Path(tumen.__file__).parent
FILES = sorted(SOURCE.rglob("*.sql"))

if os.environ.get("TUMEN_TEST_ALL") != "1":
    pytest.importorskip("sqlglot", reason="SQLGlot comes with the extra 'spark'")
sqlglot = importlib.import_module("sqlglot")
exp = sqlglot.exp

#: Units whose boundaries DuckDB counts and Spark does not.
_BOUNDARIES = {"MONTH", "QUARTER", "YEAR", "DECADE", "CENTURY"}
_QUANTILES = ("PercentileCont", "PercentileDisc", "Quantile", "ApproxQuantile", "ApproxQuantiles", "Median")
_GATHERED = ("ArrayAgg", "ArrayUniqueAgg", "ArrayConcatAgg", "GroupConcat", "StringAgg")
_TEXT = ("DPipe", "Concat", "ConcatWs", "Format")


def faults(sql: str) -> list[str]:
    """Everything in a query that the two engines may answer differently, in words."""
    try:
        statements = sqlglot.parse(sql, read="duckdb")
    except sqlglot.errors.ParseError as error:
        return [f"cannot be parsed: {str(error).splitlines()[0]}"]
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        return ["not one query"]
    return sorted(set(_faults_of(statements[0])) | set(_unordered_nulls(sql)))


def _faults_of(query: Any) -> Iterator[str]:
    for node in query.walk():
        kind = type(node).__name__
        name = str(node.this).lower() if isinstance(node, exp.Anonymous) else ""
        if isinstance(node, exp.Join) and str(node.args.get("method", "")).upper() == "ASOF":
            yield "ASOF join"
        elif isinstance(node, exp.DateDiff) and str(node.args.get("unit")).upper() in _BOUNDARIES:
            yield f"date_diff by {str(node.args['unit']).lower()}"
        elif isinstance(node, exp.IntDiv):
            yield "integer division //"
        elif kind in _QUANTILES or name.startswith(("quantile", "percentile")):
            yield "quantile that the engines compute differently"
        elif kind.startswith("Approx") or name.startswith("approx"):
            yield "approximate function"
        elif kind in _GATHERED or name in ("list", "array_agg", "string_agg", "listagg", "group_concat"):
            if type(node.parent).__name__ in ("ArraySort", "SortArray"):  # put in order again, so that none is lost
                continue
            yield "aggregate whose order is dropped"
        elif isinstance(node, exp.Placeholder | exp.Parameter):
            if not (isinstance(node.this, str) and node.this.isidentifier()):
                yield "parameter without a name"
            if type(node.parent).__name__ in _TEXT:
                yield "parameter joined to a string"


def _unordered_nulls(sql: str) -> Iterator[str]:
    """An ordering that leaves nulls to the engine changes with the engine's default; an explicit one does not."""
    duckdb = type(sqlglot.Dialect.get_or_raise("duckdb"))

    class NullsSmall(duckdb):  # type: ignore[misc, valid-type]
        NULL_ORDERING = "nulls_are_small"

    class NullsLarge(duckdb):  # type: ignore[misc, valid-type]
        NULL_ORDERING = "nulls_are_large"

    small, large = (
        [bool(o.args.get("nulls_first")) for o in sqlglot.parse_one(sql, read=dialect).find_all(exp.Ordered)]
        for dialect in (NullsSmall, NullsLarge)
    )
    if small != large:
        yield "ORDER BY without nulls first or last"


def test_there_are_queries() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=[str(f.relative_to(SOURCE)) for f in FILES])
def test_query_holds_nothing_that_engines_answer_differently(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=[str(f.relative_to(SOURCE)) for f in FILES])
def test_query_begins_by_saying_what_it_answers(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("-- ")
    assert first.endswith(".")


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("select * from a asof join b on a.t >= b.t", "ASOF join"),
        ("select * from a asof left join b on a.t >= b.t", "ASOF join"),
        ("select date_diff('month', a, b) from t", "date_diff by month"),
        ("select datediff('month', a, b) from t", "date_diff by month"),
        ("select * from t where datediff('MONTH', a, b) > 1", "date_diff by month"),
        ("select date_diff('year', a, b) from t", "date_diff by year"),
        ("select a // b from t", "integer division //"),
        ("select * from t order by a", "ORDER BY without nulls first or last"),
        ("select * from t order by a desc", "ORDER BY without nulls first or last"),
        ("select * from t order by a nulls last, b", "ORDER BY without nulls first or last"),
        ("select * from t order by all", "ORDER BY without nulls first or last"),
        ("select row_number() over (order by a) from t", "ORDER BY without nulls first or last"),
        ("select sum(x) over w from t window w as (order by a desc)", "ORDER BY without nulls first or last"),
        ("with c as (select * from t order by a limit 1) select * from c", "ORDER BY without nulls first or last"),
        ("select * from (select * from t order by a limit 1) as c", "ORDER BY without nulls first or last"),
        ("select max(x order by a) from t", "ORDER BY without nulls first or last"),
        ("select quantile_cont(x, 0.5) from t", "quantile that the engines compute differently"),
        ("select quantile(x, 0.5) from t", "quantile that the engines compute differently"),
        ("select median(x) from t", "quantile that the engines compute differently"),
        (
            "select percentile_cont(0.5) within group (order by x nulls last) from t",
            "quantile that the engines compute differently",
        ),
        ("select approx_quantile(x, 0.5) from t", "quantile that the engines compute differently"),
        ("select approx_count_distinct(x) from t", "approximate function"),
        ("select list(x) from t", "aggregate whose order is dropped"),
        ("select list(x order by x nulls last) from t", "aggregate whose order is dropped"),
        ("select array_agg(x) from t", "aggregate whose order is dropped"),
        ("select string_agg(x, ',') from t", "aggregate whose order is dropped"),
        ("select group_concat(x) from t", "aggregate whose order is dropped"),
        ("select * from t where a like '%' || $x", "parameter joined to a string"),
        ("select * from t where a like concat('%', $x, '%')", "parameter joined to a string"),
        ("select * from t where a = ?", "parameter without a name"),
        ("select * from t where a = $1", "parameter without a name"),
        ("select 1; select 2", "not one query"),
        ("create table a as select 1", "not one query"),
        ("attach 'x.db'", "not one query"),
        ("", "not one query"),
    ],
)
def test_lint_catches(sql: str, fault: str) -> None:
    assert fault in faults(sql)


def test_lint_catches_what_is_no_sql() -> None:
    assert faults("select from where (")[0].startswith("cannot be parsed: ")


def test_lint_names_every_fault_of_a_query_once() -> None:
    assert faults("select a // b, c // d from t order by a") == [
        "ORDER BY without nulls first or last",
        "integer division //",
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "select a / b from t order by a nulls last, b desc nulls first",
        "select row_number() over (partition by a order by b nulls last) as n from t",
        "select date_diff('day', a, b) from t where a >= cast($first as date)",
        "with c as (select max(a) as a from t group by b) select * from c order by a nulls last limit 3",
        "select array_to_string(list_sort(array_agg(a)), '+') as parties from t",
        "-- A comment with order by a, and list(x).\nselect 'order by a' as text, x || y as z from t",
    ],
)
def test_lint_lets_pass(sql: str) -> None:
    assert faults(sql) == []
