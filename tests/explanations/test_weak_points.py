"""What a reader should doubt of the rival explanations, each said where it is so and nowhere else."""

import pytest

from tests.conftest import CLAIMS
from tests.explanations.test_declared import ABOUT, RIVALS
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare

#: In the order in which they are declared, by what they say of each explanation.
SLUGS = ("nothing-against", "fits-both", "scored-alone", "one-explanation-decides")


@pytest.fixture
def doubts(case_folder):
    """What is said of the explanations, as (slug, message)."""

    def tell(rivals: str = RIVALS, claims: str = CLAIMS) -> list[tuple[str, str]]:
        engine = DuckDB()
        try:
            found = prepare(case_folder({"hypotheses.toml": rivals, "claims.toml": claims}), engine).problems
        finally:
            engine.close()
        assert all(p.severity == "warning" for p in found if p.slug in SLUGS)
        return [(p.slug, str(p)) for p in found if p.slug in SLUGS]

    return tell


def test_explanations_that_items_speak_for_and_against_raise_no_doubt(doubts):
    assert doubts() == []


def test_an_explanation_that_nothing_speaks_against_is_named(doubts):
    ((slug, said),) = doubts(RIVALS.replace("wary = -1, content = 2", "wary = 0, content = 2"))
    assert slug == "nothing-against"
    assert said.startswith("hypotheses.toml:4: got nothing that speaks against 'wary'")


def test_what_spoke_against_it_later_than_the_cases_day_does_not_count(doubts):
    found = doubts(RIVALS.replace("date = 2024-06-20", "date = 2025-06-20"))
    assert [slug for slug, _ in found] == ["nothing-against"]


CONTRARY = RIVALS.replace('group = "words"', 'contrary = ["toast"]')


@pytest.mark.parametrize(("likelihood", "both"), [("0.6", True), ("0.55", True), ("0.54", False), ("0.3", False)])
def test_an_explanation_that_fits_both_of_two_contrary_observations_is_named(doubts, likelihood, both):
    found = doubts(CONTRARY.replace("wary = [0.4, 0.6], content = 0.3", f"wary = 0.3, content = {likelihood}"))
    said = [text for slug, text in found if slug == "fits-both"]
    assert len(said) == both
    assert all("'content' fits both 'silence' and 'toast', which are contrary" in text for text in said)


def test_observations_that_nobody_called_contrary_may_both_fit(doubts):
    fits = RIVALS.replace("wary = [0.4, 0.6], content = 0.3", "wary = 0.3, content = 0.6")
    assert "fits-both" not in [slug for slug, _ in doubts(fits)]


def test_an_item_scored_for_one_explanation_is_named_unless_another_coder_scored_more(doubts):
    alone = RIVALS.replace("wary = [0.4, 0.6], content = 0.3", "content = 0.3")
    ((slug, said),) = doubts(alone)
    assert slug == "scored-alone"
    assert said.startswith("hypotheses.toml:25: got 'silence' scored for one explanation alone")
    assert doubts(alone + '\n[[matrix]]\ncoder = "bob"\nscores.silence = { wary = 0, content = -1 }\n') == []


# One item, no range: wary 0.1, content 0.9, torn 0.1.
THREE = """\
[[hypothesis]]
id = "wary"
label = "wary"
text = "Alphaland is wary."

[[hypothesis]]
id = "content"
label = "content"
text = "Alphaland is content."

[[hypothesis]]
id = "torn"
label = "torn"
text = "Alphaland is torn."

[[evidence]]
id = "toast"
date = 2024-06-20
text = "Alphaland drank to the treaty."
source = "book"
likelihood = { wary = 0.01, content = 0.99, torn = 0.01 }

[[evidence]]
id = "silence"
date = 2024-06-21
text = "Alphaland said nothing."
source = "book"
likelihood = { wary = 0.3, content = 0.3, torn = 0.3 }
"""


def decided(found: list[tuple[str, str]]) -> list[str]:
    """How the outcome turns, of the one claim."""
    (said,) = [text for slug, text in found if slug == "one-explanation-decides"]
    return said.split("would turn: ")[1].split("; expected")[0].split("; ")


def test_a_claim_that_one_explanation_decides_says_which_and_where(doubts):
    # Content against wary is won; torn against wary is even.
    found = doubts(THREE, CLAIMS + ABOUT.replace('favours = ["content"]', 'favours = ["content", "torn"]'))
    assert decided(found) == [
        "'content' on neither side: undetermined",
        "'content' on the other side: contradicted",
    ]


def test_a_claim_that_no_single_explanation_decides_is_left_alone(doubts):
    assert "one-explanation-decides" not in [slug for slug, _ in doubts(THREE, CLAIMS + ABOUT)]


WAYS = """specifications = ["without", "with"]

[[specification]]
id = "without"
label = "without content"

[[specification]]
id = "with"
label = "with content"
options = { favours = ["content", "torn"] }
"""


def test_an_explanation_that_ways_to_count_place_differently_is_a_decision_already(doubts):
    about = ABOUT.replace('favours = ["content"]', 'favours = ["torn"]')
    assert "one-explanation-decides" in [slug for slug, _ in doubts(THREE, CLAIMS + about)]
    assert "one-explanation-decides" not in [slug for slug, _ in doubts(THREE, CLAIMS + about + WAYS)]


def test_priors_by_side_are_kept_when_an_explanation_moves(doubts):
    # Of content and torn against wary with even sides, content alone decides.
    ways = WAYS.replace('["without", "with"]', '["with"]').replace("{ favours", '{ priors = "sides", favours')
    found = doubts(THREE, CLAIMS + ABOUT.replace('favours = ["content"]', 'favours = ["torn"]') + ways)
    assert "'content' on neither side: undetermined" in decided(found)


def test_nothing_is_doubted_where_something_is_wrong(doubts):
    assert doubts(RIVALS.replace("wary = -1, content = 2", "weary = 0, content = 2")) == []
    assert doubts(RIVALS.replace("wary = -1", "wary = 0").replace('source = "book"', 'source = "boook"', 1)) == []


def test_a_case_without_explanations_has_none_to_doubt(case_folder):
    engine = DuckDB()
    try:
        prepared = prepare(case_folder(), engine)
    finally:
        engine.close()
    assert not {p.slug for p in prepared.problems} & set(SLUGS)
