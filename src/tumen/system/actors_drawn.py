"""The system drawn: a box for each actor with its moves as they stand, and an arrow for each that presses another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tumen.draw.drawing import CARD, INK, LINE, LINE_COLOURS, SOFT, WIDTHS, Drawing
from tumen.draw.plain_svg import LABEL, NUMBER, area, line, picture, rect, text_width, words_at, wrapped
from tumen.system.conclusion import Conclusion
from tumen.system.in_words import enumerated, move_title
from tumen.system.pressing import Pressure, pressures

#: Room to the right of the boxes, in which arrows run, as a share of the picture's width; room inside a box; a line.
_GUTTER, _PAD, _TEXT = 0.36, 8, 17

#: Thinnest and thickest arrow; room between two arrows side by side; length of a head, in pixels.
_THIN, _THICK, _APART, _HEAD = 1.5, 7.0, 17, 9


#: Arrows that stand closer than this, in pixels, have no numbers.
_NUMBERED = 22


@dataclass(frozen=True)
class _Stand:
    """A move as it stands last.

    Args:
        sure: how probable coders make the level, 0 to 1.
    """

    actor: str
    move: str
    level: str
    sure: float


def actors_drawing(found: Conclusion, names: Mapping[str, str]) -> Drawing:
    """The picture of who does what and who presses whom, with a row of the table for each arrow."""
    stands = _stands(found, names)
    arrows = pressures(found.run)
    titles = [move_title(move.name, names) for move in found.system.moves]
    last = found.run.history.periods[-1]
    says = (
        f"Each box is an actor with what it does, as coders put it for {last}; the bar is how probable they make that "
        f"level. {_said(arrows, titles)}"
    )
    svg = {name: _drawn(stands, arrows, width) for name, width in WIDTHS.items()}
    return Drawing(
        "Who does what, and who presses whom", says, svg, ("pressed", "by", "size", "for"), _rows(arrows, titles, found)
    )


def _said(arrows: Sequence[Pressure], titles: Sequence[str]) -> str:
    if not arrows:
        return "No actor reckons with what another does in the same period."
    first = arrows[0]
    return (
        "An arrow leads from a move to another that reckons with it; the thicker it is, the more the one can shift the "
        "other. Its number, which the table has too, is precision times weight times effect, as fitted. The strongest "
        f"is {titles[first.other]} on {titles[first.agent]}."
    )


def _rows(arrows: Sequence[Pressure], titles: Sequence[str], found: Conclusion) -> tuple[tuple[str, ...], ...]:
    says = {aim.name: aim.says for aim in found.system.aims}
    return tuple(
        (titles[one.agent], titles[one.other], f"{one.size:.1f}", enumerated([f"‘{says[aim]}’" for aim in one.aims]))
        for one in arrows
    )


def _stands(found: Conclusion, names: Mapping[str, str]) -> list[_Stand]:
    stands = []
    for move in found.system.moves:
        coded = found.run.history.coded[move.name][-1]
        best = int(coded.argmax())
        what = move.id.replace("_", " ")
        stands.append(_Stand(names.get(move.actor, move.actor), what, move.levels[best], float(coded[best])))
    return stands


def _drawn(stands: Sequence[_Stand], arrows: Sequence[Pressure], width: int) -> str:
    right = width * (1 - _GUTTER)
    ends_at = [sum(n in (one.agent, one.other) for one in arrows) for n in range(len(stands))]
    parts, middles, y = _boxes(stands, ends_at, right)
    lanes = sorted(arrows, key=lambda one: abs(middles[one.other] - middles[one.agent]))
    most = max((one.size for one in arrows), default=1.0) or 1.0
    step = min(34.0, (width - right - 34) / max(1, len(lanes)))
    ends = _ends(lanes, middles)
    for n, one in enumerate(lanes):
        thick = _THIN + (_THICK - _THIN) * one.size / most
        parts += _arrow(
            right + 1, right + 14 + (n + 0.5) * step, ends[n], thick, f"{one.size:.1f}" if step >= _NUMBERED else ""
        )
    return picture(width, y, parts)


def _boxes(stands: Sequence[_Stand], ends_at: Sequence[int], right: float) -> tuple[list[str], list[float], float]:
    """Boxes below each other; the height at which arrows of each move begin; and where all ends.

    Args:
        ends_at: how many arrows begin or end at each move.
    """
    parts: list[str] = []
    middles = [0.0] * len(stands)
    y = 1.0
    for actor in dict.fromkeys(one.actor for one in stands):
        mine = [n for n, one in enumerate(stands) if one.actor == actor]
        inside: list[str] = []
        top, y = y, y + _PAD
        for said in wrapped(actor, right - 2 * _PAD):
            inside.append(words_at(_PAD, y + 13, said, LABEL + 1, bold=True))
            y += _TEXT
        for n in mine:
            row, middles[n], y = _row(stands[n], y, right, _APART * ends_at[n])
            inside += row
        y += _PAD
        parts += [*_frame(0.5, top, right, y), *inside]
        y += 14
    return parts, middles, y - 12


def _row(one: _Stand, y: float, right: float, room_for: float) -> tuple[list[str], float, float]:
    """A move with its level, and a bar for how sure that is, as high as its arrows need."""
    room = right - 2 * _PAD
    lines = wrapped(f"{one.move}: {one.level}", room)
    parts = [words_at(_PAD, y + 15 + _TEXT * n, said) for n, said in enumerate(lines)]
    below = y + _TEXT * len(lines) + 6
    number = f"{100 * one.sure:.0f} %"
    end = right - _PAD - text_width("100 %", NUMBER) - 6
    parts += [
        rect(_PAD, below, end, below + 6, LINE),
        rect(_PAD, below, _PAD + (end - _PAD) * one.sure, below + 6, SOFT),
    ]
    parts.append(words_at(right - _PAD, below + 8, number, NUMBER, SOFT, "end"))
    bottom = max(below + 14, y + room_for)
    return parts, (y + bottom) / 2, bottom


def _frame(left: float, top: float, right: float, bottom: float) -> list[str]:
    sides = [
        (left, top, right, top),
        (right, top, right, bottom),
        (right, bottom, left, bottom),
        (left, bottom, left, top),
    ]
    return [line(*side, SOFT, 1.2) for side in sides]


def _ends(lanes: Sequence[Pressure], middles: Sequence[float]) -> list[tuple[float, float]]:
    """Where each arrow begins and ends: those of one move stand below each other."""
    each: dict[int, list[tuple[int, int]]] = {}
    for n, one in enumerate(lanes):
        each.setdefault(one.other, []).append((n, 0))
        each.setdefault(one.agent, []).append((n, 1))
    found = [[0.0, 0.0] for _ in lanes]
    for move, mine in each.items():
        ordered = sorted(
            mine, key=lambda one: (middles[lanes[one[0]].agent if one[1] == 0 else lanes[one[0]].other], one)
        )
        for k, (n, end) in enumerate(ordered):
            found[n][end] = middles[move] + (k - (len(mine) - 1) / 2) * _APART
    return [(start, end) for start, end in found]


def _arrow(left: float, lane: float, ends: tuple[float, float], thick: float, number: str) -> list[str]:
    """Out of one box, along its lane, and into another, with its number, if any, on the lane."""
    start, end = ends
    head = max(_HEAD, 1.6 * thick)
    colour = LINE_COLOURS[0]
    half = thick / 2
    top, bottom = min(start, end), max(start, end)
    parts = [
        rect(left, start - half, lane + half, start + half, colour),
        rect(lane - half, top - half, lane + half, bottom + half, colour),
        rect(left + head - 1, end - half, lane + half, end + half, colour),
        area([(left, end), (left + head, end - 0.75 * head), (left + head, end + 0.75 * head)], colour, 1.0),
    ]
    if not number:
        return parts
    at, room = (start + end) / 2, text_width(number, NUMBER) / 2 + 3
    ground = rect(lane - room, at - 9, lane + room, at + 9, CARD)
    return [*parts, ground, words_at(lane, at + 4, number, NUMBER, INK, "middle", bold=True)]
