"""The picture at the top: every claim once, on one axis, with what changed; on the page and as a file."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.conftest import CaseFolder
from tumen.judge.chance import Chance
from tumen.judge.changes import Changes, Turn
from tumen.report.overview import overview, overview_svg, rows
from tumen.run import BUNDLED, Evaluation, evaluate

SVG = "{http://www.w3.org/2000/svg}"


def judged(evaluation: Evaluation, chance: Chance | None, text: str = "") -> Evaluation:
    """The case with another probability, and another sentence, of its one claim."""
    (one,) = evaluation.verdicts
    claim = one.claim.model_copy(update={"text": text or one.claim.text})
    return replace(evaluation, verdicts=(replace(one, claim=claim, chance=chance),))


def turned(evaluation: Evaluation, turn: Turn) -> Evaluation:
    (edition,) = evaluate(BUNDLED, only="china-share-2023").case.header.editions_before
    return replace(evaluation, since=Changes(edition, (turn,), {}))


@pytest.fixture
def small(case_folder: CaseFolder) -> Evaluation:
    return evaluate(case_folder())


def test_every_claim_has_one_line_that_leads_to_it_and_says_in_words_what_the_bar_shows() -> None:
    evaluation = evaluate(BUNDLED)
    html = overview(evaluation)
    assert sorted(re.findall(r'<li [^>]*><a href="#([^"]+)"', html)) == sorted(v.claim.id for v in evaluation.verdicts)
    for row in (row for mine in rows(evaluation).values() for row in mine):
        assert row.likely in html
        assert row.stands in html


@pytest.mark.parametrize(
    ("chance", "mark"),
    [
        (Chance(0.3, 0.3, 0.3), '<span class="dot" style="left:30.0%;width:0.0%">'),
        (Chance(0.5, 0.16, 0.54), '<span class="range" style="left:16.0%;width:38.0%">'),
        (Chance(0.5, 0.0, 1.0), '<span class="range" style="left:0.0%;width:100.0%">'),
    ],
)
def test_a_number_is_a_dot_and_a_range_reaches_from_end_to_end(small: Evaluation, chance: Chance, mark: str) -> None:
    assert mark in overview(judged(small, chance))


def test_a_claim_without_a_probability_has_an_empty_line(small: Evaluation) -> None:
    html = overview(judged(small, None))
    assert " none" in html
    assert 'class="dot"' not in html
    assert "stroke-dasharray" in overview_svg(judged(small, None))


def test_what_changed_since_the_edition_before_is_marked_and_nothing_else(small: Evaluation) -> None:
    was = Turn("share-2023", "contradicted", "supported", 0.1, 0.9, (), ())
    assert "changed" not in overview(small)
    assert "changed: was “does not hold”" in overview(turned(small, was))
    assert '<span class="before" style="left:10.0%">' in overview(turned(small, was))
    assert "was “does not hold”" in re.sub("</tspan><tspan[^>]*>", " ", overview_svg(turned(small, was)))
    steady = replace(was, before="supported", probability_before=0.89)
    assert "changed" not in overview(turned(small, steady))
    assert "before" not in overview(turned(small, steady))


def test_the_file_is_one_picture_with_words_that_needs_nothing_else(small: Evaluation) -> None:
    text = overview_svg(turned(small, Turn("share-2023", "contradicted", "supported", 0.1, 0.9, (), ())))
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == small.case.header.title
    assert small.verdicts[0].claim.text in (root.findtext(f"{SVG}desc") or "")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|<script|<style|url\(|var\(", text)


def test_a_long_claim_takes_more_lines_and_loses_no_word(small: Evaluation) -> None:
    words = "Trade of one country with another grew faster than anybody had expected. " * 8
    root = ElementTree.fromstring(overview_svg(judged(small, None, words.strip())))
    lines = [t.text or "" for t in root.iter(f"{SVG}tspan")]
    assert words.strip() in " ".join(lines)
    assert max(len(line) for line in lines if line in words) <= 60
    lowest = max(float(t.get("y", "0")) for t in root.iter(f"{SVG}tspan"))
    assert lowest < float(root.get("height", "0"))


def test_what_a_case_says_is_text_in_both(small: Evaluation) -> None:
    hostile = judged(small, None, "<script>alert(1)</script>\" & ' \u202e x")
    for text in (overview(hostile), overview_svg(hostile)):
        assert "<script" not in text
        assert "\u202e" not in text
        assert "&lt;script&gt;" in text
    ElementTree.fromstring(overview_svg(hostile))
