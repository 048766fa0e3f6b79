"""How far contacts come in episodes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from tumen.events.over_dispersion import Scatter, scattered

#: Days of the bins in which contacts are counted: a month and a quarter of a year. Episodes that last longer than a
#: month scatter by quarters.
CONTACT_BIN_DAYS = (30.4, 91.3)

#: Fewer bins than this say nothing of how counts scatter.
LEAST_CONTACT_BINS = 3


def scatter_of(sides: Sequence[Sequence[dt.date]], period: tuple[dt.date, dt.date]) -> Scatter:
    """The index of dispersion of the dyads' contacts, each about its own mean: by months or by quarters, the larger.

    Args:
        sides: days of the contacts of each dyad.
        period: half-open.

    Source: as `tumen.events.over_dispersion.scattered`.

    Limits: the larger of two estimates is a little too high where contacts come one by one. A rate that drifts over
        the period looks like episodes.

    Example:
        >>> days = [dt.date(2023, 1, d) for d in (2, 9, 16, 23)]
        >>> scatter_of([days], (dt.date(2023, 1, 1), dt.date(2024, 1, 1)))  # 4 in the first of four quarters
        Scatter(index=4.0, free=3)
    """
    found = [_scatter(sides, period, width) for width in CONTACT_BIN_DAYS]
    return max(found, key=lambda one: (one.index if one.free else 0.0, one.free))


def _scatter(sides: Sequence[Sequence[dt.date]], period: tuple[dt.date, dt.date], width: float) -> Scatter:
    first, days = period[0], (period[1] - period[0]).days
    bins = round(days / width)
    if bins < LEAST_CONTACT_BINS:
        return Scatter(1.0, 0)
    places = [np.array([(day - first).days * bins // days for day in side], dtype=int) for side in sides]
    return scattered([np.bincount(place, minlength=bins).astype(float) for place in places])
