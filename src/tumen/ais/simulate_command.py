"""`tumen simulate`: worlds with known truth, to try the detectors on."""

from __future__ import annotations

from pathlib import Path

import click

from tumen.commands.saying import say
from tumen.counting import counted


@click.group("simulate", short_help="Make simulated worlds whose truth is known.")
def simulate_group() -> None:
    """Make simulated worlds whose truth is known; what they write is labelled simulated."""


@simulate_group.command("ais")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder to write the positions and the truth to.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Random seed.")
@click.option("--days", type=click.FloatRange(1, 400), default=5, show_default=True, help="Days that the world lasts.")
@click.option("--vessels", type=click.IntRange(20, 6000), default=300, show_default=True, help="Number of ships.")
@click.option(
    "--step-s", type=click.FloatRange(5, 600), default=120, show_default=True, help="Seconds between a ship's messages."
)
def simulate_ais(out: Path, seed: int, days: float, vessels: int, step_s: float) -> None:
    """Simulate vessel positions with transfers, decoys, dark calls and identity swaps, and write the truth beside."""
    from tumen.ais.simulate.simulate import simulate as make
    from tumen.ais.simulate.simulate import write
    from tumen.engine.backends import open_engine

    engine = open_engine()
    try:
        world = make(seed, days, vessels, step_s)
        written = write(world, out, engine, seed)
    finally:
        engine.close()
    transfers = sum(1 for meeting in world.meetings if meeting.kind == "transfer")
    say(
        f"Simulated {counted(len(world.ships), 'vessel')} over {counted(days, 'day')}: "
        f"{counted(transfers, 'transfer')}, {counted(len(world.meetings) - transfers, 'decoy')}, "
        f"{counted(len(world.dark_calls), 'dark call')}."
    )
    for path in written:
        say(f"Wrote {path}")


COMMANDS = (simulate_group,)
