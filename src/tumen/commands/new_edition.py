"""`tumen new-edition`: a later wall of time for a case, what its claims lack there, and when that is usually known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tumen.commands.options import folder_of
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tumen.judge.binding import BoundClaim
    from tumen.judge.verdict import Verdict
    from tumen.record.lags import Lag


@click.command("new-edition", short_help="Give a case an edition as of a later day.")
@click.argument("case")
@click.option(
    "--as-of",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    callback=lambda _, __, given: given.date(),
    help="Day by which everything in the new edition must have happened and been known.",
)
def new_edition(case: str, as_of: dt.date) -> None:
    """Give CASE an edition as of a later day, and say what each claim lacks there and when it is usually known.

    The edition is written at the end of case.toml. Fill in what changed, by whom and why.
    """
    from tumen.alone import alone_in
    from tumen.case.edition_writing import require_later, write_edition
    from tumen.errors import ProblemsError
    from tumen.prepare import load_case

    folder = folder_of(case)
    declared, problems = load_case(folder)
    if declared is None or any(p.severity == "error" for p in problems):
        raise ProblemsError(problems)
    require_later(declared.header, as_of)
    with alone_in(folder, "tumen new-edition", lambda waiting: say(waiting, err=True)):
        lines = _awaited(folder, as_of)
        place = write_edition(folder, declared.header, as_of)
    say(f"Edition as of {as_of} written to {place}. Fill in what changed, by whom and why.")
    for line in lines:
        say(line)


def _awaited(folder: Path, as_of: dt.date) -> list[str]:
    """What each claim lacks at a wall, and when it is usually known, as lines."""
    from tumen.engine.backends import open_engine
    from tumen.errors import ProblemsError
    from tumen.prepare import prepare
    from tumen.record.lags import usual_lags
    from tumen.run import evaluate

    engine = open_engine()
    try:
        prepared = prepare(folder, engine, as_of=as_of)
        if prepared.record is None or any(p.severity == "error" for p in prepared.problems):
            raise ProblemsError(prepared.problems)
        lags = usual_lags(prepared.record)
    finally:
        engine.close()
    lacking = [v for v in evaluate(folder, as_of=as_of).verdicts if v.missing]
    bound = {one.claim.id: one for one in prepared.bound}
    few = (
        "No claim lacks"
        if not lacking
        else counted(len(lacking), "claim") + (" lacks" if len(lacking) == 1 else " lack")
    )
    return [
        f"{few} evidence as of {as_of}{':' if lacking else '.'}",
        *(line for verdict in lacking for line in _of_claim(verdict, bound[verdict.claim.id], lags, as_of)),
    ]


def _of_claim(verdict: Verdict, bound: BoundClaim, lags: Sequence[Lag], as_of: dt.date) -> Iterator[str]:
    """What one claim lacks, and the next figures of those whom it counts by."""
    from tumen.measure.measuring import texts_of
    from tumen.record.lags import lags_of

    yield f"{verdict.claim.id}:"
    for missing in verdict.missing:
        yield f"  {missing}"
    used = verdict.estimate.used if verdict.estimate else ()
    publishers = {name for choice in bound.choices for name in texts_of(choice.options)}
    tables = bound.measure.tables if bound.measure else ()
    for lag in lags_of(lags, tables, sorted(publishers | {row.publisher for row in used})):
        when = f"usually known by {lag.due}" if lag.due > as_of else f"usually known by {lag.due}, which is past"
        yield (
            f"  {lag.publisher}, {lag.table} by {lag.every}: next to {lag.last_day}, {when} "
            f"({counted(lag.days, 'day')} after, {counted(lag.figures, 'figure')})"
        )
