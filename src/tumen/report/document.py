"""The JSON object of a run: the contract that other tools rely on. Its types are in `run_object`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import TypeAdapter

from tumen.case.model import Edition
from tumen.errors import KindError, Problem, visible_json
from tumen.judge.changes import Changes
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import SpecificationVerdict, Summary, Verdict
from tumen.kind import RunPart
from tumen.measure.estimate import Used
from tumen.measure.series import Point, Shape
from tumen.record.prints import Earlier
from tumen.record.sources import Source
from tumen.report import claim_object, run_object
from tumen.report.plain_words import capital, tipping_sentence
from tumen.report.tip import levers_first
from tumen.run import Evaluation

#: Writes what is typed as JSON has it.
_WRITER = TypeAdapter(dict[str, Any])


def document(evaluation: Evaluation) -> dict[str, Any]:
    """The object that `tumen run --format json` prints.

    Returns: `case`, `as_of`, `claims` and what identifies the run, as `run_schema.schema` describes them. The same
        inputs and versions give the same object; nothing in it depends on the time or the machine.
    """
    made: dict[str, Any] = _WRITER.dump_python(_typed(evaluation), mode="json")
    return made


def _typed(evaluation: Evaluation) -> dict[str, Any]:
    """The object with its parts as they are typed, in their order."""
    parts = {key: _part(key, part, evaluation) for key, part in evaluation.kinds.objects.items()}
    own = vars(_run(evaluation))
    before = list(own)[: list(own).index(run_object.PARTS_BEFORE)]
    return {**{name: own[name] for name in before}, **parts, **own}


def _part(key: str, part: RunPart, evaluation: Evaluation) -> Any:
    """What a kind adds to the object, of the type that it declares.

    Raises: KindError where it is of another.
    """
    made = part.make(evaluation)
    if not isinstance(made, tuple(_types_of(part.form))):
        raise KindError(
            f"the part '{key}' of the JSON object is {type(made).__name__}; expected what its kind declares. "
            "Repair or remove the package that brings it. [kind-unloadable]"
        )
    return made


def _types_of(form: Any) -> Iterator[type]:
    """The types that a declared one stands for: those of a choice, that which is annotated, that which has parts."""
    origin, inner = get_origin(form), get_args(form)
    if origin is Annotated:
        yield from _types_of(inner[0])
    elif origin in (Union, UnionType):
        yield from (one for choice in inner for one in _types_of(choice))
    else:
        yield origin or form


def text(evaluation: Evaluation) -> str:
    """The object as text, byte for byte the same for the same run; characters that cannot be seen are escapes in it."""
    made = _typed(evaluation)
    try:
        written = _WRITER.dump_json(made, indent=2).decode()
    except ValueError:  # half a character, which no UTF-8 can hold, is an escape in JSON
        plain = _WRITER.dump_python(made, mode="json")
        written = json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False)
    return visible_json(written) + "\n"


def _run(evaluation: Evaluation) -> run_object.RunObject:
    """The object without the parts of the kinds."""
    header = evaluation.case.header
    return run_object.RunObject(
        case=header.title,
        as_of=header.as_of,
        edition=_edition(header.present) if header.present else None,
        since=_since(evaluation.since) if evaluation.since else None,
        simulated=evaluation.simulated,
        run=evaluation.digest,
        seed=header.seed,
        draws=header.draws,
        compiler=header.compiler or "",
        licence=header.licence or "",
        citation=run_object.CitationObject(**header.citation.model_dump()),
        claims=[claim(v, evaluation) for v in evaluation.verdicts],
        left_out={
            name: run_object.BeyondWallObject(later=out.later, unknown=out.unknown, revised=out.revised)
            for name, out in evaluation.left_out.items()
        },
        warnings=[_problem(p) for p in evaluation.warnings],
        inputs=evaluation.inputs,
        versions=evaluation.versions,
    )


def _edition(edition: Edition) -> run_object.EditionObject:
    return run_object.EditionObject(**dict(edition))


def _since(since: Changes) -> run_object.SinceObject:
    turns = [t for t in since.claims if t.turned or t.new or t.gone or t.probability != t.probability_before]
    return run_object.SinceObject(
        edition=_edition(since.edition),
        claims=[run_object.TurnObject(**{**vars(t), "new": list(t.new), "gone": list(t.gone)}) for t in turns],
        let_in=since.let_in,
    )


def claim(verdict: Verdict, evaluation: Evaluation) -> claim_object.ClaimObject:
    """One claim of the object."""
    estimate, chance, sure = verdict.estimate, verdict.chance, verdict.confidence
    return claim_object.ClaimObject(
        id=verdict.claim.id,
        sentence=verdict.claim.sentence,
        text=verdict.claim.text,
        cites=verdict.claim.cites,
        measure=verdict.claim.measure,
        holds=str(verdict.claim.holds),
        in_time=verdict.times.in_time,
        windows=[
            claim_object.WindowObject(argument=w.name, start=w.start, end=w.end, asked_end=w.asked)
            for w in (() if verdict.times.lacking else verdict.times.windows)
        ],
        verdict=verdict.outcome,
        probability=verdict.probability,
        probability_range=(chance.low, chance.high) if chance else None,
        words=verdict.words,
        confidence=sure.level if sure else None,
        confidence_parts=[claim_object.ConfidencePartObject(**vars(c)) for c in (sure.caps if sure else ())],
        estimate=_estimate(verdict),
        method=estimate.method if estimate else None,
        missing=list(verdict.missing),
        cautions=evaluation.kinds.cautions(verdict, evaluation),
        depends_on=list(verdict.depends_on),
        estimates_apart=_apart(verdict),
        reference_class=_reference(verdict),
        specifications=[_specification(s) for s in verdict.specifications],
        tipping_points=[_tipping(p, verdict) for p in levers_first(verdict.tipping_points)],
        observations=[_used(u) for u in (estimate.used if estimate else ())],
        sources=[_source(evaluation.sources[i]) for i in _source_ids(verdict)],
        rejected_rows=estimate.rejected if estimate else 0,
    )


def _estimate(verdict: Verdict) -> claim_object.EstimateObject | None:
    found = verdict.estimate
    return (
        claim_object.EstimateObject(name=found.name, unit=found.unit.name, **_summary(verdict.summary))
        if found
        else None
    )


def _apart(verdict: Verdict) -> list[claim_object.ApartObject]:
    apart = verdict.headlines if len(verdict.headlines) > 1 else ()
    return [claim_object.ApartObject(under=one.under, **_summary(one.summary)) for one in apart]


def _reference(verdict: Verdict) -> claim_object.ReferenceClassObject | None:
    one = verdict.reference
    return claim_object.ReferenceClassObject(of=one.of, meet=one.meet, number=one.number) if one else None


def _source_ids(verdict: Verdict) -> list[str]:
    used = verdict.estimate.used if verdict.estimate else ()
    return sorted({u.source for u in used} | {one.source for u in used for one in u.before})


def _number(value: float | None) -> float | None:
    """A finite number, or null: JSON knows no infinity."""
    return value if value is None or math.isfinite(value) else None


def _summary(summary: Summary | Point) -> dict[str, float | None]:
    return {"median": _number(summary.median), "low": _number(summary.low), "high": _number(summary.high)}


def _specification(item: SpecificationVerdict) -> claim_object.SpecificationObject:
    run, chance = item.run, item.chance
    return claim_object.SpecificationObject(
        id=run.id,
        label=run.label,
        path=[claim_object.TakenObject(decision=t.decision, option=t.option) for t in run.path],
        effective=_number(run.effective),
        verdict=item.outcome,
        probability=chance.probability if chance else None,
        probability_range=(chance.low, chance.high) if chance else None,
        words=item.words,
        **_summary(item.summary),
        bounds=sorted(run.bounds),
        missing=list(run.missing),
        notes=list(run.notes),
        observations=[f"{u.table}/{u.id}" for u in run.used],
        figures={name: _number(value) for name, value in run.figures.items()},
        series=[claim_object.PointObject(when=p.when, group=p.group, **_summary(p)) for p in run.series],
        shapes=[_shape(s) for s in run.shapes],
        alarms=[claim_object.AlarmObject(**vars(a)) for a in run.alarms],
        forecast=claim_object.ForecastObject(**vars(run.forecast)) if run.forecast else None,
    )


def _shape(shape: Shape) -> claim_object.ShapeObject:
    return claim_object.ShapeObject.model_validate({"when": shape.when, "seen": shape.seen or None, **shape.chances})


def _tipping(point: TippingPoint, verdict: Verdict) -> claim_object.TippingPointObject:
    return claim_object.TippingPointObject(
        lever=point.lever,
        label=point.label,
        unit=point.unit.name,
        specification=point.specification,
        crossing=point.crossing,
        baseline=point.baseline,
        range=(point.low, point.high),
        value=point.value,
        probability=point.probability,
        flips_to=point.flips_to,
        verdict=point.verdict,
        sentence=capital(tipping_sentence(point, verdict)),
    )


def _used(used: Used) -> claim_object.ObservationObject:
    amount = used.amount
    return claim_object.ObservationObject(
        table=used.table,
        id=used.id,
        rows=used.rows,
        value=amount.value if amount else None,
        low=amount.low if amount else None,
        high=amount.high if amount else None,
        unit=amount.unit.name if amount else None,
        start=used.start,
        end=used.end,
        actors=list(used.actors),
        commodity=used.commodity or None,
        kind=used.kind or None,
        text=used.text or None,
        publisher=used.publisher,
        source=used.source,
        published=used.published or None,
        printed_before=[_earlier(one) for one in used.before],
    )


def _earlier(one: Earlier) -> claim_object.EarlierObject:
    return claim_object.EarlierObject(id=one.id, values=one.values, source=one.source, published=one.published or None)


def _source(source: Source) -> claim_object.SourceObject:
    return claim_object.SourceObject(
        id=source.id,
        grade=source.grade,
        publisher=source.publisher or None,
        title=source.title,
        url=source.url or None,
        published=source.published or None,
    )


def _problem(problem: Problem) -> run_object.WarningObject:
    return run_object.WarningObject(file=problem.file, line=problem.line, slug=problem.slug, text=str(problem))
