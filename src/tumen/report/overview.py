"""The picture at the top of the report: every claim on one axis of probability, under its subject."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain

from markupsafe import Markup

from tumen.counting import counted
from tumen.errors import visible
from tumen.judge.chance import Chance
from tumen.judge.changes import Turn
from tumen.judge.likelihood_words import CONTRADICTED_TO, SUPPORTED_FROM, Outcome
from tumen.judge.verdict import Verdict
from tumen.report.standing import EDITORS_WORDS, by_subject, likely
from tumen.run import Evaluation

#: Where the axis is ruled, in per cent: its ends, an even chance, and where claims begin and cease to hold.
RULES = (0, round(100 * CONTRADICTED_TO), 50, round(100 * SUPPORTED_FROM), 100)

#: What the places on the axis mean.
HOW_TO_READ = (
    f"a claim is said to hold where every way to count has {RULES[3]} per cent or more, and not to hold where every "
    f"way has {RULES[1]} or less."
)


#: What the marks of the picture stand for.
KEY = (
    "A dot is how likely a claim is, a bar how likely it can be, a dotted line that nobody can tell. A claim depends "
    "on the count where defensible ways to count come to different verdicts."
)


@dataclass(frozen=True)
class Bar:
    """A claim as a line of the picture.

    Args:
        low, high: P in per cent; equal where it is one number, None where there is none.
        stands, likely: the verdict and the probability, in an editor's words.
        changed: how it stood at the edition before, where that was otherwise; empty where it was not.
        before: P at the edition before, in per cent, where it stands elsewhere now.
        turned: whether the verdict was another one.
    """

    claim: str
    text: str
    outcome: Outcome
    low: float | None
    high: float | None
    stands: str
    likely: str
    changed: str
    before: float | None
    turned: bool


def rows(evaluation: Evaluation) -> dict[str, list[Bar]]:
    """Every claim as a line of the picture, by subject, in the order of `standing.by_subject`."""
    turns = evaluation.turns
    return {
        subject: [_row(verdict, turns.get(verdict.claim.id)) for verdict in verdicts]
        for subject, verdicts in by_subject(evaluation).items()
    }


def _row(verdict: Verdict, turn: Turn | None) -> Bar:
    chance = verdict.chance
    ends = (None, None) if chance is None else (chance.low, chance.high)
    if chance is not None and chance.probability is not None:
        ends = (chance.share, chance.share)
    low, high = (None if end is None else round(100 * end, 1) for end in ends)
    stands = EDITORS_WORDS[verdict.outcome]
    moves = turn is not None and (turn.turned or turn.moved)
    before = turn.probability_before if turn and moves else None
    return Bar(
        verdict.claim.id,
        visible(verdict.claim.text),
        verdict.outcome,
        low,
        high,
        stands,
        likely(chance),
        how_it_was(turn),
        None if before is None else round(100 * before, 1),
        bool(turn and turn.turned),
    )


def how_it_was(turn: Turn | None) -> str:
    """How a claim stood at the edition before, where that was otherwise.

    Example:
        >>> how_it_was(Turn("c", "depends", "supported", None, 0.9, (), ()))
        'changed: was “depends on the count”'
        >>> how_it_was(Turn("c", "supported", "supported", 0.85, 0.95, (), ()))
        'changed: was 85 per cent likely'
    """
    if turn is None or not (turn.turned or turn.moved):
        return ""
    before = turn.probability_before
    if turn.turned or before is None:
        return f"changed: was “{EDITORS_WORDS[turn.before]}”"
    return f"changed: was {likely(Chance(before, before, before))}"


def anchor(subject: str) -> str:
    """The id of a subject on the page; no claim's id has a colon.

    Example:
        >>> anchor("Words and deeds")
        'subject:words-and-deeds'
    """
    return "subject:" + "-".join(subject.lower().split())


def says(evaluation: Evaluation) -> str:
    """What the picture shows, as a sentence."""
    number = counted(len(evaluation.verdicts), "claim")
    return f"How likely {number} {'is' if number == '1 claim' else 'are'}, from 0 to 100 per cent, by subject."


# ---------------------------------------------------------------------------------------------- on the page


def overview(evaluation: Evaluation) -> Markup:
    """The picture as a list of the page: a line for each claim, which wraps on a phone and leads to its claim.

    Returns: HTML in the classes of `page.css`. Whoever does not see the bars reads the same beside them.
    """
    groups = rows(evaluation)
    return Markup('<section class="overview" aria-label="{}">\n{}{}</section>').format(
        says(evaluation), _axis(), Markup("").join(_group(subject, mine) for subject, mine in groups.items())
    )


def _axis() -> Markup:
    marks = Markup("").join(Markup('<span style="left:{}%">{}</span>').format(at, at) for at in RULES)
    return Markup(
        '<p class="axis" aria-hidden="true"><span class="soft">How likely, in per cent</span>'
        '<span class="scale">{}</span></p>\n<p class="key soft small">{}</p>\n'
    ).format(marks, KEY)


def _group(subject: str, mine: Sequence[Bar]) -> Markup:
    lines = Markup("").join(_line(row, subject) for row in mine)
    return Markup('<div class="group"><h2><a href="#{}">{}</a></h2>\n<ul>\n{}</ul></div>\n').format(
        anchor(subject), subject, lines
    )


def _line(row: Bar, subject: str) -> Markup:
    slug = row.outcome.replace(" ", "-")
    said = Markup('<span class="soft">{}</span>').format(row.likely) if row.likely else ""
    was = Markup('<span class="changed">{}</span>').format(row.changed) if row.changed else ""
    changed = Markup(" data-changed") if row.turned else ""
    return Markup(
        '<li data-verdict="{}" data-subject="{}" data-claim="{}"{}><a href="#{}" dir="auto">{}</a>{}'
        '<span class="stands"><span class="chip {}">{}</span>{}{}</span></li>\n'
    ).format(
        row.stands, subject, row.claim, changed, row.claim, row.text, _track(row, slug), slug, row.stands, said, was
    )


def _track(row: Bar, slug: str) -> Markup:
    marks = Markup("")
    if row.before is not None:
        marks += Markup('<span class="before" style="left:{}%"></span>').format(row.before)
    if row.low is not None and row.high is not None:
        kind, wide = ("dot", 0.0) if row.low == row.high else ("range", round(row.high - row.low, 1))
        marks += Markup('<span class="{}" style="left:{}%;width:{}%"></span>').format(kind, row.low, wide)
    return Markup('<span class="track {}{}" aria-hidden="true">{}</span>').format(slug, "" if marks else " none", marks)


# ------------------------------------------------------------------------------------------ as a file of its own

#: Colours on the file's own light ground, by outcome; what is not named has the last.
_COLOURS = {"supported": "#1b7145", "contradicted": "#b02f28", "depends": "#8a5c00", "undetermined": "#8a5c00"}
_INK, _SOFT, _LINE, _GROUND = "#1c2530", "#566070", "#d9dce1", "#fbfaf7"

#: Pixels: where a line's parts begin, how wide the axis is, and how many letters of a claim, and of what
#: is said beside it, fit into a line of whichever font there is.
_WIDTH, _LEFT, _AXIS, _SPAN, _RIGHT, _LETTERS, _BESIDE = 900, 16, 452, 232, 704, 60, 26
_STEP, _BETWEEN = 17, 9


def overview_svg(evaluation: Evaluation) -> str:
    """The picture as an SVG of its own, 900 pixels wide, on a light ground: for a document that has no styles.

    Returns: SVG without script, font or address. No line is cut: a long claim takes more of them.
    """
    header = evaluation.case.header
    heading, before = textwrap.wrap(visible(header.title), 90), evaluation.since
    legend = f"How likely each claim is on what was known by {header.as_of}: {HOW_TO_READ}"
    legend += f" Changed: since {before.as_of}; a ring is where P stood then." if before else ""
    y = 30 + 22 * len(heading)
    parts = [_text(_LEFT, 30, heading, _INK, 'font-size="17" font-weight="600"')]
    parts.append(_text(_LEFT, y, textwrap.wrap(legend, 118), _SOFT))
    y += 46
    parts += [_text(_x(at), y, [str(at)], _SOFT, 'text-anchor="middle"') for at in RULES]
    parts.append(_text(_RIGHT, y, ["per cent"], _SOFT))
    top = y + 8
    drawn: list[str] = []
    for subject, mine in rows(evaluation).items():
        y += 32
        drawn.append(_text(_LEFT, y, [subject], _INK, 'font-weight="700"'))
        for row in mine:
            line, y = _drawn(row, y + 10)
            drawn += line
    ruled = [f'<path d="M{_x(at):g} {top}V{y + 4}" stroke="{_LINE}"/>' for at in RULES]
    title, said = escape(visible(header.title)), escape(f"{says(evaluation)} {_standings(evaluation)}")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y + 16}" width="{_WIDTH}" '
            f'height="{y + 16}" role="img" aria-labelledby="title desc" font-family="system-ui, -apple-system, '
            'Segoe UI, Helvetica, Arial, sans-serif" font-size="13">',
            f'<title id="title">{title}</title>',
            f'<desc id="desc">{said}</desc>',
            f'<rect width="{_WIDTH}" height="{y + 16}" fill="{_GROUND}"/>',
            *parts,
            *ruled,
            *drawn,
            "</svg>\n",
        ]
    )


def _standings(evaluation: Evaluation) -> str:
    """Every claim with how it stands, for whoever does not see the picture."""
    each = chain.from_iterable(rows(evaluation).values())
    return " ".join(f"{r.text} {': '.join(p for p in (r.stands, r.likely) if p)}." for r in each)


def _drawn(row: Bar, y: int) -> tuple[list[str], int]:
    """A claim's parts from a height on, and the height at which they end."""
    text = textwrap.wrap(row.text, _LETTERS) or [row.claim]
    beside = [part for part in (row.stands, *_wrapped(row.likely), *_wrapped(row.changed)) if part]
    colour = _COLOURS.get(row.outcome, _SOFT)
    first, middle = y + 12, y + 8
    parts = [
        _text(_LEFT, first, text, _INK),
        _text(_RIGHT, first, beside[:1], colour, 'font-weight="600"'),
        _text(_RIGHT, first + _STEP, beside[1:], _SOFT),
    ]
    if row.before is not None:
        parts.append(f'<circle cx="{_x(row.before):g}" cy="{middle}" r="5" fill="none" stroke="{_SOFT}"/>')
    if row.low is None or row.high is None:
        parts.append(f'<path d="M{_AXIS} {middle}h{_SPAN}" stroke="{_SOFT}" stroke-dasharray="2 4"/>')
    elif row.low == row.high:
        parts.append(f'<circle cx="{_x(row.low):g}" cy="{middle}" r="5" fill="{colour}"/>')
    else:
        wide = max(10.0, _x(row.high) - _x(row.low))
        left = min(_x(row.low), _AXIS + _SPAN - wide)
        parts.append(f'<rect x="{left:g}" y="{middle - 4}" width="{wide:g}" height="8" rx="4" fill="{colour}"/>')
    return parts, y + _STEP * max(len(text), len(beside)) + _BETWEEN


def _wrapped(said: str) -> list[str]:
    return textwrap.wrap(said, _BESIDE)


def _x(per_cent: float) -> float:
    return round(_AXIS + _SPAN * per_cent / 100, 1)


def _text(x: float, y: float, lines: Iterable[str], colour: str, more: str = "") -> str:
    spans = "".join(f'<tspan x="{x:g}" y="{y + _STEP * n:g}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    return f'<text fill="{colour}" {more}>{spans}</text>' if spans else ""
