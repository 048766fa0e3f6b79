"""A page's drawings without what nobody reads in them: less than half of their bytes, and not a line of the picture."""

from __future__ import annotations

import re

_DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")

#: What a drawing says of its parts to programs, from which the page hides the whole of it and says it in words; what
#: is so already where nothing is said; and the font, which is the page's.
_UNREAD = re.compile(
    r' (?:aria-[a-z]+|role|class|pointer-events|font-family)="[^"]*"| (?:opacity|stroke-width|stroke-opacity)="1"'
    r'| transform="translate\(0,0\)"'
)

#: Places and sizes, whose decimals beyond a tenth of a pixel nobody sees.
_PLACES = re.compile(r' (?:transform|d|[xy][12]?|c[xy]|r|width|height|stroke-width)="[^"]*"')
_FINER = re.compile(r"\d+\.\d\d+")

#: Parts that draw nothing.
_NOTHING = re.compile(r'<path(?: [a-z-]+="[^"]*")* d="(?:M0,0h0v0h0Z)?"(?: [a-z-]+="[^"]*")*/>|<path d="[^"]*"/>')
_EMPTY = re.compile(r"<g[^<>]*></g>")
_GROUP = re.compile(r"<(/?)g\b([^<>]*)>")

#: Lines in a row that look alike, such as those of a grid.
_LINE = re.compile(r'<line transform="translate\(([^)]*)\)" x2="([^"]*)" y2="([^"]*)"([^<>]*)/>')
_LINES = re.compile(rf"{_LINE.pattern}(?:<line [^<>]*\4/>)+")


def lean(page: str) -> str:
    """A page with its drawings as small as they get without looking otherwise.

    Example:
        >>> lean('<p class="x"><svg width="9"><g class="mark"><path d="M0,0h9.1234" fill="a"/><g></g></g></svg>')
        '<p class="x"><svg width="9"><path d="M0,0h9.1" fill="a"/></svg>'
    """
    return _DRAWING.sub(lambda found: _leaner(found[0]), page)


def _leaner(drawing: str) -> str:
    head, _, rest = drawing.partition(">")
    rest = _NOTHING.sub("", _TAG.sub(lambda tag: _tag(tag[0]), rest))
    while (less := _EMPTY.sub("", rest)) != rest:
        rest = less
    return f"{head}>{_LINES.sub(_one_path, _without_bare_groups(rest))}"


def _tag(tag: str) -> str:
    return _PLACES.sub(lambda place: _FINER.sub(lambda n: f"{float(n[0]):.1f}", place[0]), _UNREAD.sub("", tag))


def _without_bare_groups(drawing: str) -> str:
    """A drawing without groups that say nothing of what is in them."""
    bare: list[bool] = []

    def kept(group: re.Match[str]) -> str:
        if not group[1]:
            bare.append(not group[2])
        gone = bare[-1]
        if group[1]:
            bare.pop()
        return "" if gone else group[0]

    return _GROUP.sub(kept, drawing)


def _one_path(lines: re.Match[str]) -> str:
    """Lines that look alike, as one path."""
    each = _LINE.findall(lines[0])
    if len(each) != lines[0].count("<line ") or len({like for *_, like in each}) > 1:
        return lines[0]
    return f'<path d="{"".join(f"M{at}l{x},{y}" for at, x, y, _ in each)}"{each[0][3]}/>'
