"""What an engine reads, what it refuses to read, and what it says when it cannot be had."""

from __future__ import annotations

import importlib
import shutil
import tempfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import duckdb as duckdb_library
import pytest

from tumen.engine.backends import open_engine
from tumen.engine.embedded import DuckDB
from tumen.engine.queries import Engine, FilePart, Reject, UnreadableFileError, query
from tumen.errors import EngineError

COLUMNS = {"id": "VARCHAR", "n": "BIGINT"}
BOTH = (("id", "VARCHAR"), ("n", "BIGINT"))


def part(path: Path, text: str = "id,n\na,1\n", shown: str = "shown.csv") -> FilePart:
    path.write_text(text)
    return FilePart(path, shown, BOTH)


def write_parquet(path: Path, value: str) -> Path:
    duckdb_library.connect().execute(f"copy (select '{value}' as id, 1::bigint as n) to '{path}' (format parquet)")
    return path


@pytest.fixture
def loaded(tmp_path: Path, duckdb: DuckDB) -> DuckDB:
    """An engine with one table of one row that has answered a query."""
    duckdb.load("t", COLUMNS, [part(tmp_path / "t.csv")])
    duckdb.rows("select * from t")
    return duckdb


# ------------------------------------------------------------------------------------------- loading


def test_rows_come_with_the_file_that_they_are_from(tmp_path: Path, duckdb: DuckDB) -> None:
    parts = [part(tmp_path / "a.csv", shown="record/it's.csv"), part(tmp_path / "b.csv", "n,id\n2,b\n", "b.csv")]
    parts[1] = FilePart(parts[1].path, "b.csv", BOTH[::-1])
    assert duckdb.load("t", COLUMNS, parts) == []
    assert duckdb.rows("select * from t order by id nulls last") == [
        {"id": "a", "n": 1, "_file": "record/it's.csv"},
        {"id": "b", "n": 2, "_file": "b.csv"},
    ]


def test_table_of_no_files_is_empty(duckdb: DuckDB) -> None:
    assert duckdb.load("t", COLUMNS, []) == []
    assert duckdb.rows("select id, n from t") == []


@pytest.mark.parametrize("name", ["*.csv", "[ab].csv", "?.csv", "it's.csv", 'say "a".csv', "a;b--.csv", "ü b.csv"])
def test_file_with_any_name_is_the_only_one_read(tmp_path: Path, duckdb: DuckDB, name: str) -> None:
    (tmp_path / "a.csv").write_text("id,n\nneighbour,9\n")
    (tmp_path / "b.csv").write_text("id,n\nneighbour,9\n")
    assert duckdb.load("t", COLUMNS, [part(tmp_path / name, shown=name)]) == []
    assert duckdb.rows("select * from t") == [{"id": "a", "n": 1, "_file": name}]


@pytest.mark.parametrize("name", ["*.parquet", "[ab].parquet", "it's.parquet"])
def test_parquet_with_any_name_is_the_only_one_read(tmp_path: Path, duckdb: DuckDB, name: str) -> None:
    for file, value in (("a.parquet", "neighbour"), (name, "mine")):
        write_parquet(tmp_path / "made.parquet", value).rename(tmp_path / file)
    assert list(duckdb.parquet_columns(tmp_path / name)) == ["id", "n"]
    assert duckdb.load("t", COLUMNS, [FilePart(tmp_path / name, name, BOTH)]) == []
    assert duckdb.rows("select * from t") == [{"id": "mine", "n": 1, "_file": name}]


def test_rows_that_cannot_be_read_are_named_by_record_and_column(tmp_path: Path, duckdb: DuckDB) -> None:
    text = 'id,n\n"a\nb",1\n\nc,x\nd\ne,1,2\n'
    assert duckdb.load("t", COLUMNS, [part(tmp_path / "t.csv", text)]) == [
        Reject("shown.csv", 3, "n", "cannot read \"x\" as 'BIGINT'"),
        Reject("shown.csv", 4, None, "fewer cells than the header has columns"),
        Reject("shown.csv", 5, None, "more cells than the header has columns"),
    ]
    assert [r["id"] for r in duckdb.rows("select id from t")] == ["a\nb"]


def test_number_with_a_fraction_is_not_rounded_to_a_whole_one(tmp_path: Path, duckdb: DuckDB) -> None:
    text = "id,n\na,1.5\n\nb,2.0\nc,x\nd,1e3\ne, 7\nf,\ng,0.000001\n"
    assert duckdb.load("t", COLUMNS, [part(tmp_path / "t.csv", text)]) == [
        Reject("shown.csv", 4, "n", "cannot read \"x\" as 'BIGINT'"),
        Reject("shown.csv", 1, "n", '"1.5" is not a whole number'),
        Reject("shown.csv", 8, "n", '"0.000001" is not a whole number'),
    ]
    assert [(r["id"], r["n"]) for r in duckdb.rows("select id, n from t order by id")] == [
        ("b", 2),
        ("d", 1000),
        ("e", 7),
        ("f", None),
    ]


def test_parquet_number_with_a_fraction_is_left_out_as_well(tmp_path: Path, duckdb: DuckDB) -> None:
    query = (
        "copy (select * from (values ('a', 1.5::double), ('b', 2.0), ('c', null)) v(id, n)) to '{}' (format parquet)"
    )
    duckdb_library.connect().execute(query.format(tmp_path / "t.parquet"))
    rejects = duckdb.load("t", COLUMNS, [FilePart(tmp_path / "t.parquet", "t.parquet", BOTH)])
    assert [(r.record, r.reason) for r in rejects] == [(1, '"1.5" is not a whole number')]
    assert [(r["id"], r["n"]) for r in duckdb.rows("select id, n from t order by id")] == [("b", 2), ("c", None)]


def test_rejects_of_one_file_are_not_those_of_another(tmp_path: Path, duckdb: DuckDB) -> None:
    first = part(tmp_path / "a.csv", "id,n\na,x\n", "a.csv")
    second = part(tmp_path / "b.csv", "id,n\na,1\nb,y\n", "b.csv")
    assert [(r.file, r.record) for r in duckdb.load("t", COLUMNS, [first, second])] == [("a.csv", 1), ("b.csv", 2)]


def test_file_that_the_engine_refuses_is_named(tmp_path: Path, duckdb: DuckDB) -> None:
    (tmp_path / "t.csv").write_text("id,ID\na,1\n")
    twice = FilePart(tmp_path / "t.csv", "t.csv", (("id", "VARCHAR"), ("ID", None)))
    with pytest.raises(UnreadableFileError, match="duplicate column name") as caught:
        duckdb.load("t", COLUMNS, [twice])
    assert caught.value.file == "t.csv"
    assert duckdb.load("t", COLUMNS, []) == [], "the table can still be made without it"


def test_text_is_not_taken_for_parquet(tmp_path: Path, duckdb: DuckDB) -> None:
    (tmp_path / "t.parquet").write_text("id,n\na,1\n")
    with pytest.raises(EngineError, match="too small to be a Parquet file"):
        duckdb.parquet_columns(tmp_path / "t.parquet")


# ------------------------------------------------------------------------------------------- queries


def test_parameters_are_bound_and_not_written_into_the_query(loaded: DuckDB) -> None:
    assert loaded.rows("select $x as x", x="'; drop view t; --") == [{"x": "'; drop view t; --"}]
    assert len(loaded.rows("select * from t")) == 1


def test_query_that_fails_says_why_in_one_line(loaded: DuckDB) -> None:
    with pytest.raises(EngineError) as caught:
        loaded.rows("select nothing from t")
    message = str(caught.value)
    assert message.startswith("duckdb could not answer: Binder Error:")
    assert message.endswith("[engine-failed]")
    assert "\n" not in message


def test_query_of_a_room_is_read_from_its_file() -> None:
    assert query("tumen.votes", "agreement").startswith("-- How an actor and a reference actor voted")


@pytest.mark.parametrize(
    "attack",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from '{outside}'",
        "select * from read_text('/etc/passwd')",
        "select * from read_blob('/proc/self/environ')",
        "select * from read_json('/etc/passwd')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from glob('/etc/*')",
        "select * from read_csv('https://example.org/x.csv')",
        "select * from read_csv('{outside}')",
        "select * from glob('{outside.parent}/*')",
        "select * from read_text('{folder}/../{outside.parent.name}/outside.csv')",
        "select * from read_text('{folder}/../../etc/passwd')",
        "attach '{outside.parent}/new.db'",
        "attach 'https://example.org/x.db'",
        "copy (select 1 as a) to '{outside.parent}/new.csv'",
        "copy (select 1 as a) to '{folder}/../new.csv'",
        "copy t to '{outside}'",
        "export database '{outside.parent}/new'",
        "import database '{outside.parent}'",
        "install httpfs",
        "load httpfs",
        "install spatial from '{outside.parent}'",
        "create secret (type s3)",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set allowed_directories = ['/']",
        "reset allowed_paths",
    ],
)
def test_nothing_but_what_was_loaded_can_be_reached(loaded: DuckDB, tmp_path: Path, attack: str) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("id,n\nsecret,1\n")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(EngineError, match=r"Permission Error|configuration has been locked|requires the extension"):
        loaded.rows(attack.format(outside=outside, folder=loaded.folder))
    assert sorted(tmp_path.iterdir()) == before
    assert outside.read_text() == "id,n\nsecret,1\n"
    assert loaded.rows("select id from t") == [{"id": "a"}]


def test_parquet_is_still_read_after_everything_else_is_shut_out(tmp_path: Path, duckdb: DuckDB) -> None:
    write_parquet(tmp_path / "t.parquet", "a")
    duckdb.load("t", COLUMNS, [FilePart(tmp_path / "t.parquet", "t.parquet", BOTH)])
    for _ in range(2):
        assert duckdb.rows("select id, n from t") == [{"id": "a", "n": 1}]


def test_engine_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = DuckDB()
    engine.load("t", COLUMNS, [part(tmp_path / "t.csv")])
    assert engine.copy_out("t").is_file()
    assert engine.folder.is_dir()
    engine.close()
    assert not engine.folder.exists()
    assert (tmp_path / "t.csv").is_file()


# ------------------------------------------------------------------------------- engines by their name


def test_duckdb_is_the_default() -> None:
    engine: Engine = open_engine()
    assert engine.name == "duckdb"
    assert engine.versions == {"duckdb": duckdb_library.__version__}
    engine.close()


@pytest.mark.parametrize("url", ["sparkle", "", "DuckDB", "spark", "http://x", "bigquery://x"])
def test_unknown_engine_is_told_with_those_that_there_are(url: str) -> None:
    with pytest.raises(EngineError) as caught:
        open_engine(url)
    assert str(caught.value) == (
        f"--engine: got '{url}'; expected duckdb, spark://local[2] or spark://host:port. "
        "Leave it out to run on this machine. [unknown-engine]"
    )


@pytest.mark.parametrize("absent", ["pyspark.sql", "sqlglot"])
def test_spark_that_is_not_installed_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    whole = importlib.import_module

    def without(name: str, package: str | None = None) -> ModuleType:
        if name == absent:
            raise ModuleNotFoundError(f"No module named '{name}'")
        return whole(name, package)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(EngineError) as caught:
        open_engine("spark://local[2]")
    assert str(caught.value) == (
        "--engine: got 'spark://local[2]', but Spark is not installed; expected the extra 'spark'. "
        "Run: pip install 'tumen[spark]', or leave --engine out. [engine-missing]"
    )


@pytest.mark.spark
def test_spark_without_java_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(EngineError) as caught:
        open_engine("spark://local[2]")
    assert str(caught.value) == (
        "--engine: got 'spark://local[2]', but there is no Java; expected Java 17 or newer on the path. "
        "Install it, or leave --engine out. [engine-missing]"
    )


@pytest.mark.spark
def test_spark_that_does_not_start_is_told_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Builder:
        def __getattr__(self, _: str) -> Any:
            return lambda *_: self

        def getOrCreate(self) -> None:  # noqa: N802 - Spark's name
            raise RuntimeError("no master at host:7077\nand a long trace")

    whole = importlib.import_module
    fake: Any = SimpleNamespace(SparkSession=SimpleNamespace(builder=Builder(), getActiveSession=lambda: None))
    monkeypatch.setattr(importlib, "import_module", lambda name: fake if name == "pyspark.sql" else whole(name))
    monkeypatch.setattr("tumen.engine.embedded.new_folder", lambda _: Path(tempfile.mkdtemp(dir=tmp_path)))
    with pytest.raises(EngineError) as caught:
        open_engine("spark://host:7077")
    assert str(caught.value) == "--engine: 'spark://host:7077' did not start: no master at host:7077 [engine-failed]"
    assert list(tmp_path.iterdir()) == []


def test_engine_uses_no_more_cores_than_the_process_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {3}, raising=False)
    engine = DuckDB()
    assert engine.rows("select cast(current_setting('threads') as integer) as n") == [{"n": 1}]
    engine.close()


@pytest.mark.parametrize(("small_bytes", "threads"), [(1_000, 1), (10, 3)])
def test_small_files_are_asked_by_one_thread_and_larger_ones_by_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_bytes: int, threads: int
) -> None:
    monkeypatch.setattr("tumen.engine.embedded.FEW_BYTES", small_bytes)
    monkeypatch.setattr("tumen.engine.embedded.cores", lambda: 3)
    (tmp_path / "a.csv").write_text("a\n" + "1\n" * 20)
    engine = DuckDB()
    engine.load("t", {"a": "BIGINT"}, [FilePart(tmp_path / "a.csv", "a.csv", (("a", "BIGINT"),), ",")])
    assert engine.rows("select cast(current_setting('threads') as integer) as n") == [{"n": threads}]
    engine.close()


def test_what_is_made_without_files_is_made_by_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tumen.engine.embedded.cores", lambda: 3)
    engine = DuckDB()
    assert engine.rows("select cast(current_setting('threads') as integer) as n") == [{"n": 3}]
    engine.close()
