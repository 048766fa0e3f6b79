"""The rival explanations in plain words, and as the JSON object holds them."""

from __future__ import annotations

from typing import Any

from tumen.errors import visible
from tumen.judgement.hypotheses import ItemReading, LeftOut, Standing, Weighed
from tumen.judgement.words import likelihood_words
from tumen.record.sources import PROTECTED
from tumen.report.words import digits
from tumen.run import Evaluation


def percent(share: float) -> str:
    """A probability in per cent, never nothing and never all.

    Example:
        >>> percent(0.553), percent(0.002), percent(0.9996)
        ('55 per cent', 'under 1 per cent', 'over 99 per cent')
    """
    if share < 0.01:
        return "under 1 per cent"
    return "over 99 per cent" if share > 0.99 else f"{100 * share:.0f} per cent"


def summary(weighed: Weighed) -> list[str]:
    """What the evidence says of the rival explanations, in sentences, plainest first."""
    first, *others = weighed.ranking
    second = others[0]
    lines = [
        f"Of {len(weighed.standings)} rival explanations, ‘{first.label}’ fits the evidence best: {percent(first.posterior)} "
        f"({likelihood_words(first.posterior)}), from {percent(first.prior)} before any evidence.",
        f"Next comes ‘{second.label}’ with {percent(second.posterior)}. ‘{first.label}’ stays ahead of all others in "
        f"{percent(first.leads)} of the ways to read the likelihood ranges.",
    ]
    lines += [f"Note: {weighed.found.note}"] if weighed.found.note else []
    return lines


def resting(weighed: Weighed) -> list[str]:
    """What the result rests on: the items that tell most, what would flip it, what to look for."""
    told = sorted(weighed.readings, key=lambda r: (-r.discriminates, r.item.evidence.id))
    idle = [r.item.evidence.id for r in told if r.discriminates < 1.005]
    lines = [f"‘{r.item.evidence.text}’ ({r.item.evidence.id}) tells most apart: it fits ‘{_best(r, weighed)}’ "
             f"{digits(r.discriminates, 2)} times as well as ‘{_worst(r, weighed)}’." for r in told[:1] if r.item.evidence.id not in idle]  # fmt: skip
    if idle:
        lines.append(f"Tell nothing apart: {', '.join(idle)}.")
    lines += _flip_lines(weighed)
    heaviest = max(weighed.left_out, key=lambda one: abs(moved(one, weighed)), default=None)
    if heaviest is not None:
        change = (
            "another explanation would lead" if leader_without(heaviest) != weighed.leader.id else "it would still lead"
        )
        lines.append(f"Leaving out {heaviest.kind} {heaviest.name} matters most: ‘{weighed.leader.label}’ would stand at "
                     f"{percent(heaviest.posterior[weighed.leader.id])}; {change}.")  # fmt: skip
    turning = [f"{o.kind} {o.name}" for o in weighed.left_out if leader_without(o) != weighed.leader.id]
    if turning:
        lines.append(f"Without {' or without '.join(turning)}, another explanation leads.")
    if weighed.telling:
        best = weighed.telling[0]
        kind = (
            "Not yet observed and most worth looking for"
            if best.to_come
            else "Another observation like this would tell most"
        )
        lines.append(f"{kind}: ‘{best.text}’ (it would settle {best.bits:.2f} bits of doubt on average).")
    lines += [f"Evidence {name} rests on a claim without a probability and says nothing." for name in weighed.skipped]
    return lines


def _best(reading: ItemReading, weighed: Weighed) -> str:
    return weighed.standings[max(range(len(reading.logs)), key=lambda n: reading.logs[n])].label


def _worst(reading: ItemReading, weighed: Weighed) -> str:
    return weighed.standings[min(range(len(reading.logs)), key=lambda n: reading.logs[n])].label


def _flip_lines(weighed: Weighed) -> list[str]:
    labels = {s.id: s.label for s in weighed.standings}
    lines = []
    for flip in weighed.flips[:2]:
        leader, rival = labels[flip.leader], labels[flip.rival]
        if flip.alone:
            lines.append(
                f"‘{rival}’ overtakes ‘{leader}’ if one item alone stands at the end of its range: {', '.join(flip.alone)}."
            )
        elif flip.fewest is not None:
            lines.append(
                f"For ‘{rival}’ to overtake ‘{leader}’, at least {flip.fewest} items would have to stand at the ends of their ranges together."
            )
        else:
            lines.append(f"‘{rival}’ cannot overtake ‘{leader}’ anywhere within the likelihood ranges.")
    return lines


def leader_without(left: LeftOut) -> str:
    """Which hypothesis leads when something is left out."""
    return max(left.posterior, key=lambda name: (left.posterior[name], name))


def moved(left: LeftOut, weighed: Weighed) -> float:
    """How far the leader's probability moves when something is left out."""
    return left.posterior[weighed.leader.id] - weighed.leader.posterior


def explain_hypotheses(evaluation: Evaluation) -> str:
    """The rival explanations as text: sentences first, then each explanation and each item."""
    weighed = evaluation.hypotheses
    if weighed is None:
        return (
            "The case has no rival explanations with evidence: it has no hypotheses.toml, or that file no [[evidence]]."
        )
    lines = ["SIMULATED DATA: nothing here was observed.", ""] if evaluation.case.header.simulated else []
    lines += [*summary(weighed), "", "EXPLANATIONS"]
    for one in weighed.ranking:
        lines += _standing(one)
    lines += ["", "WHAT IT RESTS ON", *(f"  {line}" for line in resting(weighed)), "", "EVIDENCE, AS IT ARRIVED"]
    readings = {r.item.evidence.id: r for r in weighed.readings}
    for step in weighed.steps:
        for name in step.items:
            lines += _item(readings[name], weighed, evaluation)
        lead = max(step.posterior, key=lambda h: step.posterior[h])
        label = next(s.label for s in weighed.standings if s.id == lead)
        lines.append(f"    then ‘{label}’ leads with {percent(step.posterior[lead])}")
    return "\n".join(visible(line) for line in lines)


def _standing(one: Standing) -> list[str]:
    low, high = (100 * v if v is not None else 0.0 for v in (one.summary.low, one.summary.high))
    held = f"; held by {'; '.join(one.held_by)}" if one.held_by else ""
    return [f"  {one.label}: {percent(one.posterior)} ({low:.1f} to {high:.1f}), {likelihood_words(one.posterior)}; "
            f"before the evidence {percent(one.prior)}", f"    {one.text.rstrip('.')}{held}"]  # fmt: skip


def _item(reading: ItemReading, weighed: Weighed, evaluation: Evaluation) -> list[str]:
    one = reading.item.evidence
    parts = [f"weight {reading.item.weight:.2f}", f"tells {digits(reading.discriminates, 3)} to 1"]
    parts += [f"group {one.group}"] if one.group else []
    parts += [f"chance of deception {100 * one.deception:.0f} per cent"] if one.deception else []
    lines = [f"  {one.date} {one.id}: {one.text} ({'; '.join(parts)})"]
    if one.claim:
        said = "no probability" if reading.item.truth is None else f"P {reading.item.truth:.2f}"
        return [*lines, f"    ◄ claim {one.claim}, {said}"]
    source = evaluation.sources[one.source]
    return [*lines, f"    ◄ {source.grade} {source.shown} {source.url if source.access == 'public' else ''}".rstrip()]


def as_json(evaluation: Evaluation) -> dict[str, Any] | None:
    """The rival explanations as the JSON object holds them, or None where the case has none."""
    weighed = evaluation.hypotheses
    if weighed is None:
        return None
    ids = weighed.found.ids
    return {
        "note": weighed.found.note,
        "standings": [
            {"id": s.id, "label": s.label, "text": s.text, "held_by": list(s.held_by), "prior": s.prior, "posterior": s.posterior,
             "median": s.summary.median, "low": s.summary.low, "high": s.summary.high, "leads": s.leads}
            for s in weighed.standings
        ],
        "steps": [{"date": s.date.isoformat(), "items": list(s.items), "posterior": dict(s.posterior)} for s in weighed.steps],
        "evidence": [
            {"id": r.item.evidence.id, "date": r.item.evidence.date.isoformat(), "text": r.item.evidence.text,
             "source": r.item.evidence.source or None, "publisher": _publisher(r, evaluation), "claim": r.item.evidence.claim,
             "claim_probability": r.item.truth, "group": r.item.evidence.group, "deception": r.item.evidence.deception,
             "weight": r.item.weight, "log_likelihood": dict(zip(ids, r.logs, strict=True)), "discriminates": r.discriminates}
            for r in weighed.readings
        ],
        "left_out": [
            {"kind": o.kind, "name": o.name, "items": list(o.items), "posterior": dict(o.posterior), "leader": leader_without(o)}
            for o in weighed.left_out
        ],
        "observables": [
            {"id": t.id, "text": t.text, "bits": t.bits, "seen": t.seen, "to_come": t.to_come} for t in weighed.telling
        ],
        "flips": [
            {"leader": f.leader, "rival": f.rival, "margin": f.margin, "alone": list(f.alone), "fewest": f.fewest} for f in weighed.flips
        ],
        "sentences": [*summary(weighed), *resting(weighed)],
    }  # fmt: skip


def _publisher(reading: ItemReading, evaluation: Evaluation) -> str | None:
    name = reading.item.evidence.source
    if not name:
        return None
    source = evaluation.sources[name]
    return source.publisher if source.access == "public" else PROTECTED
