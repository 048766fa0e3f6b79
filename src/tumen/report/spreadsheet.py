"""The rows behind every verdict as CSV, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tumen.formulas import inert

if TYPE_CHECKING:
    from tumen.run import Evaluation

_COLUMNS = ("claim", "verdict", "table", "row", "says", "publisher", "source", "grade", "title", "url", "data")


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
                used.says,
                used.publisher,
                used.source,
                source.grade,
                source.shown,
                source.url,
                data,
            )
            writer.writerow([inert(cell) for cell in row])
    return out.getvalue()
