"""What changed since the edition before, in three lines."""

from __future__ import annotations

from tumen.counting import counted
from tumen.judge.changes import Changes, Turn
from tumen.report.plain_words import table_said


def since_lines(changes: Changes) -> list[str]:
    """How many verdicts changed and what was let in; which verdicts; which probabilities moved under the same verdict.

    Returns: one line where nothing changed, three at most.
    """
    turned = [turn for turn in changes.claims if turn.turned]
    moved = [turn for turn in changes.claims if turn.moved]
    lines = [
        let_in_line(changes),
        "Changed: " + "; ".join(f"{turn.claim} {turn.before} → {turn.now}{_new_rows(turn)}" for turn in turned) + ".",
        "Moved: "
        + "; ".join(f"{turn.claim} {_p(turn.probability_before)} → {_p(turn.probability)}" for turn in moved)
        + ".",
    ]
    return [lines[0], *(line for line, those in zip(lines[1:], (turned, moved), strict=True) if those)]


def let_in_line(changes: Changes) -> str:
    """How many verdicts changed, and how many rows count since that did not before."""
    let_in = ", ".join(f"{number:,} of {table_said(name)}" for name, number in changes.let_in.items())
    return f"{how_many_changed(changes)}. Let in: {let_in or 'nothing'}."


def how_many_changed(changes: Changes) -> str:
    """How many verdicts changed since the edition before, as the beginning of a sentence."""
    turned, title = sum(turn.turned for turn in changes.claims), changes.edition.title
    of = f"{turned or 'none'} of {counted(len(changes.claims), 'verdict')} changed"
    return f"Since {changes.as_of}{f' ({title})' if title else ''}: {of}"


def _new_rows(turn: Turn) -> str:
    """How many rows are behind the verdict that were not before."""
    return f" ({counted(len(turn.new), 'new row')})" if turn.new else ""


def _p(probability: float | None) -> str:
    return "not pinned" if probability is None else f"{probability:.2f}"
