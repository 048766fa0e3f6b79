"""Words and deeds on one time axis, with silence drawn as silence."""

from __future__ import annotations

from collections.abc import Sequence

from tumen.counting import counted
from tumen.draw.drawing import FEWEST_POINTS, INK, LINE, LINE_COLOURS, TOO_FEW, WIDTHS, Drawing
from tumen.draw.frame import ABOVE, BELOW, Frame, below, framed, legend, numbered, titled
from tumen.draw.plain_svg import line, marker, picture, rect
from tumen.judge.verdict import Verdict
from tumen.measure.series import Point
from tumen.measure.units import digits
from tumen.words.gap import WORDS_AND_DEEDS
from tumen.words.units import WARMTH

#: How each line is drawn: its colour, its mark, and how far beside the middle of its quarter, in quarters.
_LOOKS = {"words": (LINE_COLOURS[0], "circle", -0.2), "deeds": (LINE_COLOURS[1], "diamond", 0.2)}


def words_and_deeds(verdict: Verdict) -> list[Drawing]:
    """Each quarter's words and deeds as points with their central 90 per cent, quarters without a word as bands.

    Returns: nothing where no way to count could be run.
    """
    points = verdict.points
    if not points:
        return []
    silent = next(s.run.silent for s in verdict.specifications if s.run.series)
    quarters = sorted({*silent, *(p.when for p in points)})
    fits = len(quarters) >= FEWEST_POINTS
    says = (
        f"{counted(len(quarters), 'quarter')} from {quarters[0]} to {quarters[-1]}; in {len(silent) or 'none'} of them "
        f"the record has no word, which the bands show.{'' if fits else TOO_FEW}"
    )
    rows = sorted(
        [(p.when, p.group, *(digits(v) for v in (p.median, p.low, p.high))) for p in points]
        + [(when, "words", "none", "", "") for when in silent]
    )
    svg = {name: _chart(points, silent, quarters, width) for name, width in WIDTHS.items()} if fits else {}
    columns = ("when", "line", f"mean, {WARMTH.axis}", "5 per cent", "95 per cent")
    return [Drawing("Words against deeds", says, svg, columns, tuple(rows))]


def _chart(points: Sequence[Point], silent: Sequence[str], quarters: Sequence[str], width: int) -> str:
    samples = [(marker(shape, 11, 0, colour, 5), [name]) for name, (colour, shape, _) in _LOOKS.items()]
    names, top = legend([*samples, (rect(2, -6, 20, 6, LINE, 0.6), ["no word"])], width)
    title, top = titled(WARMTH.axis, width, top)
    frame, grid = framed(
        width, top + ABOVE, (0, len(quarters)), (-1.05, 1.05), numbered([-1.0, -0.5, 0.0, 0.5, 1.0]), 240
    )
    places = {when: n for n, when in enumerate(quarters)}
    bands = [
        rect(frame.x(n), frame.top, frame.x(n + 1), frame.bottom, LINE, 0.6)
        for n in map(places.get, silent)
        if n is not None
    ]
    years = {n + 0.5: when[:4] for when, n in places.items() if when.endswith("Q1")} or {0.5: quarters[0]}
    middle = line(frame.left, frame.y(0), frame.right, frame.y(0), INK, 1, "4 3")
    marks = [part for p in points for part in _one(p, places[p.when], frame)]
    return picture(width, frame.bottom + BELOW, [*names, *title, *bands, *grid, middle, *below(frame, years), *marks])


def _one(point: Point, place: int, frame: Frame) -> list[str]:
    """A quarter's mean with its interval."""
    colour, shape, beside = _LOOKS[point.group]
    x = frame.x(place + 0.5 + beside)
    return [
        line(x, frame.y(point.low), x, frame.y(point.high), colour, 2),
        marker(shape, x, frame.y(point.median), colour, 4),
    ]


CHARTS = {WORDS_AND_DEEDS: words_and_deeds}
