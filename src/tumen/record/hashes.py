"""What names a file by its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hashes_by_name(files: Sequence[Path]) -> Mapping[str, str]:
    """Hash of each file's bytes, by a name that says nothing of the user's machine.

    Returns: by the path as it was given where it is relative, or from the working folder on where it leads into that;
        of another, by as many of the path's last parts as tell it from the others: mostly the file's name.
    """
    names = [_from_here(file) for file in files]
    return {_told_apart(name, names): sha256(file) for name, file in zip(names, files, strict=True)}


def _from_here(file: Path) -> Path:
    here = Path.cwd()
    return file.relative_to(here) if file.is_absolute() and file.is_relative_to(here) else file


def _told_apart(name: Path, names: Sequence[Path]) -> str:
    """A path without what leads to it, as far as no other ends alike."""
    if not name.is_absolute():
        return str(name)
    parts = name.parts[1:]
    others = [other.parts for other in names if other != name]
    count = next(n for n in range(1, len(parts) + 1) if n == len(parts) or all(o[-n:] != parts[-n:] for o in others))
    return str(Path(*parts[-count:]))
