"""What a list says of one ship, in whatever form it was published: names, numbers and flags as its cells have them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from iso3166 import countries_by_alpha2

from tumen.counting import counted
from tumen.errors import Place, Problem
from tumen.record.readers.states import state_of
from tumen.vessels.listed import Vessel
from tumen.vessels.ship_names import name_meant

_IMO = re.compile(r"(?:IMO)?[\s.:#-]*(?:NUMBER|NUM|NO|NR)?[\s.:#-]*(\d+)(?:\.0*)?", re.IGNORECASE)
_MMSI = re.compile(r"(?:MMSI)?[\s.:#-]*(\d+)(?:\.0*)?", re.IGNORECASE)
_PARTS = re.compile(r"[;|\n]")
_IMO_DIGITS, _MMSI_DIGITS = 7, 9

#: Values of one kind that are told one by one; the rest are counted.
_TOLD = 20

_FORM = "listed vessels with a name, a valid IMO number of seven digits or an MMSI of nine, and a state as flag"


@dataclass(frozen=True)
class ListEntry:
    """One ship as a list has her.

    Args:
        line: where she stands; None in a document.
        id: by which the list names her; empty for none. Lines of one id are one ship.
        names: hers first, then her other names.
        imos, mmsis, flags: as written; texts that stand for none may be among them.
    """

    line: int | None
    id: str = ""
    names: tuple[str, ...] = ()
    imos: tuple[str, ...] = ()
    mmsis: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def with_more(self, other: ListEntry) -> ListEntry:
        """The ship with what another line of her id says."""
        return replace(
            self,
            names=_once(self.names, other.names),
            imos=_once(self.imos, other.imos),
            mmsis=_once(self.mmsis, other.mmsis),
            flags=_once(self.flags, other.flags),
        )


def _once(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def texts_in(cell: str, commas: bool = True) -> tuple[str, ...]:
    """The texts that one cell joins: by ; or |, in quotes where they hold such a sign, or else by a comma.

    Args:
        commas: whether a comma parts texts where nothing else does.

    Example:
        >>> texts_in('OLD NAME;"A; B"'), texts_in("ALPHA, BETA"), texts_in("ALPHA|BETA;")
        (('OLD NAME', 'A; B'), ('ALPHA', 'BETA'), ('ALPHA', 'BETA'))
    """
    if '"' in cell and ";" in cell:
        parts = next(csv.reader([cell.replace("\n", ";")], delimiter=";", skipinitialspace=True), [])
    elif _PARTS.search(cell):
        parts = _PARTS.split(cell)
    else:
        parts = cell.split(",") if commas else [cell]
    return tuple(part.strip() for part in parts if part.strip())


def flag_of(text: str) -> str | None:
    """The state, ISO 3166 alpha-3, that a flag written as a name, alpha-3 or alpha-2 code means; None for no state."""
    country = countries_by_alpha2.get(text.strip().upper())
    return country.alpha3 if country else state_of(text, "name") or None


def imo_fits(digits: str) -> bool:
    """Whether the last of seven digits follows from the six before it.

    Source: IMO resolution A.1117(30).

    Example:
        >>> imo_fits("9074729"), imo_fits("9074728")
        (True, False)
    """
    return sum((7 - n) * int(digit) for n, digit in enumerate(digits[:6])) % 10 == int(digits[6])


class Judged:
    """Ships of a list as they are looked for, and what of them could not be used, by what it was."""

    def __init__(self, shown: str, entries: Iterable[ListEntry]) -> None:
        """Judge entries.

        Args:
            shown: the list's name, for messages.
        """
        self._shown = shown
        self._doubts: dict[tuple[str, str], list[int | None]] = {}
        merged: dict[object, ListEntry] = {}
        for number, entry in enumerate(entries):
            key = entry.id or number
            merged[key] = merged[key].with_more(entry) if key in merged else entry
        self.vessels = tuple(vessel for entry in merged.values() for vessel in self._vessels(entry))

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What could not be used, or only as it stands, as warnings: each value once, with how often it is there."""
        kinds = Counter(fix for fix, _ in self._doubts)
        told: Counter[str] = Counter()
        notes: list[Problem] = []
        for (fix, got), lines in self._doubts.items():
            told[fix] += 1
            if told[fix] <= _TOLD:
                often = f", on {counted(len(lines), 'line')}" if len(lines) > 1 else ""
                notes.append(self._note(lines[0], got + often, fix))
        for fix, number in kinds.items():
            if number > _TOLD:
                notes.append(self._note(None, f"{counted(number - _TOLD, 'more value')} of this kind", fix))
        return tuple(notes)

    def _note(self, line: int | None, got: str, fix: str) -> Problem:
        place = Place(self._shown, line)
        return Problem(place, got=got, expected=_FORM, fix=fix, slug="listed-doubtful", severity="warning")

    def _doubt(self, entry: ListEntry, got: str, fix: str) -> None:
        self._doubts.setdefault((fix, got), []).append(entry.line)

    def _vessels(self, entry: ListEntry) -> Iterator[Vessel]:
        """A ship as often as she has numbers; once where she has none but a name."""
        names = list(dict.fromkeys(name for name in map(name_meant, entry.names) if name))
        imos = [int(one) for one in self._numbers(entry, entry.imos, _IMO, _IMO_DIGITS, "IMO number")]
        mmsis = [int(one) for one in self._numbers(entry, entry.mmsis, _MMSI, _MMSI_DIGITS, "MMSI")]
        if not (names or imos or mmsis):
            self._doubt(entry, "neither a name nor a number", "She was not looked for.")
            return
        name, flag = names[0] if names else "", self._flag(entry)
        line = f" (line {entry.line})" if entry.line else ""
        shown = (
            entry.id
            or f"{next((text.strip() for text in entry.names if name_meant(text)), '') or (imos or mmsis)[0]}{line}"
        )
        for imo, mmsi in zip_longest(imos, mmsis) if imos or mmsis else [(None, None)]:
            yield Vessel(shown, name, imo, flag, mmsi, tuple(names[1:]))

    def _numbers(
        self, entry: ListEntry, cells: Sequence[str], form: re.Pattern[str], digits: int, what: str
    ) -> Iterator[str]:
        """The numbers of some digits that cells hold; any other is told of."""
        seen: set[str] = set()
        for text in (part for cell in cells for part in texts_in(cell)):
            match = form.fullmatch(text)
            number = match[1] if match else ""
            if not number.strip("0"):
                if len(number) > 1:
                    self._doubt(entry, f"{what} '{text}'", "It stands for none; it was not used.")
                elif name_meant(text):
                    self._doubt(entry, f"{what} '{text}'", "It was not used.")
            elif len(number) != digits:
                self._doubt(entry, f"{what} '{text}'", "It was not used.")
            elif len(set(number)) == 1:
                self._doubt(entry, f"{what} '{text}'", "It stands for none; it was not used.")
            elif number not in seen:
                seen.add(number)
                if digits == _IMO_DIGITS and not imo_fits(number):
                    self._doubt(entry, f"{what} '{text}', whose last digit does not fit", "It was used as it stands.")
                yield number

    def _flag(self, entry: ListEntry) -> str | None:
        """Her flag; None where it is no state's, or where several are given and none is said to be today's."""
        written = [text for cell in entry.flags if name_meant(cell) for text in _flags_in(cell) if name_meant(text)]
        found = dict.fromkeys(flag_of(text) for text in written)
        for text in written:
            if flag_of(text) is None:
                self._doubt(
                    entry, f"flag '{text}', which is no state", "It was not compared with where she is numbered."
                )
        states = [flag for flag in found if flag]
        if len(states) > 1:
            self._doubt(entry, f"several flags, {', '.join(states)}", "None was compared with where she is numbered.")
        return states[0] if len(states) == 1 else None


def _flags_in(cell: str) -> list[str]:
    """The flags of a cell: one, or several joined by ; or |."""
    return [cell] if flag_of(cell) else [part for part in _PARTS.split(cell) if part.strip()]
