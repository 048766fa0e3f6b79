"""What a terminal shows first fits a screen, cuts no verdict and counts what it leaves out."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

from tumen.judge.verdict import Verdict
from tumen.report.first_sight import SCREEN, totals
from tumen.report.standing import EDITORS_WORDS
from tumen.report.table import print_first_sight
from tumen.run import BUNDLED, Evaluation, evaluate


@pytest.fixture(scope="module")
def bundled() -> Evaluation:
    """The bundled case, with what changed since the edition before."""
    return evaluate(BUNDLED, since=True)


def shown(evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch, columns: int = 80, **how: Any) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    stream = io.StringIO()
    print_first_sight(evaluation, stream, **how)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("columns", [60, 80, 132])
def test_the_bundled_case_fits_a_screen_with_room_for_where_the_run_lies(
    bundled: Evaluation, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    lines = shown(bundled, monkeypatch, columns)
    assert len(lines) <= SCREEN - 2
    assert max(map(len, lines)) <= columns
    assert all(line == line.rstrip() for line in lines)


def test_no_verdict_is_cut_and_each_stands_with_its_probability(
    bundled: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = shown(bundled, monkeypatch)
    mine = [line for line in lines if line.startswith("  ") and "→" not in line]
    assert len(mine) == 18
    assert all(any(word in line for word in EDITORS_WORDS.values()) for line in mine)
    assert any(line.startswith("  China's share of") and line.endswith("16 to 54%") for line in mine)


def test_claims_that_hold_make_way_and_are_counted(bundled: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(bundled, monkeypatch)
    assert "18 more (--verbose): 17 hold, 1 is not measured yet." in lines
    assert not any(line.endswith(" holds") for line in lines if "→" not in line)


def test_a_claim_whose_verdict_changed_has_a_star(bundled: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(bundled, monkeypatch)
    assert any("*" in line and "does not hold" in line for line in lines)
    assert "Since 2024-12-31 (the paper's own year): 9 of 36 verdicts changed (*)." in lines


def test_in_brief_the_verdicts_that_changed_are_told_with_what_they_were(
    bundled: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = shown(bundled, monkeypatch, brief=True)
    assert sum("→" in line for line in lines) == 9
    assert sum(line.startswith("holds → does not hold: ") for line in lines) == 1
    assert not any("*" in line for line in lines)


def of(evaluation: Evaluation, verdicts: list[Verdict]) -> Evaluation:
    return replace(evaluation, verdicts=tuple(verdicts), since=None)


def named(verdict: Verdict, number: int, text: str) -> Verdict:
    return replace(verdict, claim=verdict.claim.model_copy(update={"id": f"claim-{number}", "text": text}))


def test_a_hundred_claims_fit_a_screen_and_none_is_lost(bundled: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    one = next(v for v in bundled.verdicts if v.outcome == "undetermined")
    lines = shown(of(bundled, [named(one, n, f"Claim {n}.") for n in range(100)]), monkeypatch)
    assert len(lines) <= SCREEN - 2
    listed = sum(line.startswith("  Claim ") and "→" not in line for line in lines)
    assert f"{100 - listed} more (--verbose): {100 - listed} are not settled." in lines


@pytest.mark.parametrize("text", ["word " * 120, "א" * 600, "漢字" * 100, "x" * 600, "a\u202eb\x1b[31m"])
def test_a_sentence_of_any_length_or_script_leaves_its_verdict_whole(
    bundled: Evaluation, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    one = next(v for v in bundled.verdicts if v.outcome == "depends")
    lines = shown(of(bundled, [named(one, 1, text)]), monkeypatch)
    assert any("depends on the count" in line for line in lines if "→" not in line)
    assert not any("\x1b" in line or "\u202e" in line for line in lines)


def test_a_case_of_which_nothing_can_be_measured_yet_says_so(
    bundled: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = next(v for v in bundled.verdicts if v.outcome == "not measured yet")
    lines = shown(of(bundled, [later]), monkeypatch)
    assert "1 claim: 1 is not measured yet." in lines
    assert not any("overturned" in line for line in lines)


def test_totals_are_said_as_people_say_them(bundled: Evaluation) -> None:
    assert totals(bundled.verdicts).startswith("36 claims: 17 hold, 1 does not hold, 6 depend on the count, ")
    assert totals([]) == "no claims: none."
