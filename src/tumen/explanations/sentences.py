"""The rival explanations in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tumen.counting import counted
from tumen.errors import visible
from tumen.explanations.declared import ABOUT_HYPOTHESES
from tumen.explanations.posterior import entering
from tumen.explanations.telling import Telling
from tumen.explanations.weighing import ItemReading, LeftOut, Standing, Weighed, weighed_in
from tumen.judge.evaluated import Evaluated
from tumen.judge.likelihood_words import likelihood_words
from tumen.judge.verdict import Verdict
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import digits

#: Items that fit their best explanation no more than this many times as well as their worst tell nothing.
_IDLE = 1.005

#: Sides that begin no further than this from one half begin alike.
_EVEN = 0.005


def percent(share: float) -> str:
    """A probability in per cent, never nothing and never all.

    Example:
        >>> percent(0.553), percent(0.002), percent(0.9996)
        ('55 per cent', 'under 1 per cent', 'over 99 per cent')
    """
    if share < 0.01:
        return "under 1 per cent"
    return "over 99 per cent" if share > 0.99 else f"{100 * share:.0f} per cent"


def weighing_summary(weighed: Weighed) -> list[str]:
    """What the evidence says of the rival explanations, in sentences, plainest first."""
    first, *others = weighed.ranking
    second = others[0]
    lines = [
        f"Of {counted(len(weighed.standings), 'rival explanation')}, ‘{first.label}’ fits the evidence best: "
        f"{percent(first.posterior)} "
        f"({likelihood_words(first.posterior)}), from {percent(first.prior)} before any evidence.",
        f"Next comes ‘{second.label}’ with {percent(second.posterior)}. A score stands for a range, not for a number; "
        f"‘{first.label}’ stays ahead of all others in {percent(first.leads)} of the readings within these ranges.",
    ]
    lines += [*_coders(weighed), _inconsistencies(weighed)]
    lines += [f"Note: {weighed.found.note}"] if weighed.found.note else []
    return lines


def _coders(weighed: Weighed) -> list[str]:
    """What each coder's scores say alone, where there are several."""
    if len(weighed.coders) < 2:
        return []
    labels = {s.id: s.label for s in weighed.standings}
    each = []
    for coder in weighed.coders:
        lead = max(coder.posterior, key=lambda name: (coder.posterior[name], name))
        each.append(f"‘{labels[lead]}’ leads with {percent(coder.posterior[lead])} by {coder.name}")
    return [f"{counted(len(weighed.coders), 'coder')} scored apart and are pooled here; alone, {'; '.join(each)}."]


def _inconsistencies(weighed: Weighed) -> str:
    """Heuer's count: how many items are unlikely under each explanation, the fewest first."""
    ordered = sorted(weighed.standings, key=lambda s: (len(s.inconsistent), s.id))
    counts = ", ".join(f"‘{s.label}’ {len(s.inconsistent) or 'none'}" for s in ordered)
    fewest = [s for s in ordered if len(s.inconsistent) == len(ordered[0].inconsistent)]
    agrees = "" if weighed.leader in fewest else "; by that count another explanation than the most probable leads"
    return f"Items that speak against each, of {len(weighed.readings)}: {counts}{agrees}."


def resting(weighed: Weighed) -> list[str]:
    """What the result rests on: the items that tell most, what would flip it, what it would be without."""
    told = sorted(weighed.readings, key=lambda r: (-r.discriminates, r.item.evidence.id))
    idle = [r.item.evidence.id for r in told if r.discriminates < _IDLE]
    lines = [
        f"‘{r.item.evidence.text}’ ({r.item.evidence.id}) tells most apart: it fits ‘{_best(r, weighed)}’ "
        f"{digits(r.discriminates, 2)} times as well as ‘{_worst(r, weighed)}’."
        for r in told[:1]
        if r.item.evidence.id not in idle
    ]
    if idle:
        lines.append(f"Tell nothing apart: {', '.join(idle)}.")
    lines += _flip_lines(weighed)
    heaviest = max(weighed.left_out, key=lambda one: abs(leader_shift(one, weighed)), default=None)
    if heaviest is not None:
        turned = leader_without(heaviest) != weighed.leader.id
        change = "another explanation would lead" if turned else "it would still lead"
        lines.append(
            f"What it hangs on most: without {left(heaviest, weighed)}, ‘{weighed.leader.label}’ would stand at "
            f"{percent(heaviest.posterior[weighed.leader.id])}; {change}."
        )
    turning = [left(o, weighed) for o in weighed.left_out if leader_without(o) != weighed.leader.id]
    if turning:
        lines.append(f"Without {' or without '.join(turning)}, another explanation leads.")
    lines += [f"Evidence {name} rests on a claim without a probability and says nothing." for name in weighed.skipped]
    return lines


def left(one: LeftOut, weighed: Weighed) -> str:
    """What is left out, in words."""
    texts = {r.item.evidence.id: r.item.evidence.text for r in weighed.readings}
    if one.kind == "item":
        return f"‘{texts[one.name]}’ ({one.name})"
    return f"the {counted(len(one.items), 'item')} of {one.kind} {one.name} ({', '.join(one.items)})"


def weighs(reading: ItemReading) -> str:
    """How much an item counts, in per cent of one that is sure and alone."""
    return f"{100 * reading.item.weight:.0f} per cent"


def looking(weighed: Weighed) -> list[str]:
    """What to look for next: the observation that would settle most, and what it would do."""
    if not weighed.telling:
        return []
    best = weighed.telling[0]
    kind = (
        "Not yet observed and most worth looking for"
        if best.to_come
        else "Nothing is declared to look for; of further observations like those that there are, this would tell most"
    )
    return [
        f"{kind}: ‘{best.text}’ On average it would settle {percent(best.share)} of the doubt that is left.",
        *outlook(best, weighed),
    ]


def outlook(one: Telling, weighed: Weighed) -> list[str]:
    """What an observation would do to the ranking, if it is seen and if it is not."""
    labels = {s.id: s.label for s in weighed.standings}
    now = {s.id: s.posterior for s in weighed.standings}
    found = []
    for said, after in (
        (f"If it is seen (a chance of {percent(one.seen)})", one.if_seen),
        ("If it is looked for and not seen", one.if_not),
    ):
        gains = max(after, key=lambda name: (after[name] - now[name], name))
        found.append(
            f"{said}, {leader_after(after, weighed)} leads; ‘{labels[gains]}’ gains most, from "
            f"{percent(now[gains])} to "
            f"{percent(after[gains])}."
        )
    return found


def leader_after(posterior: Mapping[str, float], weighed: Weighed) -> str:
    """Which explanation leads after something, with its probability."""
    lead = max(posterior, key=lambda name: (posterior[name], name))
    label = next(s.label for s in weighed.standings if s.id == lead)
    return f"‘{label}’ ({percent(posterior[lead])})"


def question(weighed: Weighed) -> str | None:
    """The question that every item answers, put for the item that tells most; None where none tells anything."""
    told = max(weighed.readings, key=lambda r: (r.discriminates, r.item.evidence.id), default=None)
    if told is None or told.discriminates < _IDLE:
        return None
    best, worst = (pick(range(len(told.logs)), key=lambda n: told.logs[n]) for pick in (max, min))
    one, other = (weighed.standings[n].label for n in (best, worst))
    likely, less = (f"{100 * told.item.low[n]:.0f} to {100 * told.item.high[n]:.0f} in 100" for n in (best, worst))
    return (
        f"‘{told.item.evidence.text}’ How probable was that? If ‘{one}’ is true, {likely}; if ‘{other}’ is true, "
        f"{less}. "
        f"So it speaks for ‘{one}’ against ‘{other}’. It counts {weighs(told)} of what a sure and single report would."
    )


def cautions(verdict: Verdict, evaluated: Evaluated) -> list[str]:
    """What a reader must know of a claim about the explanations before its probability; nothing for other claims."""
    weighed = weighed_in(evaluated)
    runs = [s.run for s in verdict.specifications if s.run.draws.size and s.run.respond]
    if verdict.claim.measure != ABOUT_HYPOTHESES or weighed is None or not runs:
        return []
    named = {s.id: s for s in weighed.standings}
    favours, against = ([named[name] for name in verdict.claim.arguments[side]] for side in ("favours", "against"))
    others = len(named) - len(favours) - len(against)
    starts = [r.baselines["prior"] for r in runs]
    even = _span([float(r.respond("prior", 0.5).mean()) for r in runs if r.respond])
    lines = [
        "P is how probable the favoured side is, if one of the two sides is right: the mean over the readings of the "
        "scores. How far it moves within them is the range of the estimate.",
        f"This sets {_quoted(favours)} against {_quoted(against)}"
        + (f"; it leaves {counted(others, 'other explanation')} aside." if others else "."),
        *_other_sides(runs),
    ]
    alike = [abs(start - 0.5) < _EVEN for start in starts]
    where = " in every way to count" if any(alike) else ""
    if all(alike):
        lines.append("Both sides start alike, at 50 per cent.")
    else:
        lines.append(
            f"The sides do not start alike{where}: the claim stands at {_span(starts)} before any evidence. Had both "
            f"sides begun at 50 per cent, the evidence would bring it to {even}."
        )
    if len(favours) > 1:
        lines.append(
            "Of the favoured side, "
            + ", ".join(f"‘{s.label}’ has {percent(s.posterior)}" for s in favours)
            + " among all explanations; of the other, "
            + ", ".join(f"‘{s.label}’ has {percent(s.posterior)}" for s in against)
            + "."
        )
    return [*lines, *([f"Note: {weighed.found.note}"] if weighed.found.note else [])]


def _other_sides(runs: Sequence[SpecificationRun]) -> list[str]:
    """How ways to count place the explanations, where they do not all do it alike."""
    sides = list(dict.fromkeys(run.notes[0] for run in runs))
    return [f"Ways to count differ on who stands where: {'; or '.join(sides)}."] if len(sides) > 1 else []


def _quoted(standings: list[Standing]) -> str:
    return " and ".join(f"‘{s.label}’" for s in standings)


def _span(shares: list[float]) -> str:
    """The least and the largest of some shares, once where they are the same."""
    low, high = (f"{100 * pick(shares):.0f}" for pick in (min, max))
    return f"{low} per cent" if low == high else f"{low} to {high} per cent"


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
                f"‘{rival}’ overtakes ‘{leader}’ if one item alone is read at the far end of its range: "
                f"{', '.join(flip.alone)}."
            )
        elif flip.fewest is not None:
            lines.append(
                f"For ‘{rival}’ to overtake ‘{leader}’, at least {flip.fewest} of "
                f"{counted(len(weighed.readings), 'item')} would have to be read at the far ends of "
                "their ranges together."
            )
        else:
            lines.append(f"‘{rival}’ cannot overtake ‘{leader}’, however the scores are read within their ranges.")
    return lines


def leader_without(left: LeftOut) -> str:
    """Which hypothesis leads when something is left out."""
    return max(left.posterior, key=lambda name: (left.posterior[name], name))


def leader_shift(left: LeftOut, weighed: Weighed) -> float:
    """How far the leader's probability moves when something is left out."""
    return left.posterior[weighed.leader.id] - weighed.leader.posterior


def explain_hypotheses(evaluated: Evaluated) -> str:
    """The rival explanations as text: sentences first, then each explanation and each item."""
    weighed = weighed_in(evaluated)
    if weighed is None:
        return (
            "The case has no rival explanations with evidence: it has no hypotheses.toml, or that file no [[evidence]]."
        )
    lines = [*weighing_summary(weighed), "", "EXPLANATIONS"]
    for one in weighed.ranking:
        lines += _standing(one)
    lines += ["", "WHAT IT RESTS ON", *(f"  {line}" for line in resting(weighed))]
    lines += [
        "",
        "WHAT TO LOOK FOR",
        *(f"  {line}" for line in looking(weighed)),
        *_rest(weighed),
        "",
        "EVIDENCE, AS IT ARRIVED",
    ]
    readings = {r.item.evidence.id: r for r in weighed.readings}
    for step in weighed.steps:
        for name in step.items:
            lines += _item(readings[name], weighed, evaluated)
        lead = max(step.posterior, key=lambda h: step.posterior[h])
        label = next(s.label for s in weighed.standings if s.id == lead)
        lines.append(f"    then ‘{label}’ leads with {percent(step.posterior[lead])}")
    return "\n".join(visible(line) for line in lines)


def _rest(weighed: Weighed) -> list[str]:
    """The other declared observables, a line each."""
    return [f"  Then: ‘{t.text}’ ({percent(t.share)} of the doubt)" for t in weighed.telling[1:] if t.to_come]


def _standing(one: Standing) -> list[str]:
    low, high = (100 * v if v is not None else 0.0 for v in (one.summary.low, one.summary.high))
    held = f"; held by {'; '.join(holder.who for holder in one.held_by)}" if one.held_by else ""
    return [
        f"  {one.label}: {percent(one.posterior)} ({low:.1f} to {high:.1f}), {likelihood_words(one.posterior)}; "
        f"before the evidence {percent(one.prior)}; {counted(len(one.inconsistent), 'item')} against it",
        f"    {one.text.rstrip('.')}{held}",
    ]


def _item(reading: ItemReading, weighed: Weighed, evaluated: Evaluated) -> list[str]:
    one = reading.item.evidence
    parts = [f"counts {weighs(reading)}", f"tells {digits(reading.discriminates, 3)} to 1"]
    parts += [f"group {one.group}"] if one.group else []
    parts += [f"chance of deception {100 * one.deception:.0f} per cent"] if one.deception else []
    lines = [f"  {one.date} {one.id}: {one.text} ({'; '.join(parts)})"]
    if one.claim:
        return [*lines, f"    ◄ claim {one.claim}, {entering(reading.item.truth)}"]
    source = evaluated.sources[one.source]
    return [*lines, f"    ◄ {source.grade} {source.shown} {source.url}".rstrip()]
