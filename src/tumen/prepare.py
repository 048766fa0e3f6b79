"""A case loaded and checked, with its record in an engine: what every command that reads a case begins with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tumen.budgets import TOML_PROBLEMS, USUAL, Budgets, unread
from tumen.case.folder import anybody_may_write
from tumen.case.load import Case, load_case
from tumen.detect.joining import with_findings
from tumen.engine.queries import Engine
from tumen.errors import Place, Problem
from tumen.explanations.declared import check_named, check_sources
from tumen.explanations.posterior import Arguments, known_measures
from tumen.judge.binding import Bound, bind
from tumen.measure.estimate import Choice
from tumen.measure.registry import others_offered
from tumen.record.read import Record, read_record
from tumen.sea.findings import Findings
from tumen.sea.levers import lever_problems
from tumen.words.coding import check_coders
from tumen.words.statements import check_topics

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Prepared:
    """A case that was loaded and checked, with its record in an open engine."""

    case: Case | None
    record: Record | None
    bound: tuple[Bound, ...]
    problems: tuple[Problem, ...]


def prepare(
    folder: Path,
    engine: Engine,
    allowed: Sequence[Path] = (),
    progress: Progress = lambda _: None,
    given: Collection[str] = (),
    budgets: Budgets = USUAL,
    plugins: bool | None = None,
) -> Prepared:
    """Load a case, match its claims with measures, and read its record: every problem in one pass.

    Args:
        plugins: whether measures of other packages are loaded, which runs their code; where None, unless the case lies
            where anybody may write.
        given: what is given beside the case, such as "positions"; see `bind`.
        budgets: how much of the record is read.
    """
    case, problems = load_case(folder, allowed)
    if case is None:
        _, more = (
            read_record(folder, None, engine, allowed, progress, budgets=budgets) if folder.is_dir() else (None, [])
        )
        return Prepared(None, None, (), tuple(distinct([*problems, *(p for p in more if p.slug != "unknown-table")])))
    problems += lever_problems(case.header.detectors, "case.toml", case.header.line)
    bound: list[Bound] = []
    others, more = _plugins(folder, plugins)
    problems += more
    known = known_measures(others)
    for claim in case.claims:
        one, more = bind(claim, case.specifications, known, given)
        problems += more
        if len(problems) > TOML_PROBLEMS:
            problems.append(unread(claim.file))
            break
        bound += [one] if one else []
        if one and isinstance(one.arguments, Arguments):
            problems += check_named(claim, (*one.arguments.favours, *one.arguments.against), case.hypotheses)
    dated = {e.source for e in case.hypotheses.evidence} if case.hypotheses else set()
    record, more = read_record(folder, case.header.record, engine, allowed, progress, dated, budgets, case.header.line)
    if not any(p.severity == "error" for p in more):
        problems += check_coders(record.engine)
        problems += [p for b in bound for p in check_topics(b.claim, b.arguments, record)]
    if record is not None and case.hypotheses is not None:
        problems += check_sources(case.hypotheses, record.sources, record.redaction.unknown_source)
    return Prepared(case, record, tuple(bound), tuple(distinct([*problems, *more])))


def _plugins(folder: Path, asked: bool | None) -> tuple[bool, list[Problem]]:
    """Whether measures of other packages are loaded, with a warning where they are left out unasked."""
    if asked is not None or not others_offered() or not anybody_may_write(folder):
        return asked is not False, []
    return False, [
        Problem(
            Place(str(folder)),
            got="a case where anybody may write",
            expected="one in a folder of your own",
            fix="Measures of other packages were left out. Move the case, or add --plugins.",
            slug="plugins-left-out",
            severity="warning",
        )
    ]


def joined(case: Case, record: Record, bound: Sequence[Bound], findings: Findings) -> tuple[Record, tuple[Bound, ...]]:
    """A record that was read with findings put into it, and the claims, which say where they rest on simulated ones."""
    said = _said_simulated(bound, case) if findings.simulated else bound
    return with_findings(record, findings), tuple(said)


def _said_simulated(bound: Sequence[Bound], case: Case) -> list[Bound]:
    """Claims of which the ways to count that need positions are called simulated."""
    needy = {name for name, choice in case.specifications.items() if choice.needs == "positions"}

    def named(choice: Choice) -> Choice:
        return replace(choice, label=f"{choice.label} (simulated)") if choice.id in needy else choice

    return [replace(b, choices=tuple(map(named, b.choices))) for b in bound]


def distinct(problems: Sequence[Problem]) -> list[Problem]:
    """Problems once each, by file and line."""
    return sorted(set(problems), key=lambda p: (p.severity, p.file, p.stands_for > 1, p.line or 0, p.got))
