"""The files that runs of a case were made of: each is kept once, under the hash of its bytes, for its owner alone."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tumen.errors import WriteError
from tumen.record.hashes import sha256
from tumen.writing import copied, delete, drafted, is_link, make_folder, telling, write_files

#: The folder of the kept files, beside the runs of their case.
CONTENTS = "inputs"

#: Keeps them out of a repository that the folder may lie in.
_UNSHARED = ".gitignore"

#: Names under which files are kept.
KEPT = r"[0-9a-f]{64}\.(toml|csv|parquet|tsv|tab|txt|xlsx|xlsm|xlsb|xls|ods|gz|bz2|xz|zst|zip)"


@dataclass(frozen=True)
class Input:
    """A file that a run was made of: where it lies, and SHA-256 of its bytes as they were read."""

    path: Path
    sha256: str

    @property
    def kept_as(self) -> str:
        """The name under which it is kept."""
        return self.sha256 + self.path.suffix.lower()


@contextmanager
def kept(shelf: Path, inputs: Mapping[str, Input]) -> Iterator[None]:
    """Keep files while a run is stored, each whole or not at all; where the block fails, none that was not there.

    Args:
        shelf: the folder of the case's runs.
        inputs: by the path shown.

    Raises: WriteError where one cannot be written, or is no longer what was read.
    """
    place = shelf / CONTENTS
    if inputs:
        make_folder(place, shelf, private=True)
    if inputs and not os.path.lexists(place / _UNSHARED):
        write_files(place, {_UNSHARED: "*\n"}, shelf)
    added: list[Path] = []
    try:
        for shown, one in inputs.items():
            target = place / one.kept_as
            if not is_whole(target):
                added.append(target)
                _copy(shown, one, target)
        yield
    except BaseException:
        for target in added:
            delete(target)
        raise


def _copy(shown: str, one: Input, target: Path) -> None:
    if is_link(target):
        delete(target)
    try:
        source = one.path.open("rb")
    except OSError:
        raise _changed(shown) from None
    with source, drafted(target, target.parent, private=True) as draft, telling(target):
        if copied(source, draft) != one.sha256:
            raise _changed(shown)


def _changed(shown: str) -> WriteError:
    return WriteError(
        f"{shown}: got a file that changed while the run was made; expected the one that was read. Nothing was stored; "
        "run again. [input-changed]"
    )


def is_whole(path: Path) -> bool:
    """Whether a kept file is there and holds what its name says; a link does not."""
    if not re.fullmatch(KEPT, path.name) or is_link(path) or not path.is_file():
        return False
    return sha256(path) == path.name.partition(".")[0]


def whole_in(shelf: Path) -> set[str]:
    """Names of the files kept for a case's runs that hold what their names say."""
    return {path.name for path in _every(shelf) if is_whole(path)}


def delete_unused(shelf: Path, used: Collection[str]) -> int:
    """Delete the kept files that are not used, and say how many there were.

    Args:
        used: names of those that stay.
    """
    gone = [path for path in _every(shelf) if path.name not in used]
    for path in gone:
        delete(path)
    return len(gone)


def size_bytes(shelf: Path) -> int:
    """How much room the kept files take."""
    return sum(path.lstat().st_size for path in _every(shelf))


def _every(shelf: Path) -> list[Path]:
    place = shelf / CONTENTS
    there = sorted(place.iterdir()) if place.is_dir() and not is_link(place) else []
    return [path for path in there if re.fullmatch(KEPT, path.name)]
