"""How probable a change of type or order is, and how such forecasts fared from past years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tumen.counting import counted
from tumen.measure.arrays import Floats
from tumen.measure.comparable import peers_of
from tumen.measure.estimate import Peers
from tumen.measure.series import Forecast
from tumen.triangle.closeness import Closeness
from tumen.triangle.dyads import shape_of
from tumen.triangle.local_level import Filtered

#: A dyad seen in fewer years than this says nothing of how it moves.
LEAST_YEARS = 5

#: A back-test from fewer years than this is said to prove little.
FEW_YEARS = 10


def change_by_step(
    model: Filtered,
    time: int,
    ahead: int,
    amity: float,
    normals: Floats,
    seen: Floats | None = None,
    error: Floats | None = None,
) -> Floats:
    """How probable a change of type or order is some years after a time, for each size of step.

    Args:
        ahead: years.
        amity: as log odds.
        normals: standard normals, shape (2, futures, 3): where the levels are, and where they go.
        seen: what was seen at the time; where it is given, what will be seen is compared with it. Else levels are
            compared with levels.
        error: variance of what will be seen, with `seen`.
    """
    now = model.level[:, time, None] + np.sqrt(model.variance[:, time, None]) * normals[0]
    moved = np.sqrt(ahead * model.step_sds[:, None, None] ** 2 + (0.0 if error is None else error))
    before = shape_of(now if seen is None else seen, amity)
    changed = np.any(shape_of(now + moved * normals[1], amity) != before, axis=-1)
    return np.asarray(np.mean(changed, axis=-1))


def back_test(
    seen: Floats, variance: Floats, model: Filtered, ahead: int, amity: float, normals: Floats, since: int = 0
) -> tuple[Floats, NDArray[np.bool_]]:
    """Forecasts from every past year, by what was known in it, and whether type or order as seen did change.

    Args:
        since: how many years before the year of the forecast that lies with which the later one is compared.

    Returns: probability and outcome for each year in which a forecast was possible, where all three dyads were seen
        in the year compared with and in the later one.
    """
    whole: NDArray[np.bool_] = np.all(np.isfinite(seen), axis=1)
    first = max(LEAST_YEARS - 1, since)
    years = [t for t in range(first, len(seen) - ahead) if whole[t - since] and whole[t + ahead]]
    forecasts = [
        float(
            model.posterior(t) @ change_by_step(model, t, ahead, amity, normals, seen[t - since], variance[t - since])
        )
        for t in years
    ]
    came = [bool(np.any(shape_of(seen[t - since], amity) != shape_of(seen[t + ahead], amity))) for t in years]
    return np.array(forecasts), np.array(came, dtype=bool)


def brier(forecasts: Floats, came: NDArray[np.bool_]) -> Mapping[str, float]:
    """Brier scores: ours, of "no change", and of how often the other years saw one. Lower is better.

    Source: Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Example:
        >>> brier(np.array([1.0, 0.5, 0.0]), np.array([True, False, False]))["model"].round(4)
        np.float64(0.0833)
    """
    others = (came.sum() - came) / max(1, len(came) - 1)
    return {
        "model": np.mean((forecasts - came) ** 2),
        "no change": np.mean(came),
        "base rate": np.mean((others - came) ** 2),
    }


def back_said(forecasts: Floats, came: NDArray[np.bool_], ahead: int) -> str:
    """The back-test in words."""
    if not len(came):
        return (
            f"no back-test: no two years {ahead} apart in which all three dyads were seen, after the first "
            f"{LEAST_YEARS}"
        )
    scores = brier(forecasts, came)
    told = ", ".join(f"{name} {score:.2f}" for name, score in scores.items())
    return (
        f"back-test from {counted(len(came), 'past year')}, {int(came.sum())} with a change as seen: "
        f"Brier score {told} (lower is better)" + ("; so few years prove little" if len(came) < FEW_YEARS else "")
    )


def spans_before(seen: Floats, years: Sequence[int], span: int, amity: float) -> Peers | None:
    """Spans of as many years in the past, each with whether type or order as seen differed between its ends.

    Args:
        seen: what was seen of the dyads in each year, shape (years, 3); nan where nothing was.
        span: in years.

    Returns: None where too few spans had all three dyads seen at both ends.

    Example:
        >>> seen = np.array([[2.0, 1, 0], [2, 0, 1]] * 3)
        >>> spans_before(seen, range(2019, 2025), 1, -1.0).values["2019 to 2020"]
        1.0
    """
    whole = np.all(np.isfinite(seen), axis=1)
    values = {
        f"{years[t]} to {years[t + span]}": float(np.any(shape_of(seen[t], amity) != shape_of(seen[t + span], amity)))
        for t in range(len(years) - span)
        if whole[t] and whole[t + span]
    }
    return peers_of(f"earlier spans of {counted(span, 'year')}", values)


def spread(chances: Floats, weights: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Draws of a probability that may be one of several, each as often as its weight says.

    Args:
        weights: of the probabilities; they sum to one.

    Example:
        >>> sorted(spread(np.array([0.2, 0.6]), np.array([0.25, 0.75]), 4, np.random.default_rng(1)).tolist())
        [0.2, 0.6, 0.6, 0.6]
    """
    at = np.searchsorted(np.cumsum(weights), (rng.permutation(draws) + 0.5) / draws)
    drawn: Floats = chances[np.minimum(at, len(chances) - 1)]
    return drawn


def forecast_of(found: Closeness, row: int, chance: float, until: dt.date, amity: float) -> Forecast:
    """The forecast that can be scored: of a change as it will be seen, since nobody sees where dyads truly stand.

    Args:
        row: of the year with which the later one is compared.
        amity: the closeness above which a dyad is friendly.
    """
    year = found.years[row]
    return Forecast(
        until,
        chance,
        f"{year}: {found.as_seen(row, amity)}",
        f"counted in the same way, the type, the pivot or the order of the dyads as seen in {until.year} is not "
        "that seen in "
        f"{year}; it cannot be scored if one of the dyads is not seen in {until.year}",
    )
