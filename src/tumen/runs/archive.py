"""Runs, stored whole or not at all, each with the hashes of its own files; runs of a case lie together, and beside them
what they were made of.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tumen.alone import alone_in
from tumen.errors import WriteError
from tumen.runs.contents import CONTENTS, delete_unused, kept, whole_in
from tumen.runs.made_of import MadeOf
from tumen.writing import CASE_FILE, discard, is_link, make_folder, new_file, whole_folder, write_files

#: Where runs are kept, from the folder in which the command was given.
RUNS = Path(".tumen") / "runs"

MANIFEST = "manifest.json"

_RUN = re.compile(r"^\d{8}T\d{6}Z-[0-9a-f]{12}(-\d+)?$")
_SHELF = re.compile(r"[A-Za-z0-9_.-]{1,40}-[0-9a-f]{8}")


@dataclass(frozen=True)
class StoredRun:
    """A run as it lies on the disk.

    Args:
        manifest: what was noted when it was stored; empty where that cannot be read.
        files: names of the files that are there.
        size_bytes: of all of them.
    """

    folder: Path
    manifest: Mapping[str, Any]
    files: tuple[str, ...]
    size_bytes: int


def shelf_of(case: Path, place: Path = RUNS) -> Path:
    """The folder in which the runs of a case are kept.

    Args:
        case: its folder; one that moved has runs of its own from then on. Or a stored run of it.
        place: the folder of all runs.

    Example:
        >>> shelf_of(Path("/cases/river")).name
        'river-0a02937d'
    """
    real = case.resolve()
    if is_stored(case) and _SHELF.fullmatch(real.parent.name):
        return place / real.parent.name
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", real.name)[:40].strip(".-") or "case"
    return place / f"{name}-{hashlib.sha256(bytes(real)).hexdigest()[:8]}"


def is_stored(folder: Path) -> bool:
    """Whether a folder is a stored run, and no case."""
    if not (folder / MANIFEST).is_file() or os.path.lexists(folder / CASE_FILE):
        return False
    return bool(_RUN.match(folder.resolve().name)) or {"run", "stored"} <= set(read(folder).manifest)


def store(
    files: Mapping[str, str],
    digest: str,
    engine: str,
    now: dt.datetime,
    case: Path,
    place: Path = RUNS,
    made_of: MadeOf | None = None,
) -> Path:
    """Store one run in a folder of its own, and keep what it was made of.

    The folder appears complete, by one rename; a run that is killed leaves the earlier ones whole. A run of the same
    name gets a folder of its own: its time tells it apart, or a number behind its name.

    Args:
        files: name to text of what the run made.
        digest: what names its inputs and versions.
        engine: the engine that answered.
        now: when, UTC.
        case: the case's folder, or a stored run of it.
        place: the folder of all runs.
        made_of: the files of the case, and all else that it takes to evaluate the run again.

    Returns: the run's folder.
    Raises: WriteError where it cannot be written, or a link leads elsewhere; BusyError.
    """
    shelf = shelf_of(case, place)
    refuse_links(shelf / CONTENTS)
    make_folder(place, place)
    make_folder(shelf, place)
    noted = {
        "run": digest,
        "stored": now.isoformat(timespec="seconds"),
        "engine": engine,
        **(made_of.noted if made_of else {}),
        "files": _hashes(files),
    }

    def fill(draft: Path) -> None:
        for name, text in {**files, MANIFEST: _text(noted)}.items():
            with new_file(draft / name) as stream:
                stream.write(text.encode("utf-8"))

    with alone_in(shelf, "tumen run"), kept(shelf, made_of.inputs if made_of else {}):
        return whole_folder(shelf / f"{now:%Y%m%dT%H%M%S}Z-{digest}", fill, numbered=True)


def add(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Add files to a run that is stored, and note their hashes.

    Raises: WriteError.
    """
    refuse_links(folder)
    written = write_files(folder, files)
    noted = dict(read(folder).manifest)
    write_files(folder, {MANIFEST: _text({**noted, "files": {**noted.get("files", {}), **_hashes(files)}})})
    return written


def stored(case: Path, place: Path = RUNS) -> list[StoredRun]:
    """The runs of a case, the newest first."""
    shelf = shelf_of(case, place)
    found = [p for p in shelf.iterdir() if _RUN.match(p.name) and p.is_dir()] if shelf.is_dir() else []
    return [read(path) for path in sorted(found, key=_order, reverse=True)]


def _order(folder: Path) -> tuple[str, int]:
    """When a run was stored, and which it was of those of one second and digest."""
    when, _, rest = folder.name.partition("-")
    _, _, number = rest.partition("-")
    return when, int(number or 1)


def read(folder: Path) -> StoredRun:
    """One stored run."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        manifest = {}
    size = sum(path.lstat().st_size for path in paths)
    names = tuple(path.relative_to(folder).as_posix() for path in paths)
    return StoredRun(folder, manifest if isinstance(manifest, dict) else {}, names, size)


def changed(run: StoredRun, whole: Collection[str] | None = None) -> list[str]:
    """What changed since a run was stored, one sentence for each file of its own and each that it was made of; empty
    if nothing did.

    Args:
        whole: names of the kept files that hold what their names say, where they were looked at before.

    Limits: whoever rewrites the manifest too can hide a change.
    """
    noted = run.manifest.get("files")
    if not isinstance(noted, dict) or MANIFEST not in run.files:
        return [f"{MANIFEST} names no files: it is missing, damaged, or the run was stored before runs had hashes"]
    found = []
    for name in sorted({*noted, *run.files} - {MANIFEST}):
        path = run.folder / name
        if name not in run.files:
            found.append(f"{name} is missing")
        elif name not in noted:
            found.append(f"{name} was added")
        elif path.is_symlink() or hashlib.sha256(path.read_bytes()).hexdigest() != noted[name]:
            found.append(f"{name} was changed")
    shelf = run.folder.parent
    whole = whole_in(shelf) if whole is None else whole
    lost = [shown for shown, name in _inputs(run).items() if name not in whole]
    return found + [f"its input {shown} is missing or was changed" for shown in sorted(lost)]


def _inputs(run: StoredRun) -> Mapping[str, str]:
    """Names of the files that a run was made of, by the path shown; those of earlier versions were not kept."""
    inputs = run.manifest.get("inputs", {})
    return inputs if isinstance(inputs, dict) else {}


def prune(runs: Sequence[StoredRun], newest: int, named: Sequence[str] = ()) -> list[StoredRun]:
    """Delete stored runs, except the newest and those that are named.

    Args:
        runs: the newest first.
        newest: how many of them stay.
        named: names of further runs that stay.

    Returns: those deleted.
    Raises: WriteError where a link stands in the way of one.
    """
    gone = [run for run in runs[newest:] if run.folder.name not in named]
    for run in gone:
        refuse_links(run.folder)
        discard(run.folder)
    return gone


def prune_inputs(shelf: Path) -> int | None:
    """Delete the kept files that no run names any more.

    Returns: how many there were; None where a manifest cannot be read, for that run may name any of them.

    Raises: WriteError; BusyError.
    """
    if not shelf.is_dir():
        return 0
    refuse_links(shelf / CONTENTS)
    with alone_in(shelf, "tumen runs"):
        runs = [read(path) for path in shelf.iterdir() if path.is_dir() and path.name != CONTENTS]
        if any("files" not in run.manifest for run in runs):
            return None
        return delete_unused(shelf, {str(name) for run in runs for name in _inputs(run).values()})


def refuse_links(folder: Path) -> None:
    """Refuse links where runs are kept: the folder that we are in may be a stranger's."""
    for place in (folder, *folder.parents):
        if is_link(place) and RUNS.parts[0] in place.parts:
            raise WriteError(
                f"{place}: got a link; expected a folder, in which runs are kept. Remove the link. [write-outside]"
            )


def _hashes(files: Mapping[str, str]) -> dict[str, str]:
    return {name: hashlib.sha256(text.encode("utf-8")).hexdigest() for name, text in files.items()}


def _text(noted: Mapping[str, Any]) -> str:
    return json.dumps(noted, indent=2) + "\n"
