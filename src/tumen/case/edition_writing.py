"""A new edition put into case.toml, with everything else, comments too, as it stood."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tumen.case.folder import read_text
from tumen.case.model import CaseHeader
from tumen.errors import Place, Problem, ProblemsError
from tumen.writing import write_files


def require_later(header: CaseHeader, as_of: dt.date) -> None:
    """Refuse a day that is not after the latest edition's.

    Raises: ProblemsError.
    """
    if as_of > header.as_of:
        return
    raise ProblemsError(
        [
            Problem(
                Place("case.toml", header.wall_line),
                got=f"a new edition as of {as_of}",
                expected=f"a day after {header.as_of}, the day of the latest",
                fix="Give a later day; `tumen run --as-of` looks back.",
                slug="edition-not-later",
            )
        ]
    )


def with_edition(text: str, header: CaseHeader, as_of: dt.date) -> str:
    """The text of case.toml with an edition more, of which all but its day is left to be said.

    A case without editions keeps its own day as its first.

    Args:
        text: the file as it stands.
        header: what it says.
    """
    import tomlkit

    document = tomlkit.parse(text)
    if not header.edition:
        del document["as_of"]
    days = (as_of,) if header.edition else (header.as_of, as_of)
    editions = "".join(f"\n[[edition]]\nas_of = {day}\n{_UNSAID}" for day in days)
    return tomlkit.dumps(document).rstrip("\n") + "\n" + editions


#: What the analyst has to fill in.
_UNSAID = """title = ""  # what this edition is called
changed = ""  # what changed since the edition before
by = ""  # who made this edition
why = ""  # why it was made
"""


def write_edition(folder: Path, header: CaseHeader, as_of: dt.date) -> Path:
    """Write a new edition into a case's case.toml, and name the file.

    Raises: ProblemsError where the file cannot be read; WriteError where it cannot be written.
    """
    text, problems = read_text(folder, "case.toml", [])
    if problems:
        raise ProblemsError(problems)
    return write_files(folder, {"case.toml": with_edition(text, header, as_of)})[0]
