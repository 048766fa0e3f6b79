"""What changed in a case's verdicts between two walls of time, and which rows came in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tumen.case.model import Edition
from tumen.judge.likelihood_words import Outcome
from tumen.judge.verdict import Verdict
from tumen.record.left_out import BeyondWall

#: A probability that moves by less has not moved to speak of.
LEAST_MOVE = 0.05


@dataclass(frozen=True)
class Turn:
    """One claim at both walls.

    Args:
        before, now: its outcomes.
        probability_before, probability: P at each, 0 to 1; None where it is not pinned.
        new, gone: rows behind it at the later wall alone, and at the earlier alone, as table and id.
    """

    claim: str
    before: Outcome
    now: Outcome
    probability_before: float | None
    probability: float | None
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def turned(self) -> bool:
        """Whether its outcome is another."""
        return self.before != self.now

    @property
    def moved(self) -> bool:
        """Whether P moved to speak of while the outcome stayed."""
        if self.turned or self.probability is None or self.probability_before is None:
            return False
        return abs(self.probability - self.probability_before) >= LEAST_MOVE


@dataclass(frozen=True)
class Changes:
    """A case at two walls.

    Args:
        edition: that of the earlier wall.
        claims: every claim that was judged at both, in the case's order.
        let_in: rows and items that the earlier wall kept out and the later does not, by table or part.
    """

    edition: Edition
    claims: tuple[Turn, ...]
    let_in: Mapping[str, int]

    @property
    def as_of(self) -> dt.date:
        """The day of the earlier wall."""
        return self.edition.as_of


def changes(
    edition: Edition,
    before: Sequence[Verdict],
    now: Sequence[Verdict],
    kept_out: Mapping[str, BeyondWall],
    keeps_out: Mapping[str, BeyondWall],
) -> Changes:
    """What changed since an edition.

    Args:
        before, now: the verdicts at its wall, and at the later one.
        kept_out, keeps_out: what each wall left out, by table or part.
    """
    earlier = {verdict.claim.id: verdict for verdict in before}
    each = tuple(_turn(earlier[v.claim.id], v) for v in now if v.claim.id in earlier)
    fewer = {name: out.all - keeps_out.get(name, BeyondWall()).all for name, out in kept_out.items()}
    return Changes(edition, each, {name: number for name, number in fewer.items() if number > 0})


def _turn(before: Verdict, now: Verdict) -> Turn:
    was, used = _rows(before), _rows(now)
    return Turn(
        now.claim.id,
        before.outcome,
        now.outcome,
        before.probability,
        now.probability,
        tuple(row for row in used if row not in was),
        tuple(row for row in was if row not in used),
    )


def _rows(verdict: Verdict) -> dict[str, None]:
    """Rows behind a verdict, once each, in its order."""
    return {f"{used.table}/{used.id}": None for used in (verdict.estimate.used if verdict.estimate else ())}
