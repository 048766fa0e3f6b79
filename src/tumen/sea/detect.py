"""`tumen detect`: detectors over vessel positions, each a command that takes the same inputs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tumen.ais.position_options import hint_options, hints_of
from tumen.commands.options import ENGINE, MEMORY_MB, files_matching
from tumen.commands.progress import spinner
from tumen.commands.saying import say
from tumen.detect.levers import DetectorLever, disordered, levers_of
from tumen.sea.sea_levers import (
    ORDERED,
    EncounterLevers,
    FeasibleLevers,
    GapLevers,
    IdentityLevers,
    LoiteringLevers,
    PortCallLevers,
)

if TYPE_CHECKING:
    from tumen.sea.detecting import DetectorInputs, SeaDetector


_SHARED = (
    click.option(
        "--positions",
        required=True,
        multiple=True,
        metavar="GLOB",
        help="Files, folders or archives of vessel positions; may be given several times.",
    ),
    click.option(
        "--ports",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Ports and anchorages: a CSV file with name, lon, lat, kind and focal.",
    ),
    click.option("--case", metavar="CASE", help="Case folder to take ports and designated vessels from."),
    click.option(
        "--out",
        required=True,
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="File to write: .parquet, .csv, .geojson or .gpkg.",
    ),
    ENGINE,
    MEMORY_MB,
)


_LISTED = click.option(
    "--listed",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Vessels to look for: a list as published, or a table with name, imo, mmsi, aliases or flag.",
)


def detector_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all detectors share, handed to a command as `inputs` and `out`."""

    @functools.wraps(command)
    def call(
        positions: tuple[str, ...],
        ports: Path | None,
        case: str | None,
        out: Path,
        engine: str,
        memory_mb: int | None,
        listed: Path | None = None,
        **levers: Any,
    ) -> None:
        from tumen.sea.detect_given import given

        hints = hints_of(levers)
        return command(
            inputs=given(files_matching("positions", positions), engine, memory_mb, ports, listed, case, hints),
            out=out,
            **levers,
        )

    for option in reversed((*_SHARED, hint_options)):
        call = option(call)
    return call


def write_found(inputs: DetectorInputs, detector: SeaDetector, out: Path) -> None:
    """Run a detector and write what it finds, saying what was left out on the way."""
    import datetime as dt

    from tumen.ais.reading_told import positions_left_out, unknown_told
    from tumen.detect.findings_writing import check_target, write_findings
    from tumen.sea.detecting import detected, open_gaps

    check_target(out)
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    with spinner("reading positions") as doing, detected(inputs, detector, now, doing) as found:
        doing("writing")
        number, written = write_findings(found, out, now)
        unended = open_gaps(found)
    for note in found.notes:
        say(f"warning: {note}", err=True)
    if found.reading:
        say("\n".join([positions_left_out(found.reading), *unknown_told(found.reading.columns)]))
    simulated = " The positions are simulated." if found.provenance.simulated else ""
    called = detector.found[number != 1]
    not_ended = f" {unended:,} open: the ship was not heard again." if unended else ""
    say(f"{number:,} {called} in {', '.join(map(str, written))}.{not_ended}{simulated}")


def with_levers(kind: type[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Options for the levers of a detector, handed to a command as one object, `levers`."""

    def wrapped(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def call(**given: Any) -> None:
            values = {lever.name: given.pop(lever.name) for lever in levers_of(kind)}
            for low, high in disordered(values, ORDERED):
                named = [f"--{name.replace('_', '-')} {values[name]:g}" for name in (low, high)]
                raise click.UsageError(f"{named[0]} must not be above {named[1]}.")
            return command(levers=kind(**values), **given)

        for lever in reversed(levers_of(kind)):
            call = _option(lever)(call)
        return call

    return wrapped


def _option(lever: DetectorLever) -> Callable[..., Any]:
    """The option of a lever."""
    default = int(lever.default) if lever.default.is_integer() else lever.default
    return click.option(
        f"--{lever.name.replace('_', '-')}",
        type=click.FloatRange(lever.low, lever.high),
        default=default,
        show_default=True,
        help=lever.meaning,
    )


@click.command("encounters")
@detector_options
@_LISTED
@with_levers(EncounterLevers)
def detect_encounters(inputs: DetectorInputs, out: Path, levers: EncounterLevers) -> None:
    """Find two ships that lie beside each other for hours, away from ports.

    The result says how much of that time was observed; the rest lies in silences that were bridged. Both ships have
    their name, IMO number, type and flag, and the listed vessel that they may be.
    """
    from tumen.sea.encounters.named_encounters import named_encounters

    write_found(inputs, named_encounters(levers, inputs.known), out)


@click.command("gaps")
@detector_options
@with_levers(GapLevers)
def detect_gaps(inputs: DetectorInputs, out: Path, levers: GapLevers) -> None:
    """Find silences of ships, and say how well each ship was heard before.

    A ship that is not heard again until the positions end has an open gap, without an end.
    """
    from tumen.sea.gaps.gaps import gaps

    write_found(inputs, gaps(levers, and_open=True), out)


@click.command("feasible-calls")
@detector_options
@with_levers(FeasibleLevers)
def detect_feasible_calls(inputs: DetectorInputs, out: Path, levers: FeasibleLevers) -> None:
    """Find ports of the focal state that ships could have called at while silent.

    The result has one row for each silence and port. Distances are by sea.
    """
    from tumen.sea.calls.feasible_calls import feasible_calls

    write_found(inputs, feasible_calls(levers), out)


@click.command("loitering")
@detector_options
@with_levers(LoiteringLevers)
def detect_loitering(inputs: DetectorInputs, out: Path, levers: LoiteringLevers) -> None:
    """Find ships that lie or drift for hours, far from shore."""
    from tumen.sea.loitering.loitering import loitering

    write_found(inputs, loitering(levers), out)


@click.command("port-calls")
@detector_options
@with_levers(PortCallLevers)
def detect_port_calls(inputs: DetectorInputs, out: Path, levers: PortCallLevers) -> None:
    """Find calls of ships at ports, and say whether the ships went dark there."""
    from tumen.sea.calls.port_calls import port_calls

    write_found(inputs, port_calls(levers), out)


@click.command("identity")
@detector_options
@_LISTED
@with_levers(IdentityLevers)
def detect_identity(inputs: DetectorInputs, out: Path, levers: IdentityLevers) -> None:
    """Find ships that are not who they say, and the listed vessels that they may be.

    A name like a listed one is no proof; the result gives a score.
    """
    from tumen.sea.identity.identity import identity

    write_found(inputs, identity(levers, inputs.known), out)


DETECTORS = (
    detect_encounters,
    detect_gaps,
    detect_feasible_calls,
    detect_loitering,
    detect_port_calls,
    detect_identity,
)
