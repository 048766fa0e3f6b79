"""No number that an author can write ends in a bug: it is told at its line, or the case is measured."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import CASE, CLAIMS, DEFAULTS
from tumen.errors import Problem, ProblemsError
from tumen.run import evaluate

LEVERS = '[[claim.lever]]\nname = "imputed"\nlow = 0.1\nhigh = 0.4\n'
FILES = {
    "case.toml": CASE
    + "[grades]\nreliability = { A = 0.02, B = 0.05 }\ncredibility = { 2 = 1.5 }\n"
    + "[detectors.encounters]\ndistance_m = 300.0\n",
    "claims.toml": CLAIMS
    + CLAIMS[CLAIMS.index("[[claim]]") :]
    .replace("share-2023", "share-two")
    .replace("above = 0.5", "within = [0.25, 0.75]")
    + LEVERS,
    "hypotheses.toml": '[[hypothesis]]\nid = "a"\nlabel = "l"\ntext = "t"\nprior = [0.5, 2.0]\n'
    '[[hypothesis]]\nid = "b"\nlabel = "l"\ntext = "t"\nprior = 1.25\n'
    '[[evidence]]\nid = "one"\ntext = "t"\ndate = 2024-01-01\nsource = "book"\ndeception = 0.1\n'
    "likelihood = { a = [0.3, 0.6], b = 0.2 }\n"
    '[[evidence]]\nid = "two"\ntext = "t"\ndate = 2024-01-01\nsource = "book"\nscores = { a = 2, b = -1 }\n'
    '[[observable]]\nid = "three"\ntext = "t"\nscores = { a = 1, b = 0 }\n',
}
NUMBER = re.compile(r"(?<=[ \[])-?\d+(\.\d+)?(?=[\n,\] ])")
PLACES = [(name, at.span()) for name, text in FILES.items() for at in NUMBER.finditer(text)]

EXTREMES = (
    "nan",
    "-nan",
    "inf",
    "-inf",
    "1e308",
    "-1e308",
    "1.7e308",
    "1e-320",
    "-1e-320",
    "5e-324",
    "-0.0",
    "0.0",
    "0",
    "-1",
    "1e29",
    "1e-7",
    "0.9999999999999999",
    "1.0000000000000002",
    "9223372036854775807",
    "-9223372036854775808",
    "1" + "0" * 400,
)


def written(folder: Path, place: tuple[str, tuple[int, int]] | None = None, number: str = "") -> Path:
    """The case, with a number put in one place."""
    for file, text in {**DEFAULTS, **FILES}.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        start, end = place[1] if place and place[0] == file else (0, 0)
        (folder / file).write_text(text[:start] + (number if end else "") + text[end:], encoding="utf-8")
    return folder


def problems_of(folder: Path) -> tuple[Problem, ...]:
    try:
        return evaluate(folder).warnings
    except ProblemsError as error:
        return error.problems


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLACES), st.one_of(st.sampled_from(EXTREMES), st.floats().map(repr), st.integers().map(str)))
def test_no_number_ends_in_a_bug(tmp_path: Path, place: tuple[str, tuple[int, int]], number: str) -> None:
    assert all(p.line for p in problems_of(written(tmp_path, place, number)) if p.slug == "bad-value")


def test_case_of_these_tests_can_be_measured(tmp_path: Path) -> None:
    assert len(evaluate(written(tmp_path)).verdicts) == 2
