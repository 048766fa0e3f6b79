"""`tumen export ach`: the rival explanations of a case, as spreadsheets for competing hypotheses take them."""

from __future__ import annotations

from pathlib import Path

import click

from tumen.commands.options import ALLOW, folder_of
from tumen.commands.saying import say
from tumen.counting import counted


@click.command("ach")
@click.argument("case")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="CSV file to write.",
)
@ALLOW
def export_ach(case: str, out: Path, allow: tuple[Path, ...]) -> None:
    """Write CASE's matrix of evidence against hypotheses (ACH) as CSV."""
    from tumen.errors import Place, Problem, ProblemsError
    from tumen.explanations.ach_writing import matrix
    from tumen.explanations.declared import FILE
    from tumen.explanations.hypotheses_file import declared_in
    from tumen.prepare import load_case
    from tumen.writing import named_by_user, write_files

    loaded, problems = load_case(folder_of(case), allow)
    found = declared_in(loaded) if loaded else None
    if loaded is not None and found is None and not any(p.severity == "error" for p in problems):
        problems = [
            Problem(
                Place(FILE),
                got="no such file",
                expected="rival explanations to export",
                fix="Declare them; docs/hypotheses.md shows how.",
                slug="too-few-hypotheses",
            )
        ]
    if found is None or any(p.severity == "error" for p in problems):
        raise ProblemsError(problems)
    (written,) = write_files(named_by_user(out.parent), {out.name: matrix(found)})
    items = counted(len(found.evidence), "item")
    say(f"Wrote {items} against {counted(len(found.ids), 'hypothesis', 'hypotheses')} to {written}")


EXPORTERS = (export_ach,)
