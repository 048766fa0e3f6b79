"""Files of a small case with a system that can be run: Alphaland helps or does not, Betaland leans to it or away."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from tests.measure.worlds import Row
from tests.system.systems import coded, driven
from tumen.record.columns import Table
from tumen.system.tables import TABLES

PERIODS = ("2020H1", "2020H2", "2021H1", "2021H2", "2022H1", "2022H2")
HELPED = ("none", "some", "some", "much", "much", "much")
LEANT = ("away", "away", "near", "near", "near", "near")

#: How Alphaland's level, its aim and the driver are called where a test gives them no other name.
SYSTEM = """\
note = "Made for a test."

[[move]]
actor = "AAA"
id = "help"
says = "what it gives"
levels = ["none", "some", "much"]
scale = [-1, 0, 1]
habit = [0.0, 1.0]

[[move]]
actor = "BBB"
id = "lean"
says = "to whom it leans"
levels = ["away", "near"]
scale = [0, 1]
habit = [0.0, 1.0]

[[aim]]
actor = "AAA"
id = "calm"
says = "no trouble next door"
weight = [0.2, 2.0]
cites = "page 1"

[[aim]]
actor = "BBB"
id = "gain"
says = "what it gets"
weight = [0.2, 2.0]
cites = "page 1"

[[effect]]
aim = "AAA.calm"
when = { "AAA.help" = "none", "BBB.lean" = "away" }
value = [-1.0, -0.5]

[[effect]]
aim = "BBB.gain"
when = { "BBB.lean" = "near", "AAA.help" = "much" }
value = [0.5, 1.0]

[[effect]]
aim = "BBB.gain"
when = { "BBB.lean" = "near" }
times = "need"
value = [0.1, 0.5]

[[driver]]
id = "need"
says = "how much it needs help"
"""


def system_files(system: str = SYSTEM, source: str = "book", **more: str) -> Mapping[str, str]:
    """The files of the small case, by path in its folder.

    Args:
        source: of every row.
        more: cells that every row has.
    """
    moves = [coded(p, "AAA.help", level, source=source, **more) for p, level in zip(PERIODS, HELPED, strict=True)]
    moves += [coded(p, "BBB.lean", level, source=source, **more) for p, level in zip(PERIODS, LEANT, strict=True)]
    drivers = [driven(p, "need", n / 20, source=source, **more) for n, p in enumerate(PERIODS)]
    return {
        "system.toml": system,
        "record/moves.csv": _written(_table("moves"), moves),
        "record/drivers.csv": _written(_table("drivers"), drivers),
    }


def _table(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def _written(table: Table, rows: Sequence[Row]) -> str:
    text = io.StringIO()
    columns = [column.name for column in table.columns]
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows({name: row.get(name, "") for name in columns} for row in rows)
    return text.getvalue()
