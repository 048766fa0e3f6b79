"""The only way from a command to the terminal: text made visible, and a stream that may be closed, full or left."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TextIO

from tumen.errors import OutputError, visible


def say(text: str, err: bool = False, nl: bool = True) -> None:
    """Say a text on standard output, or on standard error.

    Raises: OutputError where standard output takes no more; nothing where its reader has left.
    """
    with saying(err) as stream:
        stream.write(visible(text) + ("\n" if nl else ""))


@contextlib.contextmanager
def saying(err: bool = False) -> Iterator[TextIO]:
    """The stream to say something on, for what makes its text visible by itself; see `say`."""
    stream = sys.stderr if err else sys.stdout
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:  # the reader has what it wanted
        _drop(stream)
    except OSError as error:
        _drop(stream)
        if not err:  # of standard error nobody could be told
            raise OutputError(
                f"standard output: got {(error.strerror or 'no answer').lower()}; expected an output that can "
                "be written. Make room, or send it elsewhere. [output-failed]"
            ) from error


def ready() -> None:
    """Make the streams ready for whatever may be said: none is missing, and what one cannot show it shows as an
    escape.
    """
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:  # no file of ours may take the place of a closed one
            pass
        os.close(opened)
        sys.stdin, sys.stdout, sys.stderr = (
            stream or open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - a number, for good
            for stream, number, mode in ((sys.stdin, 0, "r"), (sys.stdout, 1, "w"), (sys.stderr, 2, "w"))
        )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say_no_more() -> None:
    """Drop what standard output still holds, which would be tried again at the very end, and what comes after it."""
    _drop(sys.stdout)


def _drop(stream: TextIO) -> None:
    """Let what the stream still holds, and all that is said on it from now on, go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
