"""The rows behind every verdict as CSV: figures that a spreadsheet computes with, and nothing that it would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from tumen.formulas import inert

if TYPE_CHECKING:
    from tumen.measure.estimate import Used
    from tumen.measure.units import Amount
    from tumen.run import Evaluation

#: What each column holds, in order. The documentation's table is made of it.
COLUMNS = {
    "claim": "id of the claim",
    "verdict": "verdict on it",
    "table": "table of the record that the row stands in",
    "row": "id of the row, or a name for rows that were counted together",
    "rows": "how many rows stand behind this line",
    "period_start": "first day that the row speaks of, YYYY-MM-DD",
    "period_end": "last day that it speaks of, which counts; empty where none is known",
    "actor_1": "first whom it is about, ISO 3166 alpha-3 or a group's name",
    "actor_2": "second",
    "actor_3": "third",
    "more_actors": "all others, parted by spaces",
    "kind": "what sort of thing it is",
    "commodity": "the goods, as the row names them",
    "value": "the figure; empty of a range",
    "low": "lower end of a range, or the figure; empty where the range is open",
    "high": "upper end, likewise",
    "bound": "`at least` or `at most` where the figure is no more than a bound; empty otherwise",
    "unit": "what value, low and high are counted in",
    "text": "what the row says in words",
    "publisher": "who published it",
    "source": "id of the source",
    "grade": "grade of the source",
    "title": "publisher and title of the source",
    "url": "where it was read",
    "data": "observed or simulated",
}


def evidence(evaluation: Evaluation) -> str:
    """One line for each row behind each verdict."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
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
                _last_day(used),
                *_actors(used.actors),
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
            writer.writerow([_cell(content) for content in row])
    return out.getvalue()


def _last_day(used: Used) -> dt.date | None:
    """The last day of a row's period; of a moment, its day."""
    if used.start is None or used.end is None or used.end <= used.start:
        return used.end
    return used.end - dt.timedelta(days=1)


def _actors(actors: tuple[str, ...]) -> tuple[str, str, str, str]:
    """Three actors in cells of their own, and the others in one."""
    one, two, three, *others = (*actors, "", "", "")
    return one, two, three, " ".join(others).strip()


def _figure(amount: Amount | None) -> tuple[Decimal | None, Decimal | None, Decimal | None, str, str]:
    """A row's figure in numbers: its value, or the ends of its range; what it bounds, and its unit."""
    if amount is None:
        return None, None, None, "", ""
    bound = "at least" if amount.high is None else "at most" if amount.low is None else amount.bound
    return _plain(amount.value), _plain(amount.low), _plain(amount.high), bound, amount.unit.name


def _plain(value: float | None) -> Decimal | None:
    """A number as it was printed, a whole one without decimals."""
    return None if value is None else Decimal(str(value).removesuffix(".0"))


def _cell(content: object) -> object:
    """What stands in a cell: text that nothing runs, a number in digits alone."""
    if isinstance(content, Decimal):
        return f"{content:f}"
    return inert(content) if isinstance(content, str) else content
