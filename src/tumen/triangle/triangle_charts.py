"""The triangle itself over time, and each dyad's closeness with what the monitor signalled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tumen.counting import counted
from tumen.draw.drawing import CARD, INK, LINE_COLOURS, SOFT, WIDTHS, Drawing
from tumen.draw.frame import legend
from tumen.draw.plain_svg import line, marker, moved, picture, text_width, words_at, wrapped
from tumen.judge.verdict import Verdict
from tumen.measure.estimate import SpecificationRun
from tumen.measure.series import Point, Shape
from tumen.triangle.closeness_charts import closeness, years_seen
from tumen.triangle.configuration import TYPES_OF_A_TRIANGLE

#: Where the three actors of a triangle stand in its cell, in order of their names: left, top, right; where their
#: names stand, and the shares of the three lines between them, each with the side on which it ends.
_PLACES = ((15.0, 92.0), (50.0, 38.0), (85.0, 92.0))
_NAMES = ((15.0, 110.0), (50.0, 29.0), (85.0, 110.0))
_SHARES = ((25.0, 64.0, "end"), (50.0, 110.0, "middle"), (75.0, 64.0, "start"))

#: Width of a cell, in pixels, height of its triangle, of a line of text, and of the text, and the longest name that
#: stands in a corner; where one is longer, corners have numbers.
_CELL, _TALL, _ROW, _SMALL, _CORNER = 103, 118, 14, 11.0, 34

#: How each relation is drawn: its colour and, as a second cue, its dash.
_FRIENDLY, _NOT, _EITHER, _UNSEEN = "friendly", "not friendly", "could be either", "not seen"
_SIGNS = {
    _FRIENDLY: (LINE_COLOURS[0], ""),
    _NOT: (LINE_COLOURS[1], "7 4"),
    _EITHER: (SOFT, "2 3"),
    _UNSEEN: (SOFT, "1 7"),
}

#: A relation is drawn as friendly, or as not, with at least this probability.
_SURE = 0.95


@dataclass(frozen=True)
class OneYear:
    """What is drawn for one year.

    Args:
        edges: for the three lines, in the order of `_SHARES`: how it is drawn, closeness (None where it was not
            seen), and whether the monitor signalled.
        below: the likeliest type, with its probability.
    """

    when: str
    edges: tuple[tuple[str, float | None, bool], ...]
    below: str


def triangle_drawings(verdict: Verdict) -> list[Drawing]:
    """For each way to count: the triangles year by year, then each dyad's closeness with its alarms."""
    runs = [s.run for s in verdict.specifications if s.run.shapes]
    return [drawing for run in runs for drawing in (_triangles(run), closeness(run))]


def _sign(share: float | None) -> str:
    if share is None:
        return _UNSEEN
    return _FRIENDLY if share >= _SURE else _NOT if share <= 1 - _SURE else _EITHER


def _likeliest(shape: Shape | None, question: str) -> tuple[str, float] | None:
    answers = shape.chances.get(question) if shape else None
    return next(iter(answers.items())) if answers else None


def _told(answer: tuple[str, float] | None) -> str:
    return f"{answer[0]} {answer[1]:.2f}" if answer else "not all three seen"


def _triangles(run: SpecificationRun) -> Drawing:
    years, shapes = years_seen(run), {s.when: s for s in run.shapes}
    points = {(p.when, p.group): p for p in run.series}
    types = Counter(found[0] for s in run.shapes if (found := _likeliest(s, "type")))
    likeliest = "; ".join(f"{name} in {n}" for name, n in types.most_common()) or "none, as never all three were seen"
    signalled = ", ".join(f"{a.group} in {a.when}" for a in run.alarms) or "nothing"
    says = (
        f"{counted(len(years), 'year')} from {years[0]} to {years[-1]}, counted as “{run.label}”. The closer two are, "
        "the thicker their line; the number beside it is their closeness in per cent. Below stands the likeliest type "
        f"with its probability: {likeliest}. Signalled by the monitor (▲): {signalled}."
    )
    dyads = sorted({p.group for p in run.series})
    actors = sorted({name for dyad in dyads for name in dyad.split("–")})
    rows = tuple(_row(year, dyads, shapes.get(year), points) for year in years)
    each = [_one_year(year, actors, shapes.get(year), points, run) for year in years]
    svg = {name: _small_multiples(each, actors, width) for name, width in WIDTHS.items()}
    columns = (
        "year",
        *(f"{d}, per cent" for d in dyads),
        "likeliest type",
        "balance",
        "likeliest order",
        "type and order as seen",
    )
    return Drawing("The triangle, year by year", says, svg, columns, rows)


def _row(year: str, dyads: list[str], shape: Shape | None, points: Mapping[tuple[str, str], Point]) -> tuple[str, ...]:
    friendly = shape.chances["friendly"] if shape else {}
    cells = [f"{100 * points[year, d].median:.0f}, {_sign(friendly[d])}" if d in friendly else _UNSEEN for d in dyads]
    return (
        year,
        *cells,
        *(_told(_likeliest(shape, q)) for q in ("type", "balance", "order")),
        shape.seen if shape and shape.seen else "not all three seen",
    )


def _one_year(
    year: str,
    actors: Sequence[str],
    shape: Shape | None,
    points: Mapping[tuple[str, str], Point],
    run: SpecificationRun,
) -> OneYear:
    friendly = shape.chances["friendly"] if shape else {}
    raised = {a.group for a in run.alarms if a.when == year}
    dyads = [f"{one}–{other}" for one, other in combinations(actors, 2)]
    edges = ((_sign(friendly.get(d)), points[year, d].median if d in friendly else None, d in raised) for d in dyads)
    kind = _likeliest(shape, "type")
    return OneYear(year, tuple(edges), f"{kind[0]}, {kind[1]:.2f}" if kind else "not all three seen")


def _small_multiples(years: Sequence[OneYear], actors: Sequence[str], width: int) -> str:
    """The triangles from left to right and downwards, below what their lines mean."""
    signs = [sign for sign in _SIGNS if any(sign == drawn for year in years for drawn, *_ in year.edges)]
    entries = [(line(0, 0, 22, 0, _SIGNS[s][0], 5, _SIGNS[s][1]), [s]) for s in signs]
    if any(raised for year in years for *_, raised in year.edges):
        entries.append((marker("wedge", 11, 0, INK, 6), ["signalled by the monitor"]))
    corners = list(actors)
    if max(text_width(name, _SMALL) for name in actors) > _CORNER:
        corners = [str(n) for n in range(1, len(actors) + 1)]
        entries += [(words_at(11, 4, n, anchor="middle"), [name]) for n, name in zip(corners, actors, strict=True)]
    parts, y = legend(entries, width)
    y += 6
    abreast = width // _CELL
    for row in [years[n : n + abreast] for n in range(0, len(years), abreast)]:
        below = [wrapped(year.below, _CELL - 8, _SMALL) for year in row]
        for n, (year, lines) in enumerate(zip(row, below, strict=True)):
            parts.append(moved(n * width / abreast, y, _triangle(year, corners, lines)))
        y += _TALL + _ROW * max(map(len, below)) + 8
    return picture(width, y, parts)


def _triangle(year: OneYear, corners: Sequence[str], below: Sequence[str]) -> list[str]:
    """Lines, corners and their names, shares, the type below, and a mark where an alarm was raised."""
    parts = [words_at(50, 14, year.when, 12, INK, "middle", bold=True)]
    marks = []
    for (sign, share, raised), ends, (x, y, anchor) in zip(year.edges, combinations(_PLACES, 2), _SHARES, strict=True):
        (x1, y1), (x2, y2) = ends
        colour, dash = _SIGNS[sign]
        parts.append(line(x1, y1, x2, y2, colour, 1.5 if share is None else 1.5 + 8 * share, dash))
        if share is not None:
            marks.append(words_at(x, y, f"{100 * share:.0f}", _SMALL, SOFT, anchor))
        if raised:
            marks += [marker("wedge", (x1 + x2) / 2, (y1 + y2) / 2, c, size) for c, size in ((CARD, 9), (INK, 6))]
    marks += [marker("circle", *place, INK, 4) for place in _PLACES]
    marks += [words_at(*place, name, _SMALL, INK, "middle") for place, name in zip(_NAMES, corners, strict=True)]
    marks += [words_at(50, _TALL + 10 + _ROW * n, said, _SMALL, INK, "middle") for n, said in enumerate(below)]
    return [*parts, *marks]


def readings(run: SpecificationRun) -> list[str]:
    """One line for each time whose kind was asked for: the lines' values, then the likeliest answers."""
    lines = []
    for shape in run.shapes:
        points = [f"{p.group} {p.median:.2f} ({p.low:.2f} to {p.high:.2f})" for p in run.series if p.when == shape.when]
        likeliest = [(what, *next(iter(by.items()))) for what, by in shape.chances.items() if what != "friendly"]
        answers = [f"{name} {share:.2f}" for _, name, share in likeliest] or ["not all three seen"]
        lines.append(f"{shape.when}: {', '.join([*points, *answers])}")
    return lines


CHARTS = {TYPES_OF_A_TRIANGLE: triangle_drawings}
