"""Tiny records, written as CSVs and read as a user's would be, small enough to compute by hand.

A *world* is a record of a few rows about AAA (the focal state), BBB, CCC and DDD. Every builder gives
one row with what its table requires; a test names only what it is about.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import settings
from numpy.typing import NDArray

from tests.explanations.rivals import item, rivals
from tests.system.systems import RUNNABLE
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.explanations.declared import FILE
from tumen.kinds import kinds
from tumen.measure.estimate import Choice, Estimate, Measure, SpecificationRun
from tumen.measure.measuring import estimate
from tumen.measure.setting import Grading
from tumen.measure.setting import Setting as Setting
from tumen.record.read import Record, read_record
from tumen.record.wall import behind_wall
from tumen.system.theory import SYSTEM_FILE

Row = Mapping[str, Any]
Draws = NDArray[np.float64]

#: Arguments or options that a test gives; None for its own default.
Given = Mapping[str, Any] | None

#: Grades that add no error: a printed figure is what it says, so that a test can compute by hand.
NO_ERROR = Grading(dict.fromkeys("ABCDEF", 0.0), dict.fromkeys("123456", 0.0))
EXACT = Setting(400, 7, dt.date(2024, 12, 31), NO_ERROR)

#: The same with the errors that sources' grades add by default.
GRADED = Setting(400, 7, dt.date(2024, 12, 31))

#: Two rival explanations, and what speaks for each of them.
_SCORED = (
    item("toast", {"a": (0.5, 0.9), "b": (0.1, 0.3)}, source="s"),
    item("snub", {"a": (0.2, 0.4), "b": (0.3, 0.6)}, source="s2", deception=0.2),
)


#: What the further files of every world's case hold, by their names.
PARTS: Mapping[str, Any] = {FILE: rivals(*_SCORED), SYSTEM_FILE: RUNNABLE}


def _in_a_case(measure: Measure) -> Measure:
    """A measure that is about a part of a case, of a case that has it, unless a test's setting does."""

    def asked(record: Record, arguments: Any, choice: Choice, setting: Setting) -> Any:
        return measure.run(record, arguments, choice, replace(setting, parts={**PARTS, **setting.parts}))

    return replace(measure.in_case(PARTS), run=asked) if measure.part else measure


#: Every measure of ours, those about a part of a case with one.
MEASURES: Mapping[str, Measure] = {name: _in_a_case(one) for name, one in kinds(others=False).measures.items()}

#: A property is tried on few worlds, because each is read from files; the same ones in every run.
few = settings(max_examples=5, deadline=None, derandomize=True, database=None)

#: Properties that need no record can afford more.
many = settings(max_examples=100, deadline=None, derandomize=True, database=None)


def source(name: str = "s", **more: Any) -> Row:
    """A source graded A1."""
    row = {"publisher": "P", "title": "T", "url": "", "published": "", "reliability": "A", "credibility": "1"}
    return {"id": name, **row, "access": "public", "origin": "", **more}


def year(number: int, until: int | None = None) -> dict[str, str]:
    """`start` and `end` of a year, or of the years up to another."""
    return {"start": f"{number}-01-01", "end": f"{until or number + 1}-01-01"}


def month(number: int, of: int = 2023) -> dict[str, str]:
    """`start` and `end` of a month."""
    return {"start": str(dt.date(of, number, 1)), "end": str(dt.date(of + number // 12, number % 12 + 1, 1))}


def trade(name: str, total: Any = None, **more: Any) -> Row:
    """Trade of AAA with BBB in 2023, as the publisher 'p' prints it."""
    row = {"territory": "AAA", "partner": "BBB", **year(2023), "commodity": "TOTAL", "total_usd": total}
    return {"id": name, **row, "publisher": "p", "quality": "exact", "source": "s", **more}


def unrecorded(name: str, low: Any, high: Any, **more: Any) -> Row:
    """Arms of AAA to CCC in 2023, worth low to high USD."""
    row = {"territory": "AAA", "partner": "CCC", **year(2023), "kind": "arms", "low_usd": low, "high_usd": high}
    return {"id": name, **row, "publisher": "q", "quality": "estimate", "source": "s", **more}


def votes(actor: str, cast: str, *, first: str = "2023-06-01", start: int = 0, **more: Any) -> list[Row]:
    """One vote a letter of `cast`, on resolutions R000, R001, … of the same day."""
    return [
        {"date": first, "resolution": f"R{start + n:03}", "actor": actor, "vote": vote, "source": "s", **more}
        for n, vote in enumerate(cast)
    ]


def answers(seed: str, count: int) -> str:
    """Votes for yes, no and abstention as chance has them, the same ones for the same seed."""
    return "".join(random.Random(seed).choices("YNA", k=count))


def event(name: str, date: str, one: str = "AAA", other: str = "BBB", **more: Any) -> Row:
    """A visit of AAA to BBB, surely."""
    row = {"date": date, "date_precision": "day", "source_actor": one, "target_actor": other, "kind": "visit"}
    return {"id": name, **row, "description": "they met", "sign": 1, "certainty": "high", "source": "s", **more}


def cap(value: Any = 500, unit: str | None = "bbl", **more: Any) -> Row:
    """A yearly cap of 500 barrels of oil to AAA, in force since 2018."""
    row = {"resolution": "1", "target": "AAA", "product": "oil", "measure": "cap", "cap_value": value}
    return {"id": "cap", **row, "cap_unit": unit, "start": "2018-01-01", "source": "s", **more}


def delivery(name: str, supplier: str = "BBB", **more: Any) -> Row:
    """A delivery of oil to AAA in 2023 that BBB notified."""
    row = {"supplier": supplier, "recipient": "AAA", "product": "oil", **year(2023), "publisher": "committee"}
    return {"id": name, **row, "quality": "exact", "source": "s", **more}


def unreported(name: str, barrels: Any, load: Any = 0.9, **more: Any) -> Row:
    """An estimate of deliveries of oil to AAA in 2023 that nobody notified, every tanker at the same load."""
    row = {"recipient": "AAA", "product": "oil", **year(2023), "barrels": barrels, "publisher": "panel"}
    return {"id": name, **row, "load_low": load, "load_high": load, "quality": "as_published", "source": "s", **more}


def workers(name: str, low: Any, high: Any = None, **more: Any) -> Row:
    """A figure for AAA's workers in BBB in 2023; one number unless two are given."""
    row = {"origin_actor": "AAA", "host": "BBB", **year(2023), "kind": "stock", "low": low}
    row |= {"high": low if high is None else high, "publisher": "panel", "quality": "as_published", "source": "s"}
    return {"id": name, **row, **more}


def theft(name: str, value: Any = None, level: str = "government", **more: Any) -> Row:
    """A theft of 2023 behind which a government sees AAA."""
    row = {"date": "2023-05-05", "date_precision": "day", "victim": "V", "value_usd": value, "attributed_to": "AAA"}
    return {"id": name, **row, "attribution": level, "publisher": "p", "quality": "exact", "source": "s", **more}


def stolen(name: str, value: Any, **more: Any) -> Row:
    """A firm's total of what AAA stole in 2023."""
    row = {"actor": "AAA", **year(2023), "value_usd": value, "publisher": "firm", "quality": "exact", "source": "s"}
    return {"id": name, **row, **more}


def evasion(name: str, date: str = "2023-05-05", **more: Any) -> Row:
    """A ship-to-ship transfer of AAA's coal that somebody published."""
    row = {"actor": "AAA", "date": date, "date_precision": "day", "kind": "sts", "cargo": "coal"}
    return {"id": name, **row, "cargo_certainty": "stated", "reported_by": "r", "source": "s", **more}


def part(name: str, said: str = "stated", channels: str = "coal", **more: Any) -> Row:
    """A case of evasion by AAA in 2023 in which, as a source has it, BBB's ports have a part."""
    row = {"actor": "AAA", "part_of": "BBB", **year(2023), "channels": channels, "description": "d", "part": said}
    row |= {"part_kinds": "ports" if said == "stated" else "", "reported_by": "r", "source": "s"}
    return {"id": name, **row, **more}


def breach(provision: str, row: str, table: str = "evasion_cases", **more: Any) -> Row:
    """That a row surely shows that a provision was broken."""
    link = {"provision": provision, "witness_table": table, "witness_row": row, "shows": "broken"}
    return {"id": f"{provision}-{row}", **link, "certainty": "stated", **more}


def statement(name: str, date: str = "2023-01-05", topic: str = "t", **more: Any) -> Row:
    """A non-answer of AAA about the topic 't'."""
    row = {
        "date": date,
        "date_precision": "day",
        "speaker": "spokesperson",
        "actor": "AAA",
        "topic": topic,
        "stance": 0,
    }
    return {"id": name, **row, "kind": "non-answer", "phrase": "no comment", "source": "s", **more}


def council_act(name: str, date: str, by: str = "BBB", **more: Any) -> Row:
    """An act about AAA that BBB vetoed, an act of its own."""
    row = {"date": date, "date_precision": "day", "target": "AAA", "act": f"act {name}", "description": "a draft"}
    return {"id": name, **row, "fate": "vetoed", "blocked_by": by, "quality": "exact", "source": "s", **more}


def launches(of: int, tests: int, **more: Any) -> Row:
    """How many missiles AAA tested in a year, as the publisher 'p' counts them."""
    row = {"actor": "AAA", **year(of), "kind": "missiles", "tests": tests, "publisher": "p", "quality": "exact"}
    return {"id": f"t{of}", **row, "source": "s", **more}


def topic(name: str, parent: str = "") -> Row:
    """A topic under another, or under none."""
    return {"id": name, "parent": parent, "label": f"about {name}"}


@contextmanager
def world(**tables: Sequence[Row]) -> Iterator[Record]:
    """A record with these tables and, where none is given, one source 's'; nothing in it may be wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        for name, rows in {"sources": [source()], **tables}.items():
            write_table(place, name, rows)
        engine = DuckDB()
        try:
            record, problems = read_record(place, {}, engine, TABLES)
            assert not problems, "\n".join(map(str, problems))
            yield record
        finally:
            engine.close()


@contextmanager
def world_known(**tables: Sequence[Row]) -> Iterator[Record]:
    """Such a record as it was known in 2030, so that rows which contradict each other are found."""
    with world(**tables) as record:
        yield behind_wall(record, dt.date(2030, 1, 1))


def write_table(folder: Path, name: str, rows: Sequence[Row]) -> None:
    """Write rows as record/NAME.csv with every column of the table."""
    (folder / "record").mkdir(exist_ok=True)
    with (folder / "record" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [c.name for c in TABLES[name].columns])
        writer.writeheader()
        writer.writerows(rows)


def choice(name: str, options: Mapping[str, Any], measure: str) -> Choice:
    """A specification with checked options."""
    return Choice(name, f"specification {name}", MEASURES[measure].options.model_validate(options))


def measured(
    record: Record, measure: str, arguments: Mapping[str, Any], *options: Mapping[str, Any], setting: Setting = EXACT
) -> Estimate:
    """An estimate with one specification for each set of options: 'one', 'two', …."""
    names = ("one", "two", "three", "four")
    choices = [choice(name, given, measure) for name, given in zip(names, options or ({},), strict=False)]
    known = MEASURES[measure]
    return estimate(known, record, known.arguments.model_validate(arguments), choices, setting)


def run(
    record: Record,
    measure: str,
    arguments: Mapping[str, Any],
    options: Mapping[str, Any] | None = None,
    setting: Setting = EXACT,
) -> SpecificationRun:
    """The one specification of an estimate."""
    (only,) = measured(record, measure, arguments, options or {}, setting=setting).specifications
    return only


def moved(one: SpecificationRun, lever: str, value: float) -> Draws:
    """The draws with a lever moved."""
    assert one.respond is not None
    return one.respond(lever, value)


@dataclass(frozen=True)
class Scenario:
    """A world on which a measure runs, and rows that are none of its business."""

    arguments: Mapping[str, Any]
    options: Mapping[str, Any]
    tables: Mapping[str, Sequence[Row]]
    unrelated: Mapping[str, Sequence[Row]] = field(default_factory=dict)


#: What several scenarios share: a period, and rows that are none of their business.
YEAR = ["2023-01-01", "2024-01-01"]
OTHER_TRADE = {"trade": [trade("x", 12, territory="CCC"), trade("y", 40, publisher="other")]}

#: Words of AAA about the topic 't' and one below it, and words that are none of their business.
WORDS = {
    "topics": [topic("t"), topic("u", "t"), topic("v"), topic("w")],
    "statements": [
        statement("w1", kind="endorse", stance=2),
        statement("w2", "2023-03-05", "u", kind="endorse", stance=1),
        statement("w3", "2023-03-05", "u", kind="endorse", stance=1, source="s2"),
        statement("w4", "2023-06-01"),
        statement("w5", "2023-06-01", "v"),
    ],
}
OTHER_WORDS = {"statements": [statement("z1", actor="BBB"), statement("z2", topic="w"), statement("z3", "2022-01-01")]}


def busy(days: int, pairs: Sequence[tuple[str, str]], first: str = "2023-01-01", mean: float = 2.0) -> list[Row]:
    """Visits between pairs of actors, so many a day on average as chance has it, the same ones for the same pairs."""
    start = dt.date.fromisoformat(first)
    rows = []
    for one, other in pairs:
        counts = np.random.default_rng(int.from_bytes((one + other).encode())).negative_binomial(
            4, 4 / (4 + mean), days
        )
        rows += [
            event(
                f"{one}{other}{day}-{n}",
                str(start + dt.timedelta(days=day)),
                *((one, other) if n % 2 else (other, one)),
            )
            for day, count in enumerate(counts.tolist())
            for n in range(count)
        ]
    return rows


#: The dyads of three actors, and DDD's with each of them.
THREE = (("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC"))
PRESSED = (("AAA", "DDD"), ("BBB", "DDD"), ("CCC", "DDD"))
