"""Where an import puts its table: into a case's record, whole or not at all, under a source that the case has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tumen.case.folder import outside, resolve_inside
from tumen.case.load import Case, load_case
from tumen.case.record_files import files_of, with_file
from tumen.engine import open_engine
from tumen.errors import Problem, ProblemsError, RunError, did_you_mean
from tumen.record.read import read_sources
from tumen.report.archive import write_to


@dataclass(frozen=True)
class Destination:
    """A file of a case's record that is to be written.

    Args:
        shown: its path from the case's folder.
    """

    case: Case
    table: str
    shown: str

    @property
    def path(self) -> Path:
        """Where the file will be."""
        return self.case.folder / self.shown

    @property
    def draft(self) -> Path:
        """Where it is written until it is whole."""
        return self.path.with_name(f".{self.path.name}.draft.parquet")

    def require(
        self,
        rows: int,
        file: Path,
        dropped: Mapping[str, Mapping[str, int]],
        problems: Sequence[Problem],
        expected: str,
    ) -> None:
        """Raises: ProblemsError where there is not one row to write, with the commonest reasons."""
        if rows:
            return
        reasons = sum((Counter(found) for found in dropped.values()), Counter[str]()).most_common(5)
        why = f" ({'; '.join(f'{reason}: {number}' for reason, number in reasons)})" if reasons else ""
        raise ProblemsError([*problems, Problem(
            str(file), None, f"no row that can be used{why}", expected,
            "Look at a file's first rows; docs/events-and-votes.md says what is read.", "import-none")])  # fmt: skip

    @property
    def beside(self) -> list[str]:
        """What a reader should know of the table's other files: that they count too."""
        others = [f for f in files_of(self.case.header.record, self.case.folder, self.table) if f != self.shown]
        return [f"Measures count these {self.table} together with those of {', '.join(others)}."] if others else []

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors that the case declares."""
        return tuple(actor.id for actor in self.case.header.actor)


def destination(folder: Path, table: str, source: str) -> Destination:
    """The file that an import writes: one for each table and source, so that the same import again replaces it.

    Raises: ProblemsError where the case cannot be loaded or has no such source, or its record lies elsewhere.
    """
    case, problems = load_case(folder)
    errors = [p for p in problems if p.severity == "error"]
    if case is None or errors:
        raise ProblemsError(problems)
    engine = open_engine()
    try:
        redaction, problems = read_sources(folder, case.header.record, engine)
        hides = redaction.hides
        known, public = set(redaction.sources), redaction.public
    finally:
        engine.close()
    errors = [p for p in problems if p.severity == "error"]
    if source not in known:
        near = "" if hides else did_you_mean(source, known) + " "
        errors.append(Problem("record/sources.csv", None, f"no source '{source}'", "the id of a row of sources",
                              f"{near}Or add a row for it; every event and vote names where it was read.",
                              "unknown-source"))  # fmt: skip
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", source).strip(".-") if source in public else "protected"
    shown = f"record/{table}_{name}.parquet"
    if resolve_inside(folder, shown, ()) is None:
        errors.append(outside(shown, None, shown))
    if errors:
        raise ProblemsError(errors)
    return Destination(case, table, shown)


@contextmanager
def writing(folder: Path, table: str, source: str) -> Iterator[Destination]:
    """The file that an import writes: filled at its `draft`, then put in its place, unless anything goes wrong."""
    into = destination(folder, table, source)
    try:
        into.path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise _cannot_write(into, error) from error
    try:
        yield into
        put(into)
    finally:
        into.draft.unlink(missing_ok=True)


def put(into: Destination) -> None:
    """Put the draft in its place, and name it in case.toml where it is not yet.

    Raises: RunError where either cannot be written; the record is as it was then.
    """
    place = into.case.folder / "case.toml"
    text = place.read_text(encoding="utf-8-sig")
    named = with_file(text, into.case.header.record, into.case.folder, into.table, into.shown)
    new = not into.path.exists()
    try:
        into.draft.replace(into.path)
    except OSError as error:
        raise _cannot_write(into, error) from error
    if named != text:
        try:
            write_to(into.case.folder, {"case.toml": named})
        except RunError:
            if new:
                into.path.unlink()
            raise


def _cannot_write(into: Destination, error: OSError) -> RunError:
    return RunError(f"'{into.path}' cannot be written: {error.strerror or error}; expected a folder that can. "
                    "Give back its write permission or make room. [run-not-stored]")  # fmt: skip


def absent(files: Sequence[Path], into: Destination, found: frozenset[str]) -> list[Problem]:
    """A warning for the actors of the case that the files never name."""
    missing = [actor for actor in into.actors if actor not in found]
    if not missing:
        return []
    shown = str(files[0]) if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
    return [Problem(shown, None, f"no row of {', '.join(missing)}", "rows of every actor of the case",
                    "Some extracts leave states out altogether; take care that silence is not read as absence.",
                    "actor-absent", "warning")]  # fmt: skip
