"""The pictures of a system hold whatever a case calls its parts, however many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import CaseFolder
from tests.draw.legible import STRANGE, faults
from tests.system.small_system import SYSTEM, system_files
from tumen.run import Evaluation, evaluate
from tumen.system.actors_drawn import actors_drawing
from tumen.system.conclusion import Conclusion
from tumen.system.conduct_told import Fitting
from tumen.system.in_words import concluded_in
from tumen.system.pressing import Pressure, pressures
from tumen.system.system_charts import conduct_drawing, learnt_drawings, move_drawings

NAMES = {"AAA": "Alphaland", "BBB": "Betaland"}


@pytest.fixture
def found(case_folder: CaseFolder) -> Conclusion:
    evaluation: Evaluation = evaluate(case_folder(system_files()), only="system")
    conclusion = concluded_in(evaluation)
    assert conclusion is not None
    return conclusion


def test_every_picture_is_legible(found: Conclusion) -> None:
    for drawing in (actors_drawing(found, NAMES), *move_drawings(found, NAMES), *learnt_drawings(found, NAMES)):
        assert drawing.svg
        assert faults(drawing) == [], drawing.title


@pytest.mark.parametrize("name", STRANGE)
def test_pictures_hold_names_that_nobody_had_in_mind(found: Conclusion, name: str) -> None:
    aims = tuple(aim.model_copy(update={"says": name}) for aim in found.system.aims)
    strange = replace(found, run=replace(found.run, system=replace(found.system, aims=aims)))
    names = {"AAA": name, "BBB": name}
    for drawing in (actors_drawing(strange, names), *move_drawings(strange, names), *learnt_drawings(strange, names)):
        assert faults(drawing) == [], drawing.title
    each = [Fitting(str(n), name, -n / 2, 0.1, 0.5) for n in range(3)]
    assert faults(conduct_drawing(each)) == []


def test_each_actor_has_a_box_with_its_moves_as_they_stand_and_each_pressure_an_arrow(found: Conclusion) -> None:
    drawing = actors_drawing(found, NAMES)
    for svg in drawing.svg.values():
        assert all(said in svg for said in ("Alphaland", "help: much", "Betaland", "lean: near", "95 %"))
        assert svg.count("<polygon") == 2
    assert [row[:2] for row in drawing.rows] == [
        (f"{NAMES[a]}’s {what}", f"{NAMES[b]}’s {other}")
        for a, what, b, other in sorted(
            [("AAA", "help", "BBB", "lean"), ("BBB", "lean", "AAA", "help")],
            key=lambda one: -next(p.size for p in pressures(found.run) if found.run.game.actors[p.agent] == one[0]),
        )
    ]


def test_the_size_of_a_pressure_is_precision_times_weight_times_effect(found: Conclusion) -> None:
    box, draws = found.run.game.box, found.run.fitted.parameters
    names = ("precision AAA", "weight AAA.calm", "effect 0")
    expected = abs(draws[:, [box.place(name) for name in names]].prod(axis=1).mean())
    one = next(p for p in pressures(found.run) if p.aims == ("AAA.calm",))
    assert one.size == pytest.approx(expected)
    assert (found.run.game.agents[one.agent], found.run.game.agents[one.other]) == ("AAA.help", "BBB.lean")


def test_a_strip_has_a_row_for_each_level_and_period_and_marks_what_is_to_come(found: Conclusion) -> None:
    strip = move_drawings(found, NAMES)[0]
    assert len(strip.rows) == 3 * (6 + 4)
    assert strip.rows[0] == ("2020H1", "none", "95", "")
    assert strip.rows[-1][:3] == ("2024H2", "much", "to come")
    assert " to " in strip.rows[-1][3]
    assert "From 2023H1 on, on shaded ground, stand forecasts." in strip.says
    assert "2023H1" in strip.svg["wide"]


def test_too_many_periods_leave_the_table(found: Conclusion) -> None:
    many = tuple(f"{year}H{half}" for year in range(1990, 2023) for half in (1, 2))
    first = [one for one in found.levels if one.period == "2020H1"]
    levels = (*(replace(one, period=p) for p in many for one in first), *(o for o in found.levels if o.coded is None))
    history = replace(found.run.history, periods=many)
    long = replace(found, run=replace(found.run, history=history), levels=levels)
    strip = move_drawings(long, NAMES)[0]
    assert strip.svg == {}
    assert "the table has them" in strip.says
    assert len(strip.rows) == 3 * (66 + 4)


def test_what_is_next_to_nothing_is_not_written_as_nothing() -> None:
    drawing = conduct_drawing([Fitting("a", "first", 0.0, 0.1, 0.9), Fitting("b", "second", -9.0, 0.1, 0.001)])
    assert drawing.rows == (("first", "100", "0.00 ± 0.10", "90"), ("second", "<1", "9.00 ± 0.10", "<1"))
    assert all(svg.count("&lt;1") == 2 for svg in drawing.svg.values())


def test_a_pressure_goes_with_its_driver_as_it_stands_last(case_folder: CaseFolder) -> None:
    whole = 'when = { "AAA.help" = "none", "BBB.lean" = "away" }\n'
    conclusion = concluded_in(
        evaluate(case_folder(system_files(SYSTEM.replace(whole, whole + 'times = "1 - need"\n'))), only="system")
    )
    assert conclusion is not None
    box, draws = conclusion.run.game.box, conclusion.run.fitted.parameters
    names = ("precision AAA", "weight AAA.calm", "effect 0")
    one = next(p for p in pressures(conclusion.run) if p.aims == ("AAA.calm",))
    assert one.size == pytest.approx(0.75 * abs(draws[:, [box.place(n) for n in names]].prod(axis=1).mean()))


@pytest.mark.parametrize("count", [0, 1, 5, 12, 40])
def test_however_many_press_each_other_the_picture_is_legible(
    found: Conclusion, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    many = [Pressure(n % 2, 1 - n % 2, ("AAA.calm",), float(n)) for n in range(count, 0, -1)]
    monkeypatch.setattr("tumen.system.actors_drawn.pressures", lambda _: many)
    drawing = actors_drawing(found, NAMES)
    assert faults(drawing) == []
    assert all(svg.count("<polygon") == count for svg in drawing.svg.values())
    assert len(drawing.rows) == count
    assert ("No actor reckons" in drawing.says) == (count == 0)
