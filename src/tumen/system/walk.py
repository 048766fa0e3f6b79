"""A system walked back, as text: what was coded, the fit, its scores, aims, conduct and forecasts."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.counting import counted
from tumen.errors import visible
from tumen.judge.evaluated import Evaluated
from tumen.system.conclusion import Conclusion, Learnt, LevelInTime
from tumen.system.conduct_told import conduct_sentences, fittings
from tumen.system.in_words import (
    actor_names,
    concluded_in,
    enumerated,
    fit_sentences,
    hit_sentence,
    move_title,
    parameter_title,
    system_summary,
)
from tumen.system.pressing import pressures

_NONE = "The case has no system that can be run: it has no system.toml, or its record has no coded moves for it."


def explain_system(evaluated: Evaluated) -> str:
    """What the system of a case came to as text: sentences first, then each part of it."""
    found = concluded_in(evaluated)
    if found is None:
        return _NONE
    names = actor_names(evaluated)
    parts = {
        "WHAT WAS CODED": _coded(found, names),
        "WHO PRESSES WHOM": _pressing(found, names),
        "FIT": fit_sentences(found, names),
        "HOW WELL IT FORECAST": [f"{one.name}: {one.score:.1f}" for one in found.scores],
        "AIMS, HABITS AND PRECISION, BEFORE AND AFTER THE RECORD": [_learnt(o, found, names) for o in found.learnt],
        "EXPLANATIONS BY CONDUCT": _conduct(found, evaluated),
        "FORECASTS": _forecasts(found, names),
        "ROWS": _rows(found, evaluated),
    }
    lines = system_summary(found, evaluated)
    for head, told in parts.items():
        lines += ["", head, *(f"  {line}" for line in told)] if told else []
    return "\n".join(visible(line) for line in lines)


def _coded(found: Conclusion, names: Mapping[str, str]) -> list[str]:
    lines = []
    for move in found.system.moves:
        coded = found.run.history.coded[move.name]
        each = [
            f"{period} {move.levels[int(at.argmax())]} {at.max():.2f}"
            for period, at in zip(found.run.history.periods, coded, strict=True)
        ]
        lines += [f"{move_title(move.name, names)}: {move.says}", f"  {', '.join(each)}"]
        lines.append(f"  {hit_sentence(move.name, found)}")
    return lines


def _pressing(found: Conclusion, names: Mapping[str, str]) -> list[str]:
    says = {aim.name: aim.says for aim in found.system.aims}
    agents = found.run.game.agents
    return [
        f"{move_title(agents[one.other], names)} on {move_title(agents[one.agent], names)}: {one.size:.1f}, for "
        f"{enumerated([f'‘{says[aim]}’' for aim in one.aims])}"
        for one in pressures(found.run)
    ]


def _learnt(one: Learnt, found: Conclusion, names: Mapping[str, str]) -> str:
    before, after = one.before, one.after
    return (
        f"{parameter_title(one.name, found, names)}: {before.low:.2f} to {before.high:.2f} before, {after.low:.2f} to "
        f"{after.high:.2f} after, median {after.median:.2f}"
    )


def _conduct(found: Conclusion, evaluated: Evaluated) -> list[str]:
    each = fittings(found, evaluated)
    lines = conduct_sentences(each)
    for one in each:
        lines.append(
            f"{one.label}: {abs(one.behind):.2f} behind the best in logarithms, standard error {one.error:.2f}"
        )
        lines[-1] += f"; by the scored evidence {100 * one.scored:.0f} per cent" if one.scored is not None else ""
    return lines


def _forecasts(found: Conclusion, names: Mapping[str, str]) -> list[str]:
    to_come = sorted((one for one in found.levels if one.coded is None), key=lambda one: one.period)
    return [f"{one.period} {move_title(one.move, names)} ‘{one.level}’: {_banded(one)}" for one in to_come]


def _banded(one: LevelInTime) -> str:
    return f"{one.forecast:.2f} ({one.low:.2f} to {one.high:.2f})"


def _rows(found: Conclusion, evaluated: Evaluated) -> list[str]:
    """The sources of the rows that carry it, with how many each gave."""
    shown = [(evaluated.sources[source], count) for source, count in found.rows.items()]
    return [f"{counted(count, 'row')}: {one.grade} {one.shown} {one.url}".rstrip() for one, count in shown]
