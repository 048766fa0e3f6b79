"""The command line. Parses, calls, prints; every answer comes from the rooms."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from tumen.budgets import Budgets
from tumen.commands.checking import check_command
from tumen.commands.failing import out_of_memory, too_little, unwritten
from tumen.commands.groups import KindsGroup, detect, export, imports
from tumen.commands.identities_command import identities
from tumen.commands.new_edition import new_edition
from tumen.commands.options import (
    ALLOW,
    AS_OF,
    ENGINE,
    MAX_MB,
    MAX_ROWS,
    PLUGINS,
    files_matching,
    folder_of,
    raw_options,
)
from tumen.commands.progress import spinner
from tumen.commands.runs import runs
from tumen.commands.saying import ready, say, say_no_more, saying
from tumen.errors import visible
from tumen.kinds import kinds
from tumen.process import allowed_mb, collect_rarely, leave_no_core, spare_memory
from tumen.version import __version__

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tumen.errors import Problem
    from tumen.run import Evaluation


class CommandLine(KindsGroup):
    """A group that turns our errors into messages and exit code 2, and a bug into one line and code 1.

    What an unexpected exception says may hold values of the case, so only its class is named.
    """

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line, with streams that take whatever is said and no core where it dies."""
        leave_no_core()
        spare_memory()
        collect_rarely()
        ready()
        try:
            return super().main(*args, **options)
        except OSError as error:
            if (told := unwritten(error)) is None:
                raise
            say_no_more()
            say(told, err=True)
            raise SystemExit(2) from None

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the options of the group itself."""
        try:
            return super().make_context(*args, **options)
        except click.ClickException as error:
            raise _visible(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what went wrong is said on standard error."""
        from tumen.errors import TumenError

        try:
            if told := too_little():
                raise TumenError(told)
            return super().invoke(ctx)
        except TumenError as error:
            say((allowed_mb() and out_of_memory(error)) or str(error), err=True)
            ctx.exit(2)
        except click.ClickException as error:
            raise _visible(error) from None
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, BrokenPipeError):
                raise  # the reader of our output has left
            if told := out_of_memory(error) or unwritten(error):
                say_no_more()
                say(told, err=True)
                ctx.exit(2)
            if ctx.params.get("debug"):
                say("".join(traceback.format_tb(error.__traceback__)), err=True, nl=False)
            say(
                f"{type(error).__name__}: this is a bug: please report it. `tumen --debug …` shows where; it shows no "
                "values. [bug]",
                err=True,
            )
            ctx.exit(1)


def _visible(error: click.ClickException) -> click.ClickException:
    """An error of a command's words, which may hold a stranger's, made visible."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    said = visible(error.format_message())
    return click.UsageError(said, error.ctx) if isinstance(error, click.UsageError) else click.ClickException(said)


@click.group(
    cls=CommandLine, brought=lambda kind: kind.commands, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="tumen")
@click.option("--debug", is_flag=True, help="Show where in the code a bug came up.")
def main(debug: bool) -> None:
    """Keep a policy assessment live: measure its claims, say what would overturn them.

    \b
    tumen run                 run: a verdict on each claim of the bundled case
    tumen run --format html   look: the same as a page, with charts
    tumen new my-case         new: a small case of your own, ready to run
    tumen check my-case       check: every problem in it, and how to fix it
    """  # noqa: D301 - click takes the sign itself for lines to be left as they are


main.add_command(check_command)
main.add_command(detect)
main.add_command(export)
main.add_command(identities)
main.add_command(imports)
main.add_command(new_edition)
main.add_command(runs)


@main.command(short_help="Give a verdict on every claim of a case.")
@click.argument("case", required=False)
@ENGINE
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "html"]),
    default="table",
    show_default=True,
    help="Print how claims stand, print the JSON object, or also write a page that opens offline.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder to write the report, its JSON and its evidence to.",
)
@click.option("--brief", "shown", flag_value="brief", help="Print the totals and the verdicts that changed alone.")
@click.option("--verbose", "shown", flag_value="verbose", help="Print every estimate and tipping point, too.")
@click.option("--claim", metavar="ID", help="Print all there is to one claim.")
@raw_options
@AS_OF
@ALLOW
@PLUGINS
@MAX_ROWS
@MAX_MB
def run(
    case: str | None,
    engine: str,
    form: str,
    shown: str | None,
    claim: str | None,
    out: Path | None,
    as_of: dt.date | None,
    allow: tuple[Path, ...],
    plugins: bool | None,
    max_rows: int,
    max_mb: int,
    **raw: tuple[str, ...],
) -> None:
    """Give a verdict on every claim of CASE; without CASE, on those of the bundled case.

    CASE may be a stored run: what it was made of is evaluated again.
    """
    import datetime as dt

    from tumen.report import document, spreadsheet
    from tumen.runs import archive
    from tumen.writing import named_by_user, write_files

    if out:
        named_by_user(out)

    if claim and shown:
        raise click.UsageError(f"Give --claim or --{shown}, not both.")
    budgets, since = Budgets(max_rows, max_mb), not any(raw.values())
    evaluation = _evaluate(case, engine, allow, budgets, plugins, claim, raw, as_of, since)
    _known_claim(claim, evaluation)
    files = {"run.json": document.text(evaluation), "evidence.csv": spreadsheet.evidence(evaluation)}
    now = dt.datetime.now(dt.UTC)
    folder = archive.store(files, evaluation.digest, engine, now, evaluation.case.folder, made_of=evaluation.made_of)
    written = write_files(out, files) if out else []
    if form == "json":
        say(files["run.json"], nl=False)
        return
    from tumen.report.table import print_first_sight, print_table

    if form == "html":
        drawn = _page(evaluation, now.date())
        archive.add(folder, drawn)
        written += write_files(out, drawn) if out else []
    _warn(evaluation.warnings)
    with saying() as stream:
        if claim or shown == "verbose":
            print_table(evaluation, stream)
        else:
            print_first_sight(evaluation, stream, shown == "brief")
    if form == "html":
        say(f"\nReport: {next((p for p in written if p.name == 'report.html'), folder / 'report.html')}")
    say(f"Run stored in {folder}")


@main.command("explain", short_help="Trace a verdict back to its rows and sources.")
@click.argument("words", nargs=-1, required=True, metavar="[CASE] CLAIM")
@ENGINE
@raw_options
@AS_OF
@ALLOW
@PLUGINS
@MAX_ROWS
@MAX_MB
def explain_command(
    words: tuple[str, ...],
    engine: str,
    as_of: dt.date | None,
    allow: tuple[Path, ...],
    plugins: bool | None,
    max_rows: int,
    max_mb: int,
    **raw: tuple[str, ...],
) -> None:
    """Trace a verdict back to its estimate, specifications, rows and sources; without CASE, one of the bundled case.

    In place of a claim, `hypotheses` shows how the rival explanations were weighed, and `system` what the case's
    declared system came to.
    """
    from tumen.report.explain import explain as walk

    if len(words) > 2:
        raise click.UsageError("Give a claim, or a case and a claim.")
    case, wanted = (words[0], words[1]) if len(words) == 2 else (None, words[0])
    evaluation = _evaluate(case, engine, allow, Budgets(max_rows, max_mb), plugins, wanted, raw, as_of)
    part = next((p for p in evaluation.kinds.parts if p.word == wanted), None)
    if part and not evaluation.verdicts:
        say(walk(evaluation, part))
        return
    _known_claim(wanted, evaluation)
    say(walk(evaluation))


@main.command("measures")
@click.option("--long", is_flag=True, help="Show the arguments, options, levers, method, source and limits of each.")
def measures_command(long: bool) -> None:
    """List what can be measured."""
    from tumen.report.catalogue import catalogue

    say(catalogue(kinds().measures.values(), long))


@main.command(short_help="Make a small case that is ready to run.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--system", is_flag=True, help="Make one of made-up states whose moves answer each other.")
def new(folder: Path, system: bool) -> None:
    """Make a small case in DIR that is ready to run, with comments to learn from."""
    from tumen.case.new import PLAIN, SYSTEM, write_case

    write_case(folder, SYSTEM if system else PLAIN)
    say(f"Wrote a case to {folder}. Try: tumen run {folder}")


def _evaluate(
    case: str | None,
    engine: str,
    allow: tuple[Path, ...],
    budgets: Budgets,
    plugins: bool | None,
    only: str | None = None,
    raw: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    as_of: dt.date | None = None,
    since: bool = False,
) -> Evaluation:
    """Evaluate a case, saying on a terminal what is being done."""
    from tumen.run import evaluate

    folder, files = folder_of(case), {name: files_matching(name, patterns) for name, patterns in raw.items()}
    with spinner("reading the case") as progress:
        return evaluate(folder, engine, allow, progress, only, files, budgets, plugins, as_of, since)


def _known_claim(wanted: str | None, evaluation: Evaluation) -> None:
    """Refuse the id of a claim that the case has not."""
    from tumen.errors import Place, Problem, ProblemsError, did_you_mean

    if wanted and not evaluation.verdicts:
        known = [c.id for c in evaluation.case.claims]
        place, fix = Place("claims.toml"), did_you_mean(wanted, known)
        got = f"claim '{wanted}'"
        raise ProblemsError([Problem(place, got=got, expected="the id of a claim", fix=fix, slug="unknown-claim")])


def _page(evaluation: Evaluation, ran: dt.date) -> dict[str, str]:
    """The page as a file of the run."""
    from tumen.report.page import page

    with spinner("drawing the report"):
        return {"report.html": page(evaluation, ran)}


def _warn(problems: Sequence[Problem]) -> None:
    for problem in problems:
        say(f"warning: {problem}", err=True)
