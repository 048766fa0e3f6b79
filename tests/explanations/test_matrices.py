"""Scores of further coders: put beside the case's own, kept apart, pooled."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.explanations.test_declared import RIVALS
from tumen.cli import main
from tumen.explanations.weighing import WORD, weighed_in
from tumen.prepare import load_case
from tumen.run import evaluate


@pytest.fixture
def folder(case_folder) -> Path:
    found: Path = case_folder({"hypotheses.toml": "# why these two\n" + RIVALS})
    return found


def put(folder: Path, matrix: str, coder: str = "bob") -> Result:
    file = folder.parent / "matrix.csv"
    file.write_text(matrix, encoding="utf-8")
    return CliRunner().invoke(main, ["import", "ach", str(file), "--into", str(folder), "--coder", coder])


def matrices(folder: Path) -> dict[str, dict[str, object]]:
    body = tomllib.loads((folder / "hypotheses.toml").read_text(encoding="utf-8"))
    return {m.pop("coder"): m for m in body.get("matrix", [])}


def test_each_coder_has_a_matrix_of_its_own_and_nothing_else_changes(folder):
    before = (folder / "hypotheses.toml").read_text(encoding="utf-8")
    result = put(folder, "evidence,wary,content\ntoast,CC,-2\nsilence,0.1..0.2,0.5..0.9\n")
    assert result.exit_code == 0
    assert result.output.startswith("2 scored by bob, one of 2 coders. Wrote ")
    assert put(folder, "evidence,wary,content\ntoast,I,C\n", "cat").output.startswith(
        "1 scored by cat, one of 3 coders."
    )
    assert matrices(folder) == {
        "bob": {
            "scores": {"toast": {"wary": 2, "content": -2}},
            "likelihood": {"silence": {"wary": [0.1, 0.2], "content": [0.5, 0.9]}},
        },
        "cat": {"scores": {"toast": {"wary": -1, "content": 1}}},
    }
    assert (folder / "hypotheses.toml").read_text(encoding="utf-8").startswith(before)
    assert load_case(folder)[1] == []


def test_a_coder_who_scores_again_is_one_coder(folder):
    put(folder, "evidence,wary,content\ntoast,1,2\nsilence,1,0\n")
    put(folder, "evidence,wary,content\ntoast,0.1..0.2,0.5..0.9\nsilence,,\n")
    assert matrices(folder) == {
        "bob": {
            "scores": {"silence": {"wary": 1, "content": 0}},
            "likelihood": {"toast": {"wary": [0.1, 0.2], "content": [0.5, 0.9]}},
        }
    }
    assert load_case(folder)[1] == []


def test_an_empty_cell_and_one_that_does_not_apply_were_not_considered(folder):
    put(folder, "evidence,wary,content\ntoast,NA,1\nsilence,,n/a\n")
    assert matrices(folder) == {"bob": {"scores": {"toast": {"content": 1}}}}


def test_the_cases_own_coder_scores_the_evidence_itself(folder):
    assert put(folder, "evidence,wary,content\ntoast,1,1\n", "case").output.startswith("0 new, 1 scored anew")
    assert matrices(folder) == {}


def test_coders_are_told_apart_and_together(folder):
    put(folder, "evidence,wary,content\ntoast,2,-2\n")
    weighed = weighed_in(evaluate(folder, only=WORD))
    assert weighed is not None
    assert [(c.name, c.items) for c in weighed.coders] == [("case", 2), ("bob", 1)]
    own, bob = (c.posterior["wary"] for c in weighed.coders)
    (wary,) = [s for s in weighed.standings if s.id == "wary"]
    assert own < wary.posterior < bob


@pytest.mark.parametrize(
    ("matrix", "coder", "told"),
    [
        ("evidence,wary,content\ntost,1,1\n", "bob", "matrix.csv:2: got item 'tost', which the case does not have"),
        ("evidence,wary,content\ntost,1,1\n", "bob", "Did you mean 'toast'? To add an item, import it without --coder"),
        ("evidence,wary,contnet\ntoast,1,1\n", "bob", "Did you mean 'content'"),
        ("evidence,wary,content\ntoast,7,1\n", "bob", "'7' for 'wary'"),
        ("evidence,wary,content\ntoast,0.6..0.2,0.1..0.3\n", "bob", "the low end before the high one"),
        ("evidence,wary,content\ntoast,,\n", "bob", "scores or likelihood for an item at least"),
        ("evidence,wary,content\ntoast,1,1\n", "Bob!", "lower-case letters"),
        ("evidence,wary,content\n", "bob", "no item"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(folder, matrix, coder, told):
    before = (folder / "hypotheses.toml").read_bytes()
    result = put(folder, matrix, coder)
    assert result.exit_code == 2
    assert told in result.stderr
    assert (folder / "hypotheses.toml").read_bytes() == before


def test_a_case_without_explanations_takes_the_first_matrix_as_its_own(case_folder):
    folder = case_folder({})
    matrix = "evidence,date,text,source,wary,content\nvisit,2024-05-01,A visit,book,I,C\n"
    assert put(folder, matrix, "ann").exit_code == 0
    assert matrices(folder) == {}
    assert tomllib.loads((folder / "hypotheses.toml").read_text(encoding="utf-8"))["coder"] == "ann"
    assert put(folder, matrix, "bob").exit_code == 0
    assert set(matrices(folder)) == {"bob"}
