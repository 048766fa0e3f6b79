"""What the measures themselves assume of errors, ranges and reports: the only place that asks them.

The rows called "own errors" take their errors from here, so that a change of a measure's own model changes these
worlds with it. Harsher worlds take theirs from themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.calibration.worlds import Rng
from tumen.measure.draws import range_draws
from tumen.measure.setting import Error, Errors, Grading, Setting
from tumen.trade.cells import around
from tumen.words.stance import REAL

#: Grades of every source of these worlds, as a record of official figures usually has them.
RELIABILITY, CREDIBILITY = "B", "2"

#: Standard error of a printed figure, as a share of it.
FIGURE_ERROR = Grading().relative_error(RELIABILITY, CREDIBILITY)

#: Chance that what one source says is true.
TRUE = REAL[CREDIBILITY]


def adopted(lasting: float, each: float) -> Mapping[str, Any]:
    """What a case sets that has fitted the errors of its publishers and adopts them in place of their grades'.

    Args:
        lasting: standard error that a publisher's figures for one flow share over all periods.
        each: standard error of each figure alone.
    """
    both = float(np.hypot(lasting, each))
    graded = Grading(dict.fromkeys("ABCDEF", both), dict.fromkeys("123456", 1.0))
    return {"grading": graded, "errors": {"trade": Errors(Error(lasting, each))}}


def rest_of(usd: float, whole: float, rng: Rng) -> float:
    """What a publisher's trade with all partners but those it prints may be, of which it prints so much.

    Args:
        whole: its total, of which the rest is what is left.
    """
    tries = 1000  # the measure takes the size of an error from its draws, of which one is the truth
    return float(around(np.full(tries, usd), whole * FIGURE_ERROR * rng.standard_normal(tries))[0])


def within(low: float, high: float, rng: Rng) -> float:
    """What a published range stands for: a value drawn as the measures draw it."""
    drawn = range_draws(low, high, Setting(1, int(rng.integers(2**31))), "calibration")
    return float(np.asarray(drawn)[0])
