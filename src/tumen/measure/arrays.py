"""Arrays of numbers, as whatever computes hands them on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Numbers in an array of any shape. Draws of a quantity are `tumen.measure.estimate.Draws`.
Floats = NDArray[np.float64]
