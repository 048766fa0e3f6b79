"""What votes are counted in."""

from __future__ import annotations

from tumen.measure.units import counted_in

COUNTED_VOTES = counted_in("votes", "vote", "the number of votes")
THREE_WAY_VOTES = counted_in("three-way votes", "three-way vote", "the number of three-way votes")
COUNTED_ROLL_CALLS = counted_in("roll calls", "roll call", "the number of roll calls")

UNITS = (COUNTED_VOTES, THREE_WAY_VOTES, COUNTED_ROLL_CALLS)
