"""The wall of time: what happened or became known after the case's day changes nothing, in any table."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.record.columns import Table
from tumen.record.left_out import LeftOut
from tumen.record.read import read_record
from tumen.record.wall import behind_wall, known_on
from tumen.report.document import document
from tumen.report.page import page
from tumen.run import BUNDLED, Evaluation, evaluate

LATE = "published-later"

Row = dict[str, str]

#: Tables of which nothing happens and nothing is published: they give names to things.
TIMELESS = {"topics"}


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def planted(row: Row, table: Table, change: Row) -> Row:
    """A row like another, with some cells changed and a name of its own."""
    named = {"id": f"planted-{row['id']}"} if "id" in row else {}
    return {**row, **{name: cell for name, cell in change.items() if name in row}, **named}


def later(row: Row, table: Table) -> Row:
    """The row, happening after the case's day; where nothing happens in its table, published after it."""
    happened = {"date": "2025-06-01", "start": "2025-01-01", "end": "2026-01-01"}
    moved = planted(row, table, {**happened, "date_precision": "day"})
    return moved if any(table.column(name) for name in happened) else published_later(row, table)


def published_later(row: Row, table: Table) -> Row:
    """The row as a later source has it, with another figure."""
    figures = {c.name: "7" for c in table.columns if c.type in ("money", "number") and row.get(c.name)}
    key = {"resolution": "later/1", "commodity": "999999"} if table.key != ("id",) else {}
    return planted(row, table, {**figures, **key, "source": LATE, "published": "2025"})


@cache
def as_it_is() -> Evaluation:
    return evaluate(BUNDLED)


def with_planted(folder: Path, plant: Callable[[Row, Table], Row]) -> set[str]:
    """Plant a row like each table's last in a copy of the bundled case; the tables that got one."""
    shutil.copytree(BUNDLED, folder)
    record, done = folder / "record", set()
    for name, table in TABLES.items():
        path = record / f"{name}.csv"
        if not path.exists():
            engine = DuckDB()
            engine.scan("whole", [record / f"{name}.parquet"])
            engine.write("select * from whole", path)
            engine.close()
            (record / f"{name}.parquet").unlink()
        before = rows_of(path)
        new = [plant(before[-1], table)] if name not in TIMELESS else []
        new += [{**before[-1], "id": LATE, "published": "2025-01"}] if name == "sources" else []
        with path.open("a", encoding="utf-8", newline="") as stream:
            csv.DictWriter(stream, list(before[0]), lineterminator="\n").writerows(new)
        done |= {name} if new else set()
    return done


def without_marks(text: str) -> str:
    """A page without hashes, and without the count of what was left out."""
    return re.sub(r"; left out as later: [^<]*|<li>[^<]* <code>[0-9a-f]{64}</code></li>|Run [0-9a-f]{12}", "", text)


@pytest.mark.parametrize("plant", [later, published_later])
def test_a_row_beyond_the_wall_in_any_table_changes_no_claim_and_no_page(
    tmp_path: Path, plant: Callable[[Row, Table], Row]
) -> None:
    done = with_planted(tmp_path / "case", plant)
    assert done == set(TABLES) - TIMELESS, "a new table is planted in, too, or is said to be timeless"
    found = evaluate(tmp_path / "case")
    out = {name: one.later + one.unknown for name, one in found.left_out.items()}
    before = {name: one.later + one.unknown for name, one in as_it_is().left_out.items()}
    assert {name for name in done if out.get(name, 0) > before.get(name, 0)} == done
    one, two = (json.dumps(document(e)["claims"]) for e in (as_it_is(), found))
    assert one == two
    assert without_marks(page(as_it_is())).replace(".parquet", ".csv") == without_marks(page(found))


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024", dt.date(2024, 12, 31)),
        ("2023-02", dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2024-02-03", dt.date(2024, 2, 3)),
        ("", None),
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


def events_known(tmp_path: Path, events: list[str], day: str) -> tuple[list[str], LeftOut]:
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
    assert events_known(tmp_path, events, day) == (known, LeftOut(0, 4 - len(known)))


@pytest.mark.parametrize(
    ("day", "known"),
    [("2020-05-30", ["a"]), ("2020-05-31", ["a", "b"]), ("2020-12-30", ["a", "b"]), ("2020-12-31", ["a", "b", "c"])],
)
def test_a_date_known_to_the_month_or_year_has_passed_when_that_is_over(
    tmp_path: Path, day: str, known: list[str]
) -> None:
    events = ["a 2020-05-01 day undated", "b 2020-05-01 month undated", "c 2020-01-01 year undated"]
    assert events_known(tmp_path, events, day) == (known, LeftOut(3 - len(known), 0))
