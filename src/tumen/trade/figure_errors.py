"""How far printed trade is off: a bias that lasts, by publisher and flow, and a noise of each figure.

The bias of a publisher's flow is the same in every period and for every commodity, so it cancels where one publisher's
figures are compared with each other over time.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from tumen.measure.draws import standard_normals
from tumen.measure.estimate import Draws
from tumen.measure.setting import Error, Setting
from tumen.record.read import Record

Flow = Literal["total", "exports", "imports"]

_TABLE = "trade"


def error_of(territory: str, publisher: str, partner: str, source: str, record: Record, setting: Setting) -> Error:
    """How far a publisher's figure from a source is off."""
    row = {"territory": territory, "partner": partner}
    return setting.error_of(_TABLE, publisher, record.sources[source], row)


def bias_draws(
    error: Error, territory: str, publisher: str, partner: str, flow: Flow, setting: Setting
) -> Draws | float:
    """Draws of the factor by which all figures of a publisher for one flow are off, log-normal with median one.

    Returns: 1.0 where the error holds no bias.
    """
    if not error.bias:
        return 1.0
    drawn = standard_normals(setting, "trade-bias", territory, publisher, partner, flow)
    factor: Draws = np.exp(error.bias * drawn)
    return factor


def noise_draws(error: Error, setting: Setting, *key: str) -> Draws:
    """Draws of the factor by which one figure is off: log-normal where fitted, else as its source's grade says.

    Args:
        key: what names the figure.
    """
    drawn = standard_normals(setting, "trade-grade", *key)
    factor: Draws = np.exp(error.noise * drawn) if error.fitted else np.maximum(0.0, 1.0 + error.noise * drawn)
    return factor
