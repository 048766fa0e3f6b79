"""What events are counted in."""

from __future__ import annotations

from tumen.measure.units import counted_in

COUNTED_EVENTS = counted_in("events", "event", "the number of events")
CONTACTS = counted_in("contacts so far", "contact so far", "the number of contacts so far")
ACTS = counted_in("acts so far", "act so far", "the number of acts so far")
TESTS = counted_in("tests", "test", "the number of tests")

UNITS = (COUNTED_EVENTS, CONTACTS, ACTS, TESTS)
