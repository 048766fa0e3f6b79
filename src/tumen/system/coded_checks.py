"""What is wrong with the coding of moves and drivers, by itself and beside the system that a case declares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from tumen.errors import Place, Problem, Severity, did_you_mean
from tumen.kind import Checked
from tumen.record import redaction
from tumen.record.read import Record
from tumen.system.coded import CodedDriver, CodedMove, coded_drivers, coded_moves
from tumen.system.declared import FILE, System
from tumen.system.periods import between, months_in
from tumen.system.system_file import system_in

#: A row of either table.
_Row = CodedMove | CodedDriver


def check_coded(checked: Checked) -> list[Problem]:
    """Everything that is wrong with what coders say, as it was known by the case's day."""
    if not checked.sound:
        return []
    record = checked.record
    moves, drivers = coded_moves(record), coded_drivers(record)
    problems = [*_twice(record, moves), *_twice(record, drivers), *_forms((*moves, *drivers), record)]
    found = system_in(checked.case)
    if found is None or problems:
        return problems
    return [
        *_levels(moves, found, record),
        *_unused(moves, drivers, found, record),
        *_thin(moves, drivers, found, record),
    ]


def _what(row: _Row) -> str:
    return row.name if isinstance(row, CodedMove) else row.driver


def _file(rows: Iterable[_Row], record: Record) -> str:
    """The file that is said to hold some rows: the first of their table."""
    table = "moves" if any(isinstance(row, CodedMove) for row in rows) else "drivers"
    named = [path for path in record.files if path.rsplit("/", 1)[-1].startswith(table)]
    return min(named, default=f"record/{table}.csv")


def _problem(place: str, got: str, expected: str, fix: str, slug: str, severity: Severity = "error") -> Problem:
    return Problem(Place(place), got=got, expected=expected, fix=fix, slug=slug, severity=severity)


def _twice(record: Record, rows: Sequence[_Row]) -> list[Problem]:
    """What one coder coded twice in one period."""
    public = record.redaction.public
    by_cell: dict[tuple[str, str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        by_cell[row.coder, row.period, _what(row)].append(row)
    return [
        _problem(
            _file(mine, record),
            f"{what} of {period} coded {len(mine)} times by "
            f"{redaction.coder(coder, all(row.source in public for row in mine))}",
            "one level, or value, a period",
            "Keep one of the rows; another coder needs another name.",
            "coded-twice",
        )
        for (coder, period, what), mine in by_cell.items()
        if len(mine) > 1
    ]


def _forms(rows: Sequence[_Row], record: Record) -> list[Problem]:
    """Periods of several forms, such as half-years beside years."""
    usual = Counter(months_in(row.period) for row in rows).most_common(1)
    odd = [row for row in rows if months_in(row.period) != usual[0][0]]
    if not odd:
        return []
    like = next(row.period for row in rows if row not in odd)
    return [
        _problem(
            _file(odd[:1], record),
            f"period '{odd[0].period}' of {_what(odd[0])} beside '{like}'",
            "periods of one form",
            "Code all moves and drivers by the same periods.",
            "period-forms",
        )
    ]


def _known_levels(found: System) -> Mapping[str, tuple[str, ...]]:
    """Levels of every move that the system names, those of other actors too, by the move's name."""
    others = {driver.move: tuple(driver.levels) for driver in found.drivers if driver.move}
    return {**others, **{move.name: move.levels for move in found.moves}}


def _levels(moves: Sequence[CodedMove], found: System, record: Record) -> list[Problem]:
    """Levels that coders used and the system does not have; once each, where they stand first."""
    known = _known_levels(found)
    odd: dict[tuple[str, str], list[CodedMove]] = defaultdict(list)
    for row in moves:
        for level in (row.level, row.second):
            if row.name in known and level and level not in known[row.name]:
                odd[row.name, level].append(row)
    return [
        _problem(
            _file(rows, record),
            f"{name} at level '{level}' in {rows[0].period}" + (f" and {len(rows) - 1} more" if rows[1:] else ""),
            f"one of its levels in {FILE}: {', '.join(known[name])}",
            did_you_mean(level, known[name]),
            "unknown-level",
        )
        for (name, level), rows in odd.items()
    ]


def _unused(moves: Sequence[CodedMove], drivers: Sequence[CodedDriver], found: System, record: Record) -> list[Problem]:
    """Warnings of coded moves and drivers that the system does not name."""
    coded = {driver.id for driver in found.drivers if not driver.move}
    rows: Sequence[tuple[str, Sequence[_Row], Collection[str]]] = (
        ("move", moves, _known_levels(found)),
        ("driver", drivers, coded),
    )
    return [
        _problem(
            _file(mine[:1], record),
            f"{kind} '{name}', which the system does not name",
            f"a {kind} of system.toml",
            f"{did_you_mean(name, known)} Its rows change nothing.",
            "coded-unused",
            "warning",
        )
        for kind, mine, known in rows
        for name in dict.fromkeys(_what(row) for row in mine)
        if name not in known
    ]


def _thin(moves: Sequence[CodedMove], drivers: Sequence[CodedDriver], found: System, record: Record) -> list[Problem]:
    """Warnings where there is little or nothing to learn from: moves and drivers without coding, gaps, moves that never
    change, one actor alone.
    """
    rows = {move.name: [row for row in moves if row.name == move.name] for move in found.moves}
    coded = {row.name for row in moves} | {row.driver for row in drivers}
    needed = dict.fromkeys([*rows, *(driver.move or driver.id for driver in found.drivers)])
    place = _file(moves[:1], record)
    problems = [_warning(place, *_uncoded(name)) for name in needed if name not in coded]
    problems += [_warning(place, *_gap(name, gaps)) for name, mine in rows.items() if (gaps := _gaps(mine))]
    if all(len({row.level for row in mine}) == 1 for mine in rows.values()):
        problems.append(_warning(place, *_CONSTANT))
    if len(found.actors) == 1:
        problems.append(_warning(FILE, *_ALONE))
    return problems


_CONSTANT = (
    "every move at one level throughout",
    "a move that changes",
    "There is nothing to learn from moves that never change: take other levels, or a longer time.",
    "all-constant",
)
_ALONE = (
    "one actor that chooses",
    "two or more",
    "Add the moves of another; alone, an actor answers nobody.",
    "one-actor",
)


def _uncoded(name: str) -> tuple[str, str, str, str]:
    fix = "Code it, or take it out of system.toml; nothing is fitted without it."
    return f"no coding of {name}", "at least one", fix, "not-coded"


def _gap(name: str, gaps: Sequence[str]) -> tuple[str, str, str, str]:
    fix = "Code them; until then any level is as probable there."
    return f"no coding of {name} in {', '.join(gaps)}", "every period from the first to the last", fix, "coding-gap"


def _gaps(rows: Sequence[CodedMove]) -> list[str]:
    """Periods between the first and the last of some rows in which there is none."""
    coded = {row.period for row in rows}
    return [period for period in between(min(coded), max(coded)) if period not in coded] if coded else []


def _warning(place: str, got: str, expected: str, fix: str, slug: str) -> Problem:
    return _problem(place, got, expected, fix, slug, "warning")
