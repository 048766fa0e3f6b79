"""What every chart of the report shares: its widths, its colours, and the way from a description to SVG.

Altair describes; a program of its own draws (`renderer`), so that what ends it ends no run: no script, no font,
no network. Colours are the page's CSS variables, so that the same drawing serves light and dark.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tumen.draw.drawing_program import Undrawn, svg_of
from tumen.errors import visible

#: Widths, in pixels, of the drawing for a desk and the one for a phone.
WIDTHS = {"wide": 660, "narrow": 310}

INK, SOFT, LINE, REGION = "var(--ink)", "var(--soft)", "var(--line)", "var(--region)"
LINE_COLOURS = [f"var(--c{n})" for n in range(1, 7)]


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG for both widths, with what it shows in words and as rows of a table.

    Args:
        svg: empty where the picture could not be drawn.
        missing: why it could not, in plain words.
    """

    title: str
    says: str
    svg: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    missing: str = ""


def data_of(rows: list[dict[str, Any]]) -> Any:
    """Rows as a chart's data: as text, which Altair neither checks nor copies cell by cell."""
    import altair as alt

    return alt.InlineData(values=json.dumps(rows), format=alt.JsonDataFormat(type="json"))


def styled(chart: Any) -> dict[str, Any]:
    """A chart in the page's colours, as Vega-Lite."""
    spec: dict[str, Any] = (
        chart.configure(background="transparent", font="system-ui, sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=SOFT,
            titleColor=SOFT,
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
        )
        .configure_legend(labelColor=INK, labelFontSize=12, symbolStrokeWidth=3)
        .to_dict(validate=False)  # each part is checked when it is made
    )
    return spec


def drawn(
    title: str,
    says: str,
    specs: dict[str, dict[str, Any]],
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
) -> Drawing:
    """A drawing of its descriptions by width, or one that says why it is missing; its words and rows stand."""
    try:
        svg = {name: _sized(svg_of(seen(spec))) for name, spec in specs.items()}
    except Undrawn as error:
        return Drawing(title, says, {}, columns, rows, str(error))
    return Drawing(title, says, svg, columns, rows)


def seen(part: Any) -> Any:
    """A description, or a part of one, with all its text made visible: keys, values, and data given as JSON text."""
    if isinstance(part, str):
        return visible(part)
    if isinstance(part, list | tuple):
        return [seen(one) for one in part]
    if isinstance(part, dict):
        return {seen(name): _data(one) if name in ("values", "datasets") else seen(one) for name, one in part.items()}
    return part


def _data(given: Any) -> Any:
    """Data of a chart, or several by name; in JSON text, as `data_of` gives it, a hidden character stands as an
    escape.
    """
    if isinstance(given, dict):
        return {name: _data(one) for name, one in given.items()}
    if not isinstance(given, str):
        return seen(given)
    return json.dumps(seen(json.loads(given))) if "\\" in given else visible(given)


def _sized(svg: str) -> str:
    """SVG of a chart, sized by the page rather than by itself."""
    return visible(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
