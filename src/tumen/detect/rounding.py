"""Figures of findings as people read them: as many decimals as they mean, by the unit in their names."""

from __future__ import annotations

import re

from tumen.detect.detector import Detector

#: Decimals by what a column's name says: a metre is 0.00001 degrees, a second 0.0003 hours; ships say their speed in
#: tenths of a knot, and a likeness is no finer.
_DECIMALS = (
    (re.compile(r"(lon|lat)(_\d)?"), 5),
    (re.compile(r".*_per_h"), 2),
    (re.compile(r".*(?<!per)_h(_\d)?"), 4),
    (re.compile(r".*_kn(_\d)?"), 2),
    (re.compile(r".*_(nm|km)"), 2),
    (re.compile(r".*_m"), 1),
    (re.compile(r"score"), 1),
)


def decimals_of(column: str) -> int | None:
    """The decimals of a column; None where it is left as it is.

    Example:
        >>> decimals_of("lon_1"), decimals_of("duration_h"), decimals_of("rate_before_per_h"), decimals_of("mmsi")
        (5, 4, 2, None)
    """
    return next((number for form, number in _DECIMALS if form.fullmatch(column)), None)


def rounded_query(detector: Detector) -> str:
    """A detector's findings, in their order, with figures rounded to what they mean."""
    cells = (_rounded(column) for column in detector.columns)
    order = ", ".join(f'"{column}" nulls last' for column in detector.order)
    return f'select {", ".join(cells)} from "{detector.table}" order by {order}'  # noqa: S608 - names of ours


def _rounded(column: str) -> str:
    number = decimals_of(column)
    return f'"{column}"' if number is None else f'round("{column}", {number}) as "{column}"'
