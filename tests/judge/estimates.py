"""Estimates made by hand, so that a verdict on them can be computed by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.case.model import Claim, Region
from tumen.measure.estimate import Estimate, Lever, SpecificationRun, Taken, Used
from tumen.measure.units import SHARE, USD, amount

Draws = NDArray[np.float64]

#: A lever named x, from 0 to 100, placed within a millionth.
X = Lever(name="x", unit=USD, low=0.0, high=100.0, baseline=0.0, tolerance=1e-6, label="trade that nobody saw")


def spec(
    draws: Any,
    name: str = "only",
    *,
    respond: Callable[[float], Draws] | None = None,
    baseline: float = 0.0,
    **more: Any,
) -> SpecificationRun:
    """A specification, one option of the decision between all such; `respond` gives its draws as the lever x moves."""

    def answer(_: str, value: float) -> Draws:
        assert respond is not None
        return respond(value)

    levers: Mapping[str, float] = {} if respond is None else {"x": baseline}
    drawn = np.asarray(draws, dtype=float)
    return SpecificationRun(
        id=name,
        label=f"specification {name}",
        path=more.pop("path", (Taken("way", "the way to count", name, f"specification {name}"),)),
        draws=drawn,
        baselines=levers,
        respond=respond and answer,
        **more,
    )


def moving(
    respond: Callable[[float], Draws], name: str = "only", baseline: float = 0.0, **more: Any
) -> SpecificationRun:
    """A specification whose draws are those of its lever at its baseline."""
    return spec(respond(baseline), name, respond=respond, baseline=baseline, **more)


def of(*runs: SpecificationRun, lever: Lever = X, rejected: int = 0, **more: Any) -> Estimate:
    """The estimate of some specifications."""
    return Estimate("m", SHARE, "by hand", tuple(runs), (lever,), rejected, **more)


def used(source: str = "s", publisher: Any = None, **more: Any) -> Used:
    """A row that carries an estimate; its publisher is called after its source."""
    return Used(
        table="trade",
        id=f"row of {source}",
        source=source,
        publisher=publisher or source,
        amount=amount(1.0, USD),
        **more,
    )


def evenly(count: int = 1000) -> Draws:
    """Draws spread evenly inside 0 to 1: a thousandth of them each thousandth."""
    return (np.arange(count) + 0.5) / count


def claim(holds: Region | None = None, **more: Any) -> Claim:
    """A claim that a share is above one half."""
    given: dict[str, Any] = {"id": "c", "sentence": "c", "text": "A claim.", "cites": "page 1"}
    return Claim(**{**given, "measure": "dependence.share", "holds": holds or Region(above=0.5), **more})


def binding(parts: Sequence[Any]) -> list[str]:
    """Names of the parts of a confidence rule."""
    return [part.part for part in parts]
