"""Charts of the rival explanations: evidence against hypotheses, posteriors over time, what is left out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tumen.counting import counted
from tumen.draw.drawing import FEWEST_POINTS, INK, LINE, LINE_COLOURS, TOO_FEW, WIDTHS, Drawing
from tumen.draw.frame import ABOVE, BELOW, Frame, axis_below, below, framed, legend, numbered, titled
from tumen.draw.plain_svg import (
    LABEL,
    area,
    line,
    moved,
    picture,
    rect,
    strokes,
    text_width,
    ticks,
    words_at,
    wrapped,
)
from tumen.explanations.sentences import leader_shift, leader_without
from tumen.explanations.weighing import ItemReading, LeftOut, Weighed

#: Width, in pixels, above which there is room for a row's text beside it; room for that text; a line of it, and the
#: room of a row beside or below it.
_DESK, _ROOM, _TEXT, _ROW = 400, 330, 15, 22

#: The longest head of a column that is written above it, in pixels; where one is longer, columns have numbers.
_HEAD = 110

#: Columns that a phone has room for.
_COLUMNS = 16

#: Height of a panel of probabilities over time, in pixels.
_PANEL = 90

#: Ratio to the item's mean from which a cell is marked once, and from which twice.
_ONCE, _TWICE = 1.05, 1.25

#: Bars that a tornado shows; the table beside it holds the rest.
_BARS = 14

_MARKS = ("−−", "−", "", "+", "++")


def hypothesis_drawings(weighed: Weighed) -> list[Drawing]:
    """The heat map, the posteriors over time and the tornado of left-out items."""
    return [_heat(weighed), _over_time(weighed), _tornado(weighed)]


def mark(log: float) -> str:
    """How an item bears on a hypothesis, as signs: two from a factor of 1.25, one from 1.05.

    Example:
        >>> [mark(v) for v in (-0.5, -0.1, 0.0, 0.1, 0.5)]
        ['−−', '−', '', '+', '++']
    """
    size = abs(log)
    strength = 2 if size >= math.log(_TWICE) else 1 if size >= math.log(_ONCE) else 0
    return _MARKS[2 + (strength if log > 0 else -strength)]


def _in_time(weighed: Weighed) -> list[ItemReading]:
    return sorted(weighed.readings, key=lambda r: (r.item.evidence.date, r.item.evidence.id))


def _heat(weighed: Weighed) -> Drawing:
    readings = _in_time(weighed)
    labels = [s.label for s in weighed.ranking]
    place = {s.label: n for n, s in enumerate(weighed.standings)}
    signs = [[mark(r.logs[place[label]]) for label in labels] for r in readings]
    table = tuple(
        (
            f"{r.item.evidence.date} {r.item.evidence.id}: {r.item.evidence.text}",
            *(sign or "0" for sign in row),
            f"{r.discriminates:.2f}",
        )
        for r, row in zip(readings, signs, strict=True)
    )
    fits = len(labels) <= _COLUMNS
    says = (
        f"{counted(len(readings), 'item')}, one in each row, against {counted(len(labels), 'explanation')}. "
        "+ means that the item was more to be expected under this explanation than under the others on average (++ by "
        "a quarter or more), − that it was less. What weakens an item is already taken off."
        f"{'' if fits else ' Too many for a picture; the table has them.'}"
    )
    texts = [f"{r.item.evidence.id}: {r.item.evidence.text}" for r in readings]
    svg = {name: _heat_chart(labels, texts, signs, width) for name, width in WIDTHS.items() if fits}
    return Drawing("Evidence against explanations", says, svg, ("item", *labels, "tells, to 1"), table)


def _heat_chart(labels: Sequence[str], texts: Sequence[str], signs: Sequence[Sequence[str]], width: int) -> str:
    left = _ROOM if width > _DESK else 0
    longest = max(map(text_width, labels))
    right = width - (0.7 * longest if longest <= _HEAD else 0)
    cell = (right - left) / len(labels)
    parts, y = _heads(labels, [left + (n + 0.5) * cell for n in range(len(labels))], width)
    for text, row in zip(texts, signs, strict=True):
        label, y, bottom = _labelled(text, y, left)
        parts += label
        for n, sign in enumerate(row):
            parts += _cell(sign, left + n * cell, y, left + (n + 1) * cell, bottom)
        y = bottom + (2 if left else 8)
    return picture(width, y, parts)


def _heads(labels: Sequence[str], places: Sequence[float], width: int) -> tuple[list[str], float]:
    """What stands above the columns: their labels, or numbers below a list of labels where one is long."""
    longest = max(map(text_width, labels))
    if longest <= _HEAD:
        y = 0.72 * longest + 14
        return [words_at(x, y - 6, one, turned=-45) for x, one in zip(places, labels, strict=True)], y
    numbers = [str(n) for n in range(1, len(labels) + 1)]
    listed = ((words_at(11, 4, n, anchor="middle"), [label]) for n, label in zip(numbers, labels, strict=True))
    parts, y = legend(listed, width)
    return [*parts, *(words_at(x, y + 16, n, anchor="middle") for x, n in zip(places, numbers, strict=True))], y + 22


def _labelled(text: str, y: float, left: float, width: float = WIDTHS["narrow"]) -> tuple[list[str], float, float]:
    """The text of a row that begins at a height: beside it where that has room, else above.

    Args:
        left: where the row begins, in pixels; 0 where it has the whole width.

    Returns: the text, and where the row itself begins and ends.
    """
    lines = wrapped(text, (left or width) - 10, LABEL - 0.5)
    high = _TEXT * len(lines)
    top = y + max(0.0, (_ROW - high) / 2) if left else y
    parts = [words_at(0, top + _TEXT * (n + 1) - 3, said, LABEL - 0.5) for n, said in enumerate(lines)]
    return (parts, y, y + max(_ROW, high + 4)) if left else (parts, y + high + 2, y + high + 2 + _ROW)


def _cell(sign: str, left: float, top: float, right: float, bottom: float) -> list[str]:
    """A cell with its sign; its colour is the deeper the more signs."""
    colour = LINE if not sign else "var(--supported)" if sign[0] == "+" else "var(--contradicted)"
    ground = rect(left, top, right - 1, bottom - 1, colour, (0.25, 0.28, 0.6)[len(sign)])
    at = words_at((left + right) / 2, (top + bottom) / 2 + 4, sign, LABEL, INK, "middle")
    return [ground, at] if sign else [ground]


def _over_time(weighed: Weighed) -> Drawing:
    labels = {s.id: s.label for s in weighed.ranking}
    start = {s.id: s.prior for s in weighed.standings}
    points = [
        ("before", start, start, start),
        *((s.date.isoformat(), s.posterior, s.low, s.high) for s in weighed.steps),
    ]
    table = tuple(
        (when, *(f"{100 * at[name]:.1f} ({100 * low[name]:.1f} to {100 * high[name]:.1f})" for name in labels))
        for when, at, low, high in points
    )
    first, last = weighed.ranking[0], weighed.steps[-1].date
    fits = len(points) >= FEWEST_POINTS
    says = (
        f"A panel for each explanation shows its probability on {counted(len(weighed.steps), 'day')} "
        f"with new evidence, from before any evidence to {last}. The band holds the central 90 per cent of the "
        f"readings of the scores. ‘{first.label}’ ends at {100 * first.posterior:.0f} per cent."
        f"{'' if fits else TOO_FEW}"
    )
    panels = {
        label: [(100 * at[name], 100 * low[name], 100 * high[name]) for _, at, low, high in points]
        for name, label in labels.items()
    }
    svg = {name: _panels(panels, str(last), width) for name, width in WIDTHS.items()} if fits else {}
    columns = ("after", *(f"{label}, per cent" for label in labels.values()))
    return Drawing("How the probabilities moved", says, svg, columns, table)


def _panels(panels: Mapping[str, Sequence[tuple[float, float, float]]], last: str, width: int) -> str:
    """Panels beside and below each other, each under its name, all on one scale."""
    abreast = 4 if width > _DESK else 2
    each = width / abreast
    most = min(100.0, max(high for steps in panels.values() for *_, high in steps) + 5)
    parts, y = titled("probability, per cent", width, 0)
    y += 8
    names = {label: wrapped(label, each - 8) for label in panels}
    ordered = list(panels)
    for row in [ordered[n : n + abreast] for n in range(0, len(ordered), abreast)]:
        top = y + 17 * max(len(names[label]) for label in row)
        for n, label in enumerate(row):
            said = [
                words_at(0, top - 17 * (len(names[label]) - k) + 13, t, bold=True) for k, t in enumerate(names[label])
            ]
            parts.append(moved(n * each, 0, [*said, *_panel(panels[label], last, most, each - 8, top)]))
        y = top + ABOVE + _PANEL + BELOW + 10
    return picture(width, y, parts)


def _panel(steps: Sequence[tuple[float, float, float]], last: str, most: float, width: float, top: float) -> list[str]:
    marks = numbered(ticks(0, most, 4))
    frame, parts = framed(width, top + ABOVE, (0, len(steps)), (0, most), marks, _PANEL)
    lower, upper = (_stairs([step[n] for step in steps], frame) for n in (1, 2))
    colour = LINE_COLOURS[0]
    line_of = strokes(_stairs([at for at, *_ in steps], frame), colour)
    ends = below(frame, {0.0: "before", float(len(steps)): last})
    return [*parts, *ends, area([*lower, *reversed(upper)], colour, 0.3), *line_of]


def _stairs(values: Sequence[float], frame: Frame) -> list[tuple[float, float]]:
    """Values that each last to the next."""
    return [(frame.x(n + end), frame.y(value)) for n, value in enumerate(values) for end in (0, 1)]


def _tornado(weighed: Weighed) -> Drawing:
    leader = weighed.leader
    labels = {s.id: s.label for s in weighed.standings}
    ordered = sorted(weighed.left_out, key=lambda o: (-abs(leader_shift(o, weighed)), o.kind, o.name))
    texts = {r.item.evidence.id: f"{r.item.evidence.id}: {r.item.evidence.text}" for r in weighed.readings}
    bars = [(_left_out(o, texts), 100 * o.posterior[leader.id]) for o in ordered[:_BARS]]
    table = tuple(
        (
            f"{o.kind} {o.name}",
            ", ".join(o.items),
            f"{100 * o.posterior[leader.id]:.1f}",
            f"{100 * leader_shift(o, weighed):+.1f}",
            labels[leader_without(o)],
        )
        for o in ordered
    )
    fits = len(bars) >= FEWEST_POINTS
    says = (
        f"Probability of ‘{leader.label}’ without one item, without all of one source, or without all of one "
        f"group, against {100 * leader.posterior:.0f} per cent with everything, where the line stands; the {len(bars)} "
        f"that move it most.{'' if fits else TOO_FEW}"
    )
    svg = {name: _bars(bars, 100 * leader.posterior, width) for name, width in WIDTHS.items()} if fits else {}
    columns = ("left out", "items", f"{leader.label}, per cent", "change", "then leads")
    return Drawing("If one thing were left out", says, svg, columns, table)


def _left_out(one: LeftOut, texts: Mapping[str, str]) -> str:
    return texts[one.name] if one.kind == "item" else f"{one.kind} {one.name}"


def _bars(bars: Sequence[tuple[str, float]], whole: float, width: int) -> str:
    """A bar for each thing left out, from the probability with everything to that without it."""
    ends = [whole, *(value for _, value in bars)]
    margin = 0.05 * ((max(ends) - min(ends)) or 1.0)
    low, high = max(0.0, min(ends) - margin), min(100.0, max(ends) + margin)
    left, right = (_ROOM if width > _DESK else 0), width - 8
    start = left or 8

    def at(value: float) -> float:
        return start + (value - low) / (high - low) * (right - start)

    parts: list[str] = []
    y = 0.0
    for text, value in bars:
        label, top, bottom = _labelled(text, y, left)
        middle = (top + bottom) / 2
        parts += [*label, rect(at(whole), middle - 6, at(value), middle + 6, LINE_COLOURS[0 if value > whole else 1])]
        parts.append(line(at(whole), top, at(whole), bottom, INK))
        y = bottom + (2 if left else 8)
    below_it, y = axis_below(low, high, y, start, right, "probability, per cent")
    return picture(width, y, [*parts, *below_it])
