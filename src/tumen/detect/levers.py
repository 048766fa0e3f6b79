"""The levers of detectors: what each counts by, from how much to how much it may be moved, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from tumen.errors import Place, Problem, did_you_mean

#: Pairs of levers of which the first may not be above the second.
Ordered = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class DetectorLever:
    """A number of a detector's that a user may move.

    Args:
        name: with its unit.
        low, high: the least and the most that it may be.
        meaning: what it does, as a sentence.
    """

    name: str
    default: float
    low: float
    high: float
    meaning: str


def lever(default: float, low: float, high: float, meaning: str) -> Any:
    """A field that is a lever."""
    return field(default=default, metadata={"low": low, "high": high, "meaning": meaning})


def levers_of(kind: type[Any]) -> tuple[DetectorLever, ...]:
    """The levers of a detector, in order.

    Example:
        >>> @dataclass(frozen=True)
        ... class Waiting:
        ...     hours: float = lever(2.0, 0, 24, "Report waits of at least this many hours.")
        >>> [(one.name, one.default, one.high) for one in levers_of(Waiting)]
        [('hours', 2.0, 24)]
    """
    return tuple(DetectorLever(f.name, getattr(kind, f.name), **f.metadata) for f in fields(kind))


def disordered(values: Mapping[str, float], ordered: Ordered) -> tuple[tuple[str, str], ...]:
    """Pairs of levers of which the first is above the second though it may not be.

    Example:
        >>> disordered({"enter": 5.0, "leave": 4.0, "stop": 0.2, "go": 0.5}, [("enter", "leave"), ("stop", "go")])
        (('enter', 'leave'),)
    """
    return tuple(
        (low, high) for low, high in ordered if low in values and high in values and values[low] > values[high]
    )


def lever_problems(
    moved: Mapping[str, Mapping[str, float]],
    detectors: Mapping[str, Sequence[DetectorLever]],
    ordered: Ordered,
    file: str,
    line: Callable[..., int | None],
) -> Iterator[Problem]:
    """Everything that is wrong with the levers that a case moves.

    Args:
        moved: by detector and lever, what the case sets in place of the usual.
        detectors: those that run for a case, with the levers that it may move.
        ordered: pairs of levers of which the first may not be above the second.
        file, line: where they are written: the file, and the line of a key in it.
    """
    for detector, values in moved.items():
        known = {one.name: one for one in detectors.get(detector, ())}
        if not known:
            yield Problem(
                Place(file, line("detectors", detector)),
                got=f"detector '{detector}'",
                expected="a detector that runs for a case",
                fix=did_you_mean(detector, detectors),
                slug="unknown-detector",
            )
            continue
        for name, value in values.items():
            moving, at = known.get(name), line("detectors", detector, name)
            if moving is None:
                yield Problem(
                    Place(file, at),
                    got=f"lever '{name}' of {detector}",
                    expected="a lever that the detector has",
                    fix=did_you_mean(name, known),
                    slug="unknown-detector-lever",
                )
            elif not moving.low <= value <= moving.high:
                yield Problem(
                    Place(file, at),
                    got=f"{name} = {value:g}",
                    expected=f"{moving.low:g} to {moving.high:g}",
                    fix="Correct the value.",
                    slug="detector-lever-range",
                )
        for low, high in disordered({**{n: one.default for n, one in known.items()}, **values}, ordered):
            yield Problem(
                Place(file, line("detectors", detector, low)),
                got=f"{low} above {high}",
                expected=f"{low} of no more than {high}",
                fix="Move one of the two.",
                slug="detector-lever-range",
            )
