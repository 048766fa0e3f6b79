"""Whether a move's mean level stayed in a band over the last periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from tumen.errors import Place, Problem, did_you_mean
from tumen.kind import Checked
from tumen.measure.arguments import ActorCode, Form
from tumen.measure.draws import point_of, standard_uniforms
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import FACTOR
from tumen.record.read import Record
from tumen.system.coded import CodedMove, coded_moves, pooled_levels, used_move
from tumen.system.coder_agreement import agreement_of
from tumen.system.periods import after, between, months_in
from tumen.system.system_file import system_of
from tumen.system.theory import SYSTEM_FILE, Move, Name, System
from tumen.system.units import PLACE

DOUBT = Lever(
    name="doubt",
    unit=FACTOR,
    low=0.0,
    high=3.0,
    baseline=1.0,
    tolerance=1e-2,
    label="the chance that coders leave to other levels than the one they chose",
)


class StayedWithinArguments(Form):
    """actor and move: whose, and which of system.toml; last: so many periods, up to the last that was coded.

    never_twice: a level at which no two neighbouring periods may both stand; where they do, it counts for them all.
    """

    actor: ActorCode
    move: Name
    last: Annotated[int, Field(ge=1, le=100)] = 4
    never_twice: Name | None = None

    @property
    def name(self) -> str:
        """Actor and move: "ABC.support"."""
        return f"{self.actor}.{self.move}"


def run_stayed_within(
    record: Record, arguments: StayedWithinArguments, _choice: Choice, setting: Setting
) -> Found | Lacking:
    """The mean level of a move over its last coded periods, each period's level drawn as the coders have it."""
    system: System | None = setting.parts.get(SYSTEM_FILE)
    move = system.move_named(arguments.name) if system else None
    if move is None:
        return Lacking(f"the move {arguments.name} in {SYSTEM_FILE}")
    rows = [row for row in coded_moves(record) if row.name == move.name and row.level in move.levels]
    by_period = _by_period(rows)
    periods = _periods(by_period, arguments.last)
    if isinstance(periods, str):
        return Lacking(f"{periods} of {move.name}", tuple(used_move(record, row) for row in rows))
    missing = [period for period in periods if period not in by_period]

    def respond(_lever: str, value: float) -> Draws:
        drawn = np.array([_levels(by_period.get(p, ()), move, p, setting, value) for p in periods])
        return _mean_level(drawn, move, arguments.never_twice)

    return Found(
        draws=respond("", 1.0),
        used=tuple(used_move(record, row) for period in periods for row in by_period.get(period, ())),
        notes=(
            f"{periods[0]} to {periods[-1]}",
            *(note for note in (agreement_of(move, rows).note,) if note),
            *((f"not coded in {', '.join(missing)}: every level is as probable there",) if missing else ()),
        ),
        series=tuple(_point(by_period[period], move, period, setting) for period in sorted(by_period)),
        baselines={DOUBT.name: 1.0},
        respond=respond,
        effective=float(len(periods) - len(missing)),
    )


def _by_period(rows: Sequence[CodedMove]) -> Mapping[str, Sequence[CodedMove]]:
    found: dict[str, list[CodedMove]] = defaultdict(list)
    for row in rows:
        found[row.period].append(row)
    return found


def _periods(coded: Mapping[str, Sequence[CodedMove]], last: int) -> list[str] | str:
    """The last periods, one after the other, or what is lacking."""
    if len({months_in(period) for period in coded}) > 1:
        return "periods of one form"
    if not coded:
        return "a coding"
    first = after(max(coded), 1 - last)
    return between(first, max(coded)) if min(coded) <= first else f"codings of {last} periods in a row"


def _levels(rows: Sequence[CodedMove], move: Move, period: str, setting: Setting, doubt: float) -> NDArray[np.int64]:
    """The number of a level in each draw, as probable as coders make it."""
    upto = np.cumsum(pooled_levels(rows, move.levels, doubt))
    uniforms = standard_uniforms(setting, "level of a move", move.name, period)
    return np.searchsorted(upto[:-1], uniforms, side="right")


def _mean_level(drawn: NDArray[np.int64], move: Move, never_twice: str | None) -> Draws:
    """The mean over periods; where neighbours stand at a level at which none may stand twice, the place of that.

    Args:
        drawn: numbers of levels, shape (periods, draws).
    """
    places = np.array(move.scale)
    mean: Draws = places[drawn].mean(axis=0)
    if never_twice is None:
        return mean
    level = move.levels.index(never_twice)
    twice = ((drawn[1:] == level) & (drawn[:-1] == level)).any(axis=0)
    return np.where(twice, places[level], mean)


def _point(rows: Sequence[CodedMove], move: Move, period: str, setting: Setting) -> Point:
    """The mean place of a period, in the range of its likely levels."""
    places = np.array(move.scale)
    drawn = point_of(period, move.name, places[_levels(rows, move, period, setting, 1.0)])
    mean = float(pooled_levels(rows, move.levels) @ places)
    return replace(drawn, median=mean, low=min(drawn.low, mean), high=max(drawn.high, mean))


def check_stayed_within(checked: Checked) -> list[Problem]:
    """Moves and levels that claims name and the system does not have."""
    found = system_of(checked.case)
    problems = []
    for one in checked.bound:
        asked = one.arguments
        if not (found and isinstance(asked, StayedWithinArguments)):
            continue
        move, place = found.move_named(asked.name), Place(one.claim.file, one.claim.line("arguments"))
        if move is None:
            names = [each.name for each in found.moves]
            what, named, known, slug = "move", asked.name, names, "unknown-move"
        elif asked.never_twice and asked.never_twice not in move.levels:
            what, named, known, slug = f"{move.name} at level", asked.never_twice, list(move.levels), "unknown-level"
        else:
            continue
        expected = f"one of {SYSTEM_FILE}: {', '.join(known)}"
        got = f"claim '{one.claim.id}' with {what} '{named}'"
        problems.append(Problem(place, got=got, expected=expected, fix=did_you_mean(named, known), slug=slug))
    return problems


STAYED_WITHIN = Measure(
    name="system.stayed_within",
    question="Did a move's mean level stay in a band over the last periods?",
    estimates="mean level of the move over the last periods",
    unit=PLACE,
    support=(float("-inf"), float("inf")),
    arguments=StayedWithinArguments,
    options=Form,
    tables=("moves",),
    levers=(DOUBT,),
    method="the mean place of a move's levels over the last periods; each draw takes for each period one level, as "
    "probable as several coders make it together",
    source="Our convention for how sure a coder is; Krippendorff (2011), https://repository.upenn.edu/asc_papers/43, "
    "for their agreement",
    limits="One level a period is all that is seen of what an actor did in it. Coders who read the same record may be "
    "wrong together.",
    run=run_stayed_within,
    part=SYSTEM_FILE,
)

MEASURES = (STAYED_WITHIN,)
