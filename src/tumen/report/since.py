"""What changed since the edition before, in three lines."""

from __future__ import annotations

from tumen.counting import counted
from tumen.judge.changes import Changes, Turn


def since_lines(changes: Changes) -> list[str]:
    """How many verdicts changed and what was let in; which verdicts; which probabilities moved under the same verdict.

    Returns: one line where nothing changed, three at most.
    """
    title = changes.edition.title
    turned = [turn for turn in changes.claims if turn.turned]
    moved = [turn for turn in changes.claims if turn.moved]
    of = f"{len(turned) or 'none'} of {counted(len(changes.claims), 'verdict')} changed"
    let_in = ", ".join(f"{number:,} of {name}" for name, number in changes.let_in.items())
    lines = [
        f"Since {changes.as_of}{f' ({title})' if title else ''}: {of}. Let in: {let_in or 'nothing'}.",
        "Changed: " + "; ".join(f"{turn.claim} {turn.before} → {turn.now}{_new_rows(turn)}" for turn in turned) + ".",
        "Moved: "
        + "; ".join(f"{turn.claim} {_p(turn.probability_before)} → {_p(turn.probability)}" for turn in moved)
        + ".",
    ]
    return [lines[0], *(line for line, those in zip(lines[1:], (turned, moved), strict=True) if those)]


def _new_rows(turn: Turn) -> str:
    """How many rows are behind the verdict that were not before."""
    return f" ({counted(len(turn.new), 'new row')})" if turn.new else ""


def _p(probability: float | None) -> str:
    return "not pinned" if probability is None else f"{probability:.2f}"
