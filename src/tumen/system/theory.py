"""system.toml: who can do what, what each is after, and what moves them; an analyst's model, with ranges for all of it.

The file is optional. No formula and no code: an effect is a row that says when it counts and how much.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from tumen.case.model import ActorId, Placed
from tumen.case.part import Line, Part, Slug
from tumen.counting import counted
from tumen.system.periods import PERIOD

#: The file's name in a case.
SYSTEM_FILE = "system.toml"

#: Most parts of each kind that it may have.
MOST_PARTS: Mapping[str, int] = {"move": 12, "aim": 100, "effect": 500, "driver": 40, "future": 40, "profile": 200}

#: Precision of choice where the file says none: from nearly at random to nearly always the better.
PRECISION = (0.5, 4.0)

#: What a profile calls the weight of doing the same again: "ABC.habit".
HABIT = "habit"

#: Nothing weighs more than this, and nobody chooses more exactly.
HEAVIEST, MOST_PRECISION = 20.0, 50.0

_NAME = "[a-z0-9][a-z0-9_-]{0,39}"


def _matching(pattern: str, says: str) -> Any:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(says)
        return text

    return AfterValidator(check)


#: An actor and one of its moves, or of its aims: "ABC.support".
Dotted = Annotated[str, _matching(rf"[A-Z]{{3}}\.{_NAME}", "an actor and a name with a dot between, such as ABC.help")]

#: The id of a move, a level, an aim or a driver by itself.
Name = Annotated[str, _matching(_NAME, "up to forty lower-case letters, digits, - and _")]

#: A driver, or one minus it.
TimesDriver = Annotated[str, _matching(f"(1 - )?{_NAME}", "a driver, such as need, or one minus it: 1 - need")]


def _forward(pair: tuple[float, float]) -> tuple[float, float]:
    if not pair[0] <= pair[1]:
        raise ValueError("the low end before the high one")
    return pair


def _within(low: float, high: float, says: str) -> Any:
    def check(pair: tuple[float, float]) -> tuple[float, float]:
        if not all(low <= value <= high for value in pair):
            raise ValueError(says)
        return _forward(pair)

    return AfterValidator(check)


#: Ends of a range.
Weight = Annotated[tuple[float, float], _within(0.0, HEAVIEST, f"weights from 0 to {HEAVIEST:g}")]
Value = Annotated[tuple[float, float], _within(-1.0, 1.0, "values from -1 to 1")]
Precision = Annotated[tuple[float, float], _within(0.0, MOST_PRECISION, f"numbers from 0 to {MOST_PRECISION:g}")]

#: A driver's value.
Strength = Annotated[float, Field(ge=0, le=1)]

#: A period, such as "2024H2".
PeriodName = Annotated[str, _matching(PERIOD, "a period such as 2024, 2024H2, 2024Q3 or 2024-07")]


class Move(Placed):
    """What an actor chooses anew in each period: one of a few levels, each with its place on a scale.

    `habit` is how much it weighs to do the same again.
    """

    actor: ActorId
    id: Name
    says: Line
    levels: Annotated[tuple[Name, ...], Field(min_length=2, max_length=6)]
    scale: tuple[float, ...]
    habit: Weight = (0.0, 0.0)
    ordered: bool = True

    @model_validator(mode="after")
    def _a_place_each(self) -> Self:
        if len(self.scale) != len(self.levels):
            raise ValueError(f"a scale of {counted(len(self.levels), 'number')}, one for each level")
        if len(set(self.levels)) < len(self.levels):
            raise ValueError("each level once")
        if not all(abs(one) <= 1e6 for one in self.scale):
            raise ValueError("a scale of numbers up to a million")
        return self

    @property
    def name(self) -> str:
        """Actor and move: "ABC.support"."""
        return f"{self.actor}.{self.id}"


class Aim(Placed):
    """What an actor is after, and how much it weighs, as a range."""

    actor: ActorId
    id: Name
    says: Line
    weight: Weight
    cites: Line

    @property
    def name(self) -> str:
        """Actor and aim: "ABC.stability"."""
        return f"{self.actor}.{self.id}"


class Effect(Placed):
    """How good it is for an aim when one move, or two, stand at some levels, alone or times a driver."""

    aim: Dotted
    when: Annotated[Mapping[Dotted, Name], Field(min_length=1, max_length=2)]
    value: Value
    times: TimesDriver | None = None

    @property
    def driver(self) -> str | None:
        """The driver that it goes with, if any."""
        return self.times.removeprefix("1 - ") if self.times else None

    @property
    def reversed(self) -> bool:
        """Whether it counts less the higher the driver stands."""
        return bool(self.times and self.times.startswith("1 - "))


class Driver(Placed):
    """What lies outside the model and moves it: a coded number from 0 to 1, or a move of somebody else.

    `move` names a coded move, and `levels` what each of its levels stands for; with `before` it is that of the period
    before.
    """

    id: Name
    says: Line
    move: Dotted | None = None
    levels: Mapping[Name, Strength] = {}
    before: bool = False

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if bool(self.move) != bool(self.levels):
            raise ValueError("move and levels together, or neither")
        return self


class Future(Placed):
    """One way in which drivers go on, by period; what it does not name stays as it was last."""

    id: Slug
    says: Line
    set: Annotated[Mapping[Name, Annotated[Mapping[PeriodName, Strength], Field(min_length=1)]], Field(min_length=1)]


class Profile(Placed):
    """What an explanation says of aims: narrower, or other, ranges of some weights, and of an actor's precision.

    A weight is an aim's, "ABC.influence", or the habit of all moves of an actor, "ABC.habit".
    """

    explains: Slug
    weights: Mapping[Dotted, Weight] = {}
    precision: Mapping[ActorId, Precision] = {}

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.weights or self.precision):
            raise ValueError("weights or precision")
        return self


class SystemFile(Part):
    """Keys that system.toml may hold at its top."""

    note: Line | None = None
    precision: Mapping[ActorId, Precision] = {}
    ahead: Annotated[int, Field(ge=1, le=20)] = 4
    move: tuple[Mapping[str, Any], ...] = ()
    aim: tuple[Mapping[str, Any], ...] = ()
    effect: tuple[Mapping[str, Any], ...] = ()
    driver: tuple[Mapping[str, Any], ...] = ()
    future: tuple[Mapping[str, Any], ...] = ()
    profile: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class System:
    """A system as its analyst declares it.

    Args:
        note: what a reader must know of it, such as who wrote it and when; shown wherever results are.
        precision: how exactly each actor chooses, as a range; `PRECISION` where none is given.
        ahead: how many periods are forecast.
    """

    moves: tuple[Move, ...]
    aims: tuple[Aim, ...]
    effects: tuple[Effect, ...]
    drivers: tuple[Driver, ...] = ()
    futures: tuple[Future, ...] = ()
    profiles: tuple[Profile, ...] = ()
    precision: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    note: str | None = None
    ahead: int = 4

    @property
    def actors(self) -> tuple[str, ...]:
        """Those who choose, in the order of their first moves."""
        return tuple(dict.fromkeys(move.actor for move in self.moves))

    def precision_of(self, actor: str) -> tuple[float, float]:
        """How exactly an actor chooses, as a range."""
        return self.precision.get(actor, PRECISION)

    def move_named(self, name: str) -> Move | None:
        """A move by its actor and id."""
        return next((move for move in self.moves if move.name == name), None)
