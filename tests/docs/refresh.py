"""Write what the tool and its source say today into the documentation: `python -m tests.docs.refresh [PAGE…]`.

Without a page, all are written. In a block with `…`, the nearest line takes the place of each that is gone. Where
there is none near, the block is left and named, for a person to look at. Read the difference before you keep it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.docs.causes import CAUSES, said
from tests.docs.console import DOCS, ELIDED, nearest, pages, replay, same
from tests.docs.run_object import PUBLISHED, published
from tests.docs.tables import refreshed
from tests.docs.test_messages import examples


def consoles(wanted: Sequence[Path]) -> list[str]:
    """Renew every console block of some pages; returns what a person must look at."""
    left = []
    for page in wanted:
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            done = replay(text, Path(folder))
        for item in reversed(done):
            body = item.block.body
            if same(body, item.actual):
                continue
            new = nearest(body, item.actual) if f"\n{ELIDED}\n" in body else item.actual
            if new is None:
                left.append(f"{page.relative_to(DOCS)}: {body.splitlines()[0]}\n{item.actual}")
                continue
            text = text[: item.block.start] + new + text[item.block.end :]
        page.write_text(text, encoding="utf-8")
    return left


def messages() -> None:
    """Renew the example of every message."""
    page = DOCS / "messages.md"
    text = page.read_text(encoding="utf-8")
    for slug in CAUSES:
        with tempfile.TemporaryDirectory() as folder:
            text = text.replace(examples(text)[slug], said(slug, Path(folder)))
    page.write_text(text, encoding="utf-8")


def tables(wanted: Sequence[Path]) -> None:
    """Renew every table of some pages that is made from the source."""
    for page in wanted:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


def schema() -> None:
    """Renew the published schema of a run's JSON object."""
    PUBLISHED.write_text(published(), encoding="utf-8")


if __name__ == "__main__":
    named = [Path(name).resolve() for name in sys.argv[1:]] or pages()
    tables(named)
    schema()
    if DOCS / "messages.md" in named:
        messages()
    sys.exit("\n".join(consoles(named)) or None)
