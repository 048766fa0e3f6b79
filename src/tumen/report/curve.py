"""The specification curve: every way to count against the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tumen.case.model import Region
from tumen.counting import counted
from tumen.draw.drawing import INK, REGION, WIDTHS, Drawing
from tumen.draw.frame import axis_below
from tumen.draw.plain_svg import line, marker, picture, rect, words_at, wrapped
from tumen.judge.likelihood_words import Outcome
from tumen.judge.verdict import Verdict
from tumen.measure.units import in_words
from tumen.report.plain_words import region
from tumen.report.standing import EDITORS_WORDS

#: Height, in pixels, of a line of a label with room below its letters, and of the band below it; the room at the sides.
_TEXT, _BAND, _SIDE = 16, 24, 8


@dataclass(frozen=True)
class CountedWay:
    """One way to count, with its values as they are shown."""

    label: str
    outcome: Outcome
    low: float
    median: float
    high: float

    @property
    def stands(self) -> str:
        """Its verdict, in an editor's words."""
        return EDITORS_WORDS[self.outcome]


def specification_curve(verdict: Verdict) -> Drawing | None:
    """Every way to count as a point with its central 90 per cent, against the claim's region.

    Source: Simonsohn, Simmons & Nelson (2020), doi:10.1038/s41562-020-0912-z.
    """
    estimate = verdict.estimate
    if estimate is None or not verdict.headlines:
        return None
    ways, unit = _ways(verdict), estimate.unit
    says = (
        f"{counted(len(ways), 'estimate')} with the central 90 per cent; the claim holds "
        f"{region(verdict.claim.holds, unit)}."
    )
    bounds = [unit.scaled(b) for b in verdict.claim.holds.bounds]
    svg = {name: curve(ways, bounds, verdict.claim.holds, unit.axis, width) for name, width in WIDTHS.items()}
    table = tuple((w.label, *(in_words(v, 4) for v in (w.median, w.low, w.high)), w.stands) for w in ways)
    columns = ("counted as", f"median, {unit.axis}", "5 per cent", "95 per cent", "verdict")
    return Drawing("Every way to count", says, svg, columns, table)


def _ways(verdict: Verdict) -> list[CountedWay]:
    """The ways that gave numbers."""
    scaled = verdict.estimate.unit.scaled if verdict.estimate else float
    return [
        CountedWay(one.run.label, one.outcome, scaled(s.low), scaled(s.median), scaled(s.high))
        for one in verdict.specifications
        if (s := one.summary).median is not None and s.low is not None and s.high is not None
    ]


def curve(ways: Sequence[CountedWay], bounds: Sequence[float], holds: Region, axis: str, width: int) -> str:
    """The picture: each label above a band of its own, so that no line crosses a label.

    Args:
        bounds: of the claim's region, as they are shown.
        axis: the title of the axis.
        width: in pixels.
    """
    span = [*bounds, *(w.low for w in ways), *(w.high for w in ways)]
    margin = 0.06 * ((max(span) - min(span)) or abs(max(span)) or 1.0)
    low, high = min(span) - margin, max(span) + margin

    def at(value: float) -> float:
        return _SIDE + (value - low) / (high - low) * (width - 2 * _SIDE)

    parts: list[str] = []
    y = 0.0
    for way in ways:
        for said in wrapped(way.label, width - 4):
            y += _TEXT
            parts.append(words_at(2, y - 6, said))
        parts += [rect(at(a), y, at(b), y + _BAND, REGION, 0.5) for a, b in where(bounds, holds, low, high)]
        parts += [line(at(b), y, at(b), y + _BAND, INK, 1, "4 3") for b in bounds]
        middle, colour = y + _BAND / 2, f"var(--{way.outcome.replace(' ', '-')})"
        parts += [line(at(way.low), middle, at(way.high), middle, colour, 3), _mark(at(way.median), middle, way)]
        y += _BAND + 4
    below, height = axis_below(low, high, y, _SIDE, width - _SIDE, axis)
    return picture(width, height, [*parts, *below])


def where(bounds: Sequence[float], holds: Region, low: float, high: float) -> list[tuple[float, float]]:
    """The stretches of an axis, from low to high, where the claim holds.

    Example:
        >>> where([2.0], Region(above=2.0), 0.0, 5.0), where([1.0, 2.0], Region(outside=(1.0, 2.0)), 0.0, 5.0)
        ([(2.0, 5.0)], [(0.0, 1.0), (2.0, 5.0)])
    """
    if holds.above is not None:
        return [(bounds[0], high)]
    if holds.below is not None:
        return [(low, bounds[0])]
    return [(bounds[0], bounds[1])] if holds.within is not None else [(low, bounds[0]), (bounds[1], high)]


def _mark(x: float, y: float, way: CountedWay) -> str:
    """The median: a disc where supported, a cross where contradicted, a diamond elsewhere."""
    shape = {"supported": "circle", "contradicted": "cross"}.get(way.outcome, "diamond")
    return marker(shape, x, y, f"var(--{way.outcome.replace(' ', '-')})", 6)
