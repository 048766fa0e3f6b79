"""How often each pair of states interacted on each day, counted from GDELT's events where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tumen.engine.queries import Engine, query
from tumen.record.readers.states import known_states


def count_dyad_days(engine: Engine, files: Sequence[Path]) -> None:
    """Make the table `dyad_days`: the number of events of each pair of states on each day. Use it to look at event data
    that are too large to import, or before importing them.

    Of each file four columns are read, and no row is kept: the cost grows with the rows, memory with the pairs and
    days. Reports of one day, pair and code count once, as in an import.

    Args:
        engine: a fresh one, which has answered no query.
        files: Parquet with GDELT's columns SQLDATE, Actor1CountryCode, Actor2CountryCode and EventCode.

    Returns: nothing. `dyad_days` has one row a pair and day with events: `date`, null where it is no day; `low` and
    `high`,
        alpha-3 in the order of the alphabet; `events`.

    Raises: UnreadableFileError where a file is not Parquet; EngineError where a column is missing.

    Limits: Joint events are not told apart; see `tumen.events.events_reading`.
    """
    known = known_states("cameo")
    names = sorted(set(known.values()))
    number = {name: n for n, name in enumerate(names)}
    engine.scan("gdelt_exports", files)
    engine.tabulate(
        "numbered_states",
        {"spelling": "VARCHAR", "number": "SMALLINT"},
        {
            "spelling": np.array(list(known), dtype=object),
            "number": np.array([number[name] for name in known.values()]),
        },
    )
    engine.tabulate(
        "state_names",
        {"number": "SMALLINT", "alpha3": "VARCHAR"},
        {
            "number": np.arange(len(names)),
            "alpha3": np.array(names, dtype=object),
        },
    )
    engine.create("dyad_days", query("tumen.events", "gdelt_dyad_days"))
