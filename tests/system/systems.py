"""A small system of two states, AAA and BBB, and rows that code it."""

from __future__ import annotations

from typing import Any

from tests.measure.worlds import Row
from tumen.system.declared import Aim, Driver, Effect, Move, System
from tumen.system.periods import end_of, first_day

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
