"""The rival explanations as the JSON object holds them."""

from __future__ import annotations

from typing import Any

from tumen.explanations.sentences import leader_without, looking, resting, weighing_summary
from tumen.explanations.weighing import ItemReading, weighed_in
from tumen.judge.evaluated import Evaluated
from tumen.record.sources import PROTECTED


def as_json(evaluated: Evaluated) -> dict[str, Any] | None:
    """The rival explanations as the JSON object holds them, or None where the case has none."""
    weighed = weighed_in(evaluated)
    if weighed is None:
        return None
    ids = weighed.found.ids
    return {
        "note": weighed.found.note,
        "standings": [
            {
                "id": s.id,
                "label": s.label,
                "text": s.text,
                "held_by": [one.model_dump() for one in s.held_by],
                "prior": s.prior,
                "posterior": s.posterior,
                "median": s.summary.median,
                "low": s.summary.low,
                "high": s.summary.high,
                "leads": s.leads,
            }
            for s in weighed.standings
        ],
        "steps": [
            {
                "date": s.date.isoformat(),
                "items": list(s.items),
                "posterior": dict(s.posterior),
                "low": dict(s.low),
                "high": dict(s.high),
            }
            for s in weighed.steps
        ],
        "evidence": [
            {
                "id": r.item.evidence.id,
                "date": r.item.evidence.date.isoformat(),
                "text": r.item.evidence.text,
                "source": r.item.evidence.source or None,
                "publisher": _publisher(r, evaluated),
                "claim": r.item.evidence.claim,
                "claim_probability": r.item.truth,
                "group": r.item.evidence.group,
                "deception": r.item.evidence.deception,
                "weight": r.item.weight,
                "log_likelihood": dict(zip(ids, r.logs, strict=True)),
                "discriminates": r.discriminates,
            }
            for r in weighed.readings
        ],
        "left_out": [
            {
                "kind": o.kind,
                "name": o.name,
                "items": list(o.items),
                "posterior": dict(o.posterior),
                "leader": leader_without(o),
            }
            for o in weighed.left_out
        ],
        "observables": [
            {
                "id": t.id,
                "text": t.text,
                "source": t.source or None,
                "bits": t.bits,
                "share": t.share,
                "seen": t.seen,
                "if_seen": dict(t.if_seen),
                "if_not": dict(t.if_not),
                "to_come": t.to_come,
            }
            for t in weighed.telling
        ],
        "flips": [
            {"leader": f.leader, "rival": f.rival, "margin": f.margin, "alone": list(f.alone), "fewest": f.fewest}
            for f in weighed.flips
        ],
        "sentences": [*weighing_summary(weighed), *resting(weighed), *looking(weighed)],
    }


def _publisher(reading: ItemReading, evaluated: Evaluated) -> str | None:
    name = reading.item.evidence.source
    if not name:
        return None
    return evaluated.sources[name].publisher or PROTECTED
