"""Tables that a detector makes, and files that it writes, are the same on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine, UnreadableFileError
from tumen.errors import EngineError

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

TYPES = {"n": "BIGINT", "x": "DOUBLE", "name": "VARCHAR", "t": "TIMESTAMP"}
ARRAYS = {
    "n": np.ma.masked_array(np.arange(3), mask=[False, False, True]),
    "x": np.array([1.5, np.nan, 3.0]),
    "name": np.array(["a", "b", "it's"]),
    "t": np.datetime64("2024-01-01T00:00:00", "us") + np.arange(3).astype("timedelta64[s]"),
}
ALL = "select * from made order by x nulls last"


@pytest.fixture(params=["duckdb", pytest.param("spark://local[2]", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    opened = open_engine(request.param)
    opened.tabulate("made", TYPES, ARRAYS)
    yield opened
    opened.close()


def file_of(folder: Path, rows: int = 3, name: str = "made.parquet") -> Path:
    """A Parquet file, with a label, of the first rows of the arrays."""
    own = open_engine()
    own.tabulate("made", TYPES, {c: a[:rows] for c, a in ARRAYS.items()})
    own.write("select * from made order by x nulls last", folder / name, {"made": "by a test"})
    own.close()
    return folder / name


def test_arrays_become_a_table_with_nulls(engine: Engine) -> None:
    rows = engine.rows(ALL)
    assert [r["n"] for r in rows] == [0, None, 1]
    assert [r["x"] for r in rows] == [1.5, 3.0, None]
    assert [r["name"] for r in rows] == ["a", "it's", "b"]
    assert [r["t"].second for r in rows] == [0, 2, 1]


def test_table_keeps_what_a_query_answers_and_is_forgotten(engine: Engine) -> None:
    engine.create("kept", "select n * $times as many from made where n is not null", times=3)
    assert engine.rows("select * from kept order by many nulls last") == [{"many": 0}, {"many": 3}]
    engine.create("again", "select max(many) as many from kept")
    assert engine.rows("select * from again") == [{"many": 3}]
    engine.drop("kept")
    with pytest.raises(EngineError, match="could not answer"):
        engine.rows("select * from kept")


def test_table_of_arrays_is_forgotten_and_can_be_made_anew(engine: Engine) -> None:
    assert engine.rows("select count(*) as n from made") == [{"n": 3}]
    engine.drop("made")
    engine.tabulate("made", {"n": "BIGINT"}, {"n": np.arange(2)})
    assert engine.rows("select count(*) as n from made") == [{"n": 2}]


def test_query_that_cannot_be_kept_is_told_in_one_line(engine: Engine) -> None:
    with pytest.raises(EngineError, match=r"^[a-z]+ could not answer: .*\[engine-failed\]$"):
        engine.create("kept", "select nothing from made")


def test_csv_is_written_in_the_order_asked_for(engine: Engine, tmp_path: Path) -> None:
    assert (
        engine.write("select n, name from made where n < $most order by n desc nulls last", tmp_path / "o.csv", most=9)
        == 2
    )
    assert (tmp_path / "o.csv").read_text() == "n,name\n1,b\n0,a\n"


def test_parquet_is_written_with_its_labels(engine: Engine, tmp_path: Path) -> None:
    assert engine.write(ALL, tmp_path / "o.parquet", {"is": "it's true"}) == 3
    other = open_engine()
    assert other.scan("o", [tmp_path / "o.parquet"]) == TYPES
    assert other.labels(tmp_path / "o.parquet")["is"] == "it's true"
    assert [dict(r) for r in other.rows("select * from o order by x nulls last")] == [dict(r) for r in engine.rows(ALL)]
    other.close()


@pytest.mark.parametrize("url", ["duckdb", pytest.param("spark://local[2]", marks=pytest.mark.spark)])
def test_files_are_scanned_where_they_are(tmp_path: Path, url: str) -> None:
    files = [file_of(tmp_path, 3, "a*.parquet"), file_of(tmp_path, 2, "it's.parquet")]
    file_of(tmp_path, 1, "ab.parquet")
    engine = open_engine(url)
    assert engine.scan("p", files) == TYPES
    assert engine.labels(files[0])["made"] == "by a test"
    assert engine.rows("select count(*) as n, max(t) as t from p")[0]["n"] == 5
    engine.close()


def test_file_that_is_no_parquet_is_named(tmp_path: Path) -> None:
    engine = open_engine()
    (tmp_path / "no.parquet").write_text("mmsi,t\n")
    with pytest.raises(UnreadableFileError) as caught:
        engine.scan("p", [file_of(tmp_path), tmp_path / "no.parquet"])
    assert caught.value.file == str(tmp_path / "no.parquet")
    engine.close()


def test_only_scanned_files_can_be_read(tmp_path: Path) -> None:
    mine, other = file_of(tmp_path), file_of(tmp_path, name="other.parquet")
    engine = open_engine()
    engine.scan("p", [mine])
    engine.create("kept", "select * from p")
    for sql in (f"select * from read_parquet('{other}')", f"select * from '{other}'"):
        with pytest.raises(EngineError):
            engine.rows(sql)
        with pytest.raises(EngineError):
            engine.create("stolen", sql)
    with pytest.raises(EngineError):
        engine.rows(f"copy (select 1) to '{tmp_path / 'out.csv'}'")
    engine.close()


def test_query_past_the_memory_limit_goes_to_disk() -> None:
    engine = open_engine("duckdb", memory_mb=200)
    engine.create("many", "select i, hash(i) as h, md5(cast(i as varchar)) as text from range(4000000) as r(i)")
    engine.create("sorted", "select i, row_number() over (order by h nulls last) as place, text from many")
    assert engine.rows("select count(distinct place) as n from sorted") == [{"n": 4000000}]
    engine.close()


def test_epoch_keeps_the_fraction_of_a_second(engine: Engine) -> None:
    engine.create(
        "moments",
        "select timestamp '2024-01-31 20:00:00.250' as t union all select timestamp '1969-12-31 23:59:59.5' as t",
    )
    rows = engine.rows(
        "select epoch(t) as s, (epoch(t) - epoch(timestamp '1970-01-01')) / 2 as half from moments order by t "
        "nulls last"
    )
    assert [tuple(r.values()) for r in rows] == [(-0.5, -0.25), (1706731200.25, 853365600.125)]
