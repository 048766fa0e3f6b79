"""The scores of further coders put beside a case's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tumen.case.validating import validated
from tumen.errors import Place, Problem, did_you_mean
from tumen.explanations.ach_reading import MatrixRow
from tumen.explanations.declared import Hypotheses, Matrix


def with_matrix(
    found: Hypotheses, coder: str, rows: Sequence[MatrixRow], file: str
) -> tuple[Hypotheses | None, list[Problem]]:
    """Rival explanations with the scores of a coder put beside those that they have.

    Args:
        rows: the coder's matrix; items that it leaves empty were not considered, and keep what the coder had given.
        file: its name, which problems are said of.

    Returns: the explanations as they would be, or None, and what would be wrong with them.
    """
    known = {e.id: e for e in found.evidence}
    problems = [
        Problem(
            Place(file, row.line),
            got=f"item '{row.id}', which the case does not have",
            expected="an item of its evidence",
            fix=did_you_mean(row.id, known) + " To add an item, import it without --coder first.",
            slug="unknown-evidence",
        )
        for row in rows
        if row.id not in known
    ]
    body: dict[str, Any] = {"coder": coder, "scores": {}, "likelihood": {}}
    before = next((m for m in found.matrices if m.coder == coder), None)
    if before is not None:
        body = {"coder": coder, "scores": dict(before.scores), "likelihood": dict(before.likelihood)}
    for row in (r for r in rows if r.cells):
        for kind in ("scores", "likelihood"):
            body[kind].pop(row.id, None)
        for kind, cells in row.expects.items():
            body[kind][row.id] = cells
    matrix, more = validated(Matrix, body, file, {(): 1})
    if matrix is None or problems:
        return None, [*problems, *more]
    others = tuple(m for m in found.matrices if m.coder != coder)
    return replace(found, matrices=(*others, matrix)), []
