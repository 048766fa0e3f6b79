"""The system on the page: words first, nothing live, nothing of a protected source, and what-ifs that add up."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.conftest import SOURCES, CaseFolder
from tests.report.test_page import tags_of
from tests.system.small_system import SYSTEM, system_files
from tumen.report.document import text
from tumen.report.page import page
from tumen.run import Evaluation, evaluate
from tumen.system.conclusion import SYSTEM_WORD, Conclusion, ForecastScore
from tumen.system.in_words import concluded_in, move_title, system_summary, untold_aims, untold_sentence
from tumen.system.system_section import system_content
from tumen.system.walk import explain_system
from tumen.system.what_if_panel import panel

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
RTL = "إيران مع روسيا"


@pytest.fixture
def small(case_folder: CaseFolder) -> Evaluation:
    return evaluate(case_folder(system_files()))


def of(evaluation: Evaluation) -> Conclusion:
    found = concluded_in(evaluation)
    assert found is not None
    return found


def section(html: str) -> str:
    start = html.index('<article id="the-system"')
    return html[start : html.index("</article>", start)]


def scored(evaluation: Evaluation, *scores: float) -> Evaluation:
    """The same with other scores."""
    found = of(evaluation)
    given = tuple(replace(one, score=score) for one, score in zip(found.scores, scores, strict=True))
    return replace(evaluation, conclusions={SYSTEM_WORD: replace(found, scores=given)})


def test_a_case_without_a_system_has_no_such_part(case_folder: CaseFolder) -> None:
    evaluation = evaluate(case_folder())
    assert system_content(evaluation) is None
    assert "the-system" not in page(evaluation)


def test_that_simpler_forecasts_do_as_well_is_said_before_all_else(small: Evaluation) -> None:
    worse = scored(small, -20.0, -19.0, -25.0, -20.0)
    first = system_summary(of(worse), worse)[0]
    assert first.startswith("This model forecast no better than ‘the same, each alone’ (-19.0) and ‘past frequencies’")
    assert section(page(worse)).index(first[:40]) < section(page(worse)).index("not a finding")
    better = scored(small, -18.0, -19.0, -25.0, -20.0)
    assert "not a finding" in system_summary(of(better), better)[0]
    assert "better than each simpler way" in system_summary(of(better), better)[1]


def test_prose_calls_actors_and_aims_by_name_and_has_no_ids(small: Evaluation) -> None:
    shown = re.sub(r"<[^>]*>", " ", section(page(small)))
    assert "Alphaland’s help" in shown
    assert "no trouble next door" in shown
    assert "how much it needs help" in shown
    assert not re.search(r"\b(AAA|BBB)\b", shown)


def test_what_a_case_calls_its_parts_comes_to_life_nowhere(case_folder: CaseFolder) -> None:
    strange = SYSTEM.replace("no trouble next door", f"{RTL} {HOSTILE[:60]}".replace('"', "'"))
    strange = strange.replace("how much it needs help", "x" * 190).replace("what it gets", "<b onclick=a()>")
    strange = strange.replace("Made for a test.", "</article><script>1</script>")
    html = page(evaluate(case_folder(system_files(strange))))
    assert [a for t, a in tags_of(html) if t in ("b", "img") or any(n.startswith("on") for n in a)] == []
    assert html.count("<script") == 1
    assert RTL in html
    assert "x" * 190 in html


def test_of_a_protected_source_only_its_description_and_grade_are_shown(case_folder: CaseFolder) -> None:
    sources = SOURCES.replace("origin,note", "origin,public_description,note")
    sources = (
        sources.replace("2,public,,", "2,public,,,")
        + "leaky,SECRETPUB,SECRETTITLE,,2024,B,3,restricted,,an official,\n"
    )
    files = system_files(source="leaky", coder="SECRETCODER", events="SECRETEVENT", note="SECRETNOTE")
    evaluation = evaluate(case_folder({**files, "record/sources.csv": sources}))
    html = page(evaluation)
    for said in (html, explain_system(evaluation), text(evaluation)):
        assert "SECRET" not in said
        assert "leaky" not in said
    assert '<span class="grade">B3</span> an official: 18 rows' in section(html)


def test_ids_of_the_page_stay_unique_and_contents_lead_to_the_system(small: Evaluation) -> None:
    html = page(small)
    ids = [a["id"] for _, a in tags_of(html) if a.get("id")]
    assert len(ids) == len(set(ids))
    assert '<a href="#the-system">' in html


def test_the_table_has_a_row_for_each_level_and_driver_and_every_number_of_the_grid(small: Evaluation) -> None:
    shown = panel(of(small), {"AAA": "Alphaland", "BBB": "Betaland"})
    assert shown is not None
    assert len(shown["rows"]) == (1 + 5) * (1 + 3)
    numbers = [re.findall("..", row["numbers"]) for row in shown["rows"]]
    assert {len(one) for one in numbers} == {5 * 4 * 3}
    first = np.array([int(one, 16) for one in numbers[0]]).reshape(5, 4, 3)
    levels = [level["chances"] for move in shown["moves"] for level in move["levels"]]
    assert first.tolist() == levels
    assert abs(first[:3, :, 0].sum(axis=0) - 100).max() <= 2
    assert section(page(small)).count("data-values=") == 24


def test_a_forced_move_is_said_to_be_set_in_its_rows_and_others_have_numbers(small: Evaluation) -> None:
    shown = panel(of(small), {})
    assert shown is not None
    rows = shown["rows"][4:8]
    assert rows[0]["forced"] == f"{move_title('AAA.help', {})}: none"
    assert {row["last"][0] for row in rows} == {"set"}
    assert all(re.fullmatch(r"\d+ \d+", row["last"][1]) for row in rows)


def test_too_many_what_ifs_for_a_page_are_left_to_the_command(
    small: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tumen.system.what_if_panel.MOST_CHANCES", 100)
    assert panel(of(small), {}) is None
    shown = section(page(small))
    assert "data-panel" not in shown
    assert "tumen whatif" in shown


def test_a_score_stands_beside_that_of_the_system(small: Evaluation) -> None:
    found = of(scored(small, -18.0, -19.0, -25.5, -20.0))
    assert isinstance(found.scores[0], ForecastScore)
    content = system_content(scored(small, -18.0, -19.0, -25.5, -20.0))
    assert content is not None
    assert content.values["scores"][2] == ("doing the same again", "-25.5", "-7.5")


def test_what_nobody_coded_is_told_by_name(case_folder: CaseFolder) -> None:
    files = system_files()
    kept = [line for line in files["record/moves.csv"].splitlines(True) if "2021H1-AAA" not in line]
    evaluation = evaluate(case_folder({**files, "record/moves.csv": "".join(kept)}), only="system")
    assert "Alphaland’s help was not coded in 2021H1: every level is as probable." in section(page(evaluation))


def test_what_the_record_cannot_tell_is_listed_under_each_actor_in_the_words_of_the_case(small: Evaluation) -> None:
    found = of(small)
    names = {"AAA": "Alphaland", "BBB": "Betaland"}
    wide = tuple(replace(one, narrowed=0.05) for one in found.learnt)
    assert untold_aims(replace(found, learnt=wide), names) == [
        ("Alphaland", ["no trouble next door"]),
        ("Betaland", ["what it gets"]),
    ]
    assert "how much any of the 2 aims weighs" in untold_sentence(replace(found, learnt=wide))
    narrow = tuple(replace(one, narrowed=0.2) for one in found.learnt)
    assert untold_aims(replace(found, learnt=narrow), names) == []
    assert "by a tenth or more" in untold_sentence(replace(found, learnt=narrow))
    one = tuple(replace(o, narrowed=0.05 if o.name == "weight AAA.calm" else 0.2) for o in found.learnt)
    assert "how much 1 of the 2 aims weighs" in untold_sentence(replace(found, learnt=one))
