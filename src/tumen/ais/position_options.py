"""Options by which a user says of files of positions what they do not say themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from tumen.ais.position_columns import NAMES
from tumen.commands.importing import DATES

if TYPE_CHECKING:
    from tumen.ais.position_dialects import PositionHints
    from tumen.record.readers.written import DayOrder


def _columns(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> Mapping[str, str]:
    """Our names and the files' own; of a name that is given twice the last."""
    pairs = [text.partition("=") for text in given]
    for ours, sign, theirs in pairs:
        if not sign or not theirs.strip():
            raise click.BadParameter(f"got {ours!r}; give our name and the file's, such as t=Time.")
        if ours.strip() not in NAMES:
            raise click.BadParameter(f"there is no column {ours!r}; there are {', '.join(NAMES)}.")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


_HINTS = (
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="OURS=THEIRS",
        callback=_columns,
        help="Name of a column in the files of positions, such as t=Time; may be given several times.",
    ),
    DATES,
)


def hint_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that reads positions; it is handed `columns` and `order`."""
    for option in reversed(_HINTS):
        command = option(command)
    return command


def hints_given(columns: Mapping[str, str], order: DayOrder | None) -> PositionHints:
    """What a user says, for the reader of positions."""
    from tumen.ais.position_dialects import PositionHints

    return PositionHints(columns, order)


def hints_of(options: dict[str, Any]) -> PositionHints:
    """The same, taken out of all the options that a command was given."""
    return hints_given(options.pop("columns"), options.pop("order"))
