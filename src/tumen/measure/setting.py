"""What every measurement of a run shares: its draws, its seed, its date, its table of grades."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tumen.case.error_parts import Grades, TableErrors
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


def grading_of(grades: Grades) -> Grading:
    """The table of a case: the usual one, but for what the case says otherwise."""
    return Grading({**RELIABILITY_ERROR, **grades.reliability}, {**CREDIBILITY_FACTOR, **grades.credibility})


@dataclass(frozen=True)
class Error:
    """How far a publisher's figures are off, as standard deviations of their logarithm.

    Args:
        bias: shared by all figures of one publisher and flow, whatever their period.
        noise: of each figure apart.
        fitted: whether a case adopted them; else the noise is what the source's grade adds.
    """

    bias: float
    noise: float
    fitted: bool = True

    @property
    def whole(self) -> float:
        """Both together, for a figure that stands alone.

        Example:
            >>> Error(0.03, 0.04).whole
            0.05
        """
        return math.hypot(self.bias, self.noise)


@dataclass(frozen=True)
class PublisherErrors:
    """The error of a publisher's figures in some rows.

    Args:
        where: values of which a row must have one, by column.
    """

    name: str
    error: Error
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fits(self, publisher: str, row: Mapping[str, str]) -> bool:
        """Whether it speaks of a row of a publisher."""
        return self.name == publisher and all(row.get(column) in values for column, values in self.where.items())


@dataclass(frozen=True)
class Errors:
    """The errors of a table's figures that a case adopted.

    Args:
        default: of every publisher that is not named; None: its sources' grades.
        publishers: of those that are named; of several that fit a row the first counts.
    """

    default: Error | None = None
    publishers: tuple[PublisherErrors, ...] = ()

    def of(self, publisher: str, row: Mapping[str, str]) -> Error | None:
        """Those of a row's figures, or None where none were adopted.

        Args:
            row: what tells the row from others, by column.
        """
        return next((one.error for one in self.publishers if one.fits(publisher, row)), self.default)


def adopted(errors: TableErrors) -> Errors:
    """The errors of a table's figures, as a case declares them."""
    default = None if errors.bias is None or errors.noise is None else Error(errors.bias, errors.noise)
    each = tuple(PublisherErrors(one.name, Error(one.bias, one.noise), one.where) for one in errors.publisher)
    return Errors(default, each)


#: Share of what a published range may stand for that lies inside it, where a case says no other.
RANGE_COVERAGE = 0.8


@dataclass(frozen=True)
class Setting:
    """What a run fixes for every measure.

    Args:
        draws: how many draws each estimand gets.
        seed: what all of them grow from.
        as_of: the last day that the case knows of.
        grading: the relative errors of sources' grades.
        parts: what the case's further files hold, by the file's name.
        chances: by such a file, of each claim that it rests on, the least and the most that its probability can be;
            None where a claim has none.
        errors: of a table's figures, by its name, where the case adopted some.
        range_coverage: share of what a published range may stand for that lies inside it, above 0 and below 1.
    """

    draws: int
    seed: int
    as_of: dt.date = dt.date(9999, 1, 1)
    grading: Grading = field(default_factory=Grading)
    parts: Mapping[str, Any] = field(default_factory=dict)
    chances: Mapping[str, Mapping[str, tuple[float, float] | None]] = field(default_factory=dict)
    errors: Mapping[str, Errors] = field(default_factory=dict)
    range_coverage: float = RANGE_COVERAGE

    @property
    def named(self) -> tuple[str, ...]:
        """All that figures are drawn with, as text; what the case's further files hold is left out."""
        drawn_with = (self.draws, self.seed, self.as_of, self.grading, self.errors, self.range_coverage)
        return tuple(map(repr, drawn_with))

    def error_of(self, table: str, publisher: str, source: Source, row: Mapping[str, str]) -> Error:
        """How far a figure of a table is off: as the case adopted it, or by its source's grade, which is all noise.

        Args:
            row: what tells its row from others, by column.
        """
        found = self.errors[table].of(publisher, row) if table in self.errors else None
        return found or Error(0.0, self.grading.of(source), fitted=False)
