"""Of a figure that one publisher printed twice, the last that was known counts, and the older is told of."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import DEFAULTS, TRADE, CaseFolder
from tests.measure.worlds import few, many, workers, world
from tests.tables import TABLES
from tumen.cli import main
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.record.columns import Column, Figure, Table, id_column
from tumen.record.prints import Print, Revisions, revised
from tumen.record.publication import known_on
from tumen.record.read import read_record
from tumen.record.wall import behind_wall
from tumen.report.document import document
from tumen.report.explain import explain
from tumen.report.page import page
from tumen.reprints import reprinted
from tumen.run import Evaluation, evaluate

YEARS = st.sampled_from(["2022", "2023", "2024", ""])
PRINTS = st.lists(
    st.tuples(
        YEARS, st.sampled_from(["exact", "rounded", "derived", "conflict"]), st.sampled_from([100.0, 104.0, 200.0])
    ),
    min_size=1,
    max_size=5,
)


def prints(*rows: tuple[str, str, float], digit: float | None = None) -> list[Print]:
    """Rows of one figure, called a, b, c … in their order."""
    return [
        Print(name, "s", published or None, quality, digit, (value,))
        for name, (published, quality, value) in zip("abcdefgh", rows, strict=False)
    ]


def replaced(*rows: tuple[str, str, float], digit: float | None = None) -> tuple[str, ...]:
    return revised([prints(*rows, digit=digit)], ["usd"]).replaced


def test_the_last_print_counts_whatever_the_order_of_the_rows() -> None:
    old, new = ("2023", "exact", 100.0), ("2024", "exact", 120.0)
    assert (replaced(old, new), replaced(new, old)) == (("a",), ("b",))
    assert replaced(("2022", "exact", 90.0), old, new) == ("a", "b"), "from the oldest on"


def test_what_is_printed_again_alike_replaces_nothing() -> None:
    assert replaced(("2023", "exact", 100.0), ("2024", "exact", 100.0)) == ()
    assert replaced(("2022", "exact", 100.0), ("2023", "exact", 120.0), ("2024", "exact", 100.0)) == ("b",)


@pytest.mark.parametrize(("later", "gone"), [(101.0, ()), (102.0, ("a",))])
def test_a_difference_that_rounding_explains_is_none(later: float, gone: tuple[str, ...]) -> None:
    assert replaced(("2023", "rounded", 100.0), ("2024", "rounded", later), digit=1.0) == gone


@pytest.mark.parametrize(("earlier", "gone"), [(650.0, ()), (651.0, ("a",))])
def test_a_rounded_figure_that_does_not_say_its_last_digit_is_rounded_where_it_ends_in_zeros(
    earlier: float, gone: tuple[str, ...]
) -> None:
    assert replaced(("2023", "exact", earlier), ("2024", "rounded", 600.0)) == gone


@pytest.mark.parametrize(
    ("older", "newer", "gone"),
    [
        ("derived", "exact", ("a",)),
        ("exact", "derived", ()),
        ("conflict", "exact", ("a",)),
        ("exact", "conflict", ()),
        ("conflict", "conflict", ("a",)),
        ("estimate", "as_published", ("a",)),
    ],
)
def test_it_takes_a_figure_as_firm_to_replace_one(older: str, newer: str, gone: tuple[str, ...]) -> None:
    assert replaced(("2023", older, 100.0), ("2024", newer, 200.0)) == gone


@pytest.mark.parametrize(("one", "other"), [("", "2024"), ("2024", ""), ("2024", "2024"), ("2024", "2024-12-31")])
def test_where_nobody_can_tell_which_is_later_both_count_and_are_told_of(one: str, other: str) -> None:
    found = revised([prints((one, "exact", 100.0), (other, "exact", 200.0))], ["usd"])
    assert (found.replaced, found.unclear) == ((), {"a": "s", "b": "s"})
    marked = revised([prints((one, "exact", 100.0), (other, "conflict", 200.0))], ["usd"])
    assert marked.unclear == {}, "its author has told which counts"


@many
@given(PRINTS, st.randoms(use_true_random=False))
def test_only_what_is_known_and_later_replaces_and_no_name_matters(rows: list[tuple[str, str, float]], random) -> None:
    given_rows = prints(*rows)
    gone = set(revised([given_rows], ["usd"]).replaced)
    for one in (p for p in given_rows if p.id in gone):
        assert one.published
        assert any(p.published and p.published > one.published and p.values != one.values for p in given_rows)
    assert len(gone) < len(given_rows)
    shuffled = random.sample(given_rows, len(given_rows))
    named = {p.id: f"{n}-row" for n, p in enumerate(shuffled)}
    again = revised([[Print(named[p.id], *list(vars(p).values())[1:]) for p in shuffled]], ["usd"])
    assert set(again.replaced) == {named[name] for name in gone}


def test_a_table_that_says_which_figure_its_rows_print_has_ids_and_a_publisher_for_it() -> None:
    figures = {name: table for name, table in TABLES.items() if table.figure}
    assert set(figures) == {
        "trade",
        "unrecorded",
        "deliveries",
        "unreported",
        "workers",
        "thefts",
        "theft_totals",
        "weapon_tests",
    }
    for name, table in figures.items():
        assert isinstance(table.figure, Figure)
        assert "publisher" in table.figure.of, name
        assert all(
            table.column(part) for one in ("id", *table.figure.of) for part in re.findall(r"[a-z_]+(?=[,)]|$)", one)
        )


@pytest.mark.parametrize(
    ("scopes", "replaced"), [(("IT", "troops"), 0), (("", "IT"), 0), (("IT", "IT"), 1), (("", "all"), 1)]
)
def test_a_part_of_the_workers_is_a_figure_of_its_own_and_no_scope_is_all(scopes, replaced) -> None:
    rows = [workers(f"w{n}", 100 + n, 100 + n, scope=scope, published=str(2021 + n)) for n, scope in enumerate(scopes)]
    with world(workers=rows) as record:
        assert behind_wall(record, dt.date(2024, 12, 31)).left_out["workers"].revised == replaced


HARVESTS = Table(
    "harvests",
    "a harvest of one field",
    (
        id_column(),
        Column("field", "text", "field"),
        Column("tonnes", "number", "harvest, metric tonnes"),
        Column("source", "text", "source of the row"),
    ),
    figure=Figure(("field",), ("tonnes",)),
)


def test_a_strangers_table_takes_part(tmp_path: Path) -> None:
    (tmp_path / "record").mkdir()
    header = "id,publisher,title,url,published,reliability,credibility,access\n"
    (tmp_path / "record/sources.csv").write_text(f"{header}old,P,T,,2023,A,1,public\nnew,P,T,,2024-05,A,1,public\n")
    rows = "id,field,tonnes,source\na,north,5,old\nb,north,6,new\nc,,7,old\nd,,8,new\ne,south,5,old\n"
    (tmp_path / "record/harvests.csv").write_text(rows)
    for day, gone in (("2024-05-30", ()), ("2024-05-31", ("a", "c"))):
        engine = DuckDB()
        try:
            record, _ = read_record(tmp_path, {}, engine, {"sources": TABLES["sources"], "harvests": HARVESTS})
            known = behind_wall(record, dt.date.fromisoformat(day))
            assert known.revised.get("harvests", Revisions()).replaced == gone
            assert known.rows["harvests"] == engine.rows("select count(*) as n from harvests")[0]["n"] == 3
        finally:
            engine.close()


def printed_again(published: str, source: str = "book", row: str = "anew", quality: str = "exact") -> str:
    """The yearbook's table, with its figure for BBB printed again: 45 of 100 where it was 90."""
    header, *rows = TRADE.splitlines()
    kept = [f"{one}," for one in rows]
    more = f"{row},AAA,BBB,2023-01-01,2024-01-01,TOTAL,20,25,45,,yearbook,{quality},{source},,{published}"
    return "\n".join([f"{header},published", *kept, more]) + "\n"


SOURCE = "book,A Publisher,Yearbook of Trade,,2024,B,2,public,,\n"


def at(case_folder: CaseFolder, day: str, published: str = "2025-06-30", **more: str) -> Evaluation:
    case = {"record/trade.csv": printed_again(published, **more)}
    return evaluate(
        case_folder(case, name="-".join((day, published, *more.values()))), as_of=dt.date.fromisoformat(day)
    )


def median(found: Evaluation) -> float | None:
    return found.verdicts[0].summary.median


@pytest.mark.parametrize(
    ("day", "share", "out"),
    [
        ("2025-06-29", 0.9, {"later": 0, "unknown": 1, "revised": 0}),
        ("2025-06-30", 0.45, {"later": 0, "unknown": 0, "revised": 1}),
    ],
)
def test_the_older_figure_counts_until_the_day_of_the_newer(
    case_folder: CaseFolder, day: str, share: float, out: dict[str, int]
) -> None:
    found = at(case_folder, day)
    assert median(found) == pytest.approx(share, abs=0.03)
    assert document(found)["left_out"] == {"trade": out}


def test_what_was_printed_before_is_told_with_the_row_that_counts(case_folder: CaseFolder) -> None:
    found = at(case_folder, "2025-12-31")
    rows = {row["id"]: row["printed_before"] for row in document(found)["claims"][0]["observations"]}
    values = {"exports_usd": 40.0, "imports_usd": 50.0, "total_usd": 90.0}
    before = {"id": "with-b", "values": values, "source": "book", "published": "2024"}
    assert rows == {"anew": [before], "with-all": []}
    said = (
        "printed before as exports_usd 40, imports_usd 50, total_usd 90 "
        "(with-b; A Publisher: Yearbook of Trade, published 2024)"
    )
    assert said in explain(found)
    assert said in page(found)


def test_a_figure_of_a_protected_source_is_told_without_its_name_and_day(case_folder: CaseFolder) -> None:
    sources = "id,publisher,title,url,published,reliability,credibility,access,origin,note\n"
    kim = "kim,Kim's letter,A letter,,2023-05-05,B,2,restricted,,\n"
    table = printed_again("2025", "book").replace("exact,book,,\n", "exact,kim,,\n", 1)
    found = evaluate(
        case_folder({"record/trade.csv": table, "record/sources.csv": sources + SOURCE + kim}),
        as_of=dt.date(2026, 1, 1),
    )
    (row,) = (row for row in document(found)["claims"][0]["observations"] if row["id"] == "anew")
    assert (row["printed_before"][0]["id"], row["printed_before"][0]["published"]) == ("protected-1-row-0", None)
    assert "Kim" not in json.dumps(document(found)) + explain(found) + page(found)


@few
@given(
    st.sampled_from(["2025", "2025-02", "2026-03-15"]),
    st.sampled_from(["2024-12-31", "2025-02-27", "2025-02-28", "2027-01-01"]),
)
def test_a_later_print_changes_verdicts_only_from_its_day_on(
    tmp_path_factory: pytest.TempPathFactory, published: str, day: str
) -> None:
    folder = tmp_path_factory.mktemp("case")
    (folder / "record").mkdir()
    for path, text in {**DEFAULTS, "record/trade.csv": printed_again(published)}.items():
        (folder / path).write_text(text)
    found = evaluate(folder, as_of=dt.date.fromisoformat(day))
    known = known_on(published)
    assert known is not None
    counts = known <= dt.date.fromisoformat(day)
    assert median(found) == pytest.approx(0.45 if counts else 0.9, abs=0.03)


@pytest.mark.parametrize("published", ["2025", "2023-05-05"])
def test_a_protected_row_is_counted_and_not_named(case_folder: CaseFolder, duckdb: DuckDB, published: str) -> None:
    sources = (
        "id,publisher,title,url,published,reliability,credibility,access\nkim,Kim,A letter,,2023-05-05,B,2,restricted\n"
    )
    table = printed_again(published, "kim").replace(",book,", ",kim,")
    folder = case_folder({"record/trade.csv": table, "record/sources.csv": sources})
    prepared = prepare(folder, duckdb, as_of=dt.date(2026, 1, 1))
    (told,) = [*reprinted(prepared), *(p for p in prepared.problems if p.slug == "figure-twice")]
    assert " of trade " in told.got
    assert "0,000" not in told.got, "nor are its figures"
    assert "with-b" not in told.got
    assert "anew (" not in told.got


def test_check_names_what_is_replaced_and_what_nobody_can_tell(case_folder: CaseFolder) -> None:
    for published, said in (("2025", "[figure-replaced]"), ("2024-12-31", "[figure-twice]")):
        folder = case_folder({"record/trade.csv": printed_again(published)}, name=published)
        result = CliRunner().invoke(main, ["check", str(folder), "--as-of", "2025-12-31"])
        lines = [line for line in result.output.splitlines() if "[figure-" in line]
        assert len(lines) == 1, result.output
        assert lines[0].endswith(said)
        assert "with-b" in lines[0]
