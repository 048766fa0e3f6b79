"""Our negative binomial regression against R's MASS::glm.nb and statsmodels.

glm_nb.R made glm_nb.json; R is not needed here. Differences are those of where each stops iterating, far below 1e-4.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from statsmodels.api import NegativeBinomial

from tumen.events.negative_binomial import fitted, log_likelihood, refitted
from tumen.measure.arrays import Floats

HERE = Path(__file__).parent
NUMBERS = json.loads((HERE / "glm_nb.json").read_text(encoding="utf-8"))


def table() -> tuple[Floats, Floats]:
    """Counts, shape (1, months), and covariates with a constant, shape (months, covariates)."""
    with (HERE / "glm_nb.csv").open(encoding="utf-8", newline="") as file:
        rows = np.array([[float(v) for v in row.values()] for row in csv.DictReader(file)])
    return rows[None, :, 0], np.column_stack([np.ones(len(rows)), rows[:, 1:]])


@pytest.mark.parametrize("model", ["without", "with"])
def test_coefficients_and_standard_errors_are_those_of_glm_nb(model):
    counts, rows = table()
    said = NUMBERS[model]
    fit = fitted(counts, rows[:, : len(said["coefficients"])])
    assert fit.converged.all()
    assert fit.coefficients[0] == pytest.approx(said["coefficients"], abs=1e-6)
    assert np.sqrt(np.diag(fit.covariance[0])) == pytest.approx(said["standard_errors"], abs=1e-6)
    assert 1 / fit.dispersion[0] == pytest.approx(said["theta"], rel=1e-5)


def test_likelihood_ratio_is_that_of_glm_nb():
    counts, rows = table()
    fits = [fitted(counts, rows[:, : len(NUMBERS[m]["coefficients"])]) for m in ("without", "with")]
    less, more = (log_likelihood(counts, f.means, f.dispersion)[0] for f in fits)
    assert 2 * (more - less) == pytest.approx(
        NUMBERS["with"]["twice_log_likelihood"] - NUMBERS["without"]["twice_log_likelihood"], abs=1e-6
    )


def test_estimates_are_those_of_statsmodels():
    counts, rows = table()
    said = NegativeBinomial(counts[0], rows).fit(method="newton", maxiter=200, disp=False)
    fit = fitted(counts, rows)
    assert fit.coefficients[0] == pytest.approx(said.params[:-1], abs=1e-6)
    assert fit.dispersion[0] == pytest.approx(said.params[-1], abs=1e-6)


def test_a_resample_is_a_fit_to_its_rows_written_out():
    counts, rows = table()
    rng = np.random.default_rng(1)
    chosen = rng.integers(0, len(rows), (5, len(rows)))
    weights = np.array([np.bincount(c, minlength=len(rows)) for c in chosen], dtype=float)
    weighted = fitted(np.repeat(counts, 5, axis=0), rows, weights)
    written = fitted(counts[0][chosen], rows[chosen])
    assert weighted.coefficients == pytest.approx(written.coefficients, abs=1e-5)
    assert weighted.dispersion == pytest.approx(written.dispersion, rel=1e-4)


def test_a_few_steps_from_the_sample_reach_the_fit_of_a_resample():
    counts, rows = table()
    rng = np.random.default_rng(2)
    weights = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), 200).astype(float)
    fit = fitted(counts, rows)
    full = fitted(np.repeat(counts, 200, axis=0), rows, weights).coefficients
    near = refitted(counts, rows, weights, fit.coefficients, fit.dispersion, 3)
    assert np.abs(near - full).mean() < 0.1 * full.std(axis=0).mean()  # the bootstrap's own noise is ten times as large


def test_a_column_that_never_varies_keeps_a_coefficient_of_zero():
    counts, rows = table()
    padded = np.column_stack([rows, np.zeros(len(rows))])
    fit = fitted(counts, padded)
    assert fit.coefficients[0, -1] == 0
    assert fit.coefficients[0, :-1] == pytest.approx(fitted(counts, rows).coefficients[0], abs=1e-6)


def test_counts_that_nothing_disperses_are_poisson():
    counts = np.tile([3.0, 4, 5, 4], 10)[None]
    fit = fitted(counts, np.ones((40, 1)))
    assert fit.converged.all()
    assert fit.dispersion[0] < 1e-5
    assert fit.means[0, 0] == pytest.approx(4)
