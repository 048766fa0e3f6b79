"""One command at a time changes a case: who comes second waits, and is told for whom."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tumen.errors import BusyError, WriteError, visible

#: The file in a case by which commands know of each other; it says who came, and goes with them.
LOCK = ".tumen.lock"

#: For so long a command waits for another.
WAIT_S = 600.0

_MOST_BYTES = 200


@contextmanager
def alone_in(folder: Path, doing: str, tell: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Keep every other command from changing a case until the block ends.

    What the block writes has to rest on what it reads inside.

    Args:
        folder: the case's folder.
        doing: what is done, for those who wait: a command's words.
        tell: told once, in a sentence, where another command is waited for.

    Raises: BusyError where another command takes longer than WAIT_S. WriteError where the folder cannot be written,
        or a link has the name of the lock.
    """
    from filelock import FileLock, Timeout

    place = folder / LOCK
    lock = FileLock(place)
    try:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if os.path.lexists(place) and not stat.S_ISREG(place.lstat().st_mode):
            raise OSError(errno.EEXIST, "something that is no file is there")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell(f"Waiting for {_holder(place)}, which changes {folder}.")
            lock.acquire(timeout=WAIT_S)
    except Timeout as error:
        raise BusyError(
            f"{folder}: got a case that {_holder(place)} has been changing for {WAIT_S:g} seconds; expected no "
            "other change to it. Wait until it is done, or end it; nothing was changed. [case-busy]"
        ) from error
    except OSError as error:
        got = "a link" if place.is_symlink() else error.strerror or type(error).__name__
        raise WriteError(
            f"'{place}' cannot be written: {got}; expected a place that can be written. "
            "Allow writing there, or remove the link. [not-written]"
        ) from error
    try:
        _sign(place, f"{doing} (process {os.getpid()})")
        yield
    finally:
        with suppress(OSError):
            place.unlink()  # whoever waits for it finds out, and takes a new one
        lock.release()


def _holder(place: Path) -> str:
    """Who holds a lock, as far as its file says; the file is a stranger's."""
    try:
        with place.open("rb") as stream:
            said = stream.read(_MOST_BYTES).decode("utf-8", "replace").strip()
    except OSError:
        said = ""
    return f"`{visible(said.splitlines()[0])}`" if said else "another command"


def _sign(place: Path, who: str) -> None:
    """Say in a lock's file who holds it, where the file is nobody else's by another name."""
    with suppress(OSError):
        handle = os.open(place, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            if os.fstat(handle).st_nlink == 1:
                os.ftruncate(handle, 0)
                os.write(handle, who.encode("utf-8")[:_MOST_BYTES])
        finally:
            os.close(handle)
