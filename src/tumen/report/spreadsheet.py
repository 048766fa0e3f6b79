"""The rows behind every verdict as CSV, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tumen.formulas import inert

if TYPE_CHECKING:
    from tumen.measure.units import Amount
    from tumen.run import Evaluation

_COLUMNS = (
    *("claim", "verdict", "table", "row", "rows", "start", "end", "actors", "kind", "commodity"),
    *("value", "low", "high", "unit", "text", "publisher", "source", "grade", "title", "url", "data"),
)


def evidence(evaluation: Evaluation) -> str:
    """One line for each row behind each verdict."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for verdict in evaluation.verdicts:
        for used in verdict.estimate.used if verdict.estimate else ():
            source = evaluation.sources[used.source]
            data = "simulated" if evaluation.rests_on_simulated([used]) else "observed"
            row = (
                verdict.claim.id,
                verdict.outcome,
                used.table,
                used.id,
                used.rows,
                used.start,
                used.end,
                "+".join(used.actors),
                used.kind,
                used.commodity,
                *_figure(used.amount),
                used.text,
                used.publisher,
                used.source,
                source.grade,
                source.shown,
                source.url,
                data,
            )
            writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _figure(amount: Amount | None) -> tuple[float | None, float | None, float | None, str]:
    """A row's figure in numbers: its value, or the ends of its range, and its unit."""
    return (None, None, None, "") if amount is None else (amount.value, amount.low, amount.high, amount.unit.name)
