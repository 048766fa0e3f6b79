"""What moves are counted in."""

from __future__ import annotations

from tumen.measure.units import Unit

#: A place on the scale that a move gives its levels.
PLACE = Unit(name="level", subject="the mean level", axis="level, on the move's scale")

UNITS = (PLACE,)
