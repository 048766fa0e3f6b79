"""Units that ships are counted in."""

from __future__ import annotations

from tumen.measure.units import counted_in

TONNES = counted_in("tonnes", "tonne", "the quantity")

UNITS = (TONNES,)
