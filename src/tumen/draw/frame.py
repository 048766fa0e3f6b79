"""Where values stand on a picture, and what stands around them: numbers to the left, times below, names above."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tumen.draw.drawing import LINE, LINE_COLOURS, SOFT
from tumen.draw.plain_svg import NUMBER, axis_numbers, line, moved, text_width, ticks, words_at, wrapped

#: Height of a plot, in pixels; the room above its highest number, to its right, and below it for the times.
HIGH, ABOVE, _SIDE, BELOW = 200, 12, 6, 24

#: Height of a line of a legend, width of a sample in it, and the room between two names on one line.
_ROW, _SAMPLE, _APART = 17, 28, 14


@dataclass(frozen=True)
class Frame:
    """A plot's place on a picture, in pixels, and the values at its edges.

    Args:
        across: values at the left and at the right edge.
        up: values at the lower and at the upper edge.
    """

    left: float
    right: float
    top: float
    bottom: float
    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: float) -> float:
        """Pixels from the left.

        Example:
            >>> Frame(10, 110, 0, 50, (0, 4), (0, 5)).x(1), Frame(10, 110, 0, 50, (0, 4), (0, 5)).y(1)
            (35.0, 40.0)
        """
        return self.left + (value - self.across[0]) / (self.across[1] - self.across[0]) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Pixels from above."""
        return self.bottom - (value - self.up[0]) / (self.up[1] - self.up[0]) * (self.bottom - self.top)


def numbered(values: Sequence[float]) -> dict[float, str]:
    """Numbers of an axis with how each is written."""
    return dict(zip(values, axis_numbers(values), strict=True))


def framed(
    width: float,
    top: float,
    across: tuple[float, float],
    up: tuple[float, float],
    marks: Mapping[float, str] | None = None,
    high: float = HIGH,
    room: float = 0.0,
) -> tuple[Frame, list[str]]:
    """A frame with the numbers of its upright axis to the left, where they have room, and a line at each.

    Args:
        width: of the picture, in pixels.
        marks: the numbers as they are written; round ones where None.
        room: that they have at least, in pixels.
    """
    said = numbered(ticks(*up, 5)) if marks is None else marks
    left = max([room, *(text_width(s, NUMBER) + 10 for s in said.values())])
    frame = Frame(left, width - _SIDE, top, top + high, across, up)
    parts, free = [], math.inf
    for value, number in sorted(said.items()):
        y = frame.y(value)
        parts.append(line(left, y, frame.right, y, LINE))
        if y <= free:
            parts.append(words_at(left - 6, y + 4, number, NUMBER, SOFT, "end"))
            free = y - NUMBER - 2
    return frame, parts


def over_times(
    times: Sequence[str], up: tuple[float, float], axis: str, width: float, top: float = 0.0
) -> tuple[Frame, list[str]]:
    """A frame in which the time at place n stands at n + 0.5: title above, numbers to the left, times below.

    Args:
        axis: title of the upright axis.
        top: where it begins, in pixels; it ends `BELOW` under the frame's bottom.
    """
    title, top = titled(axis, width, top)
    frame, parts = framed(width, top + ABOVE, (0, len(times)), up)
    return frame, [*title, *parts, *below(frame, {n + 0.5: when for n, when in enumerate(times)})]


def titled(axis: str, width: float, top: float) -> tuple[list[str], float]:
    """The title of an upright axis, above it; and where it ends."""
    lines = wrapped(axis, width - 4, NUMBER)
    return [words_at(0, top + 15 + _ROW * n, said, NUMBER, SOFT) for n, said in enumerate(lines)], top + _ROW * len(
        lines
    )


def below(frame: Frame, marks: Mapping[float, str]) -> list[str]:
    """What stands below a frame, from left to right, where it has room."""
    parts, free = [line(frame.left, frame.bottom, frame.right, frame.bottom)], 0.0
    for value, said in marks.items():
        half = text_width(said, NUMBER) / 2
        x = min(max(frame.x(value), half), frame.right - half)
        if x - half >= free:
            parts.append(words_at(x, frame.bottom + 18, said, NUMBER, SOFT, "middle"))
            free = x + half + 10
    return parts


def axis_below(low: float, high: float, y: float, left: float, right: float, title: str) -> tuple[list[str], float]:
    """A horizontal axis of numbers, and below them its title.

    Returns: its parts, and where the page goes on below it, in pixels.
    """
    frame = Frame(left, right, y, y, (low, high), (0, 1))
    said = numbered(ticks(low, high, max(2, int((right - left) // 80))))
    lines = wrapped(title, right - left, NUMBER)
    middle = (left + right) / 2
    return [
        *below(frame, said),
        *(line(frame.x(value), y, frame.x(value), y + 5) for value in said),
        *(words_at(middle, y + 36 + 15 * n, one, NUMBER, SOFT, "middle") for n, one in enumerate(lines)),
    ], y + 26 + 15 * len(lines)


def legend(entries: Iterable[tuple[str, Sequence[str]]], width: float, top: float = 0.0) -> tuple[list[str], float]:
    """Samples with their names, beside each other where they have room; and where that ends below.

    Args:
        entries: what is drawn around a place 11 pixels from its left edge, and its names.
        width: of the picture, in pixels.
        top: where it begins.
    """
    parts: list[str] = []
    x, y = 0.0, top
    for sample, names in entries:
        lines = [part for name in names for part in wrapped(name, width - _SAMPLE - 6)]
        room = _SAMPLE + max(map(text_width, lines), default=0.0) + _APART
        if x and (len(lines) > 1 or x + room - _APART > width):
            x, y = 0.0, y + _ROW
        parts.append(moved(x, y + 9, [sample]))
        parts += [words_at(x + _SAMPLE, y + 13 + _ROW * n, said) for n, said in enumerate(lines)]
        x, y = (x + room, y) if len(lines) == 1 else (0.0, y + _ROW * len(lines))
    return parts, y + _ROW * bool(x)


def stroke(n: int) -> tuple[str, str]:
    """Colour and dash of a line by its place: those after the first let it be seen where they lie on it.

    Example:
        >>> stroke(0), stroke(1), stroke(6)
        (('var(--c1)', ''), ('var(--c2)', '9 4'), ('var(--c1)', '9 4'))
    """
    return LINE_COLOURS[n % 6], ("", "9 4", "3 3", "9 3 2 3", "5 5", "1 4")[(n + n // 6) % 6]
