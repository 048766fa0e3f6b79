"""`tumen detect`: detectors over vessel positions, each a command that takes the same inputs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tumen.commands.options import ENGINE, files_of
from tumen.commands.progress import spinner

if TYPE_CHECKING:
    from tumen.evasion.detecting import Detector, Inputs


@click.group()
def detect() -> None:
    """Find in vessel positions what ships would rather hide.

    Positions are files as `tumen import ais` reads or writes them.
    """


_SHARED = (
    click.option("--positions", required=True, multiple=True, metavar="GLOB",
                 help="Files of vessel positions; may be given several times."),
    click.option("--ports", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                 help="Ports and anchorages: a CSV file with name, lon, lat, kind and focal."),
    click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                 help="What to write: .parquet, .csv or .geojson."),
    ENGINE,
    click.option("--memory-mb", type=click.IntRange(200), metavar="MB",
                 help="What the engine may hold in memory; the rest goes to disk.  [default: the engine's own]"),
)  # fmt: skip


def with_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all detectors share, handed to a command as `inputs` and `out`."""

    @functools.wraps(command)
    def call(
        positions: tuple[str, ...], ports: Path | None, out: Path, engine: str, memory_mb: int | None, **levers: Any
    ) -> None:
        from tumen.evasion.detecting import Inputs

        return command(inputs=Inputs(files_of(positions), engine, ports, memory_mb), out=out, **levers)

    for option in reversed(_SHARED):
        call = option(call)
    return call


def write_found(inputs: Inputs, detector: Detector, out: Path) -> None:
    """Run a detector and write what it finds, saying what was left out on the way."""
    import datetime as dt

    from tumen.commands.import_ais import left_out
    from tumen.errors import visible
    from tumen.evasion.detecting import detected
    from tumen.report.findings import check_target, write_findings

    check_target(out)
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    with spinner("reading positions") as doing, detected(inputs, detector, now, doing) as found:
        doing("writing")
        number, written = write_findings(found, out)
    for note in found.notes:
        click.echo(f"warning: {note}", err=True)
    if found.reading:
        click.echo(left_out(found.reading))
    simulated = " The positions are simulated." if found.provenance.simulated else ""
    click.echo(visible(f"{number:,} {detector.name} in {', '.join(map(str, written))}.{simulated}"))


def _lever(name: str, low: float, high: float, default: float, meaning: str) -> Callable[..., Any]:
    """An option for a number of a detector's."""
    return click.option(name, type=click.FloatRange(low, high), default=default, show_default=True, help=meaning)


@detect.command("encounters")
@with_inputs
@_lever("--distance-m", 10, 5000, 500, "Two ships within this are together.")
@_lever("--hours", 0.1, 240, 2, "For at least this long.")
@_lever("--slower-kn", 0.1, 30, 2, "At a median speed below this.")
@_lever("--port-km", 0, 500, 10, "At least this far from every port and anchorage.")
@_lever("--leg-h", 0.1, 24, 1, "A ship goes straight between positions no further apart in time.")
@_lever("--silence-h", 0, 24, 6, "A longer silence ends an encounter.")
@_lever("--bridge-kn", 0.1, 30, 2, "So does one in which a ship must have been faster.")
@_lever("--excursion-h", 0, 1, 0.25, "Being out of the distance for no longer ends none.")
def detect_encounters(inputs: Inputs, out: Path, **levers: float) -> None:
    """Two ships that lie beside each other for hours, away from ports.

    Times bridged over a ship's silence are told apart from times observed.
    """
    from tumen.evasion.encounters import EncounterLevers, encounters

    write_found(inputs, encounters(EncounterLevers(**levers)), out)


_GAP_LEVERS = (
    _lever("--min-gap-h", 0.5, 2400, 12, "The shortest silence that is a gap."),
    _lever("--before-h", 1, 240, 12, "How long before and after its start reception is looked at."),
    _lever("--enough-before", 1, 100000, 14, "Messages of the ship before it from which it was heard well."),
    _lever("--max-speed-kn", 1, 100, 25, "Who must have been faster meanwhile is another ship."),
    _lever("--port-km", 0, 500, 10, "How near a port a gap begins there."),
)


def _gap_levers(command: Callable[..., None]) -> Callable[..., None]:
    """The options of all that is found in gaps."""
    for option in reversed(_GAP_LEVERS):
        command = option(command)
    return command


@detect.command("gaps")
@with_inputs
@_gap_levers
def detect_gaps(inputs: Inputs, out: Path, **levers: float) -> None:
    """Silences of ships, and how well they were heard before."""
    from tumen.evasion.gaps import GapLevers, gaps

    write_found(inputs, gaps(GapLevers(**levers)), out)


@detect.command("feasible-calls")
@with_inputs
@_gap_levers
@_lever("--most-kn", 1, 60, 15, "The fastest that a ship is taken to sail.")
@_lever("--stay-h", 0, 240, 0, "How long it lay in port at least.")
def detect_feasible_calls(inputs: Inputs, out: Path, **levers: float) -> None:
    """Ports of the focal state that ships could have called at while silent.

    One row for each gap and port. Distances are by sea; they need the extra `sea`.
    """
    from tumen.evasion.feasible_calls import FeasibleLevers, feasible_calls

    write_found(inputs, feasible_calls(FeasibleLevers(**levers)), out)


@detect.command("loitering")
@with_inputs
@_lever("--max-speed-kn", 0.1, 20, 2, "Every leg is slower than this.")
@_lever("--min-duration-h", 0.5, 2400, 4, "For at least this long.")
@_lever("--min-shore-nm", 0, 60, 20, "Further than this from shore.")
@_lever("--step-min", 1, 120, 10, "Positions are taken so far apart.")
@_lever("--max-silence-h", 0.5, 48, 6, "A longer silence ends it.")
def detect_loitering(inputs: Inputs, out: Path, **levers: float) -> None:
    """Ships that lie or drift for hours, far from shore."""
    from tumen.evasion.loitering import LoiteringLevers, loitering

    write_found(inputs, loitering(LoiteringLevers(**levers)), out)


@detect.command("port-calls")
@with_inputs
@_lever("--entry-km", 0.1, 50, 3, "A ship comes in where it is so near a port.")
@_lever("--exit-km", 0.1, 50, 4, "It has left where it is further away.")
@_lever("--stop-kn", 0.05, 5, 0.2, "It stops where it is slower than this.")
@_lever("--go-kn", 0.05, 10, 0.5, "It goes on where it is faster than this.")
@_lever("--dark-h", 0.5, 2400, 4, "The shortest silence that is told of.")
@_lever("--max-speed-kn", 1, 100, 25, "Who must have been faster in a silence is another ship.")
def detect_port_calls(inputs: Inputs, out: Path, **levers: float) -> None:
    """Calls of ships at ports, and whether they went dark there."""
    from tumen.evasion.port_calls import PortCallLevers, port_calls

    for low, high in (("entry_km", "exit_km"), ("stop_kn", "go_kn")):
        if levers[low] > levers[high]:
            names = [f"--{name.replace('_', '-')}" for name in (low, high)]
            raise click.UsageError(f"{names[0]} {levers[low]:g} is above {names[1]} {levers[high]:g}; it may not be.")
    write_found(inputs, port_calls(PortCallLevers(**levers)), out)


@detect.command("identity")
@with_inputs
@click.option(
    "--listed",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Vessels to look for: a CSV file with name, imo and, where known, id and flag.",
)
@_lever("--least-messages", 1, 100000, 2, "A name or number in fewer messages is taken for a fault.")
@_lever("--gap-days", 0, 365, 7, "How near a silence a change is told of.")
@_lever("--min-gap-h", 0.5, 2400, 12, "The shortest silence that is one.")
@_lever("--least-score", 50, 100, 90, "How alike a name must be to a listed one, of 100.")
def detect_identity(inputs: Inputs, out: Path, listed: Path | None, **levers: float) -> None:
    """Ships that are not who they say, and whom on a list they may be.

    With --listed it needs the extra `ais`. A name like a listed one is no proof; its score is told.
    """
    import dataclasses

    from tumen.evasion.identity import IdentityLevers, identity
    from tumen.evasion.listed import read_listed

    vessels = read_listed(listed) if listed else ()
    beside = dataclasses.replace(inputs, beside=(listed,) if listed else ())
    write_found(beside, identity(IdentityLevers(**levers), vessels), out)
