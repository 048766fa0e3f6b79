"""`tumen identities`: who protected sources are, in an encrypted file that nothing else opens."""

from __future__ import annotations

from pathlib import Path

import click

from tumen.commands.saying import say
from tumen.counting import counted


@click.group(short_help="Keep who protected sources are in an encrypted file.")
def identities() -> None:
    """Keep who protected sources are in an encrypted file of its own, which no run opens."""


_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
_PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PATH",
    help="Read the passphrase from the first line of this file instead of asking for it.",
)


@identities.command("show")
@_FILE
@_PASSPHRASE
def show_identities(file: Path, passphrase_file: Path | None) -> None:
    """Print the identities in FILE."""
    from tumen.record.identities import read_identities

    for source, who in read_identities(file, _passphrase(passphrase_file)).items():
        say(f"{source}: {who}")


@identities.command("add")
@_FILE
@_PASSPHRASE
@click.option("--replace", is_flag=True, help="Replace the identity that FILE already has for the source.")
def add_asked_identity(file: Path, passphrase_file: Path | None, replace: bool) -> None:
    """Ask for the id of a source and who it is, and add both to FILE, which is made if it is missing."""
    from tumen.record.identities import add_identity as add
    from tumen.record.identities import read_identities, refuse_repeated

    known = file.exists()
    passphrase = _passphrase(passphrase_file, new=not known)
    held = read_identities(file, passphrase) if known else {}
    source = click.prompt("Id of the source", err=True).strip()
    if not replace:
        refuse_repeated(file, source, held)
    who = click.prompt("Who it is", err=True).strip()
    say(f"{file} holds {_identities(add(file, source, who, passphrase, replace))}.")


@identities.command("check")
@_FILE
@_PASSPHRASE
def check_identities(file: Path, passphrase_file: Path | None) -> None:
    """Check that FILE is whole and opens, and say how many identities it holds."""
    from tumen.record.identities import read_identities

    say(f"{file} opens and holds {_identities(len(read_identities(file, _passphrase(passphrase_file))))}.")


def _identities(number: int) -> str:
    return counted(number, "identity", "identities")


def _passphrase(file: Path | None, new: bool = False) -> str:
    """The passphrase, from a file or asked for without showing it; a new one is asked for twice."""
    from tumen.errors import IdentitiesError

    if file is None:
        return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
    try:
        with file.open(encoding="utf-8", errors="surrogateescape") as stream:
            return stream.readline().rstrip("\r\n")
    except OSError as error:
        raise IdentitiesError(
            f"{file}: got {(error.strerror or 'no answer').lower()}; expected a file with the passphrase. "
            "Correct the path. [identities-passphrase]"
        ) from error
