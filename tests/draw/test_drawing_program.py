"""The program that draws may die as it likes: the run has words in its place."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tumen.draw import drawing
from tumen.draw.drawing import data_of, drawn, seen, styled
from tumen.draw.drawing_program import DEATHS, Program, Undrawn

SPEC = {"mark": "bar", "title": "A chart"}


def python(code: str) -> Program:
    return Program((sys.executable, "-c", code), limit_s=0.5)


@pytest.fixture
def program() -> Iterator[Program]:
    found = Program()
    yield found
    found.close()


def test_a_description_is_drawn(program: Program) -> None:
    assert "A chart" in program.svg(SPEC, "6.4")


def test_a_death_costs_one_picture_and_the_next_is_drawn(program: Program) -> None:
    with pytest.raises(Undrawn, match=r"the drawing program ended \(signal \d+\)"):
        program.svg({**SPEC, "title": "a\x0cb"}, "6.4")
    assert "A chart" in program.svg(SPEC, "6.4")


def test_what_cannot_be_drawn_ends_nothing(program: Program) -> None:
    with pytest.raises(Undrawn, match="could not draw it"):
        program.svg({"mark": 3}, "6.4")
    assert "A chart" in program.svg(SPEC, "6.4")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import os; os.abort()", "ended (signal 6)"),
        ("raise SystemExit(3)", "ended (exit code 3)"),
        ("import time; time.sleep(60)", "took more than 0.5 seconds"),
        ("print('{}')", "could not be asked (KeyError)"),
        ("print('nonsense')", "could not be asked (JSONDecodeError)"),
    ],
)
def test_every_way_to_die_is_told(code: str, why: str) -> None:
    with pytest.raises(Undrawn) as told:
        python(code).svg(SPEC, "6.4")
    assert why in str(told.value)


def test_a_program_that_cannot_be_started_is_told() -> None:
    with pytest.raises(Undrawn, match="FileNotFoundError"):
        Program(("no-such-program",)).svg(SPEC, "6.4")


def test_it_is_started_no_more_after_some_deaths() -> None:
    program = python("raise SystemExit(3)")
    for _ in range(DEATHS):
        with pytest.raises(Undrawn):
            program.svg(SPEC, "6.4")
    program._command = ("no-such-program",)
    with pytest.raises(Undrawn, match="exit code 3"):
        program.svg(SPEC, "6.4")


def test_a_drawing_that_is_missing_keeps_its_words_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> str:
        raise Undrawn("it ended")

    monkeypatch.setattr(drawing, "svg_of", refuse)
    found = drawn("Title", "says", {"wide": SPEC}, ("a",), (("1",),))
    assert (found.svg, found.missing, found.rows) == ({}, "it ended", (("1",),))


def test_all_text_of_a_description_is_made_visible() -> None:
    import altair as alt

    chart = alt.Chart(data_of([{"\x0ckey": "\u202evalue", "v": 1.5}])).mark_bar().properties(title="\x1btitle")
    for spec in (
        styled(chart),
        {"values": [{"\x01": "\uffff"}]},
        {"axis": {"values": ["\x9b"]}},
        {"\x7f": ("\ue000",)},
    ):
        text = repr(seen(spec))
        assert not [c for c in "\x0c\u202e\x1b\x01\uffff\x9b\x7f\ue000" if c in text]
