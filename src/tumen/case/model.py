"""The typed, frozen form of a case's TOML files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr, field_validator, model_validator

from tumen.case.coverage import Coverage
from tumen.case.error_parts import Grades, TableErrors
from tumen.case.part import Line, Part, Slug

ActorId = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Prose = Annotated[str, Field(max_length=2000)]

#: The code of several states together, such as EUU or G7.
GroupId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$")]


#: Weights in a case. What weighs less than a millionth of another is better left out.
LEAST_WEIGHT, MOST_WEIGHT = 1e-6, 1e6

#: A case has no more editions, and names no more ids.
MOST_EDITIONS, MOST_NAMES = 500, 1000

#: An id of the record that a case gives a name: of a publisher, a basket, a state, a commodity.
RecordId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]

#: No number of a case is larger: sums and squares of such numbers still are numbers.
LARGEST = 1e30


def sensible(value: float) -> float:
    """A number that is safe to compute with; one too small to matter becomes zero."""
    if not abs(value) <= LARGEST:
        raise ValueError(f"a number between {-LARGEST:g} and {LARGEST:g}")
    return 0.0 if abs(value) < 1 / LARGEST else value


Number = Annotated[float, AfterValidator(sensible)]


class Placed(Part):
    """A part that knows where each of its keys stands in the file, and which of them could not be read."""

    _lines: Mapping[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)
    _unread: frozenset[str] = PrivateAttr(default=frozenset())

    @property
    def unread(self) -> frozenset[str]:
        """Keys that could not be read: what stands there was not written by the author."""
        return self._unread

    def without(self, keys: frozenset[str]) -> Self:
        """The same part, of which some keys could not be read."""
        found = self.model_copy()
        found._unread = keys
        return found

    @property
    def lines(self) -> Mapping[tuple[str | int, ...], int]:
        """Line of each key, by its path within this part."""
        return self._lines

    def placed(self, lines: Mapping[tuple[str | int, ...], int]) -> Self:
        """The same part, which knows where its keys stand."""
        found = self.model_copy()
        found._lines = lines
        return found

    def line(self, *path: str | int) -> int | None:
        """Line of a key of this part, or of the nearest that has one."""
        return next((self._lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self._lines), None)


class Actor(Part):
    """A state of the case. `id` is its ISO 3166 alpha-3 code."""

    id: ActorId
    name: Line


class Group(Part):
    """Several states that the record names by one code, such as the European Union: its name, and who is in it."""

    name: Line
    members: tuple[ActorId, ...] = ()


class Citation(Part):
    """The assessment that the case keeps live."""

    author: Line
    title: Line
    publisher: Line
    published: dt.date
    doi: str = ""
    url: str = ""


class Region(Part):
    """Where a claim holds: the smallest effect of interest, stated before looking.

    Exactly one of: above (strictly), below (strictly), within [low, high], outside [low, high].

    Example:
        >>> Region(above=0.98).contains(0.9827)
        True
        >>> Region(outside=(-0.5, 0.5)).contains(0.2)
        False
    """

    above: float | None = None
    below: float | None = None
    within: tuple[float, float] | None = None
    outside: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _one_and_forward(self) -> Self:
        given = [n for n in ("above", "below", "within", "outside") if getattr(self, n) is not None]
        if len(given) != 1:
            raise ValueError(f"exactly one of above, below, within, outside, not {len(given)}")
        if any(not abs(bound) <= LARGEST for bound in self.bounds):
            raise ValueError("finite bounds")
        pair = self.within or self.outside
        if pair and pair[0] >= pair[1]:
            raise ValueError("the low bound below the high one")
        return self

    @property
    def bounds(self) -> tuple[float, ...]:
        """The one or two numbers at which the region begins or ends."""
        one = self.above if self.above is not None else self.below
        return (one,) if one is not None else (self.within or self.outside or ())

    def contains(self, value: Any) -> Any:
        """Whether a number, or each of an array of numbers, lies in the region."""
        if self.above is not None:
            return value > self.above
        if self.below is not None:
            return value < self.below
        low, high = self.bounds
        inside = (value >= low) & (value <= high)
        return inside if self.within is not None else ~inside if hasattr(inside, "shape") else not inside

    def possible(self, low: float, high: float) -> bool:
        """Whether any value between low and high (both included) lies in the region."""
        if self.above is not None:
            return high > self.above
        if self.below is not None:
            return low < self.below
        first, last = self.bounds
        return (first <= high and last >= low) if self.within is not None else (low < first or high > last)

    def certain(self, low: float, high: float) -> bool:
        """Whether every value between low and high (both included) lies in the region."""
        if self.above is not None:
            return low > self.above
        if self.below is not None:
            return high < self.below
        first, last = self.bounds
        return (first <= low and high <= last) if self.within is not None else (high < first or low > last)

    def __str__(self) -> str:
        if self.above is not None:
            return f"above {self.above:g}"
        if self.below is not None:
            return f"below {self.below:g}"
        low, high = self.bounds
        return f"{'within' if self.within is not None else 'outside'} {low:g} to {high:g}"


class SpecificationChoice(Placed):
    """One defensible way to count, declared by the case, or one answer to a decision; `options` are the measure's.

    `needs` names what has to be given beside the case; without it this way to count is left aside. `weight` says
    nothing any more, since no verdict is an average over ways to count.
    """

    id: Slug
    label: Line
    weight: float | None = None
    needs: Slug | None = None
    options: Mapping[str, Any] = {}


class Decision(Placed):
    """A choice that defensible analysts make differently, with the answers that they give.

    `label` is the question, as words after "depends on": "whether the imputed crude oil counts".
    """

    id: Slug
    label: Line
    option: Annotated[tuple[SpecificationChoice, ...], Field(min_length=2)]

    @field_validator("option")
    @classmethod
    def _each_once(cls, value: tuple[SpecificationChoice, ...]) -> tuple[SpecificationChoice, ...]:
        if len({one.id for one in value}) < len(value):
            raise ValueError("options with ids of their own")
        return value


class LeverChoice(Part):
    """An assumption of the measure that the case moves; empty fields keep the measure's own."""

    name: Line
    label: Line | None = None
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low below high")
        return self


#: How a claim stands in time: about a past period, since a day, over a window that rolls, or by a day to come.
InTime = Literal["fixed", "since", "rolling", "forecast"]


class Claim(Placed):
    """What the case asserts: a sentence, the estimand behind it, and the region where it holds.

    `as_far_as_known` ends its period, where that ends with the case's day, as far as the record reaches. Each way to
    count is one of `specifications`, one option of each of `decisions`, and `options`, which all of them share.
    """

    id: Slug
    sentence: Slug
    text: Line
    cites: Line
    measure: Slug
    unit: str | None = None
    planned: bool = False
    holds: Region
    in_time: InTime | None = None
    as_far_as_known: bool = False
    arguments: Mapping[str, Any] = {}
    specifications: tuple[Slug, ...] = ()
    decisions: tuple[Slug, ...] = ()
    options: Mapping[str, Any] = {}
    lever: tuple[LeverChoice, ...] = ()
    missing: Line | None = None
    _file: str = PrivateAttr(default="claims.toml")

    @property
    def file(self) -> str:
        """The file that declares this claim, as its author knows it."""
        return self._file


class Edition(Part):
    """A dated wall of the case: what it is called, what changed since the edition before, who made it, and why."""

    as_of: dt.date
    title: Prose = ""
    changed: Prose = ""
    by: Prose = ""
    why: Prose = ""


class CaseHeader(Placed):
    """case.toml: what the case is about.

    `as_of` is the day of the wall: that of the latest of `edition` where a case has editions. `record` names files that
    are not called after their table; `coverage` says how much of what there was a table holds; `errors` how far off
    a table's figures are; `range_coverage` how much of what a published range may stand for lies inside it; `detectors`
    moves levers of detectors, by their names. `compiler` and `licence` say who made the case and on what terms it may
    be used; `groups` which codes stand for several states; `names` what prose calls the record's publishers, baskets
    and whatever else it holds by an id.
    """

    title: Line
    compiler: Line | None = None
    licence: Line | None = None
    as_of: dt.date
    edition: Annotated[tuple[Edition, ...], Field(max_length=MOST_EDITIONS)] = ()
    focal: ActorId
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    draws: Annotated[int, Field(ge=100, le=100_000)] = 4000
    simulated: bool = False
    citation: Citation
    actor: Annotated[tuple[Actor, ...], Field(min_length=1)]
    grades: Grades = Grades()
    record: Mapping[str, tuple[Line, ...]] = {}
    coverage: Mapping[Slug, Coverage] = {}
    errors: Mapping[Slug, TableErrors] = {}
    range_coverage: Annotated[float, Field(gt=0, lt=1)] = 0.8
    detectors: Mapping[Slug, Mapping[Slug, Number]] = {}
    groups: Annotated[Mapping[GroupId, Group], Field(max_length=MOST_NAMES)] = {}
    names: Annotated[Mapping[RecordId, Line], Field(max_length=MOST_NAMES)] = {}

    @property
    def called(self) -> Mapping[str, str]:
        """What prose calls an id: the names of its groups and actors, and those that the case gives beside them."""
        groups = {code: group.name for code, group in self.groups.items()}
        return {**groups, **{actor.id: actor.name for actor in self.actor}, **self.names}

    @property
    def editions_before(self) -> tuple[Edition, ...]:
        """The editions before the wall, the earliest first."""
        return tuple(edition for edition in self.edition if edition.as_of < self.as_of)

    @property
    def present(self) -> Edition | None:
        """The edition of the wall's own day."""
        return next((edition for edition in self.edition if edition.as_of == self.as_of), None)

    @property
    def wall_line(self) -> int | None:
        """The line that says the day of the wall."""
        return self.line("edition", len(self.edition) - 1, "as_of") if self.edition else self.line("as_of")

    @model_validator(mode="before")
    @classmethod
    def _dated_by_the_latest_edition(cls, value: Any) -> Any:
        editions = value.get("edition") if isinstance(value, dict) else None
        if not editions or not isinstance(editions, list | tuple) or "as_of" in value:
            return value
        last = editions[-1].get("as_of") if isinstance(editions[-1], dict) else None
        return {**value, "as_of": last if isinstance(last, dt.date) else dt.date.max}

    @field_validator("edition")
    @classmethod
    def _the_latest_comes_last(cls, value: tuple[Edition, ...]) -> tuple[Edition, ...]:
        if any(later.as_of <= earlier.as_of for earlier, later in pairwise(value)):
            raise ValueError("editions in the order of their days, each day once")
        return value

    @field_validator("groups", mode="before")
    @classmethod
    def _by_name_alone(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: {"name": v} if isinstance(v, str) else v for k, v in value.items()}
        return value

    @field_validator("record", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: (v,) if isinstance(v, str) else v for k, v in value.items()}
        return value
