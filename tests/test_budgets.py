"""Whatever is over a budget is told of in little time and memory, before it is worked on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest

from tests.conftest import CASE, CLAIMS, DEFAULTS, TRADE
from tests.docs.console import DOCS
from tumen import budgets
from tumen.case.lines import key_lines, lines_of_parts
from tumen.engine.embedded import DuckDB
from tumen.errors import SHOWN_OF_A_KIND, Place, Problem, ProblemsError, did_you_mean, listed
from tumen.explanations.declared import MOST
from tumen.prepare import prepare

#: The bounds that are promised for what is over a budget: so many times the CPU of checking a case of a few rows
#: on the same machine, and kilobytes.
MOST_TIMES, MOST_MEMORY_KB = 10.0, 1_000_000

Write = Callable[[Path], object]

HEADER, ROW, _ = TRADE.splitlines()
RIVALS = "".join(f'[[hypothesis]]\nid = "h{n}"\nlabel = "l"\ntext = "t"\n' for n in range(2))
ITEM = '[[evidence]]\nid = "e{}"\ntext = "t"\ndate = 2024-01-01\nsource = "book"\nscores = {{ h0 = 2, h1 = -1 }}\n'
CLAIM = CLAIMS[CLAIMS.index("[[claim]]") :]
SPECIFICATION = CLAIMS[: CLAIMS.index("[[claim]]")]
CELLS = (
    "'r' || i as id, 'AAA' as territory, 'BBB' as partner, date '2023-01-01' as start, date '2024-01-01' as \"end\", "
    "'TOTAL' as commodity, 1.0 as exports_usd, 'yearbook' as publisher, 'exact' as quality, 'book' as source"
)


def parquet(note: str, rows: int, how: str = "") -> Write:
    """A file of trade with a note in each row."""

    def write(folder: Path) -> None:
        target = folder / "record" / "trade.parquet"
        (folder / "record" / "trade.csv").unlink()
        select = f"select {CELLS}, {note} as note from range({rows}) t(i)"
        duckdb.sql(f"copy ({select}) to '{target}' (format parquet, compression zstd{how})")

    return write


def text(name: str, content: Callable[[], str]) -> Write:
    return lambda folder: (folder / name).write_text(content(), encoding="utf-8")


def sparse(folder: Path) -> None:
    with (folder / "record" / "trade.csv").open("r+b") as file:
        file.truncate(600_000_000)


def written(folder: Path, change: Write, files: Mapping[str, str] = DEFAULTS) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    change(folder)
    return folder


#: Starts a program and says what it used. The tests' own process is large, which a child's peak would begin with.
MEASURE = """
import os, sys
child = os.fork()
if not child:
    os.execv(sys.executable, [sys.executable, "-m", "tumen", "check", *sys.argv[1:]])
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def check(folder: Path, *more: str) -> tuple[int, str, float, int]:
    """Exit code, what was said, CPU seconds and peak kilobytes of `tumen check`."""
    command = [sys.executable, "-c", MEASURE, str(folder), *more]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
    *said, used = ran.stdout.splitlines()
    code, cpu_s, peak = used.split()
    return int(code), "\n".join(said), float(cpu_s), int(peak) // (1000 if sys.platform == "darwin" else 1)


@pytest.fixture(scope="module")
def small_case_s(tmp_path_factory: pytest.TempPathFactory) -> float:
    """CPU seconds of checking a case of a few rows, the least of three: what the machine is measured by."""
    folder = written(tmp_path_factory.mktemp("small"), lambda _: None)
    return min(check(folder)[2] for _ in range(3))


def many(part: str, count: int) -> Callable[[], str]:
    return lambda: "".join(part.replace("share-2023", f"c{n}").replace("printed", f"s{n}") for n in range(count))


CASES: Mapping[str, tuple[Write, str]] = {
    "rows-parquet": (parquet("null", 5_000_001), "got 5,000,001 rows; expected at most 5,000,000 rows of a table"),
    "rows-csv": (
        text("record/trade.csv", lambda: HEADER + "\n" * 5_000_003),
        "got 5,000,002 rows; expected at most 5,000,000 rows of a table",
    ),
    "bytes-csv": (sparse, "got 600.0 MB of cells; expected at most 500 MB in all"),
    "bytes-repeated": (parquet("repeat('x', 900000)", 1_000), "got 900."),
    "bytes-packed": (
        parquet("repeat('x', 90000) || i", 6_000, ", row_group_size 2048"),
        "MB of cells; expected at most 500 MB in all",
    ),
    "long-cell": (parquet("repeat('x', 1000001)", 2), "got a cell of 1000001 bytes; expected at most 1000000"),
    "nested": (parquet("[[i]]", 2), "got column 'note' of type BIGINT[][]; expected one value in each cell"),
    "ragged": (
        text("record/trade.csv", lambda: HEADER + "\n" + "a,b\n" * 300_000),
        "got 300000 rows without 14 cells; expected at most 50000",
    ),
    "bad-types": (
        text("record/trade.csv", lambda: HEADER + "\n" + (ROW.replace(",90,", ",x,") + "\n") * 300_000),
        "got more than 50000 rows that cannot be read",
    ),
    "toml-bytes": (text("claims.toml", lambda: "#" * 4_000_001), "got 4000001 bytes; expected at most 4000000"),
    "claims": (text("claims.toml", many("[[claim]]\n", 400_000)), "got 400000 of [[claim]]; expected at most 10000"),
    "specifications": (
        text("claims.toml", many(SPECIFICATION, 10_001)),
        "got 10001 of [[specification]]; expected at most 10000",
    ),
    "named-specifications": (
        text("claims.toml", lambda: SPECIFICATION + CLAIM.replace('["printed"]', "[" + '"printed",' * 50_001 + "]")),
        "got 50001 specifications named by claims; expected at most 50000",
    ),
    "evidence": (
        text("hypotheses.toml", lambda: RIVALS + "".join(ITEM.format(n) for n in range(10_001))),
        "got 10001 of [[evidence]]; expected at most 10000",
    ),
    "observables": (text("hypotheses.toml", many("[[observable]]\n", 10_001)), "got 10001 of [[observable]]"),
    "hypotheses": (
        text("hypotheses.toml", many("[[hypothesis]]\n", 201)),
        "got 201 of [[hypothesis]]; expected at most 200",
    ),
    "actors": (text("case.toml", lambda: CASE + "[[actor]]\n" * 1001), "got 1003 of [[actor]]; expected at most 1000"),
    "files": (
        text("case.toml", lambda: CASE + "[record]\ntrade = [\n" + '"record/trade.csv",\n' * 1001 + "]\n"),
        "files of the record; expected at most 1000",
    ),
    "toml-problems": (
        text("case.toml", lambda: "".join(f"a{n} = 1\n" for n in range(300_000)) + CASE),
        "got more than 20000 problems; expected fewer",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_over_a_budget_is_told_in_bounded_time_and_memory(
    tmp_path: Path, name: str, small_case_s: float
) -> None:
    change, message = CASES[name]
    code, said, cpu_s, kilobytes = check(written(tmp_path, change))
    assert message in said
    assert ("[column-nested]" if name == "nested" else "[over-budget]") in said
    assert code == 2
    assert cpu_s < MOST_TIMES * small_case_s
    assert kilobytes < MOST_MEMORY_KB
    assert len(said.splitlines()) < 4 * SHOWN_OF_A_KIND


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("[i]", "BIGINT[]"),
        ("{'a': i}", "STRUCT(a BIGINT)"),
        ("map {'a': i}", "MAP(VARCHAR, BIGINT)"),
        ("{'a': {'b': [i]}}", "STRUCT(a STRUCT(b BIGINT[]))"),
    ],
)
def test_nested_column_is_refused_from_the_schema(tmp_path: Path, duckdb: DuckDB, note: str, kind: str) -> None:
    folder = written(tmp_path, parquet(note, 2))
    assert [(p.got, p.slug) for p in prepare(folder, duckdb).problems] == [
        (f"column 'note' of type {kind}", "column-nested")
    ]


def test_hundred_levels_and_two_thousand_columns_are_described_within_bounds(
    tmp_path: Path, small_case_s: float
) -> None:
    deep = "[" * 100 + "i" + "]" * 100
    wide = ", ".join(f"{{'a': i}} as c{n}" for n in range(2_000))
    code, said, cpu_s, kilobytes = check(written(tmp_path, parquet(f"{deep} as note, {wide}, i", 2)))
    assert "column 'note' of type" in said
    assert (code, cpu_s < MOST_TIMES * small_case_s, kilobytes < MOST_MEMORY_KB) == (2, True, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("claims.toml", lambda: SPECIFICATION + many(CLAIM.replace('["printed"]', "[]"), 5_000)()),
        ("claims.toml", many(SPECIFICATION + CLAIM, 3_000)),
        ("hypotheses.toml", lambda: RIVALS + "".join(ITEM.format(n) for n in range(5_000))),
    ],
    ids=["claims", "specifications", "evidence"],
)
def test_check_takes_time_that_grows_with_the_case(
    tmp_path: Path, name: str, content: Callable[[], str], small_case_s: float
) -> None:
    assert check(written(tmp_path, text(name, content)))[2] < MOST_TIMES * small_case_s


def test_check_of_protected_sources_takes_such_time_too(tmp_path: Path, small_case_s: float) -> None:
    claims = "".join(CLAIM.replace("share-2023", f"share-{n}") for n in range(5_000))
    files = {
        **DEFAULTS,
        "claims.toml": SPECIFICATION + claims,
        "record/sources.csv": DEFAULTS["record/sources.csv"] + "who,withheld,withheld,,,B,2,restricted,,\n",
        "record/trade.csv": TRADE.replace("exact,book,", "exact,who,", 1),
    }
    code, said, cpu_s, _ = check(written(tmp_path, lambda _: None, files))
    assert (code, said) == (0, "no errors, no warnings: 5,000 claims, 4 rows.")
    assert cpu_s < MOST_TIMES * small_case_s


def test_flags_move_the_budgets_of_rows_and_bytes(tmp_path: Path) -> None:
    folder = written(tmp_path, lambda _: None)
    assert check(folder)[0] == 0
    assert "got 2 rows; expected at most 1 row of a table" in check(folder, "--max-rows", "1")[1]
    parquet("repeat('x', 900000)", 2)(folder)
    assert "got 1.8 MB of cells; expected at most 1 MB in all" in check(folder, "--max-mb", "1")[1]


def test_rows_of_all_files_of_a_table_count(tmp_path: Path, duckdb: DuckDB) -> None:
    both = {
        **DEFAULTS,
        "case.toml": CASE + '[record]\ntrade = ["record/trade.csv", "record/more.csv"]\n',
        "record/more.csv": TRADE,
    }
    folder = written(tmp_path, lambda _: None, both)
    (problem,) = prepare(folder, duckdb, budgets=budgets.Budgets(rows=3)).problems
    assert problem.got == "2 rows, and 2 in the table's other files"


# --------------------------------------------------------------------------------------- what is printed


def problems(count: int, slug: str = "bad-value") -> list[Problem]:
    return [
        Problem(Place("claims.toml", n), got=f"value {n}", expected="another", fix="Mend it.", slug=slug)
        for n in range(count)
    ]


def test_of_a_kind_the_first_are_listed_and_the_rest_counted() -> None:
    told = listed([*problems(250), *problems(3, "key-missing")])
    assert [p.slug for p in told] == ["bad-value"] * 100 + ["key-missing"] * 3 + ["bad-value"]
    assert (told[-1].got, told[-1].stands_for) == ("150 more problems of this kind, here and in later places", 150)
    assert listed(problems(100)) == problems(100)


def test_what_a_line_stands_for_is_counted_with_the_rest() -> None:
    counted = Problem(Place("a.csv"), got="40 more", expected="none", fix="Mend.", slug="bad-value", stands_for=40)
    assert listed([*problems(3), counted]) == [*problems(3), counted]
    assert listed([counted, *problems(110)])[-1].stands_for == 50


def test_error_shows_the_first_and_holds_all() -> None:
    error = ProblemsError(problems(1000))
    assert len(error.problems) == 1000
    assert len(str(error).splitlines()) == SHOWN_OF_A_KIND + 1


def test_of_thousands_of_names_none_is_compared() -> None:
    assert did_you_mean("spec-12", [f"spec-{n}" for n in range(2000)]) == "2000 are known."
    assert did_you_mean("spec-12x", [f"spec-{n}" for n in range(100)]).startswith("Did you mean 'spec-12'")


# ---------------------------------------------------------------------------------------------- the rest


def test_lines_of_a_part_are_those_of_its_own_keys() -> None:
    lines = lines_of_parts(key_lines('[[claim]]\nid = "a"\n[[claim]]\nid = "b"\n[claim.holds]\nabove = 1\n'))
    assert lines[("claim", 1)] == {(): 3, ("id",): 4, ("holds",): 5, ("holds", "above"): 6}


@pytest.mark.parametrize("place", ["source=zz", "filename=zz", "year=2023/source=zz"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_folder_that_looks_like_a_partition_changes_no_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, kind: str
) -> None:
    (tmp_path / place).mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(tmp_path / place))
    folder = written(tmp_path / "case", parquet("'n'", 2) if kind == "parquet" else lambda _: None)
    assert check(folder)[:2] == (0, "no errors, no warnings: 1 claim, 3 rows.")


def test_folder_that_looks_like_a_partition_adds_no_column(tmp_path: Path) -> None:
    (tmp_path / "source=zz").mkdir()
    duckdb.sql(f"copy (select 1 as mmsi) to '{tmp_path}/source=zz/seen.parquet' (format parquet)")
    engine = DuckDB()
    try:
        assert list(engine.scan("seen", [tmp_path / "source=zz" / "seen.parquet"])) == ["mmsi"]
        assert list(engine.parquet_columns(tmp_path / "source=zz" / "seen.parquet")) == ["mmsi"]
    finally:
        engine.close()


def test_case_format_tells_of_every_budget() -> None:
    shown = (DOCS / "case-format.md").read_text(encoding="utf-8")
    for what, most, flag in budgets.table_of({**budgets.ITEMS, **MOST}):
        assert f"| {what} | {most} | {flag} |" in shown
    assert all(f"{most:,}" in shown for most in {**budgets.ITEMS, **MOST}.values())
