"""A small case to start from, written out of a template that the tests run."""

from __future__ import annotations

import importlib.resources
import shutil
import tempfile
from pathlib import Path

from tumen.errors import Problem, ProblemsError, RunError


def write_case(folder: Path) -> None:
    """Write the template into a folder that is new or empty, whole or not at all.

    Raises: ProblemsError where the folder holds something already; RunError where it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProblemsError([Problem(str(folder), None, "a place that is not empty", "a new or empty folder",
                                     "Give another name.", "folder-not-empty")])  # fmt: skip
    template = importlib.resources.files("tumen.case") / "template"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".tumen-new-", dir=folder.parent))
        try:
            with importlib.resources.as_file(template) as source:
                shutil.copytree(source, draft, dirs_exist_ok=True)
            draft.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            draft.rename(folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        raise RunError(f"{folder}: cannot be written: {error.strerror or error}; expected a folder that can. "
                       "Give another. [run-not-stored]") from error  # fmt: skip
