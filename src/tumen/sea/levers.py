"""The levers of the detectors: what each counts by, from how much to how much it may be moved, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tumen.errors import Place, Problem, did_you_mean


@dataclass(frozen=True)
class Lever:
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


def _lever(default: float, low: float, high: float, meaning: str) -> Any:
    """A field that is a lever."""
    return field(default=default, metadata={"low": low, "high": high, "meaning": meaning})


@dataclass(frozen=True)
class EncounterLevers:
    """What counts as an encounter; `levers_of` says what each means."""

    distance_m: float = _lever(500.0, 10, 5000, "Count two ships as together within this many metres.")
    hours: float = _lever(2.0, 0.1, 240, "Report encounters of at least this many hours.")
    slower_kn: float = _lever(2.0, 0.1, 30, "Report encounters at a median speed below this many knots.")
    port_km: float = _lever(
        10.0, 0, 500, "Report encounters at least this many kilometres from every port and anchorage."
    )
    leg_h: float = _lever(
        1.0, 0.1, 24, "Assume that a ship sails straight between positions at most this many hours apart."
    )
    silence_h: float = _lever(6.0, 0, 24, "End an encounter at a silence of more than this many hours.")
    bridge_kn: float = _lever(
        2.0, 0.1, 30, "End an encounter at a silence in which a ship must have been faster than this many knots."
    )
    excursion_h: float = _lever(0.25, 0, 1, "Continue an encounter if the ships separate for at most this many hours.")

    @property
    def mark_s(self) -> float:
        """Seconds between the marks at which ships are compared: four or more in every encounter."""
        return 3600.0 * min(0.5, self.hours / 4, self.leg_h)


@dataclass(frozen=True)
class GapLevers:
    """What counts as a gap, and how reception is judged."""

    min_gap_h: float = _lever(12.0, 0.5, 2400, "Report silences of at least this many hours.")
    before_h: float = _lever(12.0, 1, 240, "Judge reception in this many hours before and after a silence begins.")
    enough_before: float = _lever(
        14.0, 1, 100_000, "Treat a ship as heard well if it sent at least this many messages in the hours before."
    )
    max_speed_kn: float = _lever(25.0, 1, 100, "Treat a jump that needs more than this many knots as another ship.")
    port_km: float = _lever(10.0, 0, 500, "Name the port if a silence begins within this many kilometres of it.")


@dataclass(frozen=True)
class FeasibleLevers(GapLevers):
    """What counts as a gap, and what a ship may have done in it. Merchant ships laden seldom do more than 15 knots."""

    most_kn: float = _lever(15.0, 1, 60, "Assume that a ship sails at most this many knots.")
    stay_h: float = _lever(0.0, 0, 240, "Assume that a ship lies in port for at least this many hours.")


@dataclass(frozen=True)
class LoiteringLevers:
    """What counts as loitering. Positions are taken a step apart so that the error of one is no speed."""

    max_speed_kn: float = _lever(2.0, 0.1, 20, "Report ships that stay slower than this many knots on every leg.")
    min_duration_h: float = _lever(4.0, 0.5, 2400, "Report loitering of at least this many hours.")
    min_shore_nm: float = _lever(20.0, 0, 60, "Report loitering more than this many nautical miles from shore.")
    step_min: float = _lever(10.0, 1, 120, "Use the first position of a ship in every span of this many minutes.")
    max_silence_h: float = _lever(6.0, 0.5, 48, "End loitering at a silence of more than this many hours.")


@dataclass(frozen=True)
class PortCallLevers:
    """What counts as a call."""

    entry_km: float = _lever(3.0, 0.1, 50, "Begin a call within this many kilometres of a port.")
    exit_km: float = _lever(4.0, 0.1, 50, "End a call beyond this many kilometres from the port.")
    stop_kn: float = _lever(0.2, 0.05, 5, "Treat a ship as stopped below this many knots.")
    go_kn: float = _lever(0.5, 0.05, 10, "Treat a stopped ship as moving again above this many knots.")
    dark_h: float = _lever(4.0, 0.5, 2400, "Report silences of at least this many hours.")
    max_speed_kn: float = _lever(25.0, 1, 100, "Treat a jump that needs more than this many knots as another ship.")


@dataclass(frozen=True)
class IdentityLevers:
    """What counts as being said, and as near a silence or alike."""

    least_messages: float = _lever(
        2.0, 1, 100_000, "Ignore a name or number that a ship sent in fewer than this many messages."
    )
    gap_days: float = _lever(7.0, 0, 365, "Report changes within this many days of a silence.")
    min_gap_h: float = _lever(12.0, 0.5, 2400, "Count silences of at least this many hours.")
    least_score: float = _lever(
        90.0, 50, 100, "Report names that are like a listed name with a score of at least this, of 100."
    )


#: Levers of which the first may not be above the second.
ORDERED = (("entry_km", "exit_km"), ("stop_kn", "go_kn"))


def levers_of(kind: type[Any]) -> tuple[Lever, ...]:
    """The levers of a detector, in order.

    Example:
        >>> [(lever.name, lever.default) for lever in levers_of(FeasibleLevers)][-2:]
        [('most_kn', 15.0), ('stay_h', 0.0)]
    """
    return tuple(Lever(f.name, getattr(kind, f.name), **f.metadata) for f in fields(kind))


def disordered(values: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """Pairs of levers of which the first is above the second though it may not be.

    Example:
        >>> disordered({"entry_km": 5.0, "exit_km": 4.0, "stop_kn": 0.2, "go_kn": 0.5})
        (('entry_km', 'exit_km'),)
    """
    return tuple(
        (low, high) for low, high in ORDERED if low in values and high in values and values[low] > values[high]
    )


@dataclass(frozen=True)
class CaseLevers:
    """The levers of the detectors that run for a case."""

    encounters: EncounterLevers = EncounterLevers()
    port_calls: PortCallLevers = PortCallLevers()
    gaps: GapLevers = GapLevers()
    feasible_calls: FeasibleLevers = FeasibleLevers()
    identity: IdentityLevers = IdentityLevers()


#: Detectors that run for a case, with the levers that it may move. Feasible calls lie in the gaps that gaps' levers
#: make.
_OF_A_CASE: Mapping[str, tuple[Lever, ...]] = {
    "encounters": levers_of(EncounterLevers),
    "port-calls": levers_of(PortCallLevers),
    "gaps": levers_of(GapLevers),
    "feasible-calls": levers_of(FeasibleLevers)[len(levers_of(GapLevers)) :],
    "identity": levers_of(IdentityLevers),
}


def case_levers(moved: Mapping[str, Mapping[str, float]]) -> CaseLevers:
    """The levers of a case's detectors, where `lever_problems` finds nothing wrong.

    Args:
        moved: by detector and lever, what the case sets in place of the usual.

    Example:
        >>> case_levers({"gaps": {"min_gap_h": 6.0}}).feasible_calls.min_gap_h
        6.0
    """
    gaps = moved.get("gaps", {})
    return CaseLevers(
        EncounterLevers(**moved.get("encounters", {})),
        PortCallLevers(**moved.get("port-calls", {})),
        GapLevers(**gaps),
        FeasibleLevers(**{**gaps, **moved.get("feasible-calls", {})}),
        IdentityLevers(**moved.get("identity", {})),
    )


def lever_problems(
    moved: Mapping[str, Mapping[str, float]], file: str, line: Callable[..., int | None]
) -> Iterator[Problem]:
    """Everything that is wrong with the levers that a case moves.

    Args:
        moved: as for `case_levers`.
        file, line: where they are written: the file, and the line of a key in it.
    """
    for detector, values in moved.items():
        known = {lever.name: lever for lever in _OF_A_CASE.get(detector, ())}
        if not known:
            yield Problem(
                Place(file, line("detectors", detector)),
                got=f"detector '{detector}'",
                expected="a detector that runs for a case",
                fix=did_you_mean(detector, _OF_A_CASE),
                slug="unknown-detector",
            )
            continue
        for name, value in values.items():
            lever, at = known.get(name), line("detectors", detector, name)
            if lever is None:
                yield Problem(
                    Place(file, at),
                    got=f"lever '{name}' of {detector}",
                    expected="a lever that the detector has",
                    fix=did_you_mean(name, known),
                    slug="unknown-detector-lever",
                )
            elif not lever.low <= value <= lever.high:
                yield Problem(
                    Place(file, at),
                    got=f"{name} = {value:g}",
                    expected=f"{lever.low:g} to {lever.high:g}",
                    fix="Correct the value.",
                    slug="detector-lever-range",
                )
        for low, high in disordered({**{n: one.default for n, one in known.items()}, **values}):
            yield Problem(
                Place(file, line("detectors", detector, low)),
                got=f"{low} above {high}",
                expected=f"{low} of no more than {high}",
                fix="Move one of the two.",
                slug="detector-lever-range",
            )
