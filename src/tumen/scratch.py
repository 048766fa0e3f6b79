"""Folders for what a command needs while it works. They go when the process ends, however it ends.

A small shell waits until the process is gone, killed or not, and then deletes its folder and the drafts that it had
not finished. Where there is no such shell, only a process that ends in good order cleans up.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

#: Standard input ends when the process that holds its other end is gone; links in `drafts` name what it left
#: unfinished.
_SWEEP = """cat >/dev/null
for link in "$1"/drafts/*; do
  draft=$(readlink -- "$link") && rm -rf -- "$draft"
done
rm -rf -- "$1"
"""

_WAIT_S = 5


def new_folder(kind: str) -> Path:
    """A new folder that nobody else may read, for as long as this process lives.

    Args:
        kind: a word for its name.
    """
    return Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=_home()))


def new_name(folder: Path, suffix: str) -> Path:
    """A name in a folder of ours that no file there has or had."""
    return folder / f"{secrets.token_hex(8)}{suffix}"


def remove(folder: Path) -> None:
    """Delete a folder of ours, with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch_folder(kind: str) -> Iterator[Path]:
    """A folder that is deleted when the block ends."""
    folder = new_folder(kind)
    try:
        yield folder
    finally:
        remove(folder)


@contextmanager
def swept(draft: Path) -> Iterator[None]:
    """Have a draft deleted where this process ends before the block does."""
    link = _home() / "drafts" / secrets.token_hex(8)
    with suppress(OSError):
        link.symlink_to(draft.absolute())
    try:
        yield
    finally:
        link.unlink(missing_ok=True)


@cache
def _home() -> Path:
    """The folder that holds all others of this process; what deletes it is there before it is."""
    home = Path(tempfile.gettempdir()) / f"tumen-{secrets.token_hex(8)}"
    sweeper = _sweeper(home)
    home.mkdir(mode=0o700)  # refused where anything has the name
    (home / "drafts").mkdir()
    atexit.register(_leave, home, sweeper, os.getpid())
    return home


def _sweeper(home: Path) -> subprocess.Popen[bytes] | None:
    """The shell that outlives us; in a session of its own, so that what ends us does not end it."""
    shell = shutil.which("sh", path=os.defpath)
    if shell is None or os.name != "posix":
        return None
    return subprocess.Popen(  # noqa: S603 - a program of the system, with a name that we drew
        [shell, "-c", _SWEEP, "sh", str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        env={"PATH": os.defpath},
    )


def _leave(home: Path, sweeper: subprocess.Popen[bytes] | None, owner: int) -> None:
    """End in good order; a process that was forked off leaves the folder to the one that made it."""
    if os.getpid() != owner:
        return
    remove(home)
    if sweeper is not None and sweeper.stdin is not None:
        sweeper.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            sweeper.wait(_WAIT_S)
