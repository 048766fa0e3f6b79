"""What a terminal shows while something takes its time. Nothing where standard error is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tumen.errors import visible


@contextmanager
def spinner(first: str) -> Iterator[Callable[[str], None]]:
    """A spinner on standard error, with words that can be changed while it turns."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True, markup=False).status(first) as shown:
        yield lambda what: shown.update(visible(what))


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error for each file while it is read."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True, markup=False), transient=True) as shown:
        tasks = {}

        def show(file: str, done: int, total: int) -> None:
            if file not in tasks:
                tasks[file] = shown.add_task(visible(Path(file).name), total=total)
            shown.update(tasks[file], completed=done, total=total)

        yield show
