"""What a page's template is given of a drawing and of a link."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from tumen.draw.drawing import Drawing


def figure(drawing: Drawing) -> dict[str, Any]:
    """A drawing as the macro of `figure.html` takes it."""
    return {
        "title": drawing.title,
        "says": drawing.says,
        "columns": drawing.columns,
        "rows": drawing.rows,
        "svg": {name: Markup(text) for name, text in drawing.svg.items()},  # noqa: S704 - `words_at` escapes its text
    }


def address(url: str) -> str:
    """A link's target: an address of the web, or nothing.

    Example:
        >>> address("https://un.org/x"), address("javascript:alert(1)")
        ('https://un.org/x', '')
    """
    return url if re.match(r"^https?://[^\s\"'<>]+$", url) else ""
