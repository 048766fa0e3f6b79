"""`tumen export`: what a case holds, as other tools read it."""

from __future__ import annotations

from pathlib import Path

import click

from tumen.commands.options import ALLOW, folder_of
from tumen.commands.saying import say
from tumen.counting import counted


@click.command()
@click.argument("form", type=click.Choice(["ach"]), metavar="ach")
@click.argument("case")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="CSV file to write.",
)
@ALLOW
def export(form: str, case: str, out: Path, allow: tuple[Path, ...]) -> None:
    """Write CASE's matrix of evidence against hypotheses (ACH) as CSV."""
    from tumen.case.load import load_case
    from tumen.errors import Place, Problem, ProblemsError
    from tumen.explanations.ach_writing import matrix
    from tumen.explanations.declared import FILE
    from tumen.writing import named_by_user, write_files

    loaded, problems = load_case(folder_of(case), allow)
    if loaded is not None and loaded.hypotheses is None and not any(p.severity == "error" for p in problems):
        problems = [
            Problem(
                Place(FILE),
                got="no such file",
                expected="rival explanations to export",
                fix="Declare them; docs/hypotheses.md shows how.",
                slug="too-few-hypotheses",
            )
        ]
    if loaded is None or loaded.hypotheses is None or any(p.severity == "error" for p in problems):
        raise ProblemsError(problems)
    (written,) = write_files(named_by_user(out.parent), {out.name: matrix(loaded.hypotheses)})
    items = counted(len(loaded.hypotheses.evidence), "item")
    say(f"Wrote {items} against {counted(len(loaded.hypotheses.ids), 'hypothesis', 'hypotheses')} to {written}")
