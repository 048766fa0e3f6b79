"""`tumen simulate`: worlds with known truth, to try the detectors on."""

from __future__ import annotations

from pathlib import Path

import click

from tumen.commands.saying import say


@click.group()
def simulate() -> None:
    """Make worlds with known truth. What they write is labelled simulated."""


@simulate.command("ais")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to write the positions and the truth.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of every draw.")
@click.option("--days", type=click.FloatRange(1, 400), default=5, show_default=True, help="How long the world lasts.")
@click.option("--vessels", type=click.IntRange(20, 6000), default=300, show_default=True, help="How many ships.")
@click.option(
    "--step-s", type=click.FloatRange(5, 600), default=120, show_default=True, help="Seconds between a ship's messages."
)
def simulate_ais(out: Path, seed: int, days: float, vessels: int, step_s: float) -> None:
    """Simulated vessel positions with transfers, decoys, dark calls and identity swaps, and the truth beside them."""
    from tumen.engine import open_engine
    from tumen.evasion.simulate.simulate import simulate as make
    from tumen.evasion.simulate.simulate import write

    engine = open_engine()
    try:
        world = make(seed, days, vessels, step_s)
        written = write(world, out, engine, seed)
    finally:
        engine.close()
    transfers = sum(1 for meeting in world.meetings if meeting.kind == "transfer")
    say(
        f"Simulated {len(world.ships)} vessels over {days:g} days: {transfers} transfers, "
        f"{len(world.meetings) - transfers} decoys, {len(world.dark_calls)} dark calls."
    )
    for path in written:
        say(f"Wrote {path}")
