"""What would overturn a claim soonest, in one sentence of plain words."""

from __future__ import annotations

from tumen.judge.movable import BOUNDS, ERRORS
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import Verdict
from tumen.report.plain_words import capital, tipping_sentence
from tumen.report.standing import EDITORS_WORDS
from tumen.report.table import tipping


def tip(verdict: Verdict) -> str:
    """The tipping point to read first; that nothing moves it where nothing does; empty where none was looked for."""
    found = tipping(verdict)
    if found:
        return capital(_said(next((p for p in found if p.specification is None), found[0]), verdict))
    return "Nothing that was moved, within its range, changes this." if verdict.tipping_points else ""


def _said(point: TippingPoint, verdict: Verdict) -> str:
    if point.value is None:
        return tipping_sentence(point, verdict)
    value = point.unit.said(point.value)
    if point.lever == ERRORS.name:
        then = f"would be “{EDITORS_WORDS[point.verdict]}”" if point.verdict else "would change"
        return f"with all errors {value} what they are taken for, the verdict {then}."
    if point.lever in BOUNDS and point.baseline is not None:
        side = "below" if point.value > point.baseline else "above"
        return f"the verdict stays the same for any {point.label} {side} {value}."
    return f"{point.unit.of_lever(point.value, point.label)} would make it as likely as not."
