"""What a detector is given beside positions: ports and known vessels, of files or of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.commands.options import folder_of
from tumen.commands.saying import say

if TYPE_CHECKING:
    from tumen.ais.position_dialects import PositionHints
    from tumen.sea.detecting import DetectorInputs
    from tumen.vessels.known import Known


def given(
    positions: tuple[Path, ...],
    engine: str,
    memory_mb: int | None,
    ports: Path | None,
    listed: Path | None,
    case: str | None,
    hints: PositionHints,
) -> DetectorInputs:
    """The inputs of a detector.

    Args:
        ports: a file of ports and anchorages.
        listed: a file of vessels to look for.
        case: a case's folder, which gives both.
        hints: what the user says of the files of positions.

    Raises: UsageError where a case and a file give the same. ProblemsError where a file or the case cannot be read.
    """
    from tumen.sea.detecting import DetectorInputs
    from tumen.vessels.list_reading import ListRead, read_listed
    from tumen.vessels.ports import read_ports

    if case is not None:
        for option, file, what in (("--ports", ports, "ports"), ("--listed", listed, "listed vessels")):
            if file is not None:
                raise click.UsageError(f"--case and {option} both give {what}; give one of the two.")
        known, files = _of_case(case)
        return DetectorInputs(positions, engine, known.places(), memory_mb, known.vessels, files, hints)
    read = read_listed(listed) if listed else ListRead(())
    for note in read.notes:
        say(f"warning: {note}", err=True)
    return DetectorInputs(
        positions,
        engine,
        read_ports(ports) if ports else (),
        memory_mb,
        read.vessels,
        tuple(file for file in (ports, listed) if file),
        hints,
    )


def _of_case(case: str) -> tuple[Known, tuple[Path, ...]]:
    """What a case knows of ports and ships, and the files where it says so; what was left out of them is warned of."""
    from tumen.engine.backends import open_engine
    from tumen.errors import ProblemsError
    from tumen.kinds import kinds
    from tumen.prepare import load_case
    from tumen.record.read import read_record
    from tumen.vessels.known import known_files, known_of

    folder = folder_of(case)
    loaded, problems = load_case(folder, ())
    if loaded is None:
        raise ProblemsError(problems)
    engine, tables = open_engine(), kinds(others=False).tables
    try:
        record, more = read_record(folder, loaded.header.record, engine, tables)
        if any(p.severity == "error" and p.slug != "unknown-table" for p in more):  # it may be another package's
            raise ProblemsError([*problems, *more])
        files = known_files(folder, loaded.header.record, tables)
        for problem in (p for p in more if folder / p.file in files):
            say(f"warning: {problem}", err=True)
        return known_of(record, loaded.header.focal), files
    finally:
        engine.close()
