"""What votes are counted in."""

from __future__ import annotations

from tumen.measure.units import counted_in

VOTES = counted_in("votes", "vote", "the number of votes")
THREE_WAY_VOTES = counted_in("three-way votes", "three-way vote", "the number of three-way votes")
ROLL_CALLS = counted_in("roll calls", "roll call", "the number of roll calls")

UNITS = (VOTES, THREE_WAY_VOTES, ROLL_CALLS)
