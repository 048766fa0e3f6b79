"""What every measurement of a run shares: its draws, its seed, its date, its table of grades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tumen.record.sources import Source

#: Relative standard error that a source's reliability adds to a figure. Our convention, not a
#: standard: the Admiralty scale is ordinal. A case can override it in case.toml, [grades].
RELIABILITY_ERROR: Mapping[str, float] = {"A": 0.005, "B": 0.01, "C": 0.02, "D": 0.05, "E": 0.10, "F": 0.10}

#: Factor on it for how credible the information itself is.
CREDIBILITY_FACTOR: Mapping[str, float] = {"1": 0.5, "2": 1.0, "3": 1.5, "4": 2.0, "5": 4.0, "6": 2.0}


@dataclass(frozen=True)
class Grading:
    """The table that turns grades into relative errors.

    Example:
        >>> Grading().relative_error("B", "3")
        0.015
    """

    reliability: Mapping[str, float] = field(default_factory=lambda: RELIABILITY_ERROR)
    credibility: Mapping[str, float] = field(default_factory=lambda: CREDIBILITY_FACTOR)

    def relative_error(self, reliability: str, credibility: str) -> float:
        """Relative standard error of a figure from a source with these grades."""
        return self.reliability[reliability] * self.credibility[credibility]

    def of(self, source: Source) -> float:
        """Relative standard error of a figure from this source."""
        return self.relative_error(source.reliability, source.credibility)


@dataclass(frozen=True)
class Setting:
    """What a run fixes for every measure.

    Args:
        draws: how many draws each estimand gets.
        seed: what all of them grow from.
        as_of: the last day that the case knows of.
        grading: the relative errors of sources' grades.
        parts: what the case's further files hold, by the file's name.
        chances: by such a file, the probability of each claim that it rests on; None where a claim has none.
    """

    draws: int
    seed: int
    as_of: dt.date = dt.date(9999, 1, 1)
    grading: Grading = field(default_factory=Grading)
    parts: Mapping[str, Any] = field(default_factory=dict)
    chances: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
