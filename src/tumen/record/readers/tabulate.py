"""Columns of text as a table of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tumen.engine.queries import Engine

#: Stands in the column `alpha3` of `states` for a spelling that is not understood.
NOT_UNDERSTOOD = "?"


def tabulate(engine: Engine, table: str, columns: Mapping[str, Sequence[str]]) -> None:
    """Make a table of lists of text of one length."""
    arrays = {name: np.array(cells, dtype=object) for name, cells in columns.items()}
    engine.tabulate(table, dict.fromkeys(columns, "VARCHAR"), arrays)
