"""What a reader should doubt of a case without errors: what nobody can date, what was left out, what is overdue."""

from __future__ import annotations

from tumen.case.model import Edition
from tumen.counting import NAMED, counted, named_few
from tumen.errors import Place, Problem
from tumen.judge.binding import BoundClaim
from tumen.judge.claim_dates import disagreements
from tumen.judge.in_time import MONTHS
from tumen.judge.reach import newest
from tumen.judge.windows import day_before, months_later
from tumen.measure.estimate import Estimate
from tumen.prepare import Prepared
from tumen.record.left_out import BeyondWall
from tumen.run import roughly


def undated(prepared: Prepared) -> list[Problem]:
    """A warning that sources have no date of publication, so that nobody can tell since when they are known."""
    sources = prepared.record.sources.values() if prepared.record else ()
    names = sorted(s.id for s in sources if s.access == "public" and not s.published)
    if not names:
        return []
    return [
        Problem(
            Place("record/sources.csv"),
            got=f"{counted(len(names), 'source')} without a date of publication: {named_few(names)}",
            expected="a year, month or day in published",
            fix="Fill it in. Until then they count as known on any day, and confidence is moderate at most.",
            slug="undated-source",
            severity="warning",
        )
    ]


def beyond_wall(prepared: Prepared) -> list[Problem]:
    """A warning for each table, or part, of which something happened or became known after the case's day."""
    if prepared.case is None or prepared.record is None:
        return []
    day = prepared.case.header.as_of
    return [
        Problem(
            Place("case.toml", prepared.case.header.wall_line),
            got=f"{counted(out.later + out.unknown, 'row')} of {name} beyond {day}{_said_of(out)}",
            expected="what had happened and was known by then",
            fix="They are left out. Move as_of, or give --as-of, for them to count.",
            slug="beyond-wall",
            severity="warning",
        )
        for name, out in prepared.record.left_out.items()
        if out.later + out.unknown
    ]


def _said_of(out: BeyondWall) -> str:
    """How many happened later, how many became known later, and which they are."""
    counts = ((out.later, "happened later"), (out.unknown, "known later"))
    parts = ", ".join(f"{number:,} {how}" for number, how in counts if number)
    return f" ({parts}; {', '.join(out.names[:NAMED])})" if out.names else f" ({parts})"


def unsaid(prepared: Prepared) -> list[Problem]:
    """A warning for each edition that does not say what it is called, what changed, by whom and why."""
    if prepared.case is None:
        return []
    header = prepared.case.header
    return [
        Problem(
            Place("case.toml", header.line("edition", number)),
            got=f"the edition as of {edition.as_of} without {', '.join(lacking)}",
            expected="what it is called, what changed since the one before, by whom and why",
            fix="Fill it in: who sees a verdict change looks for it.",
            slug="edition-unsaid",
            severity="warning",
        )
        for number, edition in enumerate(header.edition)
        if (lacking := _unsaid_of(edition, first=number == 0))
    ]


def _unsaid_of(edition: Edition, first: bool) -> list[str]:
    """What an edition does not say; nothing changed in the first."""
    said = {"title": edition.title, "changed": edition.changed or ("-" if first else ""), "by": edition.by}
    return [name for name, text in {**said, "why": edition.why}.items() if not text.strip()]


def unlike_texts(prepared: Prepared) -> list[Problem]:
    """A warning for each claim whose sentence names other days than its arguments."""
    day = prepared.case.header.as_of if prepared.case else None
    return [p for one in prepared.bound for p in disagreements(one.claim, one.times, day)] if day else []


def overdue(prepared: Prepared) -> list[Problem]:
    """A warning for each claim up to the case's day of which no row is nearly as new; each such claim is measured."""
    told = [b for b in prepared.bound if b.times.moving and not b.claim.as_far_as_known and not b.times.lacking]
    return [p for one, found in zip(told, roughly(prepared, told), strict=True) for p in _overdue(one, found)]


def _overdue(bound: BoundClaim, found: Estimate | None) -> list[Problem]:
    claim, times = bound.claim, bound.times
    end, last = max(w.end for w in times.moving), newest(found.used) if found else None
    if last is None or months_later(last, MONTHS) >= end:
        return []
    return [
        Problem(
            Place(claim.file, claim.line("arguments")),
            got=f"claim '{claim.id}' about days until {day_before(end)}, whose newest row ends on {day_before(last)}",
            expected=f"rows of the last {MONTHS} months",
            fix="Add what was published since. If nothing was, as_far_as_known = true ends the period there.",
            slug="figure-overdue",
            severity="warning",
        )
    ]
