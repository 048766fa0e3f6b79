"""How far coders of moves agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tumen.counting import counted
from tumen.measure.agreement_of_coders import nominal_alpha, ordinal_alpha
from tumen.system.coded import CodedMove
from tumen.system.theory import Move


@dataclass(frozen=True)
class Agreement:
    """How far the coders of a move agree.

    Args:
        coders: how many there are.
        shared: periods that at least two of them coded.
        nominal: Krippendorff's alpha where any other level is as far off; None where nothing varies.
        ordinal: the same where a neighbouring level is nearer; None too where the levels have no order.
    """

    coders: int
    shared: int
    nominal: float | None
    ordinal: float | None

    @property
    def alpha(self) -> float | None:
        """That of the move's own scale."""
        return self.nominal if self.ordinal is None else self.ordinal

    @property
    def note(self) -> str:
        """It in words; empty where there is nothing to say.

        Example:
            >>> Agreement(2, 16, 0.8049, 0.88).note
            "2 coders of 16 periods: Krippendorff's alpha 0.80 on levels as names, 0.88 in their order"
        """
        if self.nominal is None:
            return ""
        ordered = "" if self.ordinal is None else f", {self.ordinal:.2f} in their order"
        of = f"{counted(self.coders, 'coder')} of {counted(self.shared, 'period')}"
        return f"{of}: Krippendorff's alpha {self.nominal:.2f} on levels as names{ordered}"


def agreement_of(move: Move, rows: Sequence[CodedMove]) -> Agreement:
    """How far coders agree on the level of a move, over the periods that several coded.

    Args:
        rows: codings of any moves, at levels that these have.

    Source: Krippendorff (2011), https://repository.upenn.edu/asc_papers/43.
    """
    given: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.name == move.name and row.level in move.levels:
            given[row.period][row.coder] = row.level
    units = [list(by.values()) for by in given.values() if len(by) > 1]
    coders = {coder for by in given.values() for coder in by}
    ordinal = ordinal_alpha(units, move.levels) if move.ordered else None
    return Agreement(len(coders), len(units), nominal_alpha(units), ordinal)
