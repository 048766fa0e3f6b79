"""What importers of tables share: their options, and what they say of rows that were left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tumen.record.readers.written import DayOrder

FILES_ARGUMENT = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
INTO = click.option(
    "--into",
    "case",
    required=True,
    metavar="CASE",
    type=click.Path(path_type=Path),
    help="Case whose record gets the table.",
)
SOURCE = click.option(
    "--source", required=True, metavar="ID", help="Id of the source that the rows come from, as in sources.csv."
)


def _day_order(_: click.Context, __: click.Parameter, word: str | None) -> DayOrder | None:
    """The word of `--dates` as what it means."""
    from tumen.record.readers.written import TOLD_ORDERS

    return TOLD_ORDERS[word] if word else None


DATES = click.option(
    "--dates",
    "order",
    type=click.Choice(["day-first", "month-first"]),
    metavar="ORDER",
    callback=_day_order,
    help="Read days such as 3/4/2024 so, where no number above 12 tells: day-first or month-first.",
)

#: Of spellings that were not understood, so many are printed.
_SHOWN = 20


def rows_left_out(dropped: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """How many rows were left out, by file and reason."""
    total = sum(sum(reasons.values()) for reasons in dropped.values())
    yield f"Left out: {counted(total, 'row')}." if total else "Nothing was left out."
    for file, reasons in dropped.items():
        yield f"  {file}"
        yield from (
            f"    {number:>10,}  {reason}" for reason, number in sorted(reasons.items(), key=lambda r: (-r[1], r[0]))
        )


def not_understood(strange: Mapping[str, int]) -> Iterator[str]:
    """The spellings of actors that were not understood, the commonest first."""
    if not strange:
        return
    yield f"Actors not understood: {counted(len(strange), 'spelling')}, named {counted(sum(strange.values()), 'time')}."
    commonest = sorted(strange.items(), key=lambda s: (-s[1], s[0]))
    yield from (f"    {number:>10,}  {spelling[:60]}" for spelling, number in commonest[:_SHOWN])
    if len(commonest) > _SHOWN:
        yield f"    {len(commonest) - _SHOWN:,} more"
