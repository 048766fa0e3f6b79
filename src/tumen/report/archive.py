"""Runs, stored whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tumen.errors import RunError

#: Where runs are kept, from the folder in which the command was given.
RUNS = Path(".tumen") / "runs"


def store(files: Mapping[str, str], digest: str, engine: str, now: dt.datetime, place: Path = RUNS) -> Path:
    """Store one run in a folder of its own.

    The folder appears complete, by one rename; a run that is killed leaves the earlier ones whole.

    Args:
        files: name to text of what the run made.
        digest: what names its inputs and versions.
        engine: the engine that answered.
        now: when, UTC.
        place: the folder of all runs.

    Returns: the run's folder.
    Raises: RunError where it cannot be written.
    """
    name = f"{now:%Y%m%dT%H%M%S}Z-{digest}"
    manifest = {"run": digest, "stored": now.isoformat(timespec="seconds"), "engine": engine}
    try:
        place.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=place))
        try:
            draft.chmod(0o755)
            for file, text in {**files, "manifest.json": json.dumps(manifest, indent=2) + "\n"}.items():
                _write(draft / file, text)
            folder = _free(place / name)
            draft.rename(folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        raise RunError(f"{place}: the run could not be stored: {error.strerror or error}; expected a folder that can be written. "
                       "Give back its write permission or make room. [run-not-stored]") from error  # fmt: skip
    return folder


def add(folder: Path, files: Mapping[str, str]) -> None:
    """Add files to a run that is stored."""
    write_to(folder, files)


def write_to(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files into a folder that the user names, each complete or not at all."""
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            draft = folder / f".{name}.draft"
            _write(draft, text)
            draft.replace(folder / name)
            written.append(folder / name)
    except OSError as error:
        raise RunError(f"'{folder}' cannot be written: {error.strerror or error}; expected a folder that can. "
                       "Give another. [run-not-stored]") from error  # fmt: skip
    return written


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _free(folder: Path) -> Path:
    """The folder, or the first of its name with a number that is free."""
    number, free = 1, folder
    while free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free
