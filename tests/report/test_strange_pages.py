"""Pages of cases that nobody had in mind: many claims, long ones, odd numbers, nothing measured."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.conftest import CLAIMS, CaseFolder
from tests.report.test_page import own_script, tags_of
from tests.report.test_run_schema import PLANNED
from tumen.judge.chance import Chance
from tumen.judge.likelihood_words import Outcome
from tumen.judge.verdict import Verdict
from tumen.report.overview import overview_svg
from tumen.report.page import page
from tumen.run import Evaluation, evaluate

ARABIC = "\u062a\u062c\u0627\u0631\u0629 \u0643\u0648\u0631\u064a\u0627"


@pytest.fixture
def small(case_folder: CaseFolder) -> Evaluation:
    return evaluate(case_folder())


def again(evaluation: Evaluation, **claims: str) -> Evaluation:
    """The case with its one verdict under other ids and sentences."""
    (one,) = evaluation.verdicts
    made = [replace(one, claim=one.claim.model_copy(update={"id": i, "text": t})) for i, t in claims.items()]
    return replace(evaluation, verdicts=tuple(made))


def standing(evaluation: Evaluation, outcome: Outcome, chance: Chance | None) -> Evaluation:
    def stands(verdict: Verdict) -> Verdict:
        return replace(verdict, outcome=outcome, chance=chance)

    return replace(evaluation, verdicts=tuple(stands(v) for v in evaluation.verdicts))


def test_of_a_hundred_claims_each_has_a_line_an_article_and_a_link(small: Evaluation) -> None:
    html = page(again(small, **{f"c{n}": f"Claim number {n}." for n in range(100)}))
    ids = [a["id"] for _, a in tags_of(html) if a.get("id")]
    assert len(ids) == len(set(ids))
    assert [f"c{n}" in ids for n in range(100)] == [True] * 100
    assert html.count('href="#c0"') == 3  # of the total, too
    assert all(html.count(f'href="#c{n}"') == 2 for n in range(1, 100))
    assert "<strong>100</strong> hold" in html


def test_a_claim_of_six_hundred_letters_stands_whole_in_the_picture_and_over_its_article(small: Evaluation) -> None:
    long = ("A claim that goes on and on. " * 21)[:600]
    made = again(small, long=long)
    assert page(made).count(long) == 2
    assert len(re.findall(r"goes|on and|claim", overview_svg(made))) >= 40


def test_a_label_from_right_to_left_leaves_what_stands_beside_it_in_order(small: Evaluation) -> None:
    html = page(again(small, rtl=ARABIC))
    assert re.search(rf'<a href="#rtl" dir="auto">{ARABIC}</a>', html)
    assert f'dir="auto">{ARABIC} <a class="here"' in html


@pytest.mark.parametrize("ways", [1, 12])
def test_ways_to_count_are_counted_and_each_has_its_row(case_folder: CaseFolder, ways: int) -> None:
    names = [f"way{n}" for n in range(ways)]
    each = "".join(
        f'[[specification]]\nid = "{n}"\nlabel = "as {n}"\noptions = {{ publisher = "yearbook" }}\n' for n in names
    )
    claim = CLAIMS[CLAIMS.index("[[claim]]") :].replace('["printed"]', str(names).replace("'", '"'))
    html = page(evaluate(case_folder({"claims.toml": f"{each}\n{claim}"})))
    assert f"how it was counted ({ways} way{'s' if ways > 1 else ''})" in html
    assert len(re.findall(r"<tr><td>as way\d+<", html)) >= ways


@pytest.mark.parametrize("bound", [1e-9, 0.5])
@pytest.mark.parametrize("traded", [1e-9, 100.0, 1e15])
def test_numbers_of_any_size_are_written_without_an_exponent(
    case_folder: CaseFolder, bound: float, traded: float
) -> None:
    folder = case_folder(
        edits={"claims.toml": ("above = 0.5", f"above = {bound}")},
    )
    table = folder / "record" / "trade.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",100,", f",{traded:.12f},"), encoding="utf-8")
    text = re.sub(r"<(svg|style|script|code)\b.*?</\1>", "", page(evaluate(folder)), flags=re.DOTALL)
    outside = re.sub(r"<figure>.*?</figure>", "", text, flags=re.DOTALL)
    assert not re.search(r"\d(?:\.\d+)?e[+-]\d", re.sub(r"<[^>]*>", " ", outside))


def test_a_page_on_which_nothing_is_measured_says_so_and_can_be_filtered(case_folder: CaseFolder) -> None:
    html = page(evaluate(case_folder({"claims.toml": PLANNED})))
    assert "<strong>1</strong> is not measured yet" in html
    assert 'href="#to-come"' in html
    assert html.count('data-claim="to-come"') == 2
    own_script(html)


@pytest.mark.parametrize(
    ("outcome", "chance", "said"),
    [
        ("undetermined", None, "is not settled"),
        ("undetermined", Chance(0.5, 0.0, 1.0), "is not settled"),
        ("contradicted", Chance(0.0, 0.0, 0.0), "does not hold"),
        ("depends", Chance(0.5, 0.1, 0.9), "depends on the count"),
        ("cannot be tested this way", None, "cannot be tested this way"),
    ],
)
def test_a_page_on_which_every_claim_stands_alike_counts_one_kind(
    small: Evaluation, outcome: Outcome, chance: Chance | None, said: str
) -> None:
    html = page(standing(small, outcome, chance))
    counts = re.search(r'<ul class="counts">(.*?)</ul>', html, re.DOTALL)
    assert counts
    assert re.findall(r"<strong>1</strong> ([^<]*)<", counts[1]) == [said]


def test_a_page_on_which_every_source_is_protected_names_none(case_folder: CaseFolder) -> None:
    html = page(evaluate(case_folder(edits={"record/sources.csv": ("public", "restricted")})))
    assert "a protected source" in html
    assert "Yearbook of Trade" not in html


def test_the_page_is_the_same_every_time_and_says_the_day_of_the_run_only_where_it_is_told(small: Evaluation) -> None:
    assert page(small) == page(small)
    assert "Run on" not in page(small)
