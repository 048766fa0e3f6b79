"""Negative binomial regression (NB2, log link) of many samples at once.

mean(t)     = exp(rows(t) · coefficients)
variance(t) = mean(t) + dispersion × mean(t)²

Samples either share one matrix of covariates and differ by the weights of their rows, as resamples do, or have a
matrix each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumen.measure.arrays import Floats

#: Dispersion below which a sample is as good as Poisson, and above which it says nothing.
_LEAST, _MOST = 1e-6, 1e3

#: Keeps the information of a covariate that never varies from being singular; its coefficient stays where it is.
_RIDGE = 1e-9

_CYCLES = 100
_TOLERANCE = 1e-8
_FAR = 5.0  # no step moves a logarithm of a mean farther


@dataclass(frozen=True)
class Fitted:
    """Fits of several samples.

    Args:
        coefficients: shape (samples, covariates).
        dispersion: shape (samples,).
        means: expected counts, shape (samples, times).
        covariance: of the coefficients, the dispersion taken as known; shape (samples, covariates, covariates).
        converged: shape (samples,).
    """

    coefficients: Floats
    dispersion: Floats
    means: Floats
    covariance: Floats
    converged: NDArray[np.bool_]


def fitted(counts: Floats, rows: Floats, weights: Floats | None = None) -> Fitted:
    """Maximum likelihood by turns: the coefficients by Fisher scoring, the dispersion by Newton's method.

    Args:
        counts: whole numbers, shape (samples, times).
        rows: covariates, shape (times, covariates), or (samples, times, covariates).
        weights: of each time, shape (samples, times); all 1 where None.

    Returns: a sample that has not converged says so; its numbers are where it stood.

    Source: Venables and Ripley, Modern Applied Statistics with S (4th ed., 2002), section 7.4, as in MASS::glm.nb.

    Example:
        >>> fit = fitted(np.array([[1.0, 4, 2, 9, 3, 6]]), np.ones((6, 1)))
        >>> np.exp(fit.coefficients).round(6).tolist(), fit.converged.tolist()
        ([[4.166667]], [True])
    """
    weights = np.ones(counts.shape) if weights is None else weights
    tails = _tails(counts, weights)
    beta = _start(counts, rows, weights)
    alpha = np.full(len(counts), 0.1)
    means = _means(rows, beta)
    done = np.zeros(len(counts), dtype=bool)
    for cycle in range(_CYCLES):
        alpha_next = _dispersion(counts, means, weights, tails, alpha, 1 if cycle < 3 else 2)
        beta = beta + _step(counts, rows, weights, means, alpha_next)
        before, means = means, _means(rows, beta)
        moved_by = np.abs(np.log(means / before)).max(axis=1)
        done = (moved_by < _TOLERANCE) & (np.abs(np.log(alpha_next / alpha)) < 1e3 * _TOLERANCE)
        alpha = alpha_next
        if done.all():
            break
    covariance = np.asarray(
        np.linalg.inv(information(rows, weights * means / (1 + alpha[:, None] * means))), dtype=np.float64
    )
    return Fitted(beta, alpha, means, covariance, done & np.isfinite(means).all(axis=1))


def refitted(counts: Floats, rows: Floats, weights: Floats, fit: Floats, dispersion: Floats, steps: int) -> Floats:
    """Coefficients of resampled times: a few steps of Fisher scoring from the fit of the sample, its dispersion kept.

    Args:
        counts: shape (1, times) or (samples, times).
        rows: shape (times, covariates), or (samples, times, covariates).
        weights: shape (samples, times).
        fit: the sample's coefficients, shape (1, covariates) or (samples, covariates).
        dispersion: shape (1,) or (samples,).

    Returns: shape (samples, covariates).

    Source: Davidson and MacKinnon (1999), doi:10.1111/1468-2354.00026: after a few steps the resampled estimates are
        those of a full fit but for terms that vanish faster than the bootstrap's own error.
    """
    beta = np.repeat(fit, len(weights) // len(fit), axis=0)
    for _ in range(steps):
        beta = beta + _step(counts, rows, weights, _means(rows, beta), dispersion)
    return beta


def information(rows: Floats, weights: Floats) -> Floats:
    """Sum over times of weight × row · rowᵀ, for each sample; shape (samples, covariates, covariates)."""
    k = rows.shape[-1]
    if rows.ndim == 2:
        products = (rows[:, :, None] * rows[:, None, :]).reshape(len(rows), k * k)
        total = (weights @ products).reshape(-1, k, k)
    else:
        total = rows.transpose(0, 2, 1) @ (weights[:, :, None] * rows)
    total[:, range(k), range(k)] *= 1 + _RIDGE
    total[:, range(k), range(k)] += _RIDGE
    filled: Floats = total
    return filled


def log_likelihood(counts: Floats, means: Floats, dispersion: Floats) -> Floats:
    """Log likelihood of each sample but for the terms of the counts alone.

    Example:
        >>> log_likelihood(np.array([[2.0]]), np.array([[1.0]]), np.array([1.0])).round(4).tolist()  # log 2 - 3 log 2
        [-1.3863]
    """
    alpha = dispersion[:, None]
    tails = _tails(counts, np.ones(counts.shape))
    ladder = (tails * np.log1p(alpha * np.arange(tails.shape[1]))).sum(axis=1)
    rest = counts * np.log(means) - (counts + 1 / alpha) * np.log1p(alpha * means)
    total: Floats = ladder + rest.sum(axis=1)
    return total


def _tails(counts: Floats, weights: Floats) -> Floats:
    """Weight of the times with a count above j, for each j; shape (samples, highest count)."""
    most = int(counts.max(initial=0)) + 1
    samples = np.arange(len(counts))[:, None]
    at = (counts.astype(np.int64) + most * samples).ravel()
    held = np.bincount(at, weights.ravel(), minlength=most * len(counts)).reshape(len(counts), most)
    return np.asarray(held[:, ::-1].cumsum(axis=1)[:, ::-1] - held)


def _means(rows: Floats, beta: Floats) -> Floats:
    linear = beta @ rows.T if rows.ndim == 2 else (rows @ beta[:, :, None])[:, :, 0]
    means: Floats = np.exp(np.clip(linear, -30.0, 20.0))
    return means


def _start(counts: Floats, rows: Floats, weights: Floats) -> Floats:
    """Coefficients of a weighted least-squares fit of the logarithms."""
    logs, sure = np.log(counts + 0.5), weights * (counts + 0.5) / (1 + 0.1 * counts)
    start = np.linalg.solve(information(rows, sure), _crossed(rows, sure * logs)[:, :, None])
    return np.asarray(start[:, :, 0], dtype=np.float64)


def _crossed(rows: Floats, values: Floats) -> Floats:
    """Sum over times of value × row, for each sample."""
    crossed: Floats = values @ rows if rows.ndim == 2 else (values[:, None, :] @ rows)[:, 0]
    return crossed


def _step(counts: Floats, rows: Floats, weights: Floats, means: Floats, alpha: Floats) -> Floats:
    """One step of Fisher scoring, held back where it would move a mean out of reach."""
    scale = weights / (1 + alpha[:, None] * means)
    score = _crossed(rows, scale * (counts - means))
    step = np.linalg.solve(information(rows, scale * means), score[:, :, None])[:, :, 0]
    far = np.abs(step @ rows.T if rows.ndim == 2 else (rows @ step[:, :, None])[:, :, 0]).max(axis=1)
    return np.asarray(step * np.minimum(1.0, _FAR / np.maximum(far, 1e-12))[:, None])


def _dispersion(counts: Floats, means: Floats, weights: Floats, tails: Floats, alpha: Floats, turns: int) -> Floats:
    """Newton's method on the logarithm of the dispersion, given the means."""
    ladder = np.arange(tails.shape[1])
    for _ in range(turns):
        a = alpha[:, None]
        logs, share, rung = np.log1p(a * means), means / (1 + a * means), ladder / (1 + a * ladder)
        first = (tails * rung).sum(axis=1) + (weights * (logs / a**2 - (counts + 1 / a) * share)).sum(axis=1)
        curve = -2 * logs / a**3 + 2 * share / a**2 + (counts + 1 / a) * share**2
        second = -(tails * rung**2).sum(axis=1) + (weights * curve).sum(axis=1)
        slope, bend = alpha * first, alpha * first + alpha**2 * second
        step = np.where(bend < 0, slope / np.where(bend < 0, -bend, 1.0), np.sign(slope))
        alpha = np.clip(alpha * np.exp(np.clip(step, -1.5, 1.5)), _LEAST, _MOST)
    return alpha
