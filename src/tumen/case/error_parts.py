"""What a case says of errors: by the grades of sources, and by table and publisher."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from tumen.case.part import Line, Part, Slug


class Grades(Part):
    """Relative standard errors that sources' grades add, where the case overrides the defaults.

    `reliability` maps A–F to a share of the figure; `credibility` maps 1–6 to a factor on it.
    """

    reliability: Mapping[str, Annotated[float, Field(ge=0, le=1)]] = {}
    credibility: Mapping[str, Annotated[float, Field(ge=0, le=10)]] = {}

    @model_validator(mode="after")
    def _known_grades(self) -> Self:
        for field, known in (("reliability", "ABCDEF"), ("credibility", "123456")):
            unknown = sorted(k for k in getattr(self, field) if len(k) != 1 or k not in known)
            if unknown:
                raise ValueError(f"{field} grades {known[0]} to {known[-1]}, not {', '.join(unknown)}")
        return self


#: A relative standard error.
Relative = Annotated[float, Field(ge=0, le=2)]


class PublisherError(Part):
    """How far one publisher's figures are off: a bias that lasts, and a noise of each figure.

    `where` holds values that a row must have one of, by column; of entries that fit a row the first counts.
    """

    name: Line
    where: Mapping[Slug, tuple[Line, ...]] = {}
    bias: Relative
    noise: Relative


class Differing(Part):
    """Figures of a publisher that count something else than others' figures of the same name.

    `how` says what; figures that differ in the same way are compared with each other. `figures` names those of a row;
    empty: all. `where` holds values that a row must have one of, by column. Its period begins on `since` or later, and
    before `until`.
    """

    publisher: Line
    how: Line
    figures: tuple[Line, ...] = ()
    where: Mapping[Slug, tuple[Line, ...]] = {}
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max


class Repeating(Part):
    """A publisher that prints another's figures, so that the two are no independent makers."""

    publisher: Line
    of: Line

    @model_validator(mode="after")
    def _another(self) -> Self:
        if self.publisher == self.of:
            raise ValueError("a publisher that repeats another")
        return self


class TableErrors(Part):
    """Errors of a table's figures that the case adopts in place of its sources' grades, and what they are fitted to.

    `bias` and `noise` are those of every publisher that has no entry of its own; both or neither.
    """

    bias: Relative | None = None
    noise: Relative | None = None
    publisher: tuple[PublisherError, ...] = ()
    differs: tuple[Differing, ...] = ()
    repeats: tuple[Repeating, ...] = ()

    @model_validator(mode="after")
    def _both_and_once(self) -> Self:
        if (self.bias is None) != (self.noise is None):
            raise ValueError("both bias and noise, or neither")
        names = [(one.name, sorted(one.where.items())) for one in self.publisher]
        if any(name in names[:number] for number, name in enumerate(names)):
            raise ValueError("each publisher once for the same rows")
        return self
