"""A small system of two states, AAA and BBB, and rows that code it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tumen.system.periods import end_of, first_day
from tumen.system.theory import Aim, Driver, Effect, Future, Move, Profile, System

Row = Mapping[str, Any]

HELP = Move(
    actor="AAA", id="help", says="what it gives", levels=("none", "some", "much"), scale=(-1, 0, 1), habit=(0, 1)
)
LEAN = Move(actor="BBB", id="lean", says="to whom it leans", levels=("away", "near"), scale=(0, 1))
NEED = Driver(id="need", says="how much it needs help")
PRESS = Driver(id="press", says="others' pressure", move="CCC.press", levels={"low": 0, "mid": 0.5, "high": 1})

SYSTEM = System(
    moves=(HELP, LEAN),
    aims=(
        Aim(actor="AAA", id="calm", says="no trouble", weight=(0.2, 2), cites="page 1"),
        Aim(actor="BBB", id="gain", says="what it gets", weight=(0.2, 2), cites="page 1"),
    ),
    effects=(
        Effect(aim="AAA.calm", when={"AAA.help": "none", "BBB.lean": "away"}, value=(-1, -0.5)),
        Effect(aim="BBB.gain", when={"BBB.lean": "near"}, value=(0.1, 0.5), times="need"),
    ),
    drivers=(NEED, PRESS),
)


def period(name: str) -> Row:
    """`period`, `start` and `end` of a period."""
    return {"period": name, "start": str(first_day(name)), "end": str(end_of(name))}


def coded(name: str, move: str, level: str, coder: str = "ann", **more: Any) -> Row:
    """A coding of "AAA.help" or another move in a period, by a coder who is sure."""
    actor, which = move.split(".")
    row = {"id": f"{coder}-{name}-{move}", "coder": coder, **period(name), "actor": actor, "move": which}
    return {**row, "level": level, "certainty": "high", "source": "s", **more}


def driven(name: str, driver: str, value: Any, coder: str = "ann", **more: Any) -> Row:
    """A coding of a driver in a period."""
    row = {"id": f"{coder}-{name}-{driver}", "coder": coder, **period(name), "driver": driver, "value": value}
    return {**row, "certainty": "high", "source": "s", **more}


#: Two half-years in which all is coded.
MOVES = (
    coded("2023H1", "AAA.help", "none"),
    coded("2023H2", "AAA.help", "much"),
    coded("2023H1", "BBB.lean", "away"),
    coded("2023H2", "BBB.lean", "near"),
    coded("2023H1", "CCC.press", "low"),
    coded("2023H2", "CCC.press", "high"),
)
DRIVERS = (driven("2023H1", "need", 0.2), driven("2023H2", "need", 0.6))

#: The same with two explanations: BBB gains much by leaning near, or nothing; none does anything by habit.
RUNNABLE = replace(
    SYSTEM,
    moves=tuple(move.model_copy(update={"habit": (0.0, 0.0)}) for move in SYSTEM.moves),
    profiles=(
        Profile(explains="a", weights={"BBB.gain": (8, 10)}, precision={"BBB": (3, 4)}),
        Profile(explains="b", weights={"BBB.gain": (0, 0.1)}, precision={"BBB": (3, 4)}),
    ),
)

#: Three years by half-years.
PERIODS = ("2021H1", "2021H2", "2022H1", "2022H2", "2023H1", "2023H2")


def record_of(leans: str, helps: str = "much", need: float = 1.0, press: str = "mid") -> dict[str, list[Row]]:
    """A record in which both do the same throughout."""
    moves = [
        coded(p, name, level)
        for p in PERIODS
        for name, level in (("AAA.help", helps), ("BBB.lean", leans), ("CCC.press", press))
    ]
    return {"moves": moves, "drivers": [driven(p, "need", need) for p in PERIODS]}


#: One in which both change.
CHANGING = {
    "moves": [
        *(coded(p, "AAA.help", ("none", "some", "much")[n % 3]) for n, p in enumerate(PERIODS)),
        *(coded(p, "BBB.lean", ("away", "near")[n // 3]) for n, p in enumerate(PERIODS)),
        *(coded(p, "CCC.press", ("low", "high")[n % 2]) for n, p in enumerate(PERIODS)),
    ],
    "drivers": [driven(p, "need", 0.1 + n / 10) for n, p in enumerate(PERIODS)],
}

#: Codings that are none of its business.
UNRELATED = {"moves": [coded("2022H1", "DDD.help", "much")], "drivers": [driven("2022H1", "rain", 1)]}

#: One actor that answers nobody; every weight, value and precision known: near pays 2 · 0.5 · 0.8 = 0.8 times need.
KNOWN = System(
    moves=(LEAN.model_copy(update={"habit": (0.0, 0.0)}),),
    aims=(Aim(actor="BBB", id="gain", says="what it gets", weight=(0.5, 0.5), cites="page 1"),),
    effects=(Effect(aim="BBB.gain", when={"BBB.lean": "near"}, value=(0.8, 0.8), times="need"),),
    drivers=(NEED,),
    futures=(Future(id="relief", says="it needs nothing", set={"need": {"2024H2": 0.0}}),),
    precision={"BBB": (2.0, 2.0)},
)

#: A system of Alphaland and Betaland as an analyst writes it.
SYSTEM_TOML = """\
note = "Made up."

[[move]]
actor = "AAA"
id = "help"
says = "what it gives"
levels = ["none", "some", "much"]
scale = [-1, 0, 1]
habit = [0, 0.5]

[[move]]
actor = "BBB"
id = "lean"
says = "to whom it leans"
levels = ["away", "near"]
scale = [0, 1]

[[aim]]
actor = "AAA"
id = "calm"
says = "no trouble"
weight = [0.2, 2]
cites = "page 1"

[[effect]]
aim = "AAA.calm"
when = { "AAA.help" = "none", "BBB.lean" = "away" }
value = [-1, -0.5]

[[aim]]
actor = "BBB"
id = "gain"
says = "what it gets"
weight = [1, 2]
cites = "page 1"

[[effect]]
aim = "BBB.gain"
when = { "BBB.lean" = "near", "AAA.help" = "much" }
value = [0.8, 1]
times = "need"

[[driver]]
id = "need"
says = "how much it needs help"

[[future]]
id = "relief"
says = "it needs nothing"
set = { need = { "2024H1" = 0 } }
"""


def case_files(system: str | None = SYSTEM_TOML, **tables: list[Row]) -> dict[str, str | bytes | None]:
    """Files of a case with a system, and with the rows that code it: `CHANGING` unless others are given."""
    files: dict[str, str | bytes | None] = {"system.toml": system} if system else {}
    for name, rows in {**CHANGING, **tables}.items():
        held = [row for row in rows if row.get("actor") != "CCC"]
        text = io.StringIO()
        writer = csv.DictWriter(text, list(held[0]) if held else ["id"])
        writer.writeheader()
        writer.writerows({**row, "source": "book"} for row in held)
        files[f"record/{name}.csv"] = text.getvalue()
    return files
