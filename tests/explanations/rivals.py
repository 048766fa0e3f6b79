"""Rival explanations for tests, small enough to compute by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tumen.explanations.declared import Evidence, Hypotheses, Hypothesis, Matrix, Observable
from tumen.measure.setting import Setting
from tumen.record.sources import Source

SETTING = Setting(400, 7)
DAY = dt.date(2024, 1, 1)

#: Sources of three grades; what the first says keeps its full weight.
SOURCES = {
    name: Source(name, "A Publisher", "A Title", "", "", grade[0], grade[1], "public", "")
    for name, grade in {"sure": "A1", "fair": "C3", "half": "D1"}.items()
}


def item(name: str, likelihood: dict[str, Any] | None = None, day: int = 0, **more: Any) -> Evidence:
    """An item of the surest source."""
    source = {} if "claim" in more else {"source": "sure"}
    told = {"likelihood": likelihood} if likelihood else {}
    return Evidence.model_validate(
        {"id": name, "text": f"{name} was seen", "date": DAY + dt.timedelta(days=day), **source, **told, **more}
    )


def rivals(
    *evidence: Evidence,
    priors: dict[str, Any] | None = None,
    observables: tuple[Observable, ...] = (),
    others: dict[str, dict[str, dict[str, Any]]] | None = None,
) -> Hypotheses:
    """Two hypotheses, a and b, or those that the priors name.

    Args:
        others: by further coder and item, the likelihoods that the coder gives.
    """
    named = priors or {"a": 1.0, "b": 1.0}
    hypotheses = tuple(
        Hypothesis.model_validate({"id": n, "label": n, "text": n, "prior": p}) for n, p in named.items()
    )
    matrices = tuple(Matrix.model_validate({"coder": n, "likelihood": of}) for n, of in (others or {}).items())
    return Hypotheses(None, hypotheses, evidence, observables, matrices=matrices)
