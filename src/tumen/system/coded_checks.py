"""What is wrong with the coding of moves and drivers, by itself and beside the system that a case declares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from tumen.counting import counted
from tumen.errors import Place, Problem, did_you_mean, problem_at
from tumen.kind import Checked
from tumen.measure.agreement_of_coders import ENOUGH_SHARED, TENTATIVE
from tumen.record.read import Record
from tumen.system.coded import CodedDriver, CodedMove, coded_drivers, coded_moves
from tumen.system.coder_agreement import agreement_of
from tumen.system.periods import between, months_in
from tumen.system.system_file import system_of
from tumen.system.theory import SYSTEM_FILE, System

#: A row of either table.
_Row = CodedMove | CodedDriver


def check_coded(checked: Checked) -> list[Problem]:
    """Everything that is wrong with what coders say, as it was known by the case's day."""
    if not checked.sound:
        return []
    record = checked.record
    moves, drivers = coded_moves(record), coded_drivers(record)
    problems = [*_twice(record, moves), *_twice(record, drivers), *_forms((*moves, *drivers), record)]
    found = system_of(checked.case)
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
    return _table_file("moves" if any(isinstance(row, CodedMove) for row in rows) else "drivers", record)


def _table_file(table: str, record: Record) -> str:
    named = [path for path in record.files if path.rsplit("/", 1)[-1].startswith(table)]
    return min(named, default=f"record/{table}.csv")


def _twice(record: Record, rows: Sequence[_Row]) -> list[Problem]:
    """What one coder coded twice in one period."""
    by_cell: dict[tuple[str, str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        by_cell[row.coder, row.period, _what(row)].append(row)
    return [
        problem_at(
            Place(_file(mine, record)),
            f"{what} of {period} coded {counted(len(mine), 'time')} by one coder",
            "one level, or value, a period",
            "Keep one of the rows; another coder needs another name.",
            "coded-twice",
        )
        for (_, period, what), mine in by_cell.items()
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
        problem_at(
            Place(_file(odd[:1], record)),
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
        problem_at(
            Place(_file(rows, record)),
            f"{name} at level '{level}' in {rows[0].period}" + (f" and {len(rows) - 1} more" if rows[1:] else ""),
            f"one of its levels in {SYSTEM_FILE}: {', '.join(known[name])}",
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
        problem_at(
            Place(_file(mine[:1], record)),
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
    place = Place(_table_file("moves", record))
    problems = [
        _uncoded(place if "." in name else Place(_table_file("drivers", record)), name)
        for name in needed
        if name not in coded
    ]
    problems += [_clash(place, name, alpha) for name, alpha in _differing(moves, found)]
    whole = {row.period for mine in rows.values() for row in mine}
    problems += [_gap(place, name, gaps) for name, mine in rows.items() if (gaps := _gaps(mine, whole))]
    if all(len({row.level for row in mine}) == 1 for mine in rows.values()):
        fix = "There is nothing to learn from moves that never change: take other levels, or a longer time."
        got, expected = "every move at one level throughout", "a move that changes"
        problems.append(problem_at(place, got, expected, fix, "all-constant", "warning"))
    if len(found.actors) == 1:
        got, fix = "one actor that chooses", "Add the moves of another; alone, an actor answers nobody."
        problems.append(problem_at(Place(SYSTEM_FILE), got, "two or more", fix, "one-actor", "warning"))
    return problems


def _uncoded(place: Place, name: str) -> Problem:
    fix = "Code it, or take it out of system.toml; nothing is fitted without it."
    return problem_at(place, f"no coding of {name}", "at least one", fix, "not-coded", "warning")


_UNKNOWN = (
    "any level is as probable there, and periods before the first, or after the last, that all moves have are left out"
)


def _gap(place: Place, name: str, gaps: Sequence[str]) -> Problem:
    got, fix = f"no coding of {name} in {', '.join(gaps)}", f"Code them; until then {_UNKNOWN}."
    return problem_at(place, got, "every period from the first to the last", fix, "coding-gap", "warning")


def _clash(place: Place, name: str, alpha: float) -> Problem:
    fix = "Let the coders talk over the rows on which they differ, and say in the codebook what they settle."
    got = f"coders of {name} who agree with alpha {alpha:.2f}"
    return problem_at(place, got, f"{TENTATIVE} or more", fix, "coders-differ", "warning")


def _differing(moves: Sequence[CodedMove], found: System) -> list[tuple[str, float]]:
    """Moves whose coders agree too little for even tentative conclusions, with their alpha."""
    each = [(move.name, agreement_of(move, moves)) for move in found.moves]
    enough = [(name, one.alpha) for name, one in each if one.shared >= ENOUGH_SHARED]
    return [(name, alpha) for name, alpha in enough if alpha is not None and alpha < TENTATIVE]


def _gaps(rows: Sequence[CodedMove], whole: Collection[str]) -> list[str]:
    """Periods from the first to the last in which any move is coded, and a coded one is not."""
    coded = {row.period for row in rows}
    return [period for period in between(min(whole), max(whole)) if period not in coded] if coded else []
