"""What a terminal shows first: totals, what changed, a line a claim, and what is nearest to overturning a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from tumen.counting import counted
from tumen.errors import visible
from tumen.judge.likelihood_words import Outcome
from tumen.judge.verdict import Verdict
from tumen.report.plain_words import banner, loud
from tumen.report.since import how_many_changed
from tumen.report.standing import EDITORS_WORDS, by_subject, likely, numbers, shortened, surprise
from tumen.report.tip import distance, moved_to, soonest
from tumen.run import Evaluation

#: Lines that a screen has, the last ones for where the run and its report lie.
SCREEN, SAID_AFTER = 40, 3

#: How many tipping points are shown.
NEAREST = 5

#: Columns of the verdict and of its probability.
_VERDICT, _LIKELY = 21, 13

#: How an outcome is shown on a terminal.
STYLE: Mapping[Outcome, str] = {
    "supported": "bold green",
    "contradicted": "bold red",
    "depends": "bold yellow",
    "undetermined": "yellow",
    "cannot be tested this way": "yellow",
    "not measured yet": "dim",
}


def first_sight(evaluation: Evaluation, width: int, brief: bool = False) -> list[Text]:
    """At most a screen of 40 lines with what is said after them; claims that do not fit are counted.

    Args:
        width: of a line, in columns.
        brief: the totals and the verdicts that changed alone.
    """
    lines = [*_head(evaluation), *_since(evaluation, width, "" if brief else " (*)")]
    if brief:
        return [*lines, *_flips(evaluation, width)]
    near = _nearest(evaluation, width)
    room = SCREEN - SAID_AFTER - len(near) - sum(_height(line, width) for line in lines)
    return [*lines, *_claims(evaluation, width, room), *near]


def _height(line: Text, width: int) -> int:
    return max(1, -(-line.cell_len // width))


def _head(evaluation: Evaluation) -> list[Text]:
    header, citation = evaluation.case.header, evaluation.case.header.citation
    said = banner(evaluation)
    return [
        Text(visible(header.title), style="bold"),
        Text(f"{visible(citation.author)} ({citation.published.year}), as of {header.as_of}{_left_out(evaluation)}"),
        *([Text(loud(said), style="bold reverse")] if said else []),
        Text(totals(evaluation.verdicts)),
    ]


def _left_out(evaluation: Evaluation) -> str:
    """How many rows do not count on the case's day: those that happened or became known later, and those that their
    publishers had printed anew by then.
    """
    out = evaluation.left_out.values()
    later, anew = sum(one.beyond for one in out), sum(one.revised for one in out)
    said = [*([counted(later, "later row")] if later else []), *([f"{anew:,} printed anew"] if anew else [])]
    return f"; left out: {', '.join(said)}" if said else ""


def totals(verdicts: Sequence[Verdict]) -> str:
    """How many claims stand how, in a sentence."""
    return f"{counted(len(verdicts), 'claim')}: {_stand(verdicts) or 'none'}."


def _stand(verdicts: Sequence[Verdict]) -> str:
    return ", ".join(f"{number} {said}" for _, number, said in numbers(verdicts))


def _since(evaluation: Evaluation, width: int, mark: str) -> list[Text]:
    """How many verdicts changed since the edition before, in a line or two."""
    if evaluation.since is None:
        return []
    said = f"{how_many_changed(evaluation.since)}{mark if _turned(evaluation) else ''}."
    return [Text(shortened(visible(said), 2 * width))]


def _turned(evaluation: Evaluation) -> dict[str, str]:
    """What the verdicts that changed were before, in an editor's words, by claim."""
    return {name: EDITORS_WORDS[turn.before] for name, turn in evaluation.turns.items() if turn.turned}


def _flips(evaluation: Evaluation, width: int) -> Iterator[Text]:
    """A line for each verdict that changed: from what, to what, and the claim."""
    turned = _turned(evaluation)
    for verdict in sorted(evaluation.verdicts, key=surprise):
        if verdict.claim.id in turned:
            said = f"{turned[verdict.claim.id]} → {EDITORS_WORDS[verdict.outcome]}: {visible(verdict.claim.text)}"
            yield Text(shortened(said, width))


def _claims(evaluation: Evaluation, width: int, room: int) -> list[Text]:
    """A line a claim under its subject; where there are more than fit, the least surprising are counted instead.

    Args:
        room: how many lines there are.
    """
    fits = _that_fit(evaluation, room - 1)
    turned = _turned(evaluation)
    lines = []
    for subject, verdicts in by_subject(evaluation, fits).items():
        lines.append(Text(subject, style="bold"))
        lines += [_line(v, _sentence(v, evaluation), v.claim.id in turned, width) for v in verdicts]
    shown = {verdict.claim.id for verdict in fits}
    left = [verdict for verdict in evaluation.verdicts if verdict.claim.id not in shown]
    more = f"{len(left)} more (--verbose): {_stand(left)}." if left else ""
    return [*lines, *([Text(shortened(more, width))] if left else [])]


def _that_fit(evaluation: Evaluation, room: int) -> list[Verdict]:
    """As many verdicts as fit with the headings of their subjects, the most surprising first."""
    turned = _turned(evaluation)
    ranked = sorted(
        evaluation.verdicts, key=lambda v: (v.outcome == "supported" and v.claim.id not in turned, surprise(v))
    )
    for many in range(min(len(ranked), room), 0, -1):
        if many + len(by_subject(evaluation, ranked[:many])) <= room:
            return ranked[:many]
    return []


def _sentence(verdict: Verdict, evaluation: Evaluation) -> str:
    """A claim's sentence, after a word on simulated rows where some of those that it rests on are."""
    partly = verdict.estimate and evaluation.simulated_behind(verdict.estimate.used)
    return f"{'Simulated in part: ' if partly else ''}{verdict.claim.text}"


def _line(verdict: Verdict, sentence: str, turned: bool, width: int) -> Text:
    """A claim's sentence, how it stands and how likely it is; a star where that changed."""
    room = max(20, width - _VERDICT - _LIKELY - 4)
    said = likely(verdict.chance).removesuffix(" likely").replace(" per cent", "%").replace("anything from ", "")
    line = Text("  ")
    line.append(_fitted(visible(sentence), room))
    line.append(("*" if turned else " ") + " ")
    line.append(EDITORS_WORDS[verdict.outcome].ljust(_VERDICT)[:_VERDICT], style=STYLE[verdict.outcome])
    return line.append(said.rjust(_LIKELY - 1))


def _fitted(text: str, width: int) -> Text:
    """A text of just so many columns, cut with an ellipsis or filled up; wide letters take two."""
    words = " ".join(text.split())
    return Text(f"{set_cell_size(words, width - 1)}…" if cell_len(words) > width else set_cell_size(words, width))


def _nearest(evaluation: Evaluation, width: int) -> list[Text]:
    """The tipping points that are nearest to being crossed, one of a claim; which, `tip.soonest` says."""
    found = [(verdict, point) for verdict in evaluation.verdicts if (point := soonest(verdict))]
    lines = []
    for verdict, point in sorted(found, key=lambda one: distance(one[1]))[:NEAREST]:
        brings = f"→ {EDITORS_WORDS[point.verdict]}" if point.verdict else "→ as likely as not"
        said = f"{brings} with {moved_to(point)}"
        claim = shortened(visible(verdict.claim.text), max(24, width - len(said) - 4))
        lines.append(Text("  ").append_text(_fitted(f"{claim} {visible(said)}", width - 2)))
    return [Text("Nearest to being overturned", style="bold"), *lines] if lines else []
