"""What would overturn a claim soonest, in one sentence of plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, log

from tumen.judge.movable import BOUNDS, ERRORS
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import Verdict
from tumen.measure.units import whole
from tumen.report.plain_words import capital, tipping_sentence
from tumen.report.standing import EDITORS_WORDS

#: The scale of all errors is by far nearer than a lever where it is nearer than this part of the lever's distance.
BY_FAR = 0.25


def tip(verdict: Verdict) -> str:
    """The tipping point to read first; that nothing moves it where nothing does; empty where none was looked for."""
    point = soonest(verdict) or _in_one_way(verdict)
    if point:
        return capital(_said(point, verdict))
    return "Nothing that was moved, within its range, changes this." if verdict.tipping_points else ""


def soonest(verdict: Verdict) -> TippingPoint | None:
    """What may be in the world that changes the verdict of all ways to count soonest.

    A lever of the evidence or of a decision comes first, by `distance`: an editor can ask for it. The scale of all
    errors comes first where it is by far nearer, and where no lever changes the verdict. Bounds are the claim's own.
    """
    changing = [p for p in verdict.tipping_points if p.specification is None and p.crossing == "verdict"]
    return _first(changing) or next((p for p in changing if p.lever == ERRORS.name and p.value is not None), None)


def levers_first(points: Sequence[TippingPoint]) -> list[TippingPoint]:
    """Tipping points in the order in which an editor can ask for them: of the evidence's levers, of the scale of all
    errors, of the claim's own bounds.
    """
    return sorted(points, key=lambda p: 1 if p.lever == ERRORS.name else 2 if p.lever in BOUNDS else 0)


def _in_one_way(verdict: Verdict) -> TippingPoint | None:
    """What changes one way to count, or makes the claim as likely as not, or how far the claim's own bound may go."""
    points = verdict.tipping_points
    apart = [p for p in points if p.specification is not None and p.crossing == "verdict"]
    even = [p for p in points if p.crossing == "one half"]
    own = (p for p in points if p.lever in BOUNDS and p.value is not None and p.crossing == "verdict")
    return _first(apart) or _first(even) or next(own, None)


def _first(points: Iterable[TippingPoint]) -> TippingPoint | None:
    """The nearest lever, or the scale of all errors where that is by far nearer than it."""
    moved = [p for p in points if p.value is not None and p.baseline is not None and p.lever not in BOUNDS]
    scale = next((p for p in moved if p.lever == ERRORS.name), None)
    lever = min((p for p in moved if p.lever != ERRORS.name), key=distance, default=None)
    return scale if scale and lever and distance(scale) < BY_FAR * distance(lever) else lever


def distance(point: TippingPoint) -> float:
    """How far a tipping point is from where things stand, as a share of how far its lever may be moved that way; that
    of the scale of all errors on a logarithmic scale.
    """
    value, baseline = point.value or 0.0, point.baseline or 0.0
    end = point.high if value > baseline else point.low
    if point.lever == ERRORS.name:
        return abs(log(value) / log(end))
    return abs(value - baseline) / abs(end - baseline)


def moved_to(point: TippingPoint) -> str:
    """A lever at its tipping point: "40.6 m USD of trade missing from the table"; of things that are counted, how many
    of them it takes.
    """
    value, baseline = point.value or 0.0, point.baseline or 0.0
    if point.unit.write is not whole:
        return point.unit.of_lever(value, point.label)
    takes = f"{ceil(value):,} or more" if value > baseline else f"{floor(value):,} or fewer"
    return f"{takes} {point.label}"


def _said(point: TippingPoint, verdict: Verdict) -> str:
    then = f"would be “{EDITORS_WORDS[point.verdict]}”" if point.verdict else "would change"
    if point.lever == ERRORS.name and point.specification is None:
        return f"with all errors {point.unit.said(point.value or 0.0)} what they are taken for, the verdict {then}."
    if point.lever in BOUNDS and point.value is not None and point.baseline is not None:
        side = "below" if point.value > point.baseline else "above"
        return f"the verdict stays the same for any {point.label} {side} {point.unit.said(point.value)}."
    if point.crossing != "verdict" or point.baseline is None:
        return tipping_sentence(point, verdict)
    here = min(point.unit.bound(point.baseline), point.unit.said(point.baseline), key=len)
    if point.specification is None:
        return f"with {moved_to(point)} (taken here: {here}), the verdict {then}."
    label = next(s.run.label for s in verdict.specifications if s.run.id == point.specification)
    return f"counted with “{label}”, it {then} with {moved_to(point)} (taken here: {here})."
