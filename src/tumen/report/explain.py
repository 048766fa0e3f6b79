"""A verdict walked back: to its estimate, its specifications, the rows behind them, their sources."""

from __future__ import annotations

from tumen.counting import counted
from tumen.errors import visible
from tumen.explanations.sentences import cautions
from tumen.judge.verdict import SpecificationVerdict, Verdict
from tumen.measure.estimate import Forecast, SpecificationRun, Used
from tumen.report.table import interval, middle
from tumen.report.words import banner, likelihood, loud, tipping_lines, told
from tumen.run import Evaluation
from tumen.sea.findings import said_match

#: Files of positions that are named beside a finding; run.json names all.
FILES = 3


def explain(evaluation: Evaluation) -> str:
    """The walk for every verdict of an evaluation, as text."""
    said = banner(evaluation.case.header.simulated, evaluation.simulated)
    walks = "\n\n".join("\n".join(_verdict(v, evaluation)) for v in evaluation.verdicts)
    return visible(f"{loud(said)}\n\n{walks}" if said else walks)


def _verdict(verdict: Verdict, evaluation: Evaluation) -> list[str]:
    claim = verdict.claim
    lines = [claim.text, f"  claim {claim.id}, {claim.cites}; holds {claim.holds}", ""]
    lines.append(f"VERDICT  {verdict.outcome}   P {likelihood(verdict.chance)}   {verdict.words or ''}".rstrip())
    lines += [f"  missing: {m}" for m in verdict.missing]
    lines += [f"  {line}" for line in cautions(verdict, evaluation.hypotheses)]
    if verdict.estimate is None or verdict.confidence is None:
        return lines
    if verdict.chance and verdict.chance.probability is None:
        lines.append(
            f"  {100 * verdict.chance.share:.0f} per cent of the draws of what could be measured lie in the region; "
            "the evidence pins the whole from one side at most"
        )
    lines += ["", f"CONFIDENCE  {verdict.confidence.level}"]
    binding = set(verdict.confidence.binding)
    lines += [f"  {'►' if c in binding else ' '} {c.part}: {c.level}; {c.why}" for c in verdict.confidence.caps]
    lines += ["", f"ESTIMATE  {claim.measure}: {interval(verdict)}", f"  {verdict.estimate.method}"]
    for item in verdict.specifications:
        lines += ["", *_specification(item, verdict, evaluation)]
    lines += ["", "TIPPING POINTS", *_tipping(verdict)]
    return lines


def _specification(item: SpecificationVerdict, verdict: Verdict, evaluation: Evaluation) -> list[str]:
    lines = [
        f"SPECIFICATION  {item.run.id} (weight {item.run.weight:.2f}): {item.run.label}",
        f"  {middle(item, verdict.estimate)}   P {likelihood(item.chance)}   {item.outcome}",
    ]
    lines += [f"  missing: {m}" for m in item.run.missing]
    lines += [f"  note: {n}" for n in item.run.notes]
    lines += _years(item.run)
    if item.run.forecast:
        lines.append(_forecast(item.run.forecast))
    for used in _unique(item.run.used):
        source = evaluation.sources[used.source]
        rows = "" if used.rows == 1 else f" and {counted(used.rows - 1, 'more row')}"
        lines.append(f"  ◄ {used.table}/{used.id}{rows}: {told(used)} ({used.publisher})")
        lines.append(f"      ◄ {source.grade} {source.shown} {source.url}".rstrip())
        lines += [f"      ◄ {line}" for line in _found_by(used, evaluation)]
    return lines


def _forecast(kept: Forecast) -> str:
    return f"  forecast: {kept.probability:.2f} by {kept.until} that, {kept.resolves} ({kept.now})"


def _years(run: SpecificationRun) -> list[str]:
    """One line for each time whose kind was asked for: the lines' values, then the likeliest answers."""
    lines = []
    for shape in run.shapes:
        points = [f"{p.group} {p.median:.2f} ({p.low:.2f} to {p.high:.2f})" for p in run.series if p.when == shape.when]
        likeliest = [(what, *next(iter(by.items()))) for what, by in shape.chances.items() if what != "friendly"]
        answers = [f"{name} {share:.2f}" for _, name, share in likeliest] or ["not all three seen"]
        lines.append(f"  {shape.when}: {', '.join([*points, *answers])}")
    return lines


def _found_by(used: Used, evaluation: Evaluation) -> list[str]:
    """The detector of a finding with its levers, and the files that it looked in."""
    found = evaluation.findings
    if found is None or used.source != found.source:
        return []
    name = found.detector(used.table, used.id)
    levers = ", ".join(f"{lever} {value:g}" for lever, value in found.detectors[name].items())
    files = [f"{file} {digest[:12]}" for file, digest in found.inputs.items()]
    more = f" and {len(files) - FILES} more" if len(files) > FILES else ""
    return [
        *_listings(used, evaluation),
        f"detector {name}: {levers}",
        f"files (SHA-256): {', '.join(files[:FILES])}{more}",
    ]


def _listings(used: Used, evaluation: Evaluation) -> list[str]:
    """Where the listings were read of vessels that the ships of a finding may be."""
    found = evaluation.findings
    row = next((r for r in found.rows[used.table] if r["id"] == used.id), None) if found else None
    if found is None or row is None:
        return []
    lines = []
    for mmsi in (row[key] for key in ("mmsi", "mmsi_1", "mmsi_2") if key in row):
        for match in found.matched(mmsi, row["start"], row["end"]):
            source = evaluation.sources[match["list_source"]]
            proof = "; a likeness is no proof" if match["kind"] == "listed-name" else ""
            lines.append(
                f"MMSI {mmsi}, {said_match(match)}{proof}: designated_vessels/{match['listed']} ({match['authority']}, "
                f"{match['status']}) {source.grade} {source.shown} {source.url}".rstrip()
            )
    return lines


def _unique(used: tuple[Used, ...]) -> list[Used]:
    return list({(u.table, u.id): u for u in used}.values())


def _tipping(verdict: Verdict) -> list[str]:
    if not verdict.tipping_points:
        return ["  none: there is nothing to move"]
    return [f"  {line}" for line in tipping_lines(verdict)]
