"""A small case to start from, written out of a template that the tests run."""

from __future__ import annotations

import importlib.resources
from importlib.resources.abc import Traversable
from pathlib import Path

from tumen.errors import Place, Problem, ProblemsError
from tumen.writing import make_folder, named_by_user, new_file, taken, whole_folder

#: Folders of this package that are templates: a small case, and one with a system of actors.
PLAIN, SYSTEM = "template", "system_template"


def write_case(folder: Path, template: str = PLAIN) -> None:
    """Write a template into a folder that is new or empty, whole or not at all.

    Args:
        template: `PLAIN` or `SYSTEM`.

    Raises: ProblemsError where the folder holds something already; WriteError where it cannot be written.
    """
    named_by_user(folder)
    if taken(folder):
        raise ProblemsError(
            [
                Problem(
                    Place(str(folder)),
                    got="a place that is not empty",
                    expected="a new or empty folder",
                    fix="Give another name.",
                    slug="folder-not-empty",
                )
            ]
        )
    files = importlib.resources.files("tumen.case") / template
    make_folder(folder.parent, folder.parent)
    whole_folder(folder, lambda draft: _copy(files, draft))


def _copy(source: Traversable, draft: Path) -> None:
    """Copy a folder's files and folders."""
    for item in source.iterdir():
        if item.is_dir():
            (draft / item.name).mkdir()
            _copy(item, draft / item.name)
        elif item.name != "__pycache__":
            with new_file(draft / item.name) as stream:
                stream.write(item.read_bytes())
