"""The wall of time: what happened or became known after the case's day changes nothing, in any table."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import TRADE, CaseFolder
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.record.columns import Column, Table, id_column, source_columns
from tumen.record.left_out import BeyondWall
from tumen.record.read import read_record
from tumen.record.wall import behind_wall
from tumen.report.document import document
from tumen.report.page import page
from tumen.run import BUNDLED, Evaluation, evaluate

LATE = "published-later"

Row = dict[str, str]

#: Tables of which nothing happens and nothing is published: they give names to things, or point at rows of others that
#: lie behind the wall.
TIMELESS = {"topics", "breaches"}


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


#: What says when a row happened.
HAPPENED = {
    "date": "2027-06-01",
    "list_date": "2027-06-01",
    "period": "2027H1",
    "start": "2027-01-01",
    "end": "2027-07-01",
}

#: Tables whose rows no verdict names, or that claims name by their ids, or of which two that say the same are one case:
#: a copy of a row counts for nothing; or that only forecasts name, which have closed by the later day.
UNNAMED = {
    *TIMELESS,
    "sources",
    "baskets",
    "ports",
    "vessels",
    "designated_vessels",
    "provisions",
    "evasion_cases",
    "drivers",
}

#: So many rows that verdicts rest on are copied in each table.
COPIED = 3


def changed(row: Row, table: Table) -> Row:
    """The row with thrice its figure, firm enough to replace it."""
    said = " ".join((*table.figure.values, table.figure.last_digit)) if table.figure else ""
    figures = {c.name: str(3 * Decimal(row[c.name])) for c in table.columns if c.name in said and _number(c, row)}
    return {**row, **figures, **within(row, {"quality": "exact"})}


def _number(column: Column, row: Row) -> bool:
    return column.type in ("whole", "number", "money") and bool(row.get(column.name))


def later(row: Row) -> Row:
    """The row, happening after the case's day."""
    return {**row, **within(row, {**HAPPENED, "date_precision": "day", "date_certainty": "stated"})}


def within(row: Row, change: Row) -> Row:
    return {name: cell for name, cell in change.items() if name in row}


def planted(row: Row, table: Table, number: int) -> list[Row]:
    """Rows like another, with another figure, that lie beyond the wall: as they happened later, or as they, or their
    source, were published later; each with a name of its own.
    """
    other = changed(row, table)
    new = [{**other, **within(other, {"source": LATE, "published": ""})}, {**other, "published": "2027-06"}]
    new += [later(other)] if set(HAPPENED) & set(row) else []
    return [{**one, **within(one, named(table, f"{number}-{n}", number * 10 + n))} for n, one in enumerate(new)]


def named(table: Table, name: str, number: int) -> Row:
    return {
        "id": f"planted-{name}",
        **({"coder": f"planted-{name}"} if table.column("period") else {}),
        **({"resolution": f"later/{number % 10}", "commodity": f"{999999 - number}"} if table.key != ("id",) else {}),
    }


def last_of(rows: list[Row]) -> list[Row]:
    """The last row, with those of the same roll call: one member's vote alone is compared with nobody's."""
    if "vote" not in rows[-1]:
        return rows[-1:]
    return [row for row in rows if row["resolution"] == rows[-1]["resolution"]]


def with_planted(folder: Path, used: Mapping[str, set[str]]) -> dict[str, BeyondWall]:
    """Plant rows beyond the wall in each table of a copy of the bundled case; how many, by table.

    Args:
        used: ids of rows that verdicts rest on, by table; where there is none, the last row is copied.
    """
    shutil.copytree(BUNDLED, folder)
    record, done = folder / "record", {}
    for name, table in TABLES.items():
        path = record / f"{name}.csv"
        if not path.exists():
            engine = DuckDB()
            engine.scan("whole", [record / f"{name}.parquet"])
            engine.write("select * from whole", path)
            engine.close()
            (record / f"{name}.parquet").unlink()
        before = rows_of(path)
        copied = [row for row in before if row.get("id") in used.get(name, ())][:COPIED] or last_of(before)
        new = [one for n, row in enumerate(copied) for one in planted(row, table, n)] if name not in TIMELESS else []
        if name == "sources":
            new = [
                {**copied[0], "id": LATE, "published": "2027-01"},
                {**copied[0], "id": "planted", "published": "2027"},
            ]
        happened = len(copied) if set(HAPPENED) & set(before[0]) else 0
        done[name] = BeyondWall(happened, len(new) - happened)
        with path.open("w", encoding="utf-8", newline="") as stream:
            columns = [*before[0], *([] if "published" in before[0] or name in TIMELESS else ["published"])]
            writer = csv.DictWriter(stream, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows([*before, *new])
    return done


def without_marks(text: str) -> str:
    """A page without hashes, and without the count of what was left out."""
    return re.sub(r"; left out as later: [^<]*|<li>[^<]* <code>[0-9a-f]{64}</code></li>|Run [0-9a-f]{12}", "", text)


def rests_on(found: Evaluation) -> dict[str, set[str]]:
    """Ids of the rows that verdicts rest on, by table."""
    rows = [row for verdict in found.verdicts if verdict.estimate for row in verdict.estimate.used]
    return {table: {row.id for row in rows if row.table == table} for table in {row.table for row in rows}}


def test_a_row_beyond_the_wall_in_any_table_changes_no_claim_and_no_page(tmp_path: Path) -> None:
    as_it_is = evaluate(BUNDLED)
    done = with_planted(tmp_path / "case", rests_on(as_it_is))
    assert {name for name, out in done.items() if out == BeyondWall()} == TIMELESS, "a new table is planted in, too"
    found = evaluate(tmp_path / "case")
    for name, new in done.items():
        before, out = (e.left_out.get(name, BeyondWall()) for e in (as_it_is, found))
        assert BeyondWall(out.later - before.later, out.unknown - before.unknown) == new, name
        assert out.revised == before.revised, name
    one, two = (json.dumps(document(e)["claims"]) for e in (as_it_is, found))
    assert one == two
    assert without_marks(page(as_it_is)).replace(".parquet", ".csv") == without_marks(page(found))
    moved = rests_on(evaluate(tmp_path / "case", as_of=dt.date(2029, 1, 1)))
    told = {table for table, rows in moved.items() if any("planted" in row or LATE in row for row in rows)}
    assert told >= set(TABLES) - UNNAMED, "once they are known, they count"


SOURCES = (
    "id,publisher,title,url,published,reliability,credibility,access\n"
    "early,P,T,,2020-05-03,A,1,public\nmonth,P,T,,2020-06,A,1,public\nyear,P,T,,2020,A,1,public\nundated,P,T,,,A,1,public\n"
)
EVENTS = "id,date,date_precision,source_actor,target_actor,kind,description,sign,certainty,source\n"
PROVISIONS = "id,resolution,target,product,measure,start,end,source\n"


def events_known(tmp_path: Path, events: list[str], day: str) -> tuple[list[str], BeyondWall]:
    """Ids of those that count on a day."""
    (tmp_path / "record").mkdir()
    lines = [
        f"{name},{date},{precision},AAA,BBB,visit,A visit.,1,high,{source}"
        for name, date, precision, source in map(str.split, events)
    ]
    (tmp_path / "record/events.csv").write_text(EVENTS + "\n".join(lines) + "\n")
    (tmp_path / "record/sources.csv").write_text(SOURCES)
    engine = DuckDB()
    try:
        record, problems = read_record(tmp_path, {}, engine, TABLES)
        assert problems == []
        known = behind_wall(record, dt.date.fromisoformat(day))
        return [str(r["id"]) for r in engine.rows("select id from events order by id")], known.left_out["events"]
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("day", "known"),
    [("2020-05-02", ["c"]), ("2020-05-03", ["a", "c"]), ("2020-06-29", ["a", "c"]), ("2020-06-30", ["a", "b", "c"])],
)
def test_a_row_counts_from_the_day_on_which_its_source_was_published(
    tmp_path: Path, day: str, known: list[str]
) -> None:
    events = ["a 2020-05-01 day early", "b 2020-05-01 day month", "c 2020-05-01 day undated", "d 2020-05-01 day year"]
    assert events_known(tmp_path, events, day) == (known, BeyondWall(0, 4 - len(known)))


@pytest.mark.parametrize(
    ("day", "known"),
    [("2020-05-30", ["a"]), ("2020-05-31", ["a", "b"]), ("2020-12-30", ["a", "b"]), ("2020-12-31", ["a", "b", "c"])],
)
def test_a_date_known_to_the_month_or_year_has_passed_when_that_is_over(
    tmp_path: Path, day: str, known: list[str]
) -> None:
    events = ["a 2020-05-01 day undated", "b 2020-05-01 month undated", "c 2020-01-01 year undated"]
    assert events_known(tmp_path, events, day) == (known, BeyondWall(3 - len(known), 0))


FLOODS = Table(
    "floods",
    "a flood",
    (
        id_column(),
        Column("date", "date", "first day of what is known"),
        Column("date_precision", "text", "precision of the date"),
        *source_columns(),
    ),
)


@pytest.mark.parametrize(
    ("precision", "last"),
    [
        ("day", "2024-02-10"),
        ("about", "2024-02-10"),
        ("month", "2024-02-29"),
        ("quarter", "2024-03-31"),
        ("year", "2024-12-31"),
        ("decade", "2029-12-31"),
    ],
)
def test_a_date_of_a_strangers_table_has_passed_when_what_it_stands_for_is_over(
    tmp_path: Path, precision: str, last: str
) -> None:
    (tmp_path / "record").mkdir()
    (tmp_path / "record/floods.csv").write_text(f"id,date,date_precision,source\nf,2024-02-10,{precision},undated\n")
    (tmp_path / "record/sources.csv").write_text(SOURCES)
    day = dt.date.fromisoformat(last)
    for wall, later in ((day - dt.timedelta(1), 1), (day, 0)):
        engine = DuckDB()
        try:
            record, problems = read_record(tmp_path, {}, engine, {"sources": TABLES["sources"], "floods": FLOODS})
            assert problems == []
            assert behind_wall(record, wall).left_out["floods"] == BeyondWall(later, 0)
        finally:
            engine.close()


def test_a_rule_in_force_counts_from_its_start_and_a_figure_when_its_period_is_over(case_folder: CaseFolder) -> None:
    provisions = f"{PROVISIONS}cap,1,AAA,coal,ban,2024-01-01,2030-01-01,book\n"
    folder = case_folder({"record/provisions.csv": provisions})
    left = {day: evaluate(folder, as_of=dt.date(2023, 12, day)).left_out for day in (30, 31)}
    assert (left[30]["trade"], left[31].get("trade")) == (BeyondWall(2, 0), BeyondWall(0, 2))
    known = evaluate(folder).left_out
    assert known == {}, "the rule's end, in 2030, lies ahead"


def test_a_listing_counts_from_its_day_though_its_source_has_no_date(case_folder: CaseFolder) -> None:
    header = "id,name,imo,authority,status,list_date,date_precision,date_certainty,source\n"
    days = ("2025-01-01,month,stated", "2024-12-01,month,stated", ",,")
    rows = "".join(f"{n},A SHIP,,UN,named,{day},undated\n" for n, day in enumerate(days))
    sources = SOURCES + "book,P,T,,2024,B,2,public\n"
    folder = case_folder({"record/designated_vessels.csv": header + rows, "record/sources.csv": sources})
    assert evaluate(folder).left_out["designated_vessels"] == BeyondWall(1, 0)


def test_the_last_day_that_there_is_leaves_nothing_out(case_folder: CaseFolder) -> None:
    assert evaluate(case_folder(), as_of=dt.date.max).left_out == {}


def test_a_row_that_says_itself_when_it_became_known_needs_no_early_source(case_folder: CaseFolder) -> None:
    header, *rows = TRADE.splitlines()
    told = "\n".join([f"{header},published", f"{rows[0]},2024-02", f"{rows[1]},"]) + "\n"
    folder = case_folder({"record/trade.csv": told})
    found = evaluate(folder, as_of=dt.date(2024, 2, 29))
    assert found.left_out == {"trade": BeyondWall(0, 1)}
    assert list(found.sources) == ["book"], "which the row that is known names"


def test_a_date_of_publication_that_cannot_be_read_is_told_of_and_counts_as_none(case_folder: CaseFolder) -> None:
    header, *rows = TRADE.splitlines()
    told = "\n".join([f"{header},published", f"{rows[0]},soon", f"{rows[1]},2024"]) + "\n"
    found = evaluate(case_folder({"record/trade.csv": told}), as_of=dt.date(2024, 6, 30))
    assert [w for w in map(str, found.warnings) if "published-unclear" in w and "trade.csv:2" in w]
    assert found.left_out == {"trade": BeyondWall(0, 1)}


def test_rows_behind_the_wall_are_counted_without_what_was_left_out(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder({"record/sources.csv": SOURCES + "book,P,T,,,B,2,public\n"})
    record = prepare(folder, duckdb, as_of=dt.date(2023, 12, 30)).record
    assert record is not None
    assert (record.rows["trade"], record.left_out["trade"]) == (0, BeyondWall(2, 0))
