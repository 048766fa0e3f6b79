"""Which files of a folder a case may read: those inside it, and nothing else.

A case is a stranger's. Links, parent folders, absolute paths and addresses that lead out of the
folder are refused unless the user allows the place on the command line.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from tumen.budgets import TOML_BYTES, over
from tumen.errors import Place, Problem
from tumen.writing import followed

_ADDRESS = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")


def resolve_inside(folder: Path, named: str, allowed: Sequence[Path]) -> Path | None:
    """The file that a case names, or None where it lies outside the folder.

    Args:
        folder: the case's folder.
        named: the path as written in the case.
        allowed: further places, files or folders, that the user allows.

    Example:
        >>> resolve_inside(Path("/cases/a"), "../../etc/passwd", []) is None
        True
    """
    if _ADDRESS.match(named) or "\x00" in named:
        return None
    try:
        real = followed(folder / named)
    except (OSError, RuntimeError):  # links that lead to one another
        return None
    places = [folder.resolve(), *(place.resolve() for place in allowed)]
    return real if any(real == place or place in real.parents for place in places) else None


def can_open(real: Path) -> bool:
    """Whether a file is there and may be read."""
    try:
        return real.is_file() and os.access(real, os.R_OK)
    except OSError:  # a name that no file can have
        return False


def anybody_may_write(folder: Path) -> bool:
    """Whether a folder, or one above it, may be written by everybody on this machine, as a folder for temporary files
    may.
    """
    if os.name != "posix":
        return False
    real = folder.resolve()
    return any(place.stat().st_mode & stat.S_IWOTH for place in (real, *real.parents) if place.is_dir())


def not_utf8(path: Path) -> bool:
    """Whether a path cannot be written as text: some of its bytes are no UTF-8."""
    try:
        os.fsencode(os.path.realpath(path)).decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def not_utf8_name(shown: str) -> Problem:
    """The problem of a file or folder whose name the engine cannot read."""
    return Problem(
        Place(shown),
        got="a name that is not UTF-8",
        expected="a path in UTF-8",
        fix="Rename it.",
        slug="name-not-utf8",
    )


def outside(file: str, line: int | None, named: str) -> Problem:
    """The problem of a path that leaves the folder."""
    return Problem(
        Place(file, line),
        got=f"'{named}', which is outside the case's folder",
        expected="a file inside the folder",
        fix="Copy it into the folder, or allow it on the command line: --allow PATH.",
        slug="path-outside",
    )


def read_text(folder: Path, named: str, allowed: Sequence[Path]) -> tuple[str, list[Problem]]:
    """Text of a file of the case, with what is wrong with it as a file.

    Returns: the text ("" where it cannot be used) and its problems: outside the folder, missing,
        not a file, too large, not UTF-8, or holding a NUL byte.
    """
    real = resolve_inside(folder, named, allowed)
    if real is None:
        return "", [outside(named, None, named)]
    if not can_open(real):
        return "", [
            Problem(
                Place(named),
                got="no such file" if not real.exists() else "something that is not a file to read",
                expected="a readable file",
                fix=f"Write {named}; `tumen new DIR` shows one.",
                slug="file-missing",
            )
        ]
    if real.stat().st_size > TOML_BYTES:
        return "", [
            over(
                named,
                None,
                f"{real.stat().st_size} bytes",
                f"at most {TOML_BYTES} bytes",
                "Move tables of figures into record/.",
            )
        ]
    raw = real.read_bytes()
    at = raw.find(b"\x00")
    if at >= 0:
        return "", [
            Problem(
                Place(named, raw[:at].count(b"\n") + 1),
                got="a NUL byte",
                expected="text",
                fix="Remove the byte; the file may be damaged or of another kind.",
                slug="nul-byte",
            )
        ]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [
            Problem(
                Place(named, line),
                got=f"byte 0x{raw[error.start]:02x}, which is not UTF-8",
                expected="UTF-8 text",
                fix="Save the file as UTF-8 (it may be Latin-1).",
                slug="not-utf8",
            )
        ]
