"""A stored run in place of a case: what it was made of is laid out in a private folder, to be evaluated again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tumen.errors import Place, Problem, ProblemsError
from tumen.runs.archive import is_stored, read, refuse_links
from tumen.runs.contents import CONTENTS, Input
from tumen.runs.made_of import NotedRun, noted_in
from tumen.scratch import scratch_folder
from tumen.writing import copied, delete, is_link, make_folder, new_file

#: A file of a case that is no table.
_TOML = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.toml")


@dataclass(frozen=True)
class LaidOut:
    """A case as it is to be read.

    Args:
        folder: where its files lie.
        home: the folder that the user named.
        files: those of its record that are read in place of those of the paths shown.
        noted: what the stored run noted that it was made of; None where the user named a case.
        inputs: where the stored run's files are kept, by the path shown.
    """

    folder: Path
    home: Path
    files: Mapping[str, Path] = field(default_factory=dict)
    noted: NotedRun | None = None
    inputs: Mapping[str, Input] = field(default_factory=dict)

    @property
    def as_of(self) -> dt.date | None:
        """The day of the stored run."""
        return self.noted.as_of if self.noted else None

    def warnings(self, versions: Mapping[str, str], raw: Mapping[str, Mapping[str, str]]) -> list[Problem]:
        """In what an evaluation differs from the stored run: versions, and raw records, which are not kept.

        Args:
            versions, raw: as in `NotedRun`.
        """
        return [*self._of_versions(versions), *self._of_raw(raw)] if self.noted else []

    def _of_versions(self, versions: Mapping[str, str]) -> list[Problem]:
        before = self.noted.versions if self.noted else {}
        names = [name for name in sorted({*before, *versions}) if before.get(name) != versions.get(name)]
        if not names:
            return []
        were = ", ".join(f"{name} {before.get(name, 'none')}" for name in names)
        return [
            Problem(
                Place(str(self.home)),
                got=", ".join(f"{name} {versions.get(name, 'none')}" for name in names),
                expected=f"{were}, as the stored run had",
                fix="Numbers may differ; install those versions where they have to be the same.",
                slug="versions-differ",
                severity="warning",
            )
        ]

    def _of_raw(self, raw: Mapping[str, Mapping[str, str]]) -> list[Problem]:
        before = self.noted.raw if self.noted else {}
        return [
            Problem(
                Place(str(self.home)),
                got=f"{'other' if raw.get(name) else 'no'} {name}",
                expected=f"those that the stored run rested on, which it does not keep: {', '.join(files)}",
                fix=f"Give them again: {' '.join(f'--{name} {file}' for file in files)}.",
                slug="raw-differs",
                severity="warning",
            )
            for name, files in before.items()
            if sorted(files.values()) != sorted(raw.get(name, {}).values())
        ]


@contextmanager
def laid_out(folder: Path) -> Iterator[LaidOut]:
    """A case as it is to be read: where a stored run is named, a copy of what that was made of, as long as the block
    lasts.

    Raises: ProblemsError where the run does not have all that it was made of.
    """
    if not is_stored(folder):
        yield LaidOut(folder, folder)
        return
    real = folder.resolve()
    refuse_links(real.parent / CONTENTS)
    noted = noted_in(read(real).manifest)
    if noted is None:
        raise ProblemsError([_incomplete(folder, "a run that does not say what it was made of")])
    inputs = {shown: Input(real.parent / CONTENTS / name, name[:64]) for shown, name in noted.inputs.items()}
    with scratch_folder("again") as ours:
        for place in ("case/record", "kept"):
            make_folder(ours / place, ours, private=True)
        for name in noted.listed:
            make_folder((ours / "case" / "record" / name).parent, ours, private=True)
            new_file(ours / "case" / "record" / name, private=True).close()
        lie = {shown: _laid(shown, one, ours) for shown, one in inputs.items()}
        if lost := [shown for shown, place in lie.items() if place is None]:
            raise ProblemsError([_incomplete(folder, f"a run whose input '{s}' is missing or changed") for s in lost])
        yield LaidOut(ours / "case", folder, {s: place for s, place in lie.items() if place}, noted, inputs)


def _laid(shown: str, one: Input, ours: Path) -> Path | None:
    """The copy of a kept file, where that holds what its name says: a TOML file in the case, a table apart."""
    copy = ours / "case" / shown if _TOML.fullmatch(shown) else ours / "kept" / one.path.name
    if copy.exists():
        return copy
    if is_link(one.path) or not one.path.is_file():
        return None
    new_file(copy, private=True).close()
    with one.path.open("rb") as source:
        if copied(source, copy) == one.sha256:
            return copy
    delete(copy)
    return None


def _incomplete(folder: Path, got: str) -> Problem:
    return Problem(
        Place(str(folder)),
        got=got,
        expected="one that was stored with all its inputs, beside the other runs of its case",
        fix="Evaluate the case itself, or give another run; `tumen runs` lists them.",
        slug="run-incomplete",
    )
