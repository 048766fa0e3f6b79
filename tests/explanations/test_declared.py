"""hypotheses.toml: what is read, and every way in which it can be wrong, each at its line."""

import pytest

from tests.conftest import SOURCES
from tumen.doubts import beyond_wall
from tumen.engine.embedded import DuckDB
from tumen.explanations.hypotheses_file import declared_in
from tumen.prepare import load_case, prepare
from tumen.record.left_out import BeyondWall

RIVALS = """\
note = "one coder's scores"

[[hypothesis]]
id = "wary"
label = "wary"
text = "Alphaland is wary."
prior = [0.5, 1.0]

[[hypothesis]]
id = "content"
label = "content"
text = "Alphaland is content."
prior = 2
held_by = [{ who = "An Analyst", source="book" }]

[[evidence]]
id = "toast"
date = 2024-06-20
text = "Alphaland drank to the treaty."
source = "book"
scores = { wary = -1, content = 2 }
deception = 0.25

[[evidence]]
id = "silence"
date = 2024-07-01
text = "Alphaland said nothing."
source = "book"
group = "words"
likelihood = { wary = [0.4, 0.6], content = 0.3 }

[[observable]]
id = "visit"
text = "A visit."
scores = { content = 1 }
"""

#: What another coder says of the same.
BOB = """
[[matrix]]
coder = "bob"
scores.toast = { wary = 1 }

[matrix.likelihood]
silence = { wary = 0.2, content = [0.1, 0.3] }
"""


@pytest.fixture
def told(case_folder):
    """What is said of the file with one text of it changed."""

    def tell(old: str = "", new: str = "", claims: str | None = None) -> list[str]:
        assert old in RIVALS + BOB
        files = {"hypotheses.toml": (RIVALS + BOB).replace(old, new, 1)}
        folder = case_folder({**files, **({"claims.toml": claims} if claims else {})})
        engine = DuckDB()
        try:
            return [str(p) for p in prepare(folder, engine).problems]
        finally:
            engine.close()

    return tell


def test_a_case_without_the_file_has_no_hypotheses(case_folder):
    case, problems = load_case(case_folder())
    assert case is not None
    assert (declared_in(case), problems) == (None, [])


def test_numbers_and_scores_become_ranges(case_folder):
    case, problems = load_case(case_folder({"hypotheses.toml": RIVALS}))
    assert problems == []
    assert case is not None
    found = declared_in(case)
    assert found is not None
    assert [h.prior for h in found.hypotheses] == [(0.5, 1.0), (2.0, 2.0)]
    toast, silence = found.evidence
    assert (toast.range_of("wary"), toast.range_of("content")) == ((0.2, 0.45), (0.8, 0.95))
    assert (silence.range_of("wary"), silence.range_of("content")) == ((0.4, 0.6), (0.3, 0.3))
    assert (found.observables[0].range_of("content"), found.observables[0].range_of("wary")) == ((0.55, 0.8), None)


def test_a_hypothesis_without_a_score_or_a_likelihood_was_not_considered(case_folder):
    case, problems = load_case(case_folder({"hypotheses.toml": RIVALS.replace(", content = 0.3", "")}))
    assert problems == []
    assert case is not None
    found = declared_in(case)
    assert found is not None
    assert [e.range_of("content") for e in found.evidence] == [(0.8, 0.95), None]


def test_matrices_of_further_coders_stand_apart(case_folder):
    case, problems = load_case(case_folder({"hypotheses.toml": 'coder = "ann"\n' + RIVALS + BOB}))
    assert problems == []
    assert case is not None
    found = declared_in(case)
    assert found is not None
    assert found.coders == ("ann", "bob")
    (bob,) = found.matrices
    assert (bob.range_of("toast", "wary"), bob.range_of("toast", "content")) == ((0.55, 0.8), None)
    assert (bob.range_of("silence", "wary"), bob.range_of("silence", "content")) == ((0.2, 0.2), (0.1, 0.3))
    assert bob.items == ("toast", "silence")


def test_a_sound_file_is_not_complained_of(told):
    assert told() == []


@pytest.mark.parametrize(
    ("old", "new", "start", "part"),
    [
        ("prior = 2", "prior = 0", "hypotheses.toml:13:", "what starts with none could never gain any"),
        ("prior = [0.5, 1.0]", "prior = [1.0, 0.5]", "hypotheses.toml:7:", "the low end before the high one"),
        ("[0.4, 0.6]", "[0.6, 0.4]", "hypotheses.toml:30:", "the low end before the high one"),
        ("content = 0.3", "content = 1.3", "hypotheses.toml:30:", "probabilities above 0 and below 1"),
        ("content = 0.3", "content = -0.3", "hypotheses.toml:30:", "probabilities above 0 and below 1"),
        ("content = 0.3", "content = nan", "hypotheses.toml:30:", "probabilities above 0 and below 1"),
        ("content = 2", "content = 3", "hypotheses.toml:21:", "less than or equal to 2"),
        ("deception = 0.25", "deception = 1.25", "hypotheses.toml:22:", "less than or equal to 1"),
        ("wary = -1", "weary = -1", "hypotheses.toml:21:", "Did you mean 'wary'?"),
        ('group = "words"', 'contrary = ["toasts"]', "hypotheses.toml:29:", "Did you mean 'toast'?"),
        ('group = "words"', 'contrary = ["silence"]', "hypotheses.toml:29:", "the id of another [[evidence]]"),
        ('coder = "bob"', 'coder = "case"', "hypotheses.toml:38:", "a second matrix of coder 'case'"),
        ("scores.toast", "scores.tost", "hypotheses.toml:39:", "Did you mean 'toast'?"),
        ("silence = {", "silent = {", "hypotheses.toml:42:", "Did you mean 'silence'?"),
        ("{ wary = 1 }", "{ weary = 1 }", "hypotheses.toml:39:", "Did you mean 'wary'?"),
        ("{ wary = 1 }", "{ wary = 3 }", "hypotheses.toml:39:", "less than or equal to 2"),
        ("silence = {", "toast = {", "hypotheses.toml:37:", "not both as for toast"),
        ("wary = 0.2, content", "wary = 0.0, content", "hypotheses.toml:42:", "probabilities above 0 and below 1"),
        ('source = "book"', 'source = "boook"', "hypotheses.toml:20:", "Did you mean 'book'?"),
        ('source = "book"', 'claim = "share-2024"', "hypotheses.toml:20:", "Did you mean 'share-2023'?"),
        (
            'source = "book"',
            'source = "book"\nclaim = "share-2023"',
            "hypotheses.toml:16:",
            "either a source or a claim",
        ),
        ('id = "silence"', 'id = "toast"', "hypotheses.toml:25:", "each id once"),
        ('id = "content"', 'id = "wary"', "hypotheses.toml:10:", "each id once"),
        ("deception", "deceptions", "hypotheses.toml:22:", "Did you mean 'deception'?"),
        ("scores = { content = 1 }", "", "hypotheses.toml:32:", "either scores or likelihood"),
        ('source="book"', 'source="boook"', "hypotheses.toml:14:", "a holder of 'content' names source 'boook'"),
        ('{ who = "An Analyst", source="book" }', '"An Analyst"', "hypotheses.toml:14:", "a table of keys and values"),
        (
            'text = "A visit."',
            'text = "A visit."\nsource = "boook"',
            "hypotheses.toml:35:",
            "observable 'visit' names source 'boook'",
        ),
        ("[[observable]]", "[[observables]]", "hypotheses.toml:32:", "Did you mean 'observable'?"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(told, old, new, start, part):
    found = told(old, new)
    assert any(line.startswith(start) and part in line for line in found), found


def test_all_is_found_in_one_pass(told):
    assert len(told("scores = { wary = -1, content = 2 }\ndeception = 0.25", "scores = { wry = -1, contend = 2 }")) == 2


def test_what_came_or_was_published_after_the_day_is_left_out_and_told_of(case_folder):
    later = RIVALS.replace("date = 2024-07-01", "date = 2025-07-01").replace('source="book"', 'source="late"')
    later = later.replace('text = "A visit."', 'text = "A visit."\nsource = "late"')
    late = SOURCES + "late,A Publisher,Said Later,,2025,B,2,public,,\n"
    folder = case_folder({"hypotheses.toml": later, "record/sources.csv": late})
    engine = DuckDB()
    try:
        prepared = prepare(folder, engine)
    finally:
        engine.close()
    assert prepared.case is not None
    assert prepared.record is not None
    found = declared_in(prepared.case)
    assert found is not None
    assert [e.id for e in found.evidence] == ["toast"]
    assert (found.hypotheses[1].held_by, found.observables) == ((), ())
    assert prepared.record.left_out["hypotheses"] == BeyondWall(1, 2, ("silence",))
    (told,) = [str(p) for p in beyond_wall(prepared) if "hypotheses" in p.got]
    assert "3 rows of hypotheses beyond 2024-12-31 (1 happened later, 2 known later; silence)" in told


def test_evidence_that_tells_nothing_apart_is_refused(told, case_folder):
    alike = RIVALS.replace("wary = -1, content = 2", "wary = 1, content = 1").replace("0.3 }", "[0.4, 0.6] }")
    _, problems = load_case(case_folder({"hypotheses.toml": alike}))
    assert [p.slug for p in problems] == ["nothing-discriminates"]


ABOUT = """
[[claim]]
id = "content"
sentence = "content"
text = "Alphaland is content."
cites = "page 2"
measure = "hypotheses.posterior"
holds = { above = 0.5 }
arguments = { favours = ["content"], against = ["wary"] }
"""


def test_a_circle_is_refused(told):
    from tests.conftest import CLAIMS

    (only,) = told('source = "book"', 'claim = "content"', CLAIMS + ABOUT)
    assert only.startswith("hypotheses.toml:20: got evidence 'toast' rests on claim 'content'")
    assert only.endswith("[evidence-cycle]")


def test_a_claim_that_names_an_unknown_hypothesis_is_refused(told):
    from tests.conftest import CLAIMS

    (only,) = told(claims=CLAIMS + ABOUT.replace('["wary"]', '["weary"]'))
    assert "claim 'content' names hypothesis 'weary'" in only
    assert "Did you mean 'wary'?" in only


def test_a_hypothesis_on_both_sides_is_refused(told):
    from tests.conftest import CLAIMS

    (only,) = told(claims=CLAIMS + ABOUT.replace('["wary"]', '["content", "wary"]'))
    assert "no hypothesis on both sides, as content" in only


def test_the_file_may_not_be_a_link_out_of_the_folder(case_folder, tmp_path):
    folder = case_folder()
    (tmp_path / "elsewhere.toml").write_text(RIVALS)
    (folder / "hypotheses.toml").symlink_to(tmp_path / "elsewhere.toml")
    _, problems = load_case(folder)
    assert [p.slug for p in problems] == ["path-outside"]
