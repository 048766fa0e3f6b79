"""The JSON object of a run: the contract that other tools rely on."""

from __future__ import annotations

import json
import math
from typing import Any

from tumen.errors import Problem, visible_json
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import SpecificationVerdict, Summary, Verdict
from tumen.measure.estimate import Used
from tumen.measure.series import Alarm, Forecast, Point
from tumen.measure.units import Amount
from tumen.record.sources import Source
from tumen.report.plain_words import capital, tipping_sentence
from tumen.run import Evaluation


def document(evaluation: Evaluation) -> dict[str, Any]:
    """The object that `tumen run --format json` prints.

    Returns: `case`, `as_of`, `claims` and what identifies the run. The same inputs and versions
        give the same object; nothing in it depends on the time or the machine.
    """
    header = evaluation.case.header
    return {
        "case": header.title,
        "as_of": header.as_of.isoformat(),
        "simulated": evaluation.simulated,
        "run": evaluation.digest,
        "seed": header.seed,
        "draws": header.draws,
        "citation": header.citation.model_dump(mode="json"),
        "claims": [claim(v, evaluation) for v in evaluation.verdicts],
        **_objects(evaluation),
        "warnings": [_problem(p) for p in evaluation.warnings],
        "inputs": evaluation.inputs,
        "versions": evaluation.versions,
    }


def text(evaluation: Evaluation) -> str:
    """The object as text, byte for byte the same for the same run; characters that cannot be seen are escapes in it."""
    return visible_json(json.dumps(document(evaluation), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _objects(evaluation: Evaluation) -> dict[str, Any]:
    """What the kinds of evidence add to the object."""
    return {key: make(evaluation) for kind in evaluation.kinds.each for key, make in kind.objects().items()}


def claim(verdict: Verdict, evaluation: Evaluation) -> dict[str, Any]:
    """One claim of the object."""
    estimate = verdict.estimate
    chance = verdict.chance
    return {
        "id": verdict.claim.id,
        "sentence": verdict.claim.sentence,
        "text": verdict.claim.text,
        "cites": verdict.claim.cites,
        "measure": verdict.claim.measure,
        "holds": str(verdict.claim.holds),
        "verdict": verdict.outcome,
        "probability": verdict.probability,
        "probability_range": [chance.low, chance.high] if chance else None,
        "words": verdict.words,
        "confidence": verdict.confidence.level if verdict.confidence else None,
        "confidence_parts": [
            {"part": c.part, "level": c.level, "why": c.why}
            for c in (verdict.confidence.caps if verdict.confidence else ())
        ],
        "estimate": _estimate(verdict),
        "method": estimate.method if estimate else None,
        "missing": list(verdict.missing),
        "cautions": evaluation.kinds.cautions(verdict, evaluation),
        "specifications_disagree": verdict.disagree,
        "specifications": [_specification(s) for s in verdict.specifications],
        "tipping_points": [_tipping(p, verdict) for p in verdict.tipping_points],
        "observations": [_used(u) for u in (estimate.used if estimate else ())],
        "sources": [_source(evaluation.sources[i]) for i in _source_ids(verdict)],
        "rejected_rows": estimate.rejected if estimate else 0,
    }


def _estimate(verdict: Verdict) -> dict[str, Any] | None:
    found = verdict.estimate
    return {"name": found.name, "unit": found.unit.name, **_summary(verdict.summary)} if found else None


def _source_ids(verdict: Verdict) -> list[str]:
    return sorted({u.source for u in verdict.estimate.used}) if verdict.estimate else []


def _number(value: float | None) -> float | None:
    """A finite number, or null: JSON knows no infinity."""
    return value if value is None or math.isfinite(value) else None


def _summary(summary: Summary) -> dict[str, float | None]:
    return {"median": _number(summary.median), "low": _number(summary.low), "high": _number(summary.high)}


def _specification(item: SpecificationVerdict) -> dict[str, Any]:
    return {
        "id": item.run.id,
        "label": item.run.label,
        "weight": item.run.weight,
        "verdict": item.outcome,
        "probability": item.chance.probability if item.chance else None,
        "probability_range": [item.chance.low, item.chance.high] if item.chance else None,
        "words": item.words,
        **_summary(item.summary),
        "bounds": sorted(item.run.bounds),
        "missing": list(item.run.missing),
        "notes": list(item.run.notes),
        "observations": [f"{u.table}/{u.id}" for u in item.run.used],
        "figures": {name: _number(value) for name, value in item.run.figures.items()},
        "series": [_point(p) for p in item.run.series],
        "shapes": [{"when": s.when, "seen": s.seen or None, **s.chances} for s in item.run.shapes],
        "alarms": [_alarm(a) for a in item.run.alarms],
        "forecast": _forecast(item.run.forecast) if item.run.forecast else None,
    }


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {
        "when": alarm.when,
        "group": alarm.group,
        "since": alarm.since,
        "before": alarm.before,
        "after": alarm.after,
        "changed": alarm.changed,
        "says": alarm.says,
    }


def _forecast(forecast: Forecast) -> dict[str, Any]:
    return {
        "until": forecast.until.isoformat(),
        "probability": forecast.probability,
        "now": forecast.now,
        "resolves": forecast.resolves,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "when": point.when,
        "group": point.group,
        "median": _number(point.median),
        "low": _number(point.low),
        "high": _number(point.high),
    }


def _tipping(point: TippingPoint, verdict: Verdict) -> dict[str, Any]:
    return {
        "lever": point.lever,
        "label": point.label,
        "unit": point.unit.name,
        "specification": point.specification,
        "crossing": point.crossing,
        "baseline": point.baseline,
        "range": [point.low, point.high],
        "value": point.value,
        "probability": point.probability,
        "flips_to": point.flips_to,
        "verdict": point.verdict,
        "sentence": capital(tipping_sentence(point, verdict)),
    }


def _used(used: Used) -> dict[str, Any]:
    return {
        "table": used.table,
        "id": used.id,
        "rows": used.rows,
        **_amount(used.amount),
        "start": used.start.isoformat() if used.start else None,
        "end": used.end.isoformat() if used.end else None,
        "actors": list(used.actors),
        "commodity": used.commodity or None,
        "kind": used.kind or None,
        "text": used.text or None,
        "publisher": used.publisher,
        "source": used.source,
    }


def _amount(amount: Amount | None) -> dict[str, Any]:
    """A row's figure: its value, or the ends of its range, which may be open; null where it has none."""
    if amount is None:
        return {"value": None, "low": None, "high": None, "unit": None}
    return {"value": amount.value, "low": amount.low, "high": amount.high, "unit": amount.unit.name}


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "grade": source.grade,
        "publisher": source.publisher or None,
        "title": source.title,
        "url": source.url or None,
        "published": source.published or None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"file": problem.file, "line": problem.line, "slug": problem.slug, "text": str(problem)}
