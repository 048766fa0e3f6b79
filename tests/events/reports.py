"""Files of events as their publishers lay them out, with a few rows that a reader of the tests can count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.events.events_reading import EventsReading, read_events
from tumen.events.layouts import Layout
from tumen.record.readers.written import DayOrder

ICEWS_HEADER = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)


def icews(
    number: int,
    source: str,
    target: str,
    code: str = "036",
    day: str = "2018-03-01",
    story: str = "1",
    sentence: str = "1",
    intensity: str = "4.0",
    text: str = "Express intent to meet or negotiate",
) -> str:
    """A line of an ICEWS file."""
    cells = dict.fromkeys(ICEWS_HEADER, "")
    cells |= {
        "Event ID": str(number),
        "Event Date": day,
        "Source Name": "A Minister",
        "Source Country": source,
        "Event Text": text,
        "CAMEO Code": code,
        "Intensity": intensity,
        "Target Name": "An Envoy",
        "Target Country": target,
        "Story ID": story,
        "Sentence Number": sentence,
    }
    return "\t".join(cells.values())


def icews_file(lines: Sequence[str]) -> str:
    """An ICEWS file with these lines."""
    return "\n".join(["\t".join(ICEWS_HEADER), *lines]) + "\n"


def gdelt(
    number: int,
    source: str,
    target: str,
    code: str = "036",
    day: str = "20180301",
    url: str = "http://a.example/1",
    quad: str = "1",
    goldstein: str = "4.0",
    columns: int = 61,
) -> str:
    """A line of an event export of GDELT, of 57, 58 or 61 columns."""
    cells = [""] * columns
    for place, cell in {0: str(number), 1: day, 7: source, 17: target, 26: code, 29: quad, 30: goldstein}.items():
        cells[place] = cell
    if columns > 57:
        cells[-1] = url
    return "\t".join(cells)


POLECAT_HEADER = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)


def polecat(
    number: str, actors: str, recipients: str, kind: str = "CONSULT", mode: str = "visit", day: str = "2023-05-04"
) -> str:
    """A line of a file of POLECAT."""
    cells = dict.fromkeys(POLECAT_HEADER, "None")
    cells |= {
        "Event ID": number,
        "Event Date": day,
        "Event Type": kind,
        "Event Mode": mode,
        "Intensity": "1.5",
        "Quad Code": "VERBAL COOPERATION",
        "Actor Country": actors,
        "Recipient Country": recipients,
    }
    return "\t".join(cells.values())


def imported(
    files: Sequence[Path], layout: Layout, folder: Path, engine: str = "duckdb", order: DayOrder | None = None
) -> tuple[EventsReading, list[Row]]:
    """What came of reading the files, and the rows that were written, in order."""
    out = folder / "out.parquet"
    out.unlink(missing_ok=True)
    reading = read_events(files, layout, "book", out, open_engine, lambda: open_engine(engine), order=order)
    if not out.exists():
        return reading, []
    opened = open_engine()
    try:
        opened.scan("out", [out])
        return reading, opened.rows('select * from out order by "date" nulls last, id nulls last')
    finally:
        opened.close()
