"""Charts of a system: moves as coded and as forecast, aims before and after, explanations by conduct."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tumen.draw.drawing import FEWEST_POINTS, INK, LINE_COLOURS, REGION, SOFT, TOO_FEW, WIDTHS, Drawing
from tumen.draw.frame import Frame, axis_below, below, legend
from tumen.draw.plain_svg import NUMBER, blocks, line, outlines, picture, rect, text_width, words_at, wrapped
from tumen.system.conclusion import Conclusion, Learnt, LevelInTime
from tumen.system.conduct_told import Fitting
from tumen.system.in_words import hit_sentence, move_title, parameter_title
from tumen.system.theory import Move

#: Periods that a phone has room for.
_PERIODS = 44

#: Height of a level's row in a strip, and of a row of bars; the widest label beside a strip; width from which labels
#: stand beside bars, and their room there.
_STRIP, _BAR, _BESIDE, _DESK, _ROOM = 34, 24, 130, 400, 300

#: Height of a bar that stands for certainty.
_HIGH = _STRIP - 8

#: A rectangle: its left, foot, right and top.
_Corners = tuple[float, float, float, float]

_MODEL, _CODED = LINE_COLOURS[1], LINE_COLOURS[0]


def move_drawings(found: Conclusion, names: Mapping[str, str]) -> list[Drawing]:
    """A strip of periods for each move: what was coded, what was forecast, and what is forecast."""
    return [_strip(move, found, names) for move in found.system.moves]


def _strip(move: Move, found: Conclusion, names: Mapping[str, str]) -> Drawing:
    periods = [*found.run.history.periods, *found.run.ahead]
    past = len(found.run.history.periods)
    at = {(one.level, one.period): one for one in found.levels if one.move == move.name}
    fits = FEWEST_POINTS <= len(periods) <= _PERIODS
    says = (
        f"{hit_sentence(move.name, found)} Squares are levels as coded, the larger the more probable, and bars how "
        f"probable the model made each by the periods before. From {found.run.ahead[0]} on, on shaded ground, stand "
        f"forecasts.{'' if fits else ' Too many periods, or too few, for a picture; the table has them.'}"
    )
    svg = {n: _strips(move.levels, periods, past, at, width) for n, width in WIDTHS.items()} if fits else {}
    rows = tuple(_row(at[level, period]) for period in periods for level in move.levels)
    title = f"{move_title(move.name, names)}, as coded and as forecast"
    return Drawing(title, says, svg, ("period", "level", "coded, per cent", "forecast, per cent"), rows)


def _row(one: LevelInTime) -> tuple[str, ...]:
    coded = "to come" if one.coded is None else f"{100 * one.coded:.0f}"
    forecast = "" if one.forecast is None else f"{100 * one.forecast:.0f}"
    band = "" if one.low is None or one.high is None else f" ({100 * one.low:.0f} to {100 * one.high:.0f})"
    return one.period, one.level, coded, f"{forecast}{band}"


def _strips(
    levels: Sequence[str], periods: Sequence[str], past: int, at: Mapping[tuple[str, str], LevelInTime], width: int
) -> str:
    parts, y = _key(width)
    beside = width > _DESK
    left = min(_BESIDE, max(map(text_width, levels)) + 10) if beside else 4.0
    cell = (width - left - 2) / len(periods)
    y += 6
    top = y
    rows: list[str] = []
    coded: list[_Corners] = []
    forecast: list[_Corners] = []
    bands: list[_Corners] = []
    for level in reversed(levels):
        label, base = _beside(level, y, left) if beside else _above(level, y, width)
        rows += [*label, line(left, base + 1, width - 2, base + 1)]
        for n, period in enumerate(periods):
            one, x = at[level, period], left + (n + 0.5) * cell
            coded += _square(one, x, base, cell)
            forecast += _bar(one, x, base, cell)
            bands += _band(one, x, base)
        y = base + (4 if beside else 8)
    rows += [outlines(forecast, _MODEL), blocks(coded, _CODED), blocks(bands, INK)]
    x = left + past * cell
    ground = rect(x, top, width - 2, y, REGION, 0.55)
    frame = Frame(left, width - 2, top, y, (0, len(periods)), (0, 1))
    marks = {past + 0.5: periods[past]} | {n + 0.5: one for n, one in enumerate(periods)}
    order = dict(sorted({0.5: periods[0], len(periods) - 0.5: periods[-1], **marks}.items()))
    times = below(frame, _thinned(order, past, cell))
    return picture(width, y + 26, [*parts, ground, line(x, top, x, y, SOFT, 1.2, "4 3"), *rows, *times])


def _thinned(marks: Mapping[float, str], past: int, cell: float) -> dict[float, str]:
    """Marks that have room, the first and the first to come among them."""
    room = max(text_width(said, NUMBER) for said in marks.values()) + 12
    step = max(1, -int(-room // cell))
    return {x: said for x, said in marks.items() if math.floor(x - past) % step == 0}


def _beside(level: str, y: float, left: float) -> tuple[list[str], float]:
    """The name of a level left of its row, and the row's foot."""
    lines = wrapped(level, left - 6)
    high = max(_STRIP, 16 * len(lines))
    first = y + (high - 16 * len(lines)) / 2 + 12
    return [words_at(0, first + 16 * n, said) for n, said in enumerate(lines)], y + high


def _above(level: str, y: float, width: float) -> tuple[list[str], float]:
    """The name of a level above its row, and the row's foot."""
    lines = wrapped(level, width - 8)
    label = [words_at(0, y + 13 + 16 * n, said, clear=True) for n, said in enumerate(lines)]
    return label, y + 16 * len(lines) + 3 + _STRIP


def _square(one: LevelInTime, x: float, base: float, cell: float) -> list[_Corners]:
    """A level as coded: the surer, the larger."""
    if one.coded is None:
        return []
    side, middle = min(7.0, 0.3 * cell) * one.coded**0.5, base - _HIGH / 2
    return [(x - side, middle - side, x + side, middle + side)]


def _bar(one: LevelInTime, x: float, base: float, cell: float) -> list[_Corners]:
    """A level as forecast, from the foot of its row up."""
    half = min(9.0, 0.38 * cell)
    return [] if one.forecast is None else [(x - half, base, x + half, base - _HIGH * one.forecast)]


def _band(one: LevelInTime, x: float, base: float) -> list[_Corners]:
    """Where the draws of a forecast lie."""
    if one.low is None or one.high is None:
        return []
    return [(x - 0.8, base - _HIGH * one.low, x + 0.8, base - _HIGH * one.high - 1)]


def _key(width: int) -> tuple[list[str], float]:
    entries = [
        (rect(5, -6, 17, 6, _CODED), ["as coded"]),
        (outlines([(4, 7, 18, -6)], _MODEL), ["as forecast by the periods before"]),
        (line(11, -7, 11, 7, INK, 1.6), ["90 per cent of the draws"]),
    ]
    return legend(entries, width)


def learnt_drawings(found: Conclusion, names: Mapping[str, str]) -> list[Drawing]:
    """Weights of aims and habits, and precision, before the record and after it."""
    weights = [one for one in found.learnt if not one.name.startswith("precision ")]
    exact = [one for one in found.learnt if one.name.startswith("precision ")]
    says = "The thin bar is the range that was declared, the thick one that after the record, its mark the median."
    return [
        _learnt("How much each aim weighs, before and after the record", says, "weight", weights, found, names),
        _learnt(
            "How exactly each chooses, before and after the record",
            f"{says} At 0 it would choose at random; the higher, the surer it chooses what serves it best.",
            "precision",
            exact,
            found,
            names,
        ),
    ]


def _learnt(
    title: str, says: str, axis: str, each: Sequence[Learnt], found: Conclusion, names: Mapping[str, str]
) -> Drawing:
    titles = [parameter_title(one.name, found, names) for one in each]
    rows = tuple(
        (
            said,
            f"{one.before.low:.2f} to {one.before.high:.2f}",
            f"{one.after.median:.2f} ({one.after.low:.2f} to {one.after.high:.2f})",
            f"{100 * one.narrowed:.0f}",
        )
        for said, one in zip(titles, each, strict=True)
    )
    svg = {name: _ranges(titles, each, axis, width) for name, width in WIDTHS.items()} if each else {}
    columns = ("what", "before", "after", "narrowed by, per cent")
    return Drawing(title, f"{says} Ranges are the central 90 per cent.", svg, columns, rows)


def _ranges(titles: Sequence[str], each: Sequence[Learnt], axis: str, width: int) -> str:
    most = max(max(one.before.high, one.after.high) for one in each) or 1.0
    left, right = (_ROOM if width > _DESK else 8), width - 12

    def at(value: float) -> float:
        return left + value / most * (right - left)

    parts: list[str] = []
    y = 0.0
    for said, one in zip(titles, each, strict=True):
        label, middle, y = _labelled(said, y, left, width)
        parts += [*label, rect(at(one.before.low), middle - 6, at(one.before.high), middle - 3, SOFT)]
        parts.append(rect(at(one.after.low), middle - 1, at(one.after.high), middle + 7, _CODED, 0.75))
        parts.append(line(at(one.after.median), middle - 3, at(one.after.median), middle + 9, INK, 2.2))
    rule, y = axis_below(0.0, most, y + 2, left, right, axis)
    return picture(width, y, [*parts, *rule])


def _labelled(said: str, y: float, left: float, width: float) -> tuple[list[str], float, float]:
    """The label of a row, beside it or above it; the middle of the row; and where the next begins."""
    beside = left > 20
    lines = wrapped(said, (left if beside else width) - 12)
    high = 16 * len(lines)
    top = y + max(0.0, (_BAR - high) / 2) if beside else y
    parts = [words_at(0, top + 13 + 16 * n, one) for n, one in enumerate(lines)]
    if beside:
        row = max(_BAR, high)
        return parts, y + row / 2, y + row + 6
    return parts, y + high + _BAR / 2 + 2, y + high + _BAR + 8


def conduct_drawing(each: Sequence[Fitting]) -> Drawing:
    """Explanations by what was done, beside what the scored evidence says of them."""
    scored = any(one.scored is not None for one in each)
    beside = "; the lower bar is its probability after the scored evidence" if scored else ""
    says = (
        "The upper bar is how probable an explanation's aims make what was done, as a share of what those of the best "
        f"one do; its line holds the error of the reckoning{beside}."
        f"{'' if len(each) > 1 else TOO_FEW}"
    )
    svg = {name: _fits(each, width) for name, width in WIDTHS.items()} if len(each) > 1 else {}
    rows = tuple(
        (one.label, _whole(one.relative), f"{abs(one.behind):.2f} ± {one.error:.2f}", _scored(one)) for one in each
    )
    columns = ("explanation", "as probable as under the best, per cent", "behind it, logarithms", "scored, per cent")
    return Drawing("Explanations by what was done", says, svg, columns, rows)


def _scored(one: Fitting) -> str:
    return "not scored" if one.scored is None else _whole(one.scored)


def _whole(share: float) -> str:
    """A share in whole per cent, never nothing."""
    return "<1" if share < 0.005 else f"{100 * share:.0f}"


def _fits(each: Sequence[Fitting], width: int) -> str:
    left, right = (_ROOM if width > _DESK else 8), width - 48
    entries = [(rect(2, -5, 20, 5, _CODED), ["by what was done, per cent of the best"])]
    entries += [(_hollow(2, 20, 0), ["by the scored evidence, per cent"])] * any(one.scored is not None for one in each)
    parts, y = legend(entries, width)
    y += 6

    def at(share: float) -> float:
        return left + share * (right - left)

    for one in each:
        label, middle, y = _labelled(one.label, y, left, width)
        parts += [*label, rect(left, middle - 11, at(one.relative), middle - 1, _CODED)]
        ends = [min(1.06, one.relative * math.exp(sign * 1.645 * one.error)) for sign in (-1, 1)]
        parts.append(line(at(ends[0]), middle - 6, at(ends[1]), middle - 6, INK, 1.6))
        parts.append(words_at(width - 2, middle - 2, _whole(one.relative), NUMBER, SOFT, "end"))
        if one.scored is not None:
            parts.append(_hollow(left, at(one.scored), middle + 6))
            parts.append(words_at(width - 2, middle + 10, _whole(one.scored), NUMBER, SOFT, "end"))
        y += 4
    return picture(width, y, parts)


def _hollow(left: float, right: float, middle: float) -> str:
    return outlines([(left, middle - 4, right, middle + 4)], _MODEL)
