"""What a system comes to, in plain words: what it is, how it forecast, what it cannot tell, and what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tumen.counting import counted
from tumen.judge.evaluated import Evaluated
from tumen.system.conclusion import SYSTEM_WORD, Conclusion, LevelInTime
from tumen.system.theory import HABIT


def concluded_in(evaluated: Evaluated) -> Conclusion | None:
    """What the case's system came to, where it has one that can be run."""
    found: Conclusion | None = evaluated.conclusions.get(SYSTEM_WORD)
    return found


def actor_names(evaluated: Evaluated) -> Mapping[str, str]:
    """What actors are called, by their codes."""
    return {one.id: one.name for one in evaluated.case.header.actor}


def enumerated(names: Sequence[str]) -> str:
    """Names as a sentence has them.

    Example:
        >>> enumerated(["a"]), enumerated(["a", "b", "c"])
        ('a', 'a, b and c')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def move_title(move: str, names: Mapping[str, str]) -> str:
    """A move as prose calls it.

    Example:
        >>> move_title("AAA.open_door", {"AAA": "Arcady"})
        'Arcady’s open door'
    """
    actor, _, what = move.partition(".")
    return f"{names.get(actor, actor)}’s {what.replace('_', ' ')}"


def system_summary(found: Conclusion, evaluated: Evaluated) -> list[str]:
    """What must be read first, in sentences; where simpler ways forecast as well, that comes before all else."""
    names = actor_names(evaluated)
    lines = [_what(found, names), _worth(found)]
    lines = lines if found.worth else lines[::-1]
    lines += [*next_sentences(found, names), untold_sentence(found)]
    return [*lines, f"Note: {found.system.note}"] if found.system.note else lines


def _what(found: Conclusion, names: Mapping[str, str]) -> str:
    who = enumerated([names.get(actor, actor) for actor in found.system.actors])
    first, last = found.run.history.periods[0], found.run.history.periods[-1]
    return (
        f"What follows is a model that the case declares, not a finding: what {who} can each do in a period, what each "
        "is after, and what moves them. In it each chooses what serves its aims, not exactly but the likelier the "
        "better, and reckons with what the others do. It was fitted to what coders say that each did from "
        f"{first} to {last}, and holds only if the declaration does."
    )


def _worth(found: Conclusion) -> str:
    own, *others = found.scores
    if found.worth:
        best = max(others, key=lambda one: one.score)
        return (
            f"It forecast each period from those before it better than each simpler way did (score {own.score:.1f}); "
            f"the best of those, ‘{best.name}’, comes to {best.score:.1f}. A point more means that it made what was "
            "done 2.7 times as probable, over all periods together."
        )
    better = enumerated([f"‘{one.name}’ ({one.score:.1f})" for one in others if one.score >= own.score])
    return (
        f"This model forecast no better than {better} did: its own score is {own.score:.1f}, and the higher is the "
        "better. Read all that follows as a way to think about the case, not as a forecast."
    )


def next_sentences(found: Conclusion, names: Mapping[str, str]) -> list[str]:
    """What each move most probably is in the first and the last period to come, a sentence each."""
    first, last = found.run.ahead[0], found.run.ahead[-1]
    lines = []
    for move in found.system.moves:
        soon, late = _likeliest(found, move.name, first), _likeliest(found, move.name, last)
        same = " too" if late.level == soon.level else ""
        then = f"; in {last} ‘{late.level}’{same}, {_banded(late)}" if last != first else ""
        lines.append(f"Forecast of {move_title(move.name, names)}: in {first} ‘{soon.level}’, {_banded(soon)}{then}.")
    return lines


def _likeliest(found: Conclusion, move: str, period: str) -> LevelInTime:
    mine = [one for one in found.levels if one.move == move and one.period == period]
    return max(mine, key=lambda one: one.forecast or 0.0)


def _banded(one: LevelInTime) -> str:
    at, low, high = (100 * (value or 0.0) for value in (one.forecast, one.low, one.high))
    return f"{at:.0f} per cent ({low:.0f} to {high:.0f})"


def untold_sentence(found: Conclusion) -> str:
    """How many aims the record does not narrow."""
    count, every = len(found.untold), len(found.system.aims)
    if not count:
        return "The record narrows what each aim can weigh by a tenth or more."
    which = f"any of the {every} aims" if count == every else f"{count} of the {every} aims"
    return (
        f"What the record cannot tell is how much {which} {'weighs' if count == 1 or count == every else 'weigh'}: it "
        "leaves nine tenths or more of the range that was declared, so that there the declaration speaks."
    )


def untold_aims(found: Conclusion, names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Aims that the record does not narrow, as the case says them, by the actor's name."""
    untold = {name.removeprefix("weight ") for name in found.untold}
    each: dict[str, list[str]] = {}
    for aim in found.system.aims:
        if aim.name in untold:
            each.setdefault(names.get(aim.actor, aim.actor), []).append(aim.says)
    return list(each.items())


def parameter_title(name: str, found: Conclusion, names: Mapping[str, str]) -> str:
    """A weight, a habit or a precision as prose calls it."""
    what, _, whose = name.partition(" ")
    actor = names.get(whose.partition(".")[0], whose.partition(".")[0])
    if what == HABIT:
        return f"{move_title(whose, names)}: the same as before"
    if what == "precision":
        return f"{actor}: how exactly it chooses"
    return f"{actor}: {next(aim.says for aim in found.system.aims if aim.name == whose)}"


def fit_sentences(found: Conclusion, names: Mapping[str, str]) -> list[str]:
    """How the fit went, and what was not coded."""
    fitted = found.run.fitted
    exact = f"is further than {fitted.residual:.0e} from exact" if fitted.residual else "is off"
    lines = [
        f"Of {counted(len(fitted.parameters), 'draw')} of its weights, effects and precision, {fitted.effective:,} "
        f"counted where they were fewest; no equilibrium {exact}."
    ]
    if fitted.turned > 0:
        lines.append(
            f"In {100 * fitted.turned:.2g} per cent of games the branch of equilibria turned back; there the last "
            "point before the turn counts."
        )
    if fitted.effective < 1000:
        lines.append("Fewer than a thousand draws counted somewhere: ranges are less sure than they look.")
    return [*lines, *(f"{_said(note, found, names)}." for note in found.run.history.notes)]


def _said(note: str, found: Conclusion, names: Mapping[str, str]) -> str:
    """A note with moves and drivers as prose calls them."""
    for driver in found.system.drivers:
        title = move_title(driver.move, names) if driver.move else f"‘{driver.says}’"
        note = note.replace(driver.move or f"{driver.id} was", title if driver.move else f"{title} was")
    for move in found.system.moves:
        note = note.replace(move.name, move_title(move.name, names))
    return note


def hit_sentence(move: str, found: Conclusion) -> str:
    """In how many periods the level that was forecast as likeliest was the one that was coded."""
    levels: dict[str, list[LevelInTime]] = {}
    for one in found.levels:
        if one.move == move and one.coded is not None and one.forecast is not None:
            levels.setdefault(one.period, []).append(one)
    hits = sum(_top(each, "coded") == _top(each, "forecast") for each in levels.values())
    return (
        f"In {hits} of {counted(len(levels), 'period')} the level that the periods before made the likeliest is the "
        "one that coders hold the likeliest."
    )


def _top(levels: Sequence[LevelInTime], by: str) -> str:
    return max(levels, key=lambda one: getattr(one, by) or 0.0).level
