"""The same flow before and after other days, as a publisher prints it: the class that a ratio is compared with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tumen.measure.arguments import months_of, next_month, years_of
from tumen.measure.comparable import peers_of
from tumen.measure.estimate import Peers
from tumen.trade.figure_errors import Flow
from tumen.trade.printed_flow import Printed, chosen

Span = tuple[dt.date, dt.date]


def ratio_in_other_spans(
    rows: Sequence[Printed],
    publisher: str,
    flow: Flow,
    commodity: str,
    before: Span,
    after: Span,
    by: str,
    factor: float,
) -> Peers | None:
    """Mean after over mean before where both are moved by whole years, however far the figures reach.

    Spans whose end meets the claim's own are left out, so that what it asks after is not among its class.

    Args:
        rows: all that is printed of the flow.
        by: year or month, the step at which figures are printed.
        factor: CIF over FOB, by which imports are divided.
    """
    flows = _steps(rows, publisher, flow, commodity, by, factor)
    years = {day.year for day in flows}
    length = max(1, -(-(after[1] - after[0]).days // 366))
    values = {}
    for moved in range(min(years, default=0) - after[1].year, max(years, default=0) - before[0].year + 1):
        if abs(moved) < length:
            continue
        means = [_mean(flows, span, moved, by) for span in (before, after)]
        if means[0] and means[1] is not None:
            values[f"{before[0].year + moved} and {after[0].year + moved}"] = means[1] / means[0]
    return peers_of("other times of the same flow", values)


def _steps(
    rows: Sequence[Printed], publisher: str, flow: Flow, commodity: str, by: str, factor: float
) -> Mapping[dt.date, float]:
    """What is printed of each step, of those that have as many codes as any."""
    each: dict[dt.date, list[Printed]] = defaultdict(list)
    for row in rows:
        ends = dt.date(row.start.year + 1, 1, 1) if by == "year" else next_month(row.start)
        whole = row.start.day == 1 and (by == "month" or row.start.month == 1) and row.end == ends
        if whole and row.publisher == publisher and row.usable and row.of(flow) is not None:
            each[row.start].append(row)
    taken = {start: chosen(found, commodity, flow) for start, found in each.items()}
    codes = {row.commodity for found in taken.values() for row in found}
    return {
        start: sum(_counted(row, flow, factor) for row in found)
        for start, found in taken.items()
        if len(found) == len(codes) or found[0].commodity == commodity
    }


def _counted(row: Printed, flow: Flow, factor: float) -> float:
    """A row's figure, its imports brought from CIF to FOB where they are printed apart."""
    imports = (row.imports_usd or 0.0) if flow == "imports" or (flow == "total" and row.both) else 0.0
    return row.counted(flow) - imports + imports / factor


def _mean(flows: Mapping[dt.date, float], span: Span, moved: int, by: str) -> float | None:
    """Mean of the steps of a span, some years later or earlier; None where one has no figure."""
    steps = [dt.date(year, 1, 1) for year in years_of(span)] if by == "year" else months_of(span)
    asked = [step.replace(year=step.year + moved) for step in steps if 1 <= step.year + moved <= 9999]
    if len(asked) < len(steps) or any(step not in flows for step in asked):
        return None
    return sum(flows[step] for step in asked) / len(asked)
