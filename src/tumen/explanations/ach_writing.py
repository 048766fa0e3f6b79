"""The matrix of evidence against hypotheses as CSV, as tools for competing hypotheses take it."""

from __future__ import annotations

import csv
import io

from tumen.explanations.declared import Evidence, Hypotheses
from tumen.formulas import inert

#: Columns before those of the hypotheses.
MATRIX_COLUMNS = ("evidence", "date", "text", "claim", "group", "deception")


def matrix(found: Hypotheses) -> str:
    """One line an item, one column a hypothesis: a score from -2 to 2, or a likelihood range `0.4..0.6`; an empty
    cell where the item was not considered. They are the case's own scores; those of further coders stay with them.

    Sources are left out: the matrix is made without the record, which says whose names are protected.
    Text that a spreadsheet would run begins with an apostrophe; scores stay numbers.

    Source: Heuer (1999), Psychology of Intelligence Analysis, chapter 8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*MATRIX_COLUMNS, *found.ids])
    for item in sorted(found.evidence, key=lambda e: (e.date, e.id)):
        about = (
            item.id,
            item.date.isoformat(),
            item.text,
            item.claim or "",
            item.group or "",
            f"{item.deception:g}",
        )
        writer.writerow([*(inert(cell) for cell in about), *(_cell(item, name) for name in found.ids)])
    return out.getvalue()


def _cell(item: Evidence, hypothesis: str) -> str:
    """A score or a range; nothing where the item was not considered."""
    if item.scores:
        return str(item.scores.get(hypothesis, ""))
    return "{:g}..{:g}".format(*item.likelihood[hypothesis]) if hypothesis in item.likelihood else ""
