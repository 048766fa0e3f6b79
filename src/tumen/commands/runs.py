"""`tumen runs`: the stored runs of a case, whether they are as they were, and which of them stay."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    from tumen.runs.archive import StoredRun


@click.command(short_help="List, verify and delete stored runs.")
@click.argument("case", required=False)
@click.option(
    "--verify",
    is_flag=True,
    help="Compare each run's files, and those it was made of, with the hashes noted when it was stored.",
)
@click.option(
    "--prune",
    type=click.IntRange(min=0),
    metavar="N",
    help="Keep the N newest runs and delete the others, with what only they were made of.",
)
@click.option("--keep", multiple=True, metavar="RUN", help="Keep this run too; may be given several times.")
def runs(case: str | None, verify: bool, prune: int | None, keep: tuple[str, ...]) -> None:
    """List the stored runs of CASE, the newest first; without CASE, those of the bundled case.

    Runs are kept in .tumen/runs, below the folder in which you give the command, with the files that they were made of.
    """
    from tumen.commands.options import folder_of
    from tumen.runs import archive
    from tumen.runs.contents import size_bytes, whole_in

    if keep and prune is None:
        raise click.UsageError("--keep says which runs stay when others are deleted; add --prune N.")
    folder = folder_of(case)
    found = archive.stored(folder)
    unknown = sorted(set(keep) - {run.folder.name for run in found})
    if unknown:
        raise click.UsageError(f"No run is called {' or '.join(unknown)}; `tumen runs` lists them.")
    shelf = archive.shelf_of(folder)
    if prune is not None:
        gone = archive.prune(found, prune, keep)
        say(f"Deleted {counted(len(gone), 'run')}, kept {len(found) - len(gone) or 'none'}.")
        _say_inputs(archive.prune_inputs(shelf))
        return
    if not found:
        say(f"No run of this case is stored in {shelf}.")
        return
    size = size_bytes(shelf)
    say(f"{counted(len(found), 'run')} in {shelf}" + (f", inputs {size / 1000:,.0f} kB" if size else ""))
    whole = whole_in(shelf) if verify else None
    spoilt = sum([_said(run, whole) for run in found])
    if verify and spoilt:
        raise click.exceptions.Exit(1)


def _say_inputs(deleted: int | None) -> None:
    """Say what became of the files that no run was made of any more.

    Args:
        deleted: how many there were; None where that cannot be known.
    """
    if deleted is None:
        say("Deleted no inputs: a run's manifest.json cannot be read, and that run may be made of any of them.")
    elif deleted:
        say(f"Deleted {counted(deleted, 'input')} that no other run was made of.")


def _said(run: StoredRun, whole: Collection[str] | None) -> bool:
    """Print a run; whether it is not as it was, where that is asked.

    Args:
        whole: names of the kept files that are as they were, where it is asked.
    """
    from tumen.runs.archive import changed

    faults = changed(run, whole) if whole is not None else []
    state = _verdicts(run) if whole is None else "changed" if faults else "as stored"
    say(f"{run.folder.name}  {run.size_bytes / 1000:,.0f} kB  {state}")
    for fault in faults:
        say(f"  {fault}")
    return bool(faults)


def _verdicts(run: StoredRun) -> str:
    """What a run said, in a few words."""
    try:
        said = json.loads((run.folder / "run.json").read_bytes())
        counts = Counter(str(claim["verdict"]) for claim in said["claims"])
        return f"as of {said['as_of']}: " + ", ".join(f"{n} {name}" for name, n in counts.most_common())
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "its run.json cannot be read"
