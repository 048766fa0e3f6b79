"""What all detectors share: positions and ports brought to an engine, and where what they find comes from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tumen.ais.position_dialects import NO_HINTS, PositionHints
from tumen.ais.position_files import PositionFile
from tumen.ais.position_table import MADE_BY, POSITION_COLUMNS, PositionsFound, Reading
from tumen.ais.positions import read_positions
from tumen.ais.positions_held import are_packed, hold_positions
from tumen.ais.tidy_files import overlap_in_time
from tumen.detect.detector import Detected, Detector, Provenance
from tumen.detect.geo_package import Layer
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine, Row, UnreadableFileError, typed
from tumen.errors import EngineError, Place, Problem, ProblemsError
from tumen.record.hashes import hashes_by_name
from tumen.record.readers.published_files import FileProgress
from tumen.record.wall import day_after
from tumen.scratch import scratch_folder
from tumen.sea.found_tracks import tracks_layer
from tumen.vessels.listed import Vessel
from tumen.vessels.ports import PortPlace, put_ports


@dataclass(frozen=True)
class DetectorInputs:
    """What every detector is given.

    Args:
        positions: files of vessel positions, at least one. Those that `tumen import ais` or `tumen simulate ais`
            wrote are used where they are; all others are read and checked first.
        engine: the engine's address; see `tumen.engine.backends`.
        ports: ports and anchorages.
        memory_mb: what it may hold in memory, megabytes; None for its default.
        known: vessels that are known from elsewhere, such as designated ones.
        beside: the files from which ports and vessels were read.
        hints: what the user says of the files of positions.
    """

    positions: tuple[Path, ...]
    engine: str
    ports: tuple[PortPlace, ...] = ()
    memory_mb: int | None = None
    known: tuple[Vessel, ...] = ()
    beside: tuple[Path, ...] = ()
    hints: PositionHints = NO_HINTS


@dataclass(frozen=True)
class SeaDetector(Detector):
    """A detector over vessel positions.

    Args:
        ports: whether it finds nothing without ports, finds less that is of use, or takes no notice of them.
    """

    ports: Literal["needed", "used", "unused"] = "used"


@dataclass(frozen=True)
class DetectedAtSea(Detected):
    """What a detector found in vessel positions.

    Args:
        reading: what was left out of files that had to be read first; None where there was none.
    """

    reading: Reading | None

    def layers(self, findings: Sequence[Row]) -> Sequence[Layer]:
        """The ways of the ships."""
        return [tracks_layer(self.engine, findings)]


@dataclass(frozen=True)
class Sea:
    """Positions and ports in an engine, before any detector has run.

    Args:
        reading: as in `DetectedAtSea`.
        simulated: whether any of the positions is simulated.
        later: how many positions were left out, as they were heard after the last day that counts.
    """

    engine: Engine
    reading: Reading | None
    simulated: bool
    later: int = 0


@dataclass(frozen=True)
class _Positions:
    """How many positions there are, and how many of them were heard later than asked."""

    n: int
    later: int


@contextmanager
def opened_sea(
    positions: Sequence[Path],
    ports: Sequence[PortPlace],
    engine_url: str,
    memory_mb: int | None,
    now: dt.datetime,
    doing: Callable[[str], None] = lambda _: None,
    as_of: dt.date | None = None,
    hints: PositionHints = NO_HINTS,
) -> Iterator[Sea]:
    """Bring positions and ports to an engine, and hold it open.

    Args:
        positions, engine_url, memory_mb: as in `DetectorInputs`.
        now: the time, UTC; positions of a later day are left out.
        doing: told in words what is being done.
        as_of: the last day whose positions count; all count where None.
        hints: as in `DetectorInputs`.

    Raises: ProblemsError where no position is left. EngineError.
    """
    with scratch_folder("detect") as folder, ExitStack() as opened:

        def told(file: str, done: int, of: int) -> None:
            doing(f"reading {file}" + (f": {done / of:.0%}" if of else ""))

        def new_engine() -> Engine:
            engine = open_engine(engine_url, memory_mb)
            opened.callback(engine.close)
            return engine

        doing("reading positions")
        sea = _sea(positions, folder, new_engine, now, hints, told)
        put_ports(sea.engine, ports)
        later = _behind_wall(sea.engine, as_of) if as_of else 0
        yield dataclasses.replace(sea, later=later)


def _sea(
    positions: Sequence[Path],
    folder: Path,
    new_engine: Callable[[], Engine],
    now: dt.datetime,
    hints: PositionHints,
    progress: FileProgress,
) -> Sea:
    """The table `positions` in an engine: of tidy files, of files looked up where they are, or of one made of them."""
    engine = new_engine()
    tidy = [file for file in positions if _is_ours(engine, file)]
    if not tidy and engine.reads_here and are_packed(positions):
        held = _held(engine, positions, folder, now, hints)
        if held is not None:
            return Sea(engine, held, held.simulated)
        engine = new_engine()
    tables, read = _tables(positions, tidy, folder, now, hints, progress)
    engine.scan("positions", tables)
    return Sea(engine, read, any(engine.labels(table).get("simulated") == "true" for table in {*tables, *tidy}))


def _held(
    engine: Engine, positions: Sequence[Path], folder: Path, now: dt.datetime, hints: PositionHints
) -> Reading | None:
    """Files of Parquet looked up where they are; None where they must be read row by row."""
    files = [PositionFile(file, str(file), "parquet") for file in positions]
    try:
        return hold_positions(engine, files, folder, now, PositionsFound(hints=hints))
    except UnreadableFileError:
        return None


def _behind_wall(engine: Engine, as_of: dt.date) -> int:
    """Leave out positions that were heard after a day; how many. Raises ProblemsError where none is left."""
    heard = f"t < timestamp '{day_after(as_of)}'"
    sql = f"select count(*) as n, count(*) filter (where not ({heard})) as later from positions"  # noqa: S608 - a day
    (positions,) = typed(engine.inspect(sql), _Positions)
    if positions.later == positions.n:
        raise ProblemsError(
            [
                Problem(
                    Place("--positions"),
                    got=f"no position until {as_of}, the case's day",
                    expected="vessel positions",
                    fix="Give earlier ones, or move as_of.",
                    slug="positions-none",
                )
            ]
        )
    if positions.later:
        engine.narrow("positions", heard)
    return positions.later


@contextmanager
def detected(
    inputs: DetectorInputs,
    detector: SeaDetector,
    now: dt.datetime,
    doing: Callable[[str], None] = lambda _: None,
) -> Iterator[DetectedAtSea]:
    """Bring the inputs to an engine, run a detector, and hold the engine open while its findings are used.

    Args:
        now: the time, UTC; positions of a later day are left out.
        doing: told in words what is being done.

    Raises: ProblemsError where no position is left. EngineError.
    """
    lacking = [_no_ports(detector)] if not inputs.ports and detector.ports != "unused" else []
    if lacking and detector.ports == "needed":
        raise ProblemsError(lacking)
    given = (*inputs.positions, *inputs.beside)
    with opened_sea(
        inputs.positions, inputs.ports, inputs.engine, inputs.memory_mb, now, doing, hints=inputs.hints
    ) as sea:
        doing(f"looking for {detector.found[1]}")
        detector.find(sea.engine)
        provenance = Provenance(
            detector.name,
            dataclasses.asdict(detector.levers),
            hashes_by_name([f for f in given if f.is_file()]),
            sea.simulated,
            sea.engine.versions,
        )
        notes = (*(sea.reading.notes if sea.reading else ()), *lacking)
        yield DetectedAtSea(sea.engine, detector, provenance, notes, sea.reading)


def open_gaps(found: DetectedAtSea) -> int:
    """How many of the gaps found have no end; 0 of another detector."""
    if "state" not in found.detector.columns:
        return 0
    (gaps,) = typed(found.engine.rows("select count(*) as n from gaps where state = 'open'"), _Unended)
    return gaps.n


@dataclass(frozen=True)
class _Unended:
    """How many gaps are open."""

    n: int


def _tables(
    files: Sequence[Path],
    tidy: list[Path],
    folder: Path,
    now: dt.datetime,
    hints: PositionHints,
    progress: FileProgress,
) -> tuple[list[Path], Reading | None]:
    """Files that hold tidy positions, each position once.

    Those given, where they are all tidy and none is of the time of another; else one made of them all, for a position
    may lie in several, and what a ship says of itself in another than its positions.
    """
    if len(tidy) == len(files) and not overlap_in_time(tidy, open_engine):
        return tidy, None
    made = folder / "positions.parquet"
    return [made], read_positions(files, made, open_engine, now, progress, hints)


def _is_ours(engine: Engine, file: Path) -> bool:
    """Whether we wrote a file: its rows have been checked, and its columns are ours."""
    try:
        return (
            file.suffix.lower() == ".parquet"
            and dict(engine.parquet_columns(file)) == dict(POSITION_COLUMNS)
            and engine.labels(file).get("made by") in MADE_BY
        )
    except EngineError:
        return False


def _no_ports(detector: SeaDetector) -> Problem:
    if detector.ports == "needed":
        return Problem(
            Place("--ports, --case"),
            got="no ports",
            expected="the ports at which ships may call",
            fix=f"Without them there are no {detector.found[1]}.",
            slug="ports-none",
        )
    return Problem(
        Place("--ports, --case"),
        got="no ports",
        expected="the ports and anchorages of the region",
        fix="Without them, what happens in a port is reported as if at sea.",
        slug="ports-none",
        severity="warning",
    )
