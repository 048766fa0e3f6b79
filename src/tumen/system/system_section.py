"""The system as a part of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tumen.draw.drawing import Drawing
from tumen.draw.figure import address, figure
from tumen.judge.evaluated import Evaluated
from tumen.kind import Content
from tumen.system.actors_drawn import actors_drawing
from tumen.system.conclusion import Conclusion
from tumen.system.conduct_told import conduct_sentences, fittings
from tumen.system.in_words import actor_names, concluded_in, fit_sentences, system_summary, untold_aims
from tumen.system.system_charts import conduct_drawing, learnt_drawings, move_drawings
from tumen.system.what_if_panel import panel


def system_content(evaluated: Evaluated) -> Content | None:
    """What the template shows of the system."""
    found = concluded_in(evaluated)
    return None if found is None else Content(_values(found, evaluated))


def _values(found: Conclusion, evaluated: Evaluated) -> dict[str, Any]:
    names = actor_names(evaluated)
    each = fittings(found, evaluated)
    return {
        "summary": system_summary(found, evaluated),
        "untold": untold_aims(found, names),
        "actors": figure(actors_drawing(found, names)),
        "moves": _figures(move_drawings(found, names)),
        "learnt": _figures(learnt_drawings(found, names)),
        "conduct": conduct_sentences(each),
        "fits": figure(conduct_drawing(each)) if each else None,
        "scores": [(one.name, f"{one.score:.1f}", f"{one.score - found.scores[0].score:+.1f}") for one in found.scores],
        "fit": fit_sentences(found, names),
        "panel": panel(found, names),
        "sources": _sources(found, evaluated),
    }


def _figures(drawings: Sequence[Drawing]) -> list[dict[str, Any]]:
    return [figure(one) for one in drawings]


def _sources(found: Conclusion, evaluated: Evaluated) -> list[dict[str, Any]]:
    """Each source of the rows that carry it, with how many it gave."""
    shown = [(evaluated.sources[source], count) for source, count in found.rows.items()]
    return [{"source": one, "rows": count, "url": address(one.url)} for one, count in shown]
