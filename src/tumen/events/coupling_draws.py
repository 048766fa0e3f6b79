"""The share of events that two other dyads account for, and its draws by a block bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.events.coupling_series import DESIGN_COLUMNS, Triads
from tumen.events.negative_binomial import Fitted, fitted, refitted
from tumen.measure.arrays import Floats

#: Steps of Fisher scoring from the sample's fit to a resample's.
_STEPS = 3


@dataclass(frozen=True)
class ShareDraws:
    """The share that M1 finds in the focal triad.

    Args:
        fit: M1 of each of the three dyads.
        share: of the sample as it is.
        resampled: the same share in each resample.
        each: draws of each dyad's own share, shape (3, draws).
    """

    fit: Fitted
    share: float
    resampled: Floats
    each: Floats

    def basic(self, shift: float, resampled_shift: Floats) -> Floats:
        """Draws of the share beyond what a shared adversary and the model's own bias leave in triads without coupling.

        The basic bootstrap reflects resamples in the sample's own value, so that what resampling adds is taken off,
        not added twice.

        Args:
            shift, resampled_shift: what is left in such triads, and in each resample.

        Source: Davison and Hinkley, Bootstrap Methods and their Application (1997), section 5.2.
        """
        drawn: Floats = 2 * (self.share - shift) - (self.resampled - resampled_shift)
        return drawn


def block_weights(bins: int, draws: int, rng: np.random.Generator) -> Floats:
    """How often each bin is in each resample of a circular block bootstrap; blocks are as long as the cube root of the
    bins.

    Returns: shape (draws, bins); each row sums to bins.

    Source: Politis and Romano (1992), in LePage and Billard (eds), Exploring the Limits of Bootstrap, 263-270.

    Example:
        >>> block_weights(27, 2, np.random.default_rng(1)).sum(axis=1).tolist()
        [27.0, 27.0]
    """
    length = max(1, round(bins ** (1 / 3)))
    starts = rng.integers(0, bins, (draws, -(-bins // length)))
    chosen = ((starts[:, :, None] + np.arange(length)) % bins).reshape(draws, -1)[:, :bins]
    at = chosen + bins * np.arange(draws)[:, None]
    return np.bincount(at.ravel(), minlength=bins * draws).reshape(draws, bins).astype(float)


def shares(focal: Triads, weights: Floats) -> ShareDraws:
    """The share of the three dyads' expected events that goes with the other two dyads' histories.

    The coefficient of a history's logarithm is an elasticity: the share of expected events that moves with it. Where
    each event of another dyad brings about so many of this one, it is the share of events brought about. It may be
    negative, where
    events of one dyad take the place of another's. Dyads count by their events.

    Args:
        focal: one triad.
        weights: of bins in each resample, shape (draws, bins).
    """
    full = focal.full
    fit = fitted(focal.counts, full)
    events = weights @ focal.counts.T
    each = np.stack(
        [
            refitted(focal.counts[[d]], full[d], weights, fit.coefficients[[d]], fit.dispersion[[d]], _STEPS)[
                :, len(DESIGN_COLUMNS) :
            ].sum(axis=1)
            for d in range(3)
        ]
    )
    own = fit.coefficients[:, len(DESIGN_COLUMNS) :].sum(axis=1)
    count = focal.counts.sum(axis=1)
    return ShareDraws(
        fit, float((own * count).sum() / count.sum()), (each * events.T).sum(axis=0) / events.sum(axis=1), each
    )
