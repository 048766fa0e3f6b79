"""What people see of the rival explanations: sentences, JSON, page."""

import csv
import datetime as dt
import json

import numpy as np
import pytest
from click.testing import CliRunner
from markupsafe import escape

from tests.conftest import CLAIMS
from tests.explanations.test_declared import ABOUT, RIVALS
from tumen.cli import main
from tumen.explanations.posterior import entering
from tumen.explanations.sentences import cautions, explain_hypotheses, looking, question, weighing_summary
from tumen.explanations.telling import entropy
from tumen.explanations.weighing import Weighed, weighed_in
from tumen.report.document import document
from tumen.report.explain import explain
from tumen.report.page import page
from tumen.run import BUNDLED, Evaluation, evaluate


def rivals_of(evaluation: Evaluation) -> Weighed:
    """The rival explanations as an evaluation weighed them."""
    found = weighed_in(evaluation)
    assert found is not None
    return found


@pytest.fixture
def evaluation(case_folder):
    """The small case with hypotheses, some of its text hostile."""
    hostile = RIVALS.replace("Alphaland is wary.", "<script>alert(1)</script>").replace("A visit.", "=A visit & more")
    return evaluate(case_folder({"hypotheses.toml": hostile}))


def test_the_sentences_name_the_leader_the_runner_up_and_the_note(evaluation):
    text = explain_hypotheses(evaluation)
    assert text.startswith("Of 2 rival explanations, ‘content’ fits the evidence best: ")
    assert "Next comes ‘wary’ with " in text
    assert "one coder's scores" in text
    assert "Not yet observed and most worth looking for: ‘=A visit & more’" in text


def test_what_to_look_for_says_what_either_answer_would_do(evaluation):
    weighed = rivals_of(evaluation)
    first, seen, not_seen = looking(weighed)
    share = 100 * weighed.telling[0].bits / entropy(np.array([s.posterior for s in weighed.standings]))
    assert f"settle {share:.0f} per cent" in first or "under 1 per cent" in first
    assert seen.startswith("If it is seen (a chance of ")
    assert not_seen.startswith("If it is looked for and not seen, ")


def test_the_question_is_put_for_the_item_that_tells_most(evaluation):
    asked = question(rivals_of(evaluation))
    assert asked is not None
    assert asked.startswith(
        "‘Alphaland drank to the treaty.’ How probable was that? If ‘content’ is true, 80 to 95 in 100; "
    )
    assert "if ‘wary’ is true, 20 to 45 in 100. " in asked
    assert asked.endswith("It counts 81 per cent of what a sure and single report would.")


def test_the_band_of_each_day_holds_its_probability_and_ends_at_the_result(evaluation):
    weighed = rivals_of(evaluation)
    for step in weighed.steps:
        assert all(step.low[h] < step.posterior[h] < step.high[h] for h in step.posterior)
    last = weighed.steps[-1]
    for one in weighed.standings:
        assert (last.low[one.id], last.high[one.id]) == pytest.approx((one.summary.low, one.summary.high))


def test_a_claim_about_them_says_where_it_starts_and_whose_scores_they_are():
    found = evaluate(BUNDLED, only="china-content", as_of=dt.date(2024, 12, 31))
    (verdict,) = found.verdicts
    text = page(found)
    for line in cautions(verdict, found):
        assert escape(line) in text
        assert line in explain(found)
        assert line in document(found)["claims"][0]["cautions"]
    said = " ".join(cautions(verdict, found))
    assert said.startswith("P is how probable the favoured side is")
    assert "This sets ‘comfortable’ against ‘uneasy’; it leaves 5 other explanations aside." in said
    one, other = "‘comfortable’ against ‘uneasy’", "‘comfortable’ and ‘hedging’ against ‘uneasy’"
    assert f"Ways to count differ on who stands where: {one}; or {other}." in said
    assert (
        "The sides do not start alike in every way to count: the claim stands at 33 to 54 per cent before any evidence"
        in said
    )
    assert "one coder's demonstration" in said


def test_a_claim_whose_sides_begin_alike_says_so_and_how_its_favoured_side_is_made_up(case_folder):
    about = ABOUT + 'specifications = ["alike"]\n\n[[specification]]\nid = "alike"\nlabel = "alike"\n'
    claims = CLAIMS + about + 'options = { priors = "sides" }\n'
    found = evaluate(case_folder({"hypotheses.toml": RIVALS, "claims.toml": claims}), only="content")
    said = cautions(found.verdicts[0], found)
    assert "Both sides start alike, at 50 per cent." in said
    assert "This sets ‘content’ against ‘wary’." in said
    assert not any("differ on who stands where" in line for line in said)


def test_the_count_of_inconsistencies_stands_beside_the_posterior(evaluation):
    weighed = rivals_of(evaluation)
    said = " ".join(weighing_summary(weighed))
    assert "Items that speak against each, of 2: ‘content’ 1, ‘wary’ 1." in said
    assert "before the evidence 74 per cent; 1 item against it" in explain_hypotheses(evaluation)
    assert 'data-label="items against">1<' in page(evaluation)
    standings = {s["id"]: s["inconsistent"] for s in document(evaluation)["hypotheses"]["standings"]}
    assert standings == {"wary": ["toast"], "content": ["silence"]}


def test_a_count_that_ranks_otherwise_is_told(case_folder):
    # Content is ahead by its prior; the one item that is unlikely under it is the only one that is under any.
    other = RIVALS.replace("wary = -1, content = 2", "wary = 0, content = 2")
    weighed = rivals_of(evaluate(case_folder({"hypotheses.toml": other}), only="hypotheses"))
    assert weighed.leader.id == "content"
    said = " ".join(weighing_summary(weighed))
    assert "‘wary’ none, ‘content’ 1; by that count another explanation than the most probable leads." in said


def test_each_coders_scores_are_told_alone(case_folder):
    two = RIVALS + '\n[[matrix]]\ncoder = "bob"\nscores.toast = { wary = 2, content = -2 }\n'
    found = evaluate(case_folder({"hypotheses.toml": two}))
    weighed = rivals_of(found)
    own, bob = weighed.coders
    (said,) = [line for line in weighing_summary(weighed) if "coders" in line]
    assert said == (
        f"2 coders scored apart and are pooled here; alone, ‘content’ leads with {100 * own.posterior['content']:.0f} "
        f"per cent by case; ‘wary’ leads with {100 * bob.posterior['wary']:.0f} per cent by bob."
    )
    assert [c["name"] for c in document(found)["hypotheses"]["coders"]] == ["case", "bob"]
    assert escape(said) in page(found)


def test_one_coder_is_not_told_apart(evaluation):
    assert not any("coders" in line for line in weighing_summary(rivals_of(evaluation)))


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.3, 0.3, "P 0.30"), (0.2, 0.7, "P 0.20 to 0.70"), (0.0, 1.0, "says nothing here")]
)
def test_a_claim_among_the_evidence_is_shown_with_its_range(low, high, said):
    assert entering((low, high)).endswith(said)


def test_other_claims_have_no_such_cautions(evaluation):
    assert all(cautions(v, evaluation) == [] for v in evaluation.verdicts)


def test_the_object_holds_them_and_is_null_without(evaluation, case_folder):
    found = document(evaluation)["hypotheses"]
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert sum(s["posterior"] for s in found["standings"]) == pytest.approx(1.0)
    assert found["evidence"][0]["weight"] == pytest.approx(0.81)
    assert document(evaluate(case_folder(name="bare")))["hypotheses"] is None


def test_the_page_shows_them_escaped_with_a_table_beside_each_chart(evaluation):
    text = page(evaluation)
    assert text.count("<script") == 1
    assert "&lt;script&gt;" in text
    section = text[text.index('<article id="rival-explanations"') :]
    section = section[: section.index("</article>")]
    assert section.count("<figure>") == 3
    assert section.count("The same as a table") == 3
    assert section.count("<svg") == 6
    assert "one coder&#39;s scores" in section


def test_a_page_without_them_has_no_such_section(case_folder):
    assert "rival-explanations" not in page(evaluate(case_folder()))


def test_a_protected_source_stays_so(case_folder):
    folder = case_folder(
        {"hypotheses.toml": RIVALS},
        {
            "record/sources.csv": (
                "A Publisher,Yearbook of Trade,,2024,B,2,public",
                "Secret Name,Secret Title,http://secret.example,2024,B,2,chatham-house",
            )
        },
    )
    found = evaluate(folder)
    for text in (explain_hypotheses(found), json.dumps(document(found)), page(found)):
        assert "ecret" not in text
        assert "An Analyst" not in text
        assert "a protected source" in text


@pytest.mark.parametrize("words", [("hypotheses",), (str(BUNDLED), "hypotheses")])
def test_the_command_explains_them(words):
    result = CliRunner().invoke(main, ["explain", *words])
    assert result.exit_code == 0
    assert "rival explanations" in result.output


def test_the_command_says_where_there_are_none(case_folder):
    result = CliRunner().invoke(main, ["explain", str(case_folder()), "hypotheses"])
    assert result.exit_code == 0
    assert result.output.startswith("The case has no rival explanations")


def test_the_matrix_is_exported_with_cells_that_no_spreadsheet_runs(case_folder, tmp_path):
    folder = case_folder({"hypotheses.toml": RIVALS.replace("Alphaland drank to the treaty.", "=1+1")})
    result = CliRunner().invoke(main, ["export", "ach", str(folder), "--out", str(tmp_path / "ach.csv")])
    assert result.exit_code == 0, result.output
    with (tmp_path / "ach.csv").open(encoding="utf-8", newline="") as stream:
        head, toast, silence = csv.reader(stream)
    assert head[-2:] == ["wary", "content"]
    assert (toast[2], toast[-2:]) == ("'=1+1", ["-1", "2"])
    assert silence[-2:] == ["0.4..0.6", "0.3..0.3"]


def test_nothing_is_exported_where_there_is_nothing(case_folder, tmp_path):
    result = CliRunner().invoke(main, ["export", "ach", str(case_folder()), "--out", str(tmp_path / "ach.csv")])
    assert result.exit_code == 2
    assert "[too-few-hypotheses]" in result.output
    assert not (tmp_path / "ach.csv").exists()
