"""The wall of time: what happened or became known after the case's day changes nothing, in any table."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import TRADE, CaseFolder
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.record.columns import Table
from tumen.record.left_out import BeyondWall
from tumen.record.read import read_record
from tumen.record.wall import behind_wall, known_on
from tumen.report.document import document
from tumen.report.page import page
from tumen.run import BUNDLED, evaluate

LATE = "published-later"

Row = dict[str, str]

#: Tables of which nothing happens and nothing is published: they give names to things.
TIMELESS = {"topics"}


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


#: What says when a row happened.
HAPPENED = {"date": "2025-06-01", "list_date": "2025-06-01", "start": "2025-01-01", "end": "2026-01-01"}


def later(row: Row) -> Row:
    """The row, happening after the case's day."""
    return {**row, **within(row, {**HAPPENED, "date_precision": "day", "date_certainty": "stated"})}


def published_later(row: Row, table: Table) -> Row:
    """The row as a later source has it, with another figure."""
    figures = {c.name: "7" for c in table.columns if c.type in ("money", "number") and row.get(c.name)}
    key = {"resolution": "later/1", "commodity": "999999"} if table.key != ("id",) else {}
    return {**row, **within(row, {**figures, **key, "source": LATE, "published": "2025"})}


def within(row: Row, change: Row) -> Row:
    return {name: cell for name, cell in change.items() if name in row}


def last_of_then(rows: list[Row]) -> Row:
    """The last row that had happened by the case's day."""
    return [r for r in rows if max(r.get(n, "") for n in HAPPENED) < "2025" or r.get("end") == "2025-01-01"][-1]


def planted(row: Row, table: Table) -> list[Row]:
    """Rows like another beyond the wall, each with a name of its own."""
    new = [*([later(row)] if set(HAPPENED) & set(row) else []), published_later(row, table)]
    return [{**one, **within(one, {"id": f"planted-{n}-{row.get('id')}"})} for n, one in enumerate(new)]


def with_planted(folder: Path) -> dict[str, BeyondWall]:
    """Plant rows beyond the wall in each table of a copy of the bundled case; how many, by table."""
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
        new = planted(last_of_then(before), table) if name not in TIMELESS else []
        done[name] = BeyondWall(max(len(new) - 1, 0), len(new[-1:]) + (name == "sources"))
        new += [{**before[-1], "id": LATE, "published": "2025-01"}] if name == "sources" else []
        with path.open("a", encoding="utf-8", newline="") as stream:
            csv.DictWriter(stream, list(before[0]), lineterminator="\n").writerows(new)
    return done


def without_marks(text: str) -> str:
    """A page without hashes, and without the count of what was left out."""
    return re.sub(r"; left out as later: [^<]*|<li>[^<]* <code>[0-9a-f]{64}</code></li>|Run [0-9a-f]{12}", "", text)


def test_a_row_beyond_the_wall_in_any_table_changes_no_claim_and_no_page(tmp_path: Path) -> None:
    done = with_planted(tmp_path / "case")
    assert {name for name, out in done.items() if out == BeyondWall()} == TIMELESS, "a new table is planted in, too"
    as_it_is, found = evaluate(BUNDLED), evaluate(tmp_path / "case")
    for name, new in done.items():
        before, out = (e.left_out.get(name, BeyondWall()) for e in (as_it_is, found))
        assert BeyondWall(out.later - before.later, out.unknown - before.unknown) == new, name
    one, two = (json.dumps(document(e)["claims"]) for e in (as_it_is, found))
    assert one == two
    assert without_marks(page(as_it_is)).replace(".parquet", ".csv") == without_marks(page(found))


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024", dt.date(2024, 12, 31)),
        ("2023-02", dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2024-02-03", dt.date(2024, 2, 3)),
        ("", None),
        ("0000", None),
    ],
)
def test_a_month_or_a_year_alone_is_its_last_day(published: str, day: dt.date | None) -> None:
    assert known_on(published) == day


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
