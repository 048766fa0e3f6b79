"""system.toml read, and all that is wrong with it within itself, and beside the actors and explanations of its case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from tumen.case.further_file import read_further
from tumen.case.lines import KeyPath
from tumen.case.load import Case
from tumen.case.model import CaseHeader, Claim, Placed
from tumen.errors import Place, Problem, did_you_mean, problem_at
from tumen.explanations.declared import FILE as EXPLANATIONS
from tumen.kind import Checked
from tumen.system.periods import months_in
from tumen.system.strong_habits import strong_habits
from tumen.system.theory import HABIT, SYSTEM_FILE, Aim, Driver, Effect, Future, Move, Profile, System, SystemFile

#: What the file's parts are, in the order in which they are read.
_MODELS: Mapping[str, type[Placed]] = {
    "move": Move,
    "aim": Aim,
    "effect": Effect,
    "driver": Driver,
    "future": Future,
    "profile": Profile,
}


def read_system(
    body: Mapping[str, Any], lines: Mapping[KeyPath, int], header: CaseHeader, _claims: Sequence[Claim]
) -> tuple[System | None, list[Problem]]:
    """The system that a file declares, or None, and everything that is wrong with it.

    Args:
        body, lines: its keys, and the line of each.
        header: of its case, which names the actors.
    """
    read, problems = read_further(SystemFile, _MODELS, body, lines, SYSTEM_FILE)
    if read is None:
        return None, problems
    top, parts = read
    moves, aims, effects, drivers, futures, profiles = parts.values()
    found = System(moves, aims, effects, drivers, futures, profiles, top.precision, top.note, top.ahead)
    return found, check_system(found, {actor.id for actor in header.actor}, lines)


def system_of(case: Case) -> System | None:
    """The system of a case, where it declares one."""
    found: System | None = case.parts.get(SYSTEM_FILE)
    return found


def check_system(found: System, actors: Collection[str], lines: Mapping[KeyPath, int]) -> list[Problem]:
    """What one part of the file says of another, and of the actors of its case.

    Args:
        actors: those of the case.
        lines: of the keys at the top of the file.
    """
    return [
        *_actors(found, actors, lines),
        *_repeated(found),
        *_purposes(found),
        *(problem for effect in found.effects for problem in _effect(effect, found)),
        *(problem for driver in found.drivers for problem in _driver(driver, found)),
        *_futures(found),
        *(problem for profile in found.profiles for problem in _profile(profile, found)),
        *_precisions(found, lines),
        *strong_habits(found),
    ]


def check_profiles(checked: Checked) -> list[Problem]:
    """Profiles of explanations that the case does not have."""
    found, rivals = system_of(checked.case), checked.case.parts.get(EXPLANATIONS)
    known: Sequence[str] = rivals.ids if rivals else ()
    return [
        unknown(
            one,
            ("explains",),
            "profile of explanation",
            one.explains,
            f"an id of {EXPLANATIONS}",
            known,
            "unknown-hypothesis",
        )
        for one in (found.profiles if found else ())
        if one.explains not in known
    ]


def unknown(
    part: Placed, path: tuple[str | int, ...], what: str, name: str, expected: str, known: Iterable[str], slug: str
) -> Problem:
    """Something that a part names and that is not there.

    Args:
        path: of the key that names it, within the part.
        what: what it is called.
    """
    return problem_at(_at(part.line(*path)), f"{what} '{name}'", expected, did_you_mean(name, known), slug)


def _at(line: int | None) -> Place:
    return Place(SYSTEM_FILE, line)


def _at_top(actor: str, lines: Mapping[KeyPath, int]) -> int | None:
    """The line of an actor's precision at the top of the file."""
    return lines.get(("precision", actor), lines.get(("precision",)))


def _actors(found: System, actors: Collection[str], lines: Mapping[KeyPath, int]) -> list[Problem]:
    """Actors that the case does not have, and aims and precisions of those who choose nothing."""
    parts: Sequence[Move | Aim] = (*found.moves, *found.aims)
    problems = [
        unknown(part, ("actor",), "actor", part.actor, "an actor of case.toml", actors, "unknown-actor")
        for part in parts
        if part.actor not in actors
    ]
    for aim in found.aims:
        if aim.actor in actors and aim.actor not in found.actors:
            got = f"aim '{aim.name}' of an actor without a move"
            fix = "Give the actor a [[move]], or remove the aim."
            problems.append(
                problem_at(_at(aim.line("actor")), got, "an actor that can choose", fix, "actor-without-moves")
            )
    return problems + [
        problem_at(
            _at(_at_top(actor, lines)),
            f"the precision of '{actor}'",
            "an actor with a [[move]]",
            did_you_mean(actor, found.actors),
            "unknown-actor",
        )
        for actor in found.precision
        if actor not in found.actors
    ]


def _repeated(found: System) -> list[Problem]:
    """Parts that are called as one before them."""
    named: Mapping[str, Sequence[tuple[Placed, str, str]]] = {
        "move": [(one, "id", one.name) for one in found.moves],
        "aim": [(one, "id", one.name) for one in found.aims],
        "driver": [(one, "id", one.id) for one in found.drivers],
        "future": [(one, "id", one.id) for one in found.futures],
        "profile of": [(one, "explains", one.explains) for one in found.profiles],
    }
    problems = []
    for kind, parts in named.items():
        seen: set[str] = set()
        for part, key, name in parts:
            if name in seen:
                got, fix = f"a second {kind} '{name}'", "Give one of them another id, or remove it."
                problems.append(problem_at(_at(part.line(key)), got, "each id once", fix, "id-repeated"))
            seen.add(name)
    return problems


def _purposes(found: System) -> list[Problem]:
    """A file without moves, aims that nothing serves or harms, and actors for whom nothing weighs."""
    if not found.moves:
        return [problem_at(_at(None), "no [[move]]", "at least one", "Say what an actor can choose.", "no-moves")]
    served = {effect.aim for effect in found.effects}
    problems = [
        problem_at(
            _at(aim.line("id")),
            f"aim '{aim.name}' without effects",
            "an [[effect]] that serves or harms it",
            "Add one, or remove the aim: it would change nothing.",
            "aim-without-effects",
        )
        for aim in found.aims
        if aim.name not in served
    ]
    for actor in found.actors:
        aims = [aim for aim in found.aims if aim.actor == actor]
        first = next(move for move in found.moves if move.actor == actor)
        weights = [aim.weight[1] for aim in aims] or [m.habit[1] for m in found.moves if m.actor == actor]
        if not any(weights):
            line = aims[0].line("weight") if aims else first.line("habit")
            got = f"nothing that weighs for '{actor}': every weight is 0"
            fix = "Raise the high end of a weight; the actor would choose at random."
            problems.append(problem_at(_at(line), got, "an aim with a weight above 0", fix, "weights-zero"))
    return problems


def _effect(effect: Effect, found: System) -> list[Problem]:
    """What an effect names and the file does not have."""
    problems = []
    if effect.aim not in (aims := [aim.name for aim in found.aims]):
        problems.append(
            unknown(effect, ("aim",), "aim", effect.aim, "the actor and id of an [[aim]]", aims, "unknown-aim")
        )
    for name, level in effect.when.items():
        move = found.move_named(name)
        if move is None:
            moves = [one.name for one in found.moves]
            problems.append(
                unknown(effect, ("when", name), "move", name, "the actor and id of a [[move]]", moves, "unknown-move")
            )
        elif level not in move.levels:
            expected = f"one of {name}: {', '.join(move.levels)}"
            problems.append(
                unknown(effect, ("when", name), f"{name} at level", level, expected, move.levels, "unknown-level")
            )
    if effect.driver and effect.driver not in (drivers := [one.id for one in found.drivers]):
        problems.append(
            unknown(effect, ("times",), "driver", effect.driver, "the id of a [[driver]]", drivers, "unknown-driver")
        )
    return problems


def _driver(driver: Driver, found: System) -> list[Problem]:
    """Levels of a driver that its move does not have, and those that it leaves out. A move of somebody else is known
    from its coding alone.
    """
    move = found.move_named(driver.move) if driver.move else None
    if move is None:
        return []
    expected = f"one of {move.name}: {', '.join(move.levels)}"
    problems = [
        unknown(
            driver, ("levels", level), f"driver '{driver.id}' with level", level, expected, move.levels, "unknown-level"
        )
        for level in driver.levels
        if level not in move.levels
    ]
    if not driver.before:
        got = f"driver '{driver.id}' as {move.name} in the same period"
        fix = "Say `before = true`, or name the move in an effect's `when`: moves of one period answer each other."
        problems.append(problem_at(_at(driver.line("move")), got, "the period before", fix, "driver-same-period"))
    left_out = [level for level in move.levels if level not in driver.levels]
    if left_out:
        got = f"driver '{driver.id}' without {', '.join(left_out)}"
        fix = "Add what it stands for."
        every = f"a number for every level of {move.name}"
        problems.append(problem_at(_at(driver.line("levels")), got, every, fix, "level-left-out"))
    return problems


def _futures(found: System) -> list[Problem]:
    """Drivers that a future names and that are not there, and periods of another form than the first."""
    known = [driver.id for driver in found.drivers]
    problems = [
        unknown(
            future,
            ("set", name),
            f"future '{future.id}' with driver",
            name,
            "the id of a [[driver]]",
            known,
            "unknown-driver",
        )
        for future in found.futures
        for name in future.set
        if name not in known
    ]
    named = [(one, name, period) for one in found.futures for name, by in one.set.items() for period in by]
    if named:
        usual = Counter(months_in(period) for *_, period in named).most_common(1)[0][0]
        like = next(period for *_, period in named if months_in(period) == usual)
        problems += [
            problem_at(
                _at(one.line("set", name, period)),
                f"period '{period}' beside '{like}'",
                "periods of one form",
                "Name all periods as those of the record's moves.",
                "period-forms",
            )
            for one, name, period in named
            if months_in(period) != usual
        ]
    return problems


def _profile(profile: Profile, found: System) -> list[Problem]:
    """Aims and actors that a profile names and that are not there."""
    known = [*(aim.name for aim in found.aims), *(f"{actor}.{HABIT}" for actor in found.actors)]
    what = f"profile of '{profile.explains}' with"
    expected = f"the actor and id of an [[aim]], or an actor's {HABIT}"
    return [
        *(
            unknown(profile, ("weights", name), f"{what} aim", name, expected, known, "unknown-aim")
            for name in profile.weights
            if name not in known
        ),
        *(
            unknown(
                profile,
                ("precision", actor),
                f"{what} actor",
                actor,
                "an actor with a [[move]]",
                found.actors,
                "unknown-actor",
            )
            for actor in profile.precision
            if actor not in found.actors
        ),
    ]


def _precisions(found: System, lines: Mapping[KeyPath, int]) -> list[Problem]:
    """Precisions that are nothing but zero: whoever has one chooses at random."""
    given = [(_at_top(actor, lines), actor, of) for actor, of in found.precision.items()]
    given += [(p.line("precision", actor), actor, of) for p in found.profiles for actor, of in p.precision.items()]
    return [
        problem_at(
            _at(line),
            f"precision {of[0]:g} to {of[1]:g} of '{actor}'",
            "a high end above 0",
            "Raise it: at 0 the actor chooses at random, whatever it is after.",
            "precision-zero",
        )
        for line, actor, of in given
        if of[1] == 0
    ]
