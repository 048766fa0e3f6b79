"""The lever of what a record may have missed, which a measure of counts moves from none to many."""

from __future__ import annotations

from tumen.measure.estimate import Lever
from tumen.measure.units import COUNT


def lever_of_missed(name: str, most: float, label: str, tolerance: float) -> Lever:
    """A lever that adds so many things to a count; it stands at none.

    Args:
        most: as many as it adds.
        label: what is missing, in the plural: "remarks missing from the record".
        tolerance: how exactly a tipping point is found, in things.

    Example:
        >>> lever = lever_of_missed("missed", 30, "visits missing from the record", 1e-3)
        >>> lever.low, lever.baseline, lever.high, lever.unit.name
        (0.0, 0.0, 30.0, 'count')
    """
    return Lever(name=name, unit=COUNT, low=0.0, high=float(most), baseline=0.0, tolerance=tolerance, label=label)
