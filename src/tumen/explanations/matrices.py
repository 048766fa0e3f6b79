"""What is wrong with the matrices of further coders."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tumen.errors import Place, Problem, did_you_mean
from tumen.explanations.declared import FILE, Hypotheses, Matrix


def matrix_problems(found: Hypotheses) -> list[Problem]:
    """Coders named twice, and items and hypotheses that a matrix scores and the file does not have."""
    items = {e.id: e for e in found.evidence}
    problems: list[Problem] = []
    for number, matrix in enumerate(found.matrices, start=1):
        if matrix.coder in found.coders[:number]:
            problems.append(
                Problem(
                    Place(FILE, matrix.line("coder")),
                    got=f"a second matrix of coder '{matrix.coder}'",
                    expected="one matrix a coder",
                    fix="Put the scores into one, or give the other coder's name.",
                    slug="coder-repeated",
                )
            )
        problems += _unknown_items(matrix, items)
        problems += _unknown_hypotheses(matrix, found.ids)
    return problems


def _unknown_items(matrix: Matrix, known: Collection[str]) -> Iterator[Problem]:
    for item in matrix.items:
        if item not in known:
            yield Problem(
                Place(FILE, matrix.line("scores" if item in matrix.scores else "likelihood", item)),
                got=f"the matrix of coder '{matrix.coder}' scores '{item}'",
                expected="the id of [[evidence]]",
                fix=did_you_mean(item, known),
                slug="unknown-evidence",
            )


def _unknown_hypotheses(matrix: Matrix, known: Sequence[str]) -> Iterator[Problem]:
    for kind, cells in (("scores", matrix.scores), ("likelihood", matrix.likelihood)):
        for item, by in cells.items():
            for name in by:
                if name not in known:
                    yield Problem(
                        Place(FILE, matrix.line(kind, item)),
                        got=f"the matrix of coder '{matrix.coder}' names hypothesis '{name}'",
                        expected="the id of a [[hypothesis]]",
                        fix=did_you_mean(name, known),
                        slug="unknown-hypothesis",
                    )
