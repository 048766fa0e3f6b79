"""No row of the bundled record was known before what it tells had happened."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tumen.record.publication import known_on
from tumen.run import BUNDLED

RECORD = BUNDLED / "record"

#: Rows that are told by a source of an earlier day, and why they stand.
FORETOLD = {
    "E135": "the article of 17 June 2024 announces the visit of the 19th; no page that saw it has a date",
    "2375-refined-petroleum-2017": "a resolution of September says what holds from October on",
    "2375-refined-petroleum-2018": "and what would have held from January on",
    "panel-of-experts-lapse": "the veto of March ended the mandate by the end of April",
    "U031": "the article of March 2024 gives the day on which the mandate would end",
}

#: Tables whose figures hold for the whole year in which they are printed.
RUNNING = {"workers"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def happened(row: dict[str, str], table: str) -> dt.date | None:
    """The last day of what a row tells; of a rule in force, and of a running period, the first."""
    if "end" in row and table != "provisions" and table not in RUNNING:
        return dt.date.fromisoformat(row["end"]) - dt.timedelta(days=1)
    day = row.get("start") or row.get("date") or row.get("list_date")
    return dt.date.fromisoformat(day) if day else None


def too_early() -> Iterator[str]:
    """Ids of rows that were known before they had happened."""
    published = {row["id"]: row["published"] for row in rows(RECORD / "sources.csv")}
    for path in sorted(RECORD.glob("*.csv")):
        for row in rows(path):
            known = known_on(row.get("published") or published.get(row.get("source", ""), ""))
            day = happened(row, path.stem)
            if known and day and known < day and row.get("kind") != "plan":
                yield row["id"]


def test_nothing_was_known_before_it_had_happened() -> None:
    assert set(too_early()) == set(FORETOLD)


def test_tables_with_dates_are_looked_at() -> None:
    told = [happened(row, path.stem) for path in RECORD.glob("*.csv") for row in rows(path)]
    assert len([day for day in told if day]) > 900


def test_evidence_on_explanations_was_published_on_its_day_or_later() -> None:
    import tomllib

    published = {row["id"]: row["published"] for row in rows(RECORD / "sources.csv")}
    with (BUNDLED / "hypotheses.toml").open("rb") as stream:
        evidence = tomllib.load(stream)["evidence"]
    early = {e["id"] for e in evidence if (known := known_on(published[e["source"]])) and known < e["date"]}
    assert early == set()
