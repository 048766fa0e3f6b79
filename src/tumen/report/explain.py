"""A verdict walked back: to its estimate, its specifications, the rows behind them, their sources."""

from __future__ import annotations

from tumen.counting import counted
from tumen.errors import visible
from tumen.judge.chance import share_in
from tumen.judge.verdict import SpecificationVerdict, Verdict
from tumen.kind import CasePart
from tumen.measure.estimate import Used
from tumen.measure.series import Forecast
from tumen.report.plain_words import (
    banner,
    likelihood,
    loud,
    reach,
    region,
    said_before,
    said_of_row,
    tipping_lines,
    when,
)
from tumen.report.table import headlines, interval, middle, ways_and_peers
from tumen.run import Evaluation


def explain(evaluation: Evaluation, part: CasePart | None = None) -> str:
    """The walk for every verdict of an evaluation, or for what a part of the case came to, as text."""
    said = banner(evaluation)
    walks = part.explain(evaluation) if part else _verdicts(evaluation)
    return visible(f"{loud(said)}\n\n{walks}" if said else walks)


def _verdicts(evaluation: Evaluation) -> str:
    return "\n\n".join("\n".join(_verdict(v, evaluation)) for v in evaluation.verdicts)


def _verdict(verdict: Verdict, evaluation: Evaluation) -> list[str]:
    claim = verdict.claim
    holds = region(claim.holds, verdict.estimate.unit) if verdict.estimate else claim.holds
    lines = [claim.text, f"  claim {claim.id}, {claim.cites}; holds {holds}"]
    lines += [f"  in time: {said}"] if (said := when(verdict.times)) else []
    lines += [*(f"  {line}" for line in reach(verdict.times)), ""]
    lines.append(f"VERDICT  {verdict.outcome}   P {likelihood(verdict.chance)}   {verdict.words or ''}".rstrip())
    lines += [f"  missing: {m}" for m in verdict.missing]
    lines += [f"  {line}" for line in (*ways_and_peers(verdict), *evaluation.kinds.cautions(verdict, evaluation))]
    if verdict.estimate is None or verdict.confidence is None:
        return lines
    lines += [f"  {_open(s, verdict)}" for s in verdict.specifications if s.run.bounds and s.chance]
    lines += ["", f"CONFIDENCE  {verdict.confidence.level}"]
    binding = set(verdict.confidence.binding)
    lines += [f"  {'►' if c in binding else ' '} {c.part}: {c.level}; {c.why}" for c in verdict.confidence.caps]
    lines += ["", f"ESTIMATE  {claim.measure}: {interval(verdict)}", *(f"  {said}" for said in headlines(verdict))]
    lines.append(f"  {verdict.estimate.method}")
    for item in verdict.specifications:
        lines += ["", *_specification(item, verdict, evaluation)]
    lines += ["", "TIPPING POINTS", *_tipping(verdict)]
    return lines


def _specification(item: SpecificationVerdict, verdict: Verdict, evaluation: Evaluation) -> list[str]:
    lines = [
        f"SPECIFICATION  {item.run.id}: {item.run.label}",
        f"  {middle(item, verdict.estimate)}   P {likelihood(item.chance)}   {item.outcome}",
    ]
    lines += [f"  missing: {m}" for m in item.run.missing]
    lines += [f"  note: {n}" for n in item.run.notes]
    lines += [f"  {line}" for line in evaluation.kinds.readings(item.run)]
    if item.run.forecast:
        lines.append(_forecast(item.run.forecast))
    for used in _unique(item.run.used):
        source = evaluation.sources[used.source]
        rows = "" if used.rows == 1 else f" and {counted(used.rows - 1, 'more row')}"
        lines.append(f"  ◄ {used.table}/{used.id}{rows}: {said_of_row(used)} ({used.publisher})")
        lines.append(f"      ◄ {source.grade} {source.shown} {source.url}".rstrip())
        lines += [f"      printed before as {said_before(one, evaluation)}" for one in used.before]
        lines += [f"      ◄ {line}" for line in evaluation.kinds.traces(used, evaluation)]
    return lines


def _open(item: SpecificationVerdict, verdict: Verdict) -> str:
    """That the evidence pins the estimand from one side at most."""
    inside = 100 * share_in(item.run.draws, verdict.claim.holds)
    which = f"with “{item.run.label}” " if len(verdict.specifications) > 1 else ""
    said = f"{which}{inside:.0f} per cent of the draws of what could be measured lie in the region"
    return f"{said}; the evidence pins the whole from one side at most"


def _forecast(kept: Forecast) -> str:
    return f"  forecast: {kept.probability:.2f} by {kept.until} that, {kept.resolves} ({kept.now})"


def _unique(used: tuple[Used, ...]) -> list[Used]:
    return list({(u.table, u.id): u for u in used}.values())


def _tipping(verdict: Verdict) -> list[str]:
    if not verdict.tipping_points:
        return ["  none: there is nothing to move"]
    return [f"  {line}" for line in tipping_lines(verdict)]
