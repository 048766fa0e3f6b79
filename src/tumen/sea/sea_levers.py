"""The levers of the detectors over vessel positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tumen.detect.levers import DetectorLever, lever, levers_of


@dataclass(frozen=True)
class EncounterLevers:
    """What counts as an encounter; `levers_of` says what each means."""

    distance_m: float = lever(500.0, 10, 5000, "Count two ships as together within this many metres.")
    hours: float = lever(2.0, 0.1, 240, "Report encounters of at least this many hours.")
    slower_kn: float = lever(2.0, 0.1, 30, "Report encounters at a median speed below this many knots.")
    port_km: float = lever(
        10.0, 0, 500, "Report encounters at least this many kilometres from every port and anchorage."
    )
    leg_h: float = lever(
        1.0, 0.1, 24, "Assume that a ship sails straight between positions at most this many hours apart."
    )
    silence_h: float = lever(6.0, 0, 24, "End an encounter at a silence of more than this many hours.")
    bridge_kn: float = lever(
        2.0, 0.1, 30, "End an encounter at a silence in which a ship must have been faster than this many knots."
    )
    excursion_h: float = lever(0.25, 0, 1, "Continue an encounter if the ships separate for at most this many hours.")

    @property
    def mark_s(self) -> float:
        """Seconds between the marks at which ships are compared: four or more in every encounter."""
        return 3600.0 * min(0.5, self.hours / 4, self.leg_h)


@dataclass(frozen=True)
class GapLevers:
    """What counts as a gap, and how reception is judged."""

    min_gap_h: float = lever(12.0, 0.5, 2400, "Report silences of at least this many hours.")
    before_h: float = lever(12.0, 1, 240, "Judge reception in this many hours before and after a silence begins.")
    enough_before: float = lever(
        14.0, 1, 100_000, "Treat a ship as heard well if it sent at least this many messages in the hours before."
    )
    max_speed_kn: float = lever(25.0, 1, 100, "Treat a jump that needs more than this many knots as another ship.")
    port_km: float = lever(10.0, 0, 500, "Name the port if a silence begins within this many kilometres of it.")


@dataclass(frozen=True)
class FeasibleLevers(GapLevers):
    """What counts as a gap, and what a ship may have done in it. Merchant ships laden seldom do more than 15 knots."""

    most_kn: float = lever(15.0, 1, 60, "Assume that a ship sails at most this many knots.")
    stay_h: float = lever(0.0, 0, 240, "Assume that a ship lies in port for at least this many hours.")


@dataclass(frozen=True)
class LoiteringLevers:
    """What counts as loitering. Positions are taken a step apart so that the error of one is no speed."""

    max_speed_kn: float = lever(2.0, 0.1, 20, "Report ships that stay slower than this many knots on every leg.")
    min_duration_h: float = lever(4.0, 0.5, 2400, "Report loitering of at least this many hours.")
    min_shore_nm: float = lever(20.0, 0, 60, "Report loitering more than this many nautical miles from shore.")
    step_min: float = lever(10.0, 1, 120, "Use the first position of a ship in every span of this many minutes.")
    max_silence_h: float = lever(6.0, 0.5, 48, "End loitering at a silence of more than this many hours.")


@dataclass(frozen=True)
class PortCallLevers:
    """What counts as a call."""

    entry_km: float = lever(3.0, 0.1, 50, "Begin a call within this many kilometres of a port.")
    exit_km: float = lever(4.0, 0.1, 50, "End a call beyond this many kilometres from the port.")
    stop_kn: float = lever(0.2, 0.05, 5, "Treat a ship as stopped below this many knots.")
    go_kn: float = lever(0.5, 0.05, 10, "Treat a stopped ship as moving again above this many knots.")
    dark_h: float = lever(4.0, 0.5, 2400, "Report silences of at least this many hours.")
    max_speed_kn: float = lever(25.0, 1, 100, "Treat a jump that needs more than this many knots as another ship.")


@dataclass(frozen=True)
class IdentityLevers:
    """What counts as being said, and as near a silence or alike."""

    least_messages: float = lever(
        2.0, 1, 100_000, "Ignore a name or number that a ship sent in fewer than this many messages."
    )
    gap_days: float = lever(7.0, 0, 365, "Report changes within this many days of a silence.")
    min_gap_h: float = lever(12.0, 0.5, 2400, "Count silences of at least this many hours.")
    least_score: float = lever(
        90.0, 50, 100, "Report names that are like a listed name with a score of at least this, of 100."
    )


#: Levers of which the first may not be above the second.
ORDERED = (("entry_km", "exit_km"), ("stop_kn", "go_kn"))


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
OF_A_CASE: Mapping[str, tuple[DetectorLever, ...]] = {
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
