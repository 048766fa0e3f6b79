"""`tumen grades`: how far the publishers of a record are off, fitted to what they print of the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from tumen.commands.options import ALLOW, AS_OF, MAX_MB, MAX_ROWS, PLUGINS, folder_of
from tumen.commands.saying import say
from tumen.commands.sound_case import sound_case
from tumen.counting import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from tumen.trade.grades import FittedErrors, FittedGrades, Spread

_TOO_FEW = "Too few publishers share two periods, so no error can be fitted; the grades of sources stand."


@click.command("grades", short_help="Fit the errors of a case's trade figures.")
@click.argument("case", required=False)
@click.option("--flows", is_flag=True, help="Show exports, imports and totals of each publisher apart too.")
@click.option("--toml", is_flag=True, help="Print only what a case puts into case.toml to adopt the fit.")
@AS_OF
@ALLOW
@PLUGINS
@MAX_ROWS
@MAX_MB
def grades_command(
    case: str | None,
    flows: bool,
    toml: bool,
    as_of: dt.date | None,
    allow: tuple[Path, ...],
    plugins: bool | None,
    max_rows: int,
    max_mb: int,
) -> None:
    """Fit the errors of CASE's trade figures to what its publishers print of the same; without CASE, the bundled case.

    Nothing is changed: a case adopts what it wants of it in case.toml.
    """
    from tumen.budgets import Budgets
    from tumen.case.error_parts import TableErrors
    from tumen.measure.setting import grading_of
    from tumen.trade.grades import grades_of
    from tumen.trade.like_for_like import printed_by_several

    with sound_case(folder_of(case), allow, plugins, Budgets(max_rows, max_mb), as_of) as (read, record):
        declared = read.header.errors.get("trade", TableErrors())
        found = grades_of(printed_by_several(record), declared, grading_of(read.header.grades))
    say("\n".join(as_toml(found) if toml else fit_lines(found, flows)))


def fit_lines(found: FittedGrades, flows: bool = False) -> list[str]:
    """A fit as lines.

    Args:
        flows: whether exports, imports and totals are told apart too.
    """
    lines = [
        *_spread("Publishers print the same flow and period", found.printed),
        *_spread("Of these, totals of exports and imports", found.totals),
        *_spread("Like for like", found.like),
    ]
    if found.bias is None or found.noise is None:
        return [*lines, "", _TOO_FEW]
    lines += [
        "",
        f"Fitted: a lasting bias of {100 * found.bias:.1f} per cent for each publisher and flow, "
        f"and a noise of {100 * found.noise:.1f} per cent for each figure.",
        "",
        *_table(found.relations),
    ]
    lines += ["", *_table(found.flows)] if flows else []
    return [*lines, "", "To adopt it, put what `tumen grades --toml` prints, or a part of it, into case.toml."]


def _spread(what: str, spread: Spread | None) -> list[str]:
    if spread is None:
        return [f"{what}: no pairs."]
    return [
        f"{what}: {counted(spread.pairs, 'pair')}. {100 * spread.beyond:.0f} per cent of them differ by more than the "
        "90 per cent band of their sources' grades (10 are expected).",
        f"  That is an error of {100 * spread.robust:.1f} per cent a publisher by the median, "
        f"{100 * spread.root_mean_square:.1f} by the root mean square.",
    ]


def _table(rows: Sequence[FittedErrors]) -> list[str]:
    names = [f"{row.name} {row.territory}–{row.partner} {row.flow}".strip() for row in rows]
    width = max(len(name) for name in ("publisher and trade", *names))
    by_flow = any(row.effect is not None for row in rows)
    lines = [
        f"{'publisher and trade':<{width}}  figures  pairs   bias  noise  grades"
        + ("  above the others by" if by_flow else "")
    ]
    for name, row in zip(names, rows, strict=True):
        errors = "".join(f"{100 * value:6.1f}%" for value in (row.bias, row.noise, row.graded))
        above = "" if row.effect is None else f"{100 * row.effect:+18.1f}%"
        lines.append(f"{name:<{width}}  {row.figures:7}  {row.pairs:5}{errors} {above}".rstrip())
    return lines


def as_toml(found: FittedGrades) -> list[str]:
    """A fit as lines of case.toml; a comment where there is none."""
    if found.bias is None or found.noise is None:
        return [f"# {_TOO_FEW}"]
    lines = ["[errors.trade]", f"bias = {found.bias:.3f}", f"noise = {found.noise:.3f}"]
    for row in found.relations:
        lines += ["", "[[errors.trade.publisher]]", f"name = {_quoted(row.name)}"]
        lines += [f"where = {{ territory = [{_quoted(row.territory)}], partner = [{_quoted(row.partner)}] }}"]
        lines += [f"bias = {row.bias:.3f}", f"noise = {row.noise:.3f}"]
    return lines


def _quoted(text: str) -> str:
    """A text as TOML has it, which writes it as JSON does."""
    return json.dumps(text, ensure_ascii=False)


COMMANDS = (grades_command,)
