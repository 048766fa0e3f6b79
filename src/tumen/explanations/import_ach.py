"""`tumen import ach`: scores that people gave in a spreadsheet, put into a case's rival explanations."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.commands.importing import DATES
from tumen.commands.saying import say
from tumen.counting import counted, named_few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tumen.case.load import Case
    from tumen.errors import Problem
    from tumen.explanations.ach_reading import MatrixRow
    from tumen.explanations.declared import Hypotheses
    from tumen.record.read import Record
    from tumen.record.readers.written import DayOrder


def _named(_: click.Context, __: click.Parameter, coder: str | None) -> str | None:
    """A coder's name as a case may hold it."""
    if coder is not None and not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", coder):
        raise click.BadParameter("expected lower-case letters, digits, . _ -")
    return coder


@click.command("ach")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--into",
    "case",
    required=True,
    metavar="CASE",
    type=click.Path(path_type=Path),
    help="Case whose hypotheses.toml is written.",
)
@click.option(
    "--coder",
    metavar="NAME",
    callback=_named,
    help="Name of the coder whose scores these are; they stay apart from the case's own and from other coders'.",
)
@DATES
def import_ach(file: Path, case: Path, coder: str | None, order: DayOrder | None) -> None:
    """Put a matrix of evidence against hypotheses, a CSV file, into CASE.

    Items that CASE already has get the new scores and keep what FILE leaves out, such as their source. With --coder,
    the scores are put beside those that CASE has: run it once for each coder, and the coders are pooled. If anything
    is wrong, nothing is written.
    """
    from tumen.alone import alone_in
    from tumen.errors import Place, Problem, ProblemsError

    text, problems, encoding = _text(file)
    if problems:
        mend = "Give the path of a matrix; `tumen export ach` writes one."
        raise ProblemsError(
            [
                replace(p, place=Place(str(file), p.line), fix=mend if p.slug == "file-missing" else p.fix)
                for p in problems
            ]
        )
    if not case.is_dir():
        raise ProblemsError(
            [
                Problem(
                    Place(str(case)),
                    got="no such folder",
                    expected="a case's folder",
                    fix="Give its path.",
                    slug="case-missing",
                )
            ]
        )
    with alone_in(case, "tumen import ach", lambda waiting: say(waiting, err=True)):
        say(_put(text, file, case, coder, order) + encoding)


def _text(file: Path) -> tuple[str, list[Problem], str]:
    """A matrix as text, what is wrong with it as a file, and a note on its encoding where that is not UTF-8."""
    from tumen.case.folder import read_text
    from tumen.record.readers.dialects import encoding_of

    place = file.resolve()
    text, problems = read_text(place.parent, place.name, [])
    if not problems or {p.slug for p in problems} - {"not-utf8", "nul-byte"}:
        return text, problems, ""
    raw = place.read_bytes()
    encoding, mark = encoding_of(raw)
    if encoding != "utf-8":
        return raw[mark:].decode(encoding, "replace"), [], "\nRead as UTF-16."
    if problems[0].slug == "nul-byte":
        return text, problems, ""
    return raw.decode("cp1252", "replace"), [], "\nNot UTF-8: read as Windows-1252; look at letters with accents."


def _put(text: str, file: Path, folder: Path, coder: str | None, order: DayOrder | None) -> str:
    """Put a matrix into a case that nobody else changes meanwhile; returns what changed, in words."""
    from tumen.engine.backends import open_engine
    from tumen.errors import ProblemsError
    from tumen.explanations.ach_reading import read_matrix
    from tumen.explanations.hypotheses_file import declared_in
    from tumen.prepare import prepare

    engine = open_engine()
    try:
        # All of it: what lies beyond the case's day is in the file too.
        prepared = prepare(folder, engine, as_of=dt.date.max)
        if prepared.case is None or prepared.record is None or any(p.severity == "error" for p in prepared.problems):
            raise ProblemsError(prepared.problems)
        found = declared_in(prepared.case)
        rows, problems = read_matrix(text, str(file), found.ids if found else (), order)
        if coder is not None and found is not None and coder != found.coder:
            return _beside(prepared.case, found, file, coder, rows, problems)
        return _written(prepared.case, prepared.record, file, rows, problems, coder)
    finally:
        engine.close()


def _written(
    case: Case,
    record: Record,
    file: Path,
    rows: Sequence[MatrixRow],
    problems: Sequence[Problem],
    coder: str | None,
) -> str:
    """Write the file and say what changed, unless something is wrong with the matrix.

    Args:
        coder: who scored, of a case that has no explanations yet.
    """
    from tumen.errors import Place, ProblemsError
    from tumen.explanations.ach_reading import merged, same
    from tumen.explanations.declared import FILE
    from tumen.explanations.hypotheses_file import check_sources, declared_in
    from tumen.explanations.rewriting import rewritten
    from tumen.writing import write_files

    found, more = merged(rows, case, str(file)) if rows else (None, [])
    if found is not None:
        unknown = check_sources(found, record.sources, record.redaction.unknown_source)
        more += [replace(p, place=Place(str(file), p.line)) for p in unknown]
    if found is None or problems or more:
        raise ProblemsError([*problems, *more])
    place = case.folder / FILE
    text = place.read_text(encoding="utf-8-sig") if place.exists() else ""
    old = declared_in(case)
    named = f'coder = "{coder}"\n\n' if coder and old is None else ""
    write_files(case.folder, {FILE: named + rewritten(text, found, old, rows)})
    before = {item.id: item for item in old.evidence} if old else {}
    new = sum(1 for row in rows if row.id not in before)
    kept = sum(1 for row in rows if row.id in before and same(row, before[row.id]))
    return f"{new} new, {len(rows) - new - kept} scored anew, {kept} scored as before. Wrote {place}{_unscored(rows)}"


def _beside(
    case: Case, found: Hypotheses, file: Path, coder: str, rows: Sequence[MatrixRow], problems: Sequence[Problem]
) -> str:
    """Write a further coder's scores beside the case's own and say what changed, unless something is wrong."""
    from tumen.errors import ProblemsError
    from tumen.explanations.declared import FILE
    from tumen.explanations.further_coders import with_matrix
    from tumen.explanations.rewriting import rewritten_matrix
    from tumen.writing import write_files

    after, more = with_matrix(found, coder, rows, str(file)) if rows else (None, [])
    if after is None or problems or more:
        raise ProblemsError([*problems, *more])
    place = case.folder / FILE
    write_files(case.folder, {FILE: rewritten_matrix(place.read_text(encoding="utf-8-sig"), coder, rows)})
    scored = sum(1 for row in rows if row.cells)
    return f"{scored} scored by {coder}, one of {counted(len(after.coders), 'coder')}. Wrote {place}{_unscored(rows)}"


def _unscored(rows: Sequence[MatrixRow]) -> str:
    """What the matrix leaves open, in lines: it says nothing of a hypothesis, which is not the same as neutral."""
    blank = [f"{row.id} for {h}" for row in rows for h in row.blank]
    none = [f"{row.id} for {h}" for row in rows for h in row.inapplicable]
    return "".join(
        f"\n{what}, which says nothing of the hypothesis: {counted(len(cells), 'cell')} ({named_few(cells)})."
        for what, cells in (("Empty, taken as not considered", blank), ("NA, not applicable", none))
        if cells
    )


IMPORTERS = (import_ach,)
