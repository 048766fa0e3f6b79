"""What events are counted in."""

from __future__ import annotations

from tumen.measure.units import counted_in

COUNTED_EVENTS = counted_in("events", "event", "the number of events")
CONTACTS = counted_in("contacts so far", "contact so far", "the number of contacts so far")

UNITS = (COUNTED_EVENTS, CONTACTS)
