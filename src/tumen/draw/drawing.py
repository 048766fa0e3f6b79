"""What every chart of the report shares: its widths, its colours, and a drawing with its words and its table.

Colours are the page's CSS variables, so that the same drawing serves light and dark.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Widths, in pixels, of the drawing for a desk and the one for a phone.
WIDTHS = {"wide": 660, "narrow": 310}

#: Points that a line has at least where it is drawn; fewer are read faster in the table, and what is said of that.
FEWEST_POINTS, TOO_FEW = 3, " Too few for a picture; the table has them."

INK, SOFT, LINE, REGION, CARD = "var(--ink)", "var(--soft)", "var(--line)", "var(--region)", "var(--card)"
LINE_COLOURS = [f"var(--c{n})" for n in range(1, 7)]


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG for both widths, with what it shows in words and as rows of a table.

    Args:
        svg: by the names of `WIDTHS`; empty where words and table say it better than a picture.
    """

    title: str
    says: str
    svg: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
