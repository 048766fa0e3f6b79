"""A case loaded and checked, with its record in an engine: what every command that reads a case begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from tumen.budgets import TOML_PROBLEMS, USUAL, Budgets, unread
from tumen.case.folder import anybody_may_write
from tumen.case.load import Case, read_case
from tumen.case.model import SpecificationChoice
from tumen.detect.joining import with_findings
from tumen.engine.queries import Engine
from tumen.errors import Place, Problem, did_you_mean
from tumen.judge.binding import BoundClaim, bound_as_far
from tumen.judge.in_time import time_warnings
from tumen.judge.names_matched import actor_problems, unmatched_names
from tumen.kind import Checked, Kinds, Progress
from tumen.kinds import kinds, others_offered
from tumen.measure.estimate import Choice
from tumen.measure.setting import Setting, adopted, grading_of
from tumen.record.actor_codes import strange_codes
from tumen.record.contradictions import contradictions
from tumen.record.findings import Findings
from tumen.record.plausible import implausible
from tumen.record.read import Record, read_record
from tumen.record.repeats import repeat_problems
from tumen.record.wall import behind_wall

#: Problems that a kind of another package would mend, were it loaded.
_OF_A_KIND = ("unknown-measure", "unknown-table")


@dataclass(frozen=True)
class Whole:
    """A case and its record as they lie there, before any day is asked of them.

    Args:
        case: None where too little of it could be read.
        record: with what lies beyond every wall.
        sound: whether the record could be read without errors.
        given: what is given beside the case.
        others: whether kinds of other packages were loaded.
    """

    case: Case | None
    record: Record
    problems: tuple[Problem, ...]
    kinds: Kinds
    given: Collection[str]
    sound: bool
    others: bool


@dataclass(frozen=True)
class Prepared:
    """A case that was loaded and checked, with its record in an open engine.

    Args:
        kinds: those that were loaded for it.
    """

    case: Case | None
    record: Record | None
    bound: tuple[BoundClaim, ...]
    problems: tuple[Problem, ...]
    kinds: Kinds


def load_case(folder: Path, allowed: Sequence[Path] = ()) -> tuple[Case | None, list[Problem]]:
    """Load a case's TOML files, without its record.

    Args:
        folder: the case's folder.
        allowed: places outside the folder that the user allows it to read.

    Returns: the case, or None where too little of it could be read, and every problem found.

    Limits: Files that kinds of other packages read are left out.

    Example:
        >>> from tumen.run import BUNDLED
        >>> case, problems = load_case(BUNDLED)
        >>> len(case.claims) > 10, problems
        (True, [])
    """
    return read_case(folder, kinds(others=False).files, allowed)


def prepare(
    folder: Path,
    engine: Engine,
    allowed: Sequence[Path] = (),
    progress: Progress = lambda _: None,
    given: Collection[str] = (),
    budgets: Budgets = USUAL,
    plugins: bool | None = None,
    as_of: dt.date | None = None,
) -> Prepared:
    """Load a case, match its claims with measures, and read its record: every problem in one pass.

    Args:
        plugins: whether kinds of other packages are loaded, which runs their code; where None, unless the case lies
            where anybody may write.
        given: what is given beside the case, such as "positions"; see `bind`.
        budgets: how much of the record is read.
        as_of: the day by which everything must have happened and been known; the case's own where None.
    """
    return on_day(read_whole(folder, engine, allowed, progress, given, budgets, plugins), as_of)


def read_whole(
    folder: Path,
    engine: Engine,
    allowed: Sequence[Path] = (),
    progress: Progress = lambda _: None,
    given: Collection[str] = (),
    budgets: Budgets = USUAL,
    plugins: bool | None = None,
    home: Path | None = None,
    instead: Mapping[str, Path] = MappingProxyType({}),
) -> Whole:
    """Load a case and read its record, which can be looked at on one day after another.

    Args:
        allowed, progress, given, budgets, plugins: as in `prepare`.
        home: the folder that the user named, where that is not the one that is read.
        instead: files of the record that are read in place of those of the paths shown.
    """
    others, left_out = _plugins(home or folder, plugins)
    known = kinds(others)
    case, problems = read_case(folder, known.files, allowed)
    problems += left_out
    if case is None:
        read = read_record(folder, None, engine, known.tables, allowed, progress, budgets=budgets)
        more = [p for p in read[1] if p.slug != "unknown-table"] if folder.is_dir() else []
        return Whole(None, read[0], (*problems, *more), known, given, False, others)
    parts = [(part, case.parts[part.file.name]) for part in known.parts if part.file.name in case.parts]
    dated = {source for part, declared in parts for source in part.dated(declared)}
    files = None if "record" in case.header.unread else case.header.record
    record, more = read_record(
        folder, files, engine, known.tables, allowed, progress, dated, budgets, case.header.line, instead
    )
    sound = not any(p.severity == "error" for p in more)
    problems += [_strange_coverage(case, table, known) for table in case.header.coverage if table not in known.tables]
    problems += [
        _strange_errors(case, table, known)
        for table in case.header.errors
        if table not in known.tables or not known.tables[table].errors
    ]
    record = replace(record, coverage=case.header.coverage)
    return Whole(case, record, (*problems, *more), known, given, sound, others)


def on_day(read: Whole, as_of: dt.date | None = None) -> Prepared:
    """A case as it stands on a day: its claims with their measures, and its record behind the wall of that day.

    Args:
        as_of: the case's own day where None.

    Limits: days share one engine, so that what was prepared for the day before can answer no more queries.
    """
    case, record, known = read.case, read.record, read.kinds
    if case is None:
        return Prepared(None, None, (), _told(read.problems, read.others), known)
    own = case.header.as_of
    if as_of:
        case = replace(case, header=case.header.model_copy(update={"as_of": as_of}))
    claims, bound, more = _bound(case, known, read.given, own)
    problems = [*read.problems, *more, *actor_problems(case)]
    problems += [p for one in bound for p in time_warnings(one.claim, one.times, case.header.as_of)]
    record.engine.widen()
    problems += unmatched_names(case, record, claims, read.sound)
    record = behind_wall(record, case.header.as_of) if read.sound else record
    problems += known.problems(Checked(case, record, read.record, tuple(bound), read.sound))
    problems += _of_the_rows(case, record) if read.sound else []
    if read.sound and not any(p.severity == "error" for p in problems):
        case, record = _behind(case, record, known)
    return Prepared(case, record, tuple(bound), _told(problems, read.others), known)


def _of_the_rows(case: Case, record: Record) -> list[Problem]:
    """What rows hold that are right each by itself, and hardly so together."""
    return [
        *contradictions(record),
        *implausible(record, case.groups),
        *repeat_problems(record.repeats, record.tables),
        *strange_codes(record, [actor.id for actor in case.header.actor], case.groups),
    ]


def setting_of(case: Case) -> Setting:
    """Draws, seed, date, grades and errors of a case."""
    return Setting(
        case.header.draws,
        case.header.seed,
        case.header.as_of,
        grading_of(case.header.grades),
        errors={table: adopted(errors) for table, errors in case.header.errors.items()},
        range_coverage=case.header.range_coverage,
    )


def _behind(case: Case, record: Record, known: Kinds) -> tuple[Case, Record]:
    """A case whose further files hold what was known by its day, and its record, which counts what was left out."""
    parts, left_out = dict(case.parts), dict(record.left_out)
    for part in known.parts:
        if part.file.name in parts:
            read = part.behind_wall(parts[part.file.name], record, case.header.as_of)
            parts[part.file.name], left_out[part.word] = read
    return replace(case, parts=parts), replace(record, left_out=left_out)


def _bound(
    case: Case, known: Kinds, given: Collection[str], own: dt.date
) -> tuple[list[BoundClaim], list[BoundClaim], list[Problem]]:
    """Every claim as far as it could be read, those with their measure, and what keeps the rest from theirs.

    Args:
        own: the day that the case itself names.
    """
    read: list[BoundClaim] = []
    bound: list[BoundClaim] = []
    options = [*case.specifications.values(), *(one for d in case.decisions.values() for one in d.option)]
    problems = [_strange_need(c, known.raw) for c in options if c.needs not in (None, *known.raw)]
    measures = {name: measure.in_case(case.parts) for name, measure in known.measures.items()}
    for claim in case.claims:
        one, more = bound_as_far(claim, case.specifications, measures, case.header.as_of, given, own, case.decisions)
        problems += more
        if len(problems) > TOML_PROBLEMS:
            return read, bound, [*problems, unread(claim.file)]
        read += [one] if one else []
        bound += [one] if one and not more else []
    return read, bound, problems


def _strange_need(choice: SpecificationChoice, raw: Collection[str]) -> Problem:
    """A way to count that needs what cannot be given."""
    return Problem(
        Place("claims.toml"),
        got=f"specification '{choice.id}' needs '{choice.needs}'",
        expected="raw records that can be given beside a case",
        fix=did_you_mean(choice.needs or "", raw),
        slug="bad-value",
    )


def _strange_coverage(case: Case, table: str, known: Kinds) -> Problem:
    """A coverage of a table that no record has."""
    return Problem(
        Place("case.toml", case.header.line("coverage", table)),
        got=f"the coverage of '{table}'",
        expected="the name of a table",
        fix=did_you_mean(table, known.tables),
        slug="unknown-table",
    )


def _strange_errors(case: Case, table: str, known: Kinds) -> Problem:
    """Errors of a table whose measures take none."""
    taken = [name for name, one in known.tables.items() if one.errors]
    return Problem(
        Place("case.toml", case.header.line("errors", table)),
        got=f"errors of '{table}'",
        expected=f"a table whose measures take them: {', '.join(taken)}",
        fix=did_you_mean(table, taken),
        slug="errors-not-taken",
    )


def _plugins(folder: Path, asked: bool | None) -> tuple[bool, list[Problem]]:
    """Whether kinds of other packages are loaded, with a warning where they are left out unasked."""
    if asked is not None or not others_offered() or not anybody_may_write(folder):
        return asked is not False, []
    return False, [
        Problem(
            Place(str(folder)),
            got="a case where anybody may write",
            expected="one in a folder of your own",
            fix="Kinds of other packages were left out. Move the case, or add --plugins.",
            slug="plugins-left-out",
            severity="warning",
        )
    ]


def _told(problems: Sequence[Problem], others: bool) -> tuple[Problem, ...]:
    """Problems once each; of what is unknown it is said that kinds of other packages were left out, where some were.

    Args:
        others: whether kinds of other packages were loaded.
    """
    if others or not others_offered():
        return tuple(distinct(problems))
    said = "Kinds of other packages were left out; add --plugins where it is of one."
    return tuple(distinct([replace(p, fix=f"{p.fix} {said}") if p.slug in _OF_A_KIND else p for p in problems]))


def joined(
    record: Record, bound: Sequence[BoundClaim], found: Mapping[str, Findings]
) -> tuple[Record, tuple[BoundClaim, ...]]:
    """A record that was read with findings put into it, and the claims, which say where they rest on simulated ones.

    Args:
        found: findings by the name of the raw records.
    """
    for name, findings in found.items():
        record = with_findings(record, name, findings)
        bound = _said_simulated(bound, name) if findings.simulated else bound
    return record, tuple(bound)


def _said_simulated(bound: Sequence[BoundClaim], name: str) -> list[BoundClaim]:
    """Claims of which the ways to count that need some raw records are called simulated."""

    def named(choice: Choice) -> Choice:
        return replace(choice, label=f"{choice.label} (simulated)") if name in choice.needs else choice

    return [replace(b, choices=tuple(map(named, b.choices))) for b in bound]


def distinct(problems: Sequence[Problem]) -> list[Problem]:
    """Problems once each, by file and line."""
    return sorted(set(problems), key=lambda p: (p.severity, p.file, p.stands_for > 1, p.line or 0, p.got))
