"""One module writes files, one makes folders for what is needed meanwhile; nothing else can."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_rooms import MODULES, shown

#: The two modules, and the lock, which says in its own file who holds it.
WRITERS = ("writing.py", "scratch.py", "alone.py")

#: Links to files that are read, made in folders of ours; a table that the engine writes into its own.
ALLOWED = {
    ("engine/embedded.py", "symlink_to"),
    ("engine/embedded.py", "copy … to"),
    ("ais/position_cells.py", "symlink_to"),
    ("events/events_reading.py", "unlink"),  # a plain copy of ours, which was read
    ("events/events_reading.py", "mkdir"),
    ("record/readers/published_files.py", "unlink"),
    ("commands/into_case.py", "unlink"),  # a table that was put into the case a moment before
    ("case/new.py", "mkdir"),  # in a draft
    ("vessels/listed.py", "extract"),  # of names that are alike
    ("commands/saying.py", "open"),  # of a stream that is there already
    ("commands/saying.py", "os.open"),  # of the place where what nobody hears goes
    ("system/kept_fits.py", "savez"),  # in memory
    ("engine/cluster.py", "replace"),  # of a part of a query
}

#: What a path or a module can be asked that changes the disk.
CHANGES = {
    "write_text",
    "write_bytes",
    "touch",
    "mkdir",
    "makedirs",
    "mkdtemp",
    "mkstemp",
    "rename",
    "renames",
    "unlink",
    "rmdir",
    "symlink_to",
    "hardlink_to",
    "symlink",
    "link",
    "rmtree",
    "copy",
    "copy2",
    "copyfile",
    "copytree",
    "copyfileobj",
    "move",
    "truncate",
    "chmod",
    "lchmod",
    "mknod",
    "mkfifo",
    "removedirs",
    "savez",
    "savez_compressed",
    "to_csv",
    "to_parquet",
    "NamedTemporaryFile",
    "TemporaryDirectory",
    "TemporaryFile",
    "extract",
    "extractall",
    "writerepr",
    "tofile",
    "write_table",
}

#: What these give may be used anywhere.
OURS = ("tumen.writing", "tumen.scratch")

#: Functions of modules whose names are harmless elsewhere.
OF_OS = {"open", "replace", "remove", "write", "unlink"}


def writes(text: str) -> Iterator[str]:
    """What a module does that may change the disk.

    >>> sorted(writes('p.open("w")\\nos.replace(a, b)\\nq.replace(p)\\n"a".replace("b", "c")\\nopen(x)\\np.open("rb")'))
    ['open', 'os.replace', 'replace']
    """
    tree = ast.parse(text)
    ours = {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module in OURS for a in n.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _copies(node.value):
            yield "copy … to"
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") in ours:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if owner == "os" and name in OF_OS:
            yield f"os.{name}"
        elif name == "open" and _mode(node) - set("rbt"):
            yield "open"
        elif name == "replace" and isinstance(node.func, ast.Attribute) and len(node.args) == 1 and not node.keywords:
            yield "replace"
        elif (name in CHANGES and owner not in ("copy", "batch")) and not _of_a_collection(name, node):
            yield name


def _copies(text: str) -> bool:
    return re.search(r"""(?i)^\s*copy\s*[("]|\bcopy\b.+\bto\s+'""", text) is not None


def _mode(call: ast.Call) -> set[str]:
    """The letters of the mode with which a file is opened; those of a mode that is computed are all."""
    given = [k.value for k in call.keywords if k.arg == "mode"]
    at = 0 if isinstance(call.func, ast.Attribute) else 1
    given += call.args[at : at + 1]
    if not given:
        return set()
    value = given[0]
    return set(value.value) if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()


def _of_a_collection(name: str, call: ast.Call) -> bool:
    """`x.copy()` of a list or a dictionary."""
    return name == "copy" and not call.args


@pytest.mark.parametrize("path", [p for p in MODULES if shown(p) not in WRITERS], ids=shown)
def test_only_one_module_writes(path: Path) -> None:
    found = {what for what in writes(path.read_text(encoding="utf-8")) if (shown(path), what) not in ALLOWED}
    assert found == set()


@pytest.mark.parametrize(
    "text",
    [
        'open("x", "w")',
        'open("x", mode="a")',
        'path.open("wb")',
        'path.open(mode="r+")',
        'path.write_text("x")',
        "path.replace(other)",
        "os.replace(a, b)",
        "os.open(a, flags)",
        "shutil.copyfile(a, b)",
        "tempfile.mkdtemp()",
        "engine.rows(\"copy t to '/x' (format csv)\")",
        "numpy.savez(path)",
        "path.touch()",
    ],
)
def test_writing_is_seen(text: str) -> None:
    assert list(writes(text))
