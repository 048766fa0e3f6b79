"""The verdicts as a table on a terminal; plain text when piped."""

from __future__ import annotations

from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tumen.errors import visible
from tumen.judge.chance import sides
from tumen.judge.movable import BOUNDS, ERRORS
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import SpecificationVerdict, Summary, Verdict
from tumen.measure.estimate import Estimate
from tumen.report.first_sight import STYLE, first_sight
from tumen.report.plain_words import banner, beyond, capital, likelihood, loud, printed_anew, reach, tipping_sentence
from tumen.report.since import since_lines
from tumen.run import Evaluation


def print_table(evaluation: Evaluation, stream: IO[str]) -> None:
    """Print every verdict, then what would overturn those that could be measured."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False, width=None if stream.isatty() else 124)
    with console.capture() as shown:  # what the stream does not take is for whoever opened it
        _print(evaluation, console)
    stream.write(shown.get())


def print_first_sight(evaluation: Evaluation, stream: IO[str], brief: bool = False) -> None:
    """Print a screen: how the claims stand, what changed, what is nearest to overturning a verdict.

    Args:
        brief: the totals and the verdicts that changed alone.
    """
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    with console.capture() as shown:
        for line in first_sight(evaluation, console.width, brief):
            console.print(line)
    stream.write("".join(f"{line.rstrip()}\n" for line in shown.get().splitlines()))


def _print(evaluation: Evaluation, console: Console) -> None:
    header = evaluation.case.header
    console.print(Text(visible(header.title), style="bold"))
    console.print(
        f"{visible(header.citation.author)}, {visible(header.citation.title)} ({header.citation.published.year}), "
        f"as of {header.as_of}"
    )
    if later := beyond(evaluation.left_out):
        console.print(f"Left out, as it happened or became known later: {later}.")
    if anew := printed_anew(evaluation.left_out):
        console.print(f"Left out, as its publisher had printed it anew by then: {anew}.")
    if said := banner(evaluation):
        console.print(Text(loud(said), style="bold reverse"))
    console.print(_verdicts(evaluation.verdicts))
    for line in since_lines(evaluation.since) if evaluation.since else ():
        console.print(Text(visible(line)))
    for verdict in evaluation.verdicts:
        first = evaluation.kinds.cautions(verdict, evaluation)
        for line in (*first, *_simulated(verdict, evaluation), *notable(verdict)):
            console.print(Text(f"{visible(verdict.claim.id)}: ", style="bold") + Text(visible(line)))


def _simulated(verdict: Verdict, evaluation: Evaluation) -> list[str]:
    """That a verdict of a case of observed data rests on simulated positions, too."""
    what = evaluation.simulated_behind(verdict.estimate.used) if verdict.estimate else ""
    return [f"Rests in part on simulated {what}, which were not observed."] if what else []


def _verdicts(verdicts: tuple[Verdict, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, justify in (
        ("claim", "left"),
        ("verdict", "left"),
        ("P", "right"),
        ("in words", "left"),
        ("confidence", "left"),
        ("estimate (central 90 per cent)", "left"),
    ):
        table.add_column(name, justify=justify, no_wrap=name in ("claim", "P"))  # type: ignore[arg-type]
    for verdict in verdicts:
        certain = verdict.confidence.level if verdict.confidence else "—"
        table.add_row(
            visible(verdict.claim.id),
            Text(verdict.outcome, style=STYLE[verdict.outcome]),
            likelihood(verdict.chance),
            verdict.words or "—",
            certain,
            visible(interval(verdict)),
        )
    return table


def interval(verdict: Verdict) -> str:
    """Median and central 90 per cent with the unit said once; the medians' range where ways to count are far apart."""
    estimate = verdict.estimate
    if estimate is None or not verdict.headlines:
        return "—"
    if len(verdict.headlines) == 1:
        return _said(verdict.summary, estimate)
    medians = sorted(one.summary.median for one in verdict.headlines if one.summary.median is not None)
    return f"{estimate.unit.number(medians[0])} to {estimate.unit.said(medians[-1])}, as counted"


def headlines(verdict: Verdict) -> list[str]:
    """Each estimate with the options that it stands for, where there is more than one."""
    if verdict.estimate is None or len(verdict.headlines) < 2:
        return []
    return [f"{_said(one.summary, verdict.estimate)} with “{one.under}”" for one in verdict.headlines]


def _said(summary: Summary, estimate: Estimate) -> str:
    unit = estimate.unit
    if summary.median is None or summary.low is None or summary.high is None:
        return "—"
    return f"{unit.said(summary.median)} ({unit.number(summary.low)} to {unit.number(summary.high)})"


def middle(item: SpecificationVerdict, estimate: Estimate | None) -> str:
    """The median under one way to count, with its unit."""
    return "—" if item.summary.median is None or estimate is None else estimate.unit.said(item.summary.median)


def sentences_beside(verdict: Verdict) -> list[str]:
    """What a measure says must be read with the verdict, as sentences; each way to count names itself where there are
    several.
    """
    several = len(verdict.specifications) > 1
    return [
        f"{capital(note)}{f' (“{s.run.label}”)' if several else ''}."
        for s in verdict.specifications
        for note in s.run.beside
    ]


def notable(verdict: Verdict) -> list[str]:
    """What a reader must know beside the verdict: what it depends on, what would overturn it, what is missing."""
    if verdict.outcome == "not measured yet":
        return []
    lines = [*ways_and_peers(verdict), *reach(verdict.times), *(f"Missing: {m}." for m in verdict.missing)]
    lines += sentences_beside(verdict)
    found = [p for p in tipping(verdict) if p.specification is None] or tipping(verdict)
    lines += list(dict.fromkeys(capital(tipping_sentence(p, verdict)) for p in found))[:4]
    if verdict.tipping_points and not found:
        lines.append("Nothing that can be moved changes it within its range.")
    return lines


def ways_and_peers(verdict: Verdict) -> list[str]:
    """How ways to count stand to each other, and comparable units to the bound, as sentences."""
    lines = []
    if verdict.outcome == "depends":
        parts = [f"{s.outcome} with “{s.run.label}”" for s in verdict.specifications if s.chance]
        lines.append(f"It depends on {' and '.join(verdict.depends_on)}: {', '.join(parts)}.")
    if verdict.claim.holds.outside:
        lines += [_sides(s, verdict.claim.holds.outside) for s in verdict.specifications if s.run.draws.size]
    return [*lines, *([f"{capital(verdict.reference.sentence)}."] if verdict.reference else [])]


def _sides(item: SpecificationVerdict, bounds: tuple[float, float]) -> str:
    below, within, above = (f"{100 * share:.0f}" for share in sides(item.run.draws, bounds))
    return f"{below} per cent likely below, {within} within, {above} above (“{item.run.label}”)."


def tipping(verdict: Verdict) -> list[TippingPoint]:
    """The tipping points to read first: errors at which the verdict changes, levers at one half, bounds up to which it
    holds.
    """
    wanted = {ERRORS.name: "verdict", **dict.fromkeys(BOUNDS, "verdict")}
    return [p for p in verdict.tipping_points if p.value is not None and p.crossing == wanted.get(p.lever, "one half")]
