"""A case with its verdicts and all that they rest on: what everything that is shown is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tumen.case.load import Case
from tumen.errors import Problem
from tumen.judge.changes import Changes, Turn
from tumen.judge.verdict import Verdict
from tumen.measure.estimate import Used
from tumen.record.findings import Findings
from tumen.record.left_out import BeyondWall
from tumen.record.sources import Source


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """A case with its verdicts.

    Args:
        warnings: what was left out or looks odd; errors stop an evaluation.
        sources: as outputs may show them, by the ids under which they are shown.
        rejected: rows left out because a cell could not be read, by table.
        conclusions: what the case's other parts came to, by the word of the part.
        left_out: what happened or became known after the case's day, by table or part of the case.
        findings: what detectors found in raw records given beside the case, by the name of those.
        since: what changed since the edition before, where that was evaluated too.
    """

    case: Case
    verdicts: tuple[Verdict, ...]
    warnings: tuple[Problem, ...]
    sources: Mapping[str, Source]
    rejected: Mapping[str, int]
    conclusions: Mapping[str, Any] = field(default_factory=dict)
    left_out: Mapping[str, BeyondWall] = field(default_factory=dict)
    findings: Mapping[str, Findings] = field(default_factory=dict)
    since: Changes | None = None

    @property
    def simulated(self) -> bool:
        """Whether anything that it rests on is simulated."""
        return self.case.header.simulated or any(f.simulated for f in self.findings.values())

    @property
    def simulated_records(self) -> str:
        """What the simulated raw records are called that were given beside the case; empty where none is."""
        return " and ".join(f.what for f in self.findings.values() if f.simulated)

    @property
    def turns(self) -> Mapping[str, Turn]:
        """Each claim at the edition before and now, by its id; none where no such edition was evaluated."""
        return {turn.claim: turn for turn in self.since.claims} if self.since else {}

    def simulated_behind(self, used: Iterable[Used]) -> str:
        """What the simulated raw records are called on which some rows of a case of observed data rest in part; empty
        where they do not, and where all of the case is simulated.
        """
        partly = not self.case.header.simulated and self.rests_on_simulated(used)
        return self.simulated_records if partly else ""

    def rests_on_simulated(self, used: Iterable[Used]) -> bool:
        """Whether any of some rows is simulated."""
        simulated = {f.source for f in self.findings.values() if f.simulated}
        return self.case.header.simulated or any(u.source in simulated for u in used)
