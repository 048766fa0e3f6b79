"""The record of the made-up system that `tumen new --system` writes: simulated from its own system.toml.

`python -m tests.system.simulated_example` writes it anew.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import tumen.case
from tumen.case.new import SYSTEM, write_case
from tumen.prepare import load_case
from tumen.system.game import game_of
from tumen.system.periods import between, end_of, first_day
from tumen.system.play import Outlook, play
from tumen.system.theory import SYSTEM_FILE, System

TEMPLATE = Path(tumen.case.__file__).parent / SYSTEM

PERIODS = between("2015H1", "2024H2")

#: What everything that is not named here weighs: the middle of its range.
TRUTH = {"weight XBB.hold": 1.8, "weight XBB.thrift": 0.6, "weight XCC.foothold": 1.9, "precision XCC": 3.0}

#: Of two coders, how often the second reads a level that is next to the true one.
ASTRAY = 0.1


def rivalry() -> list[float]:
    """How hostile the two patrons are: rising over the ten years, with a thaw in the middle."""
    return [
        round(float(v), 2)
        for v in np.clip(0.2 + np.linspace(0, 0.6, 20) - 0.3 * np.exp(-((np.arange(20) - 11) ** 2) / 6), 0, 1)
    ]


def simulated() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Rows of `moves` and `drivers`."""
    rng = np.random.default_rng(2025)
    with tempfile.TemporaryDirectory() as scratch:
        write_case(Path(scratch) / "case", SYSTEM)
        case, problems = load_case(Path(scratch) / "case")
    assert case is not None, problems
    system: System = case.parts[SYSTEM_FILE]
    game, driver = game_of(system), rivalry()
    middle = (game.box.low + game.box.high) / 2
    true = np.array([[TRUTH.get(name, value) for name, value in zip(game.box.names, middle, strict=True)]])
    luck = rng.random((len(game.agents), 1, len(PERIODS)))
    begun = np.array([[1], [0], [1]])
    levels = play(game, true, begun, Outlook(np.array(driver).reshape(1, 1, -1)), luck).levels[:, 0]
    moves = [
        _coded(coder, name, of, int(levels[agent, n]), period, rng)
        for n, period in enumerate(PERIODS)
        for agent, (name, of) in enumerate((m.name, m.levels) for m in system.moves)
        for coder in ("coder1", "coder2")
    ]
    drivers = [
        {"id": f"coder1-{p}-rivalry", "coder": "coder1", **_dates(p), "driver": "rivalry", "value": v, **_SOURCE}
        for p, v in zip(PERIODS, driver, strict=True)
    ]
    return {"moves": moves, "drivers": drivers}


_SOURCE = {"certainty": "high", "source": "simulated", "note": "simulated"}


def _dates(period: str) -> dict[str, str]:
    return {"period": period, "start": str(first_day(period)), "end": str(end_of(period))}


def _coded(
    coder: str, name: str, levels: Sequence[str], true: int, period: str, rng: np.random.Generator
) -> Mapping[str, Any]:
    """A level as a coder has it; the second coder takes a neighbour for it now and then."""
    astray = rng.random() < ASTRAY and coder == "coder2"
    seen = abs(true - 1) if astray else true
    actor, move = name.split(".")
    row = {"id": f"{coder}-{period}-{actor}-{move}", "coder": coder, **_dates(period), "actor": actor, "move": move}
    return {**row, "level": levels[seen], "second": "", **_SOURCE, "certainty": "medium" if astray else "high"}


def texts() -> Mapping[str, str]:
    """The files of the record, by their names."""
    found = {}
    for name, rows in simulated().items():
        stream = io.StringIO()
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        found[f"{name}.csv"] = stream.getvalue()
    return found


if __name__ == "__main__":
    for name, text in texts().items():
        (TEMPLATE / "record" / name).write_text(text, encoding="utf-8")
