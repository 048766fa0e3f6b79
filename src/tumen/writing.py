"""Every file that Tumen writes goes through here: whole or not at all, and nowhere but where it belongs.

A file is drafted under a name that nobody can guess, beside its place, then put there by one rename. A link that
leads out of the folder that a file belongs to is refused, for a case is a stranger's and may hold links.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from tumen.errors import WriteError
from tumen.scratch import remove, swept

#: Where there is one, the folder is a case.
CASE_FILE = "case.toml"

#: A file that is new and no link.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)

_CHUNK_BYTES = 1 << 20


def new_file(path: Path, private: bool = False) -> BinaryIO:
    """A file that was not there, open for writing bytes.

    Args:
        private: whether its owner alone may read it.

    Raises: FileExistsError where anything has the name, a link too.
    """
    return os.fdopen(os.open(path, _NEW, 0o600 if private else 0o666), "wb")


def write_files(folder: Path, files: Mapping[str, str], root: Path | None = None) -> list[Path]:
    """Write texts into a folder, each whole or not at all, in place of those of the same name.

    Args:
        folder: made where it is not there.
        files: name to text.
        root: the folder that they belong to, where it is not `folder` itself: a case.

    Returns: the files.
    Raises: WriteError where one cannot be written, or a link leads out of `root`.
    """
    make_folder(folder, root or folder)
    for name, text in files.items():
        with drafted(folder / name, root or folder) as draft:
            fill(draft, text.encode("utf-8"))
    return [folder / name for name in files]


def taken(folder: Path) -> bool:
    """Whether a place is something else than a new or empty folder.

    Raises: WriteError where it cannot have such a name.
    """
    with telling(folder):
        return os.path.lexists(folder) and (not stat.S_ISDIR(folder.lstat().st_mode) or any(folder.iterdir()))


def make_folder(folder: Path, root: Path, private: bool = False) -> None:
    """Make a folder and those above it; refused where a link leads out of `root`.

    Args:
        private: whether its owner alone may look into it; one that is there already is closed to others.
    """
    _inside(folder, root)
    with telling(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if private:
            folder.chmod(0o700)


@contextmanager
def drafted(target: Path, root: Path, private: bool = False) -> Iterator[Path]:
    """A draft to be filled, which takes the target's place when the block ends well.

    Args:
        target: in a folder that is there. What a link inside `root` leads to is replaced, not the link.
        root: the folder that it belongs to.
        private: whether its owner alone may read it.

    Returns: the draft: an empty file beside the target, to be written by `fill` or `move`.
    Raises: WriteError where the target leads out of `root`, is no file, or cannot be written.
    """
    real = _inside(target, root)
    draft = real.with_name(f".{secrets.token_hex(8)}.draft")
    with swept(draft):
        with telling(target):
            if real.exists() and not real.is_file():
                raise OSError(errno.EISDIR, "something that is no file is there")
            new_file(draft, private).close()
        try:
            yield draft
            with telling(target):
                if not private and real.exists():
                    draft.chmod(stat.S_IMODE(real.stat().st_mode))
                _settle(draft)
                draft.replace(real)
                _settle(real.parent)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def whole_folder(target: Path, make: Callable[[Path], None], numbered: bool = False) -> Path:
    """A folder that appears under its name with everything in it, or not at all.

    Args:
        target: in a folder that is there; an empty folder of that name is replaced.
        make: fills the folder that it is given, with `new_file` or `drafted`.
        numbered: whether a name that is taken gets a number behind it.

    Returns: the folder.
    Raises: WriteError.
    """
    draft = target.with_name(f".{secrets.token_hex(8)}.draft")
    with swept(draft):
        try:
            with telling(target):
                draft.mkdir()
                make(draft)
                for path in (*draft.rglob("*"), draft):
                    _settle(path)
                return _appear(draft, target, numbered)
        except BaseException:
            remove(draft)
            raise


def _appear(draft: Path, target: Path, numbered: bool) -> Path:
    """Give a folder its name, or the first with a number that is free."""
    for place in chain([target], (target.with_name(f"{target.name}-{n}") for n in range(2, 10_000))):
        try:
            if not (numbered and os.path.lexists(place)):
                draft.rename(place)
                _settle(target.parent)
                return place
        except OSError:
            if not (numbered and os.path.lexists(place)):
                raise
    raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


def discard(folder: Path) -> None:
    """Delete a folder with all that is in it: first its name goes, at once, then the rest."""
    gone = folder.with_name(f".{secrets.token_hex(8)}.draft")
    with swept(gone), telling(folder):
        folder.rename(gone)
        remove(gone)


def fill(draft: Path, content: bytes) -> None:
    """Write bytes into a draft."""
    with draft.open("wb") as stream:
        stream.write(content)


def copied(source: BinaryIO, draft: Path) -> str:
    """Copy an open file into a draft.

    Returns: SHA-256 of what was copied.
    """
    seen = hashlib.sha256()
    with draft.open("wb") as stream:
        while chunk := source.read(_CHUNK_BYTES):
            seen.update(chunk)
            stream.write(chunk)
    return seen.hexdigest()


def delete(file: Path) -> None:
    """Delete a file, where it is there; of a link the link itself."""
    with telling(file):
        file.unlink(missing_ok=True)


def move(ours: Path, draft: Path) -> None:
    """Put a finished file of ours, from a scratch folder, into a draft; also from one device to another."""
    try:
        ours.replace(draft)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with ours.open("rb") as source, draft.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        ours.unlink()


def cut(ours: Path, size: int) -> None:
    """Shorten a file of ours, in a scratch folder, to so many bytes."""
    os.truncate(ours, size)


def named_by_user(folder: Path) -> Path:
    """A folder that the user names to write into; refused where a link leads into a case or out of one.

    Raises: WriteError.
    """
    cases = {parent.resolve() for parent in _cases(Path(os.path.abspath(folder)))}  # noqa: PTH100 - as it is named, its links not followed
    real = _real(folder)
    if is_link(folder) or cases != set(_cases(real)):
        raise _leads_away(folder, f"to '{real}'")
    return folder


def is_link(path: Path) -> bool:
    """Whether a path is a link; a name that no file can have is none."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def _cases(folder: Path) -> list[Path]:
    """The cases that a folder is, or lies in, by its name."""
    return [place for place in (folder, *folder.parents) if os.path.lexists(place / CASE_FILE)]


def _inside(target: Path, root: Path) -> Path:
    """The place that a path leads to, which has to be the root or lie in it."""
    home, real = _real(root), _real(target)
    if home != real and home not in real.parents:
        raise _leads_away(target, f"out of '{root}'")
    return real


def followed(path: Path) -> Path:
    """Where a path leads, all its links followed.

    Raises: OSError or RuntimeError where links lead to one another; `resolve` alone passes that over since Python 3.13.
    """
    real = path.resolve()
    try:
        real.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise
    return real


def _real(path: Path) -> Path:
    try:
        return followed(path)
    except (OSError, RuntimeError) as error:  # links that lead to one another
        raise _leads_away(path, "nowhere") from error


def _leads_away(path: Path, where: str) -> WriteError:
    return WriteError(
        f"{path}: got a link that points {where}; expected a file or folder, not a link. "
        "Remove the link, or name the place itself. [write-outside]"
    )


@contextmanager
def telling(target: Path) -> Iterator[None]:
    """Say what kept a file from being written."""
    try:
        yield
    except WriteError:
        raise
    except OSError as error:
        raise WriteError(
            f"'{target}' cannot be written: {error.strerror or error}; expected a place that can be written. "
            "Allow writing there, make room, or name another. [not-written]"
        ) from error


def _settle(path: Path) -> None:
    """Have a file, or the names in a folder, put on the disk; some systems cannot do it for a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)
