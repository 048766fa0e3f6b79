"""The rival explanations as a part of the page."""

from __future__ import annotations

from typing import Any

from tumen.draw.figure import address, figure
from tumen.explanations.hypothesis_charts import hypothesis_drawings
from tumen.explanations.posterior import entering
from tumen.explanations.sentences import leader_after, looking, percent, question, resting, weighing_summary, weighs
from tumen.explanations.weighing import Weighed, weighed_in
from tumen.judge.evaluated import Evaluated
from tumen.kind import Content
from tumen.record.sources import Source


def rivals_content(evaluated: Evaluated) -> Content | None:
    """What the template shows of the rival explanations."""
    weighed = weighed_in(evaluated)
    if weighed is None:
        return None
    values = {
        "summary": weighing_summary(weighed),
        "resting": resting(weighed),
        "looking": looking(weighed),
        "question": question(weighed),
        "standings": [
            {
                "standing": s,
                "posterior": percent(s.posterior),
                "prior": percent(s.prior),
                "share": round(100 * s.posterior, 1),
                "holders": [(one.who, _link(evaluated.sources[one.source])) for one in s.held_by],
            }
            for s in weighed.ranking
        ],
        "telling": _telling(weighed, evaluated),
        "drawings": [figure(d) for d in hypothesis_drawings(weighed)],
        "sources": _evidence(weighed, evaluated),
    }
    return Content(values)


def _evidence(weighed: Weighed, evaluated: Evaluated) -> list[dict[str, Any]]:
    """Each item with its source, in order of date."""
    found = []
    for reading in weighed.readings:
        source = evaluated.sources.get(reading.item.evidence.source)
        found.append(
            {
                "item": reading.item,
                "counted": weighs(reading),
                "source": source,
                "url": _link(source),
                "entering": entering(reading.item.truth),
            }
        )
    return found


def _telling(weighed: Weighed, evaluated: Evaluated) -> list[dict[str, Any]]:
    """The declared observables, or the five further observations that would tell most."""
    found = []
    for one in [t for t in weighed.telling if t.to_come] or weighed.telling[:5]:
        source = evaluated.sources.get(one.source)
        found.append(
            {
                "telling": one,
                "seen": percent(one.seen),
                "share": percent(one.share),
                "source": source,
                "url": _link(source),
                "if_seen": leader_after(one.if_seen, weighed),
                "if_not": leader_after(one.if_not, weighed),
            }
        )
    return found


def _link(source: Source | None) -> str:
    return address(source.url) if source else ""
