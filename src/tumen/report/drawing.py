"""What every chart of the report shares: its widths, its colours, and the way from a description to SVG.

Altair describes, vl-convert draws: no script, no font, no network. Colours are the page's CSS variables,
so that the same drawing serves light and dark.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

#: Widths, in pixels, of the drawing for a desk and the one for a phone.
WIDTHS = {"wide": 660, "narrow": 310}

INK, SOFT, LINE, REGION = "var(--ink)", "var(--soft)", "var(--line)", "var(--region)"
LINES = [f"var(--c{n})" for n in range(1, 7)]


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG for both widths, with what it shows in words and as rows of a table."""

    title: str
    says: str
    svg: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


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
            labelColor=SOFT, titleColor=SOFT, gridColor=LINE, domainColor=LINE, tickColor=LINE, labelFontSize=12,
            titleFontSize=12, titleFontWeight="normal",
        )
        .configure_legend(labelColor=INK, labelFontSize=12, symbolStrokeWidth=3)
        .to_dict(validate=False)  # each part is checked when it is made
    )  # fmt: skip
    return spec


@cache
def _renderer() -> Any:
    import altair
    import vl_convert

    major, minor = altair.SCHEMA_VERSION.lstrip("v").split(".")[:2]
    return lambda spec: vl_convert.vegalite_to_svg(spec, vl_version=f"{major}.{minor}")


def svg_of(spec: dict[str, Any]) -> str:
    """SVG of a chart, sized by the page rather than by itself."""
    text: str = _renderer()(spec)
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
