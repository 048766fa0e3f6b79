"""The program that draws, as the run sees it: started when first needed, restarted when it dies, a few times."""

from __future__ import annotations

import atexit
import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import cache
from typing import Any, NoReturn

#: Seconds that one drawing may take.
LIMIT_S = 30.0

#: How often the program may end before nothing more is asked of it.
DEATHS = 3

_COMMAND = (sys.executable, "-P", "-m", "tumen.draw.renderer")


class Undrawn(Exception):  # noqa: N818 - says why a picture is missing, which is no error of the run
    """A picture cannot be had; the message says why in plain words."""


class Program:
    """The program that draws, behind a pipe.

    Args:
        command: what starts it.
        limit_s: seconds that one answer may take.
    """

    def __init__(self, command: Sequence[str] = _COMMAND, limit_s: float = LIMIT_S) -> None:
        self._command, self._limit_s = tuple(command), limit_s
        self._process: subprocess.Popen[str] | None = None
        self._deaths = 0
        self._last = ""

    def svg(self, spec: dict[str, Any], version: str) -> str:
        """The SVG of a description.

        Args:
            version: of Vega-Lite, such as "6.1".

        Raises: Undrawn where it cannot be had.
        """
        if self._deaths >= DEATHS:
            raise Undrawn(self._last)
        try:
            told = json.loads(self._ask(json.dumps({"spec": spec, "version": version}) + "\n"))
            answer, drawn = str(told["text"]), bool(told["drawn"])
        except (OSError, RuntimeError, MemoryError, ValueError, LookupError, TypeError) as error:
            self._ended(
                f"the drawing program could not be asked ({type(error).__name__})"
            )  # no process, thread, memory
        if not drawn:
            raise Undrawn(f"the drawing program could not draw it ({answer})")
        return answer

    def close(self) -> None:
        """End the program, where it runs."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # what was not written yet
                    if stream:
                        stream.close()

    def _ask(self, request: str) -> str:
        """One line of the program's answer, waited for no longer than the limit."""
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise OSError
        watch = threading.Timer(self._limit_s, process.kill)
        watch.daemon = True
        began = time.monotonic()
        watch.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(request)
                process.stdin.flush()
            answer = process.stdout.readline()
        finally:
            watch.cancel()
        if not answer.endswith("\n"):
            late = time.monotonic() - began >= self._limit_s
            self._ended(f"the drawing program took more than {self._limit_s:g} seconds" if late else _how(process))
        return answer

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, by the interpreter that runs us
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        return self._process

    def _ended(self, why: str) -> NoReturn:
        self.close()
        self._deaths += 1
        self._last = why
        raise Undrawn(why)


def _how(process: subprocess.Popen[str]) -> str:
    """How the program ended, in words."""
    code = process.wait()
    return f"the drawing program ended ({f'signal {-code}' if code < 0 else f'exit code {code}'})"


@cache
def _program() -> Program:
    """The one program of this process."""
    program = Program()
    atexit.register(program.close)
    return program


def svg_of(spec: dict[str, Any]) -> str:
    """The SVG of a description of a chart.

    Raises: Undrawn where it cannot be had.
    """
    import altair

    major, minor = altair.SCHEMA_VERSION.lstrip("v").split(".")[:2]
    return _program().svg(spec, f"{major}.{minor}")
