"""The measure hypotheses.posterior: by hand, in a case, and what it lacks."""

import datetime as dt
import math

import pytest

from tests.conftest import CLAIMS
from tests.explanations.test_declared import ABOUT, RIVALS
from tests.measure.worlds import Scenario, source, trade
from tumen.errors import ProblemsError
from tumen.explanations.weighing import WORD, weighed_in
from tumen.judge.tipping import nearest
from tumen.judge.verdict import Verdict
from tumen.kinds import kinds
from tumen.run import evaluate

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "hypotheses.posterior": Scenario(
        {"favours": ["a"], "against": ["b"]},
        {},
        {"sources": [source(), source("s2", credibility="3")]},
        {"sources": [source("x", reliability="F")], "trade": [trade("x", 12)]},
    ),
}

# One item, graded A1, without a range: 0.6 for content, 0.2 for wary. Priors of two to one; with no
# deception 12 to 2, so a share of 6/7.
EXACT = """\
[[hypothesis]]
id = "wary"
label = "wary"
text = "Alphaland is wary."

[[hypothesis]]
id = "content"
label = "content"
text = "Alphaland is content."
prior = 2
held_by = [{ who = "A", source="book" }, { who = "B", source="book" }]

[[evidence]]
id = "toast"
date = 2024-06-20
text = "Alphaland drank to the treaty."
source = "book"
likelihood = { wary = 0.2, content = 0.6 }
deception = 0.5
"""

SPECIFICATIONS = """
[[specification]]
id = "even"
label = "even"
options = { priors = "even" }

[[specification]]
id = "holders"
label = "holders"
options = { priors = "holders" }

[[specification]]
id = "trusting"
label = "trusting"
options = { deception = false }
"""

NAMED = ABOUT + 'specifications = ["even", "holders", "trusting"]\n' + SPECIFICATIONS


@pytest.fixture
def judged(case_folder):
    """The verdict on the claim about the hypotheses, and the whole evaluation."""

    def judge(rivals: str | None = EXACT, claims: str = CLAIMS + ABOUT, grade: str = "A,1"):
        folder = case_folder(
            {"claims.toml": claims, **({"hypotheses.toml": rivals} if rivals else {})},
            {"record/sources.csv": ("B,2", grade)},
        )
        found = evaluate(folder)
        return next(v for v in found.verdicts if v.claim.id == "content"), found

    return judge


def medians(verdict: Verdict) -> dict[str, float | None]:
    return {s.run.id: s.summary.median for s in verdict.specifications}


def test_it_is_a_measure_like_any_other():
    assert "hypotheses.posterior" in kinds().measures


def test_the_specifications_by_hand(judged):
    verdict, _ = judged(claims=CLAIMS + NAMED)
    # Half deception: 0.5 of 0.6 and 0.2, half of their mean 0.4: 0.5 against 0.3.
    assert medians(verdict) == pytest.approx(
        {
            "even": 5 / 8,
            "holders": 3 * 5 / (3 * 5 + 3),
            "trusting": 2 * 6 / (2 * 6 + 2),
        }
    )
    assert {s.run.id: (s.outcome, s.words) for s in verdict.specifications} == {
        "even": ("undetermined", "likely"),
        "holders": ("supported", "very likely"),
        "trusting": ("supported", "very likely"),
    }
    assert verdict.outcome == "depends"


def test_p_is_the_posterior_itself_however_sure_the_lead(judged):
    # Every draw puts content ahead, at 5 to 3.
    verdict, _ = judged(claims=CLAIMS + ABOUT + 'options = { priors = "even" }\n')
    (run,) = [s.run for s in verdict.specifications]
    assert (run.draws > 0.5).all()
    assert (verdict.probability, verdict.words, verdict.outcome) == (pytest.approx(5 / 8), "likely", "undetermined")
    below, _ = judged(claims=CLAIMS + ABOUT.replace("above", "below") + 'options = { priors = "even" }\n')
    assert below.probability == pytest.approx(3 / 8)


def test_the_prior_tips_it_where_odds_and_evidence_cancel(judged):
    verdict, _ = judged()
    # Evidence of 5 to 3: a prior of 3/8 makes it even.
    point = nearest(verdict.tipping_points, "prior", None)
    assert point is not None
    assert (point.baseline, point.value) == pytest.approx((2 / 3, 3 / 8), abs=1e-3)


def test_no_weight_of_evidence_leaves_the_prior(judged):
    verdict, _ = judged()
    (run,) = [s.run for s in verdict.specifications]
    assert run.moved("evidence", 0.0) == pytest.approx(2 / 3)
    odds = 2 * (5 / 3) ** 2
    assert run.moved("evidence", 2.0) == pytest.approx(odds / (1 + odds))
    assert run.moved("prior", run.baselines["prior"]) == pytest.approx(run.draws)


def test_its_draws_are_probabilities_of_the_claim_itself(judged):
    verdict, _ = judged()
    (run,) = [s.run for s in verdict.specifications]
    assert run.probabilities
    assert float(run.draws.mean()) == pytest.approx(2 * 5 / (2 * 5 + 3))


def test_exponents_of_grades_and_groups_are_levers(judged):
    # B2 keeps 0.81 of what it says; a group of one loses nothing.
    verdict, _ = judged(grade="B,2")
    (run,) = [s.run for s in verdict.specifications]
    for exponent in (0.0, 1.0, 2.0):
        odds = 2 * (5 / 3) ** (0.81**exponent)
        assert run.moved("grades", exponent) == pytest.approx(odds / (1 + odds))
    assert run.moved("groups", 0.0) == pytest.approx(run.draws)
    assert {lever.name for lever in verdict.estimate.levers} >= {"prior", "evidence", "grades", "groups"}


TORN = (
    EXACT.replace("wary = 0.2, content = 0.6", "wary = 0.2, content = 0.6, torn = 0.2")
    .replace("[[evidence]]", '[[hypothesis]]\nid = "torn"\nlabel = "torn"\ntext = "Alphaland is torn."\n\n[[evidence]]')
    .replace("deception = 0.5", "")
)

READINGS = (
    ABOUT
    + """specifications = ["alone", "with-torn", "alike", "other"]

[[specification]]
id = "alone"
label = "alone"

[[specification]]
id = "with-torn"
label = "with torn"
options = { favours = ["content", "torn"] }

[[specification]]
id = "alike"
label = "with torn, sides alike"
options = { favours = ["content", "torn"], priors = "sides" }

[[specification]]
id = "other"
label = "against torn"
options = { against = ["torn"], priors = "even" }
"""
)


def test_a_way_to_count_may_read_the_claim_otherwise(judged):
    verdict, _ = judged(TORN, CLAIMS + READINGS)
    # Priors wary 1, content 2, torn 1; sides alike: content 1/3, torn 1/6, wary 1/2.
    assert medians(verdict) == pytest.approx(
        {
            "alone": 12 / 14,
            "with-torn": 14 / 16,
            "alike": (0.6 / 3 + 0.2 / 6) / (0.6 / 3 + 0.2 / 6 + 0.2 / 2),
            "other": 3 / 4,
        }
    )
    notes = {s.run.id: s.run.notes[0] for s in verdict.specifications}
    assert notes["with-torn"] == "‘content’ and ‘torn’ against ‘wary’"
    assert notes["other"] == "‘content’ against ‘torn’"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('favours = ["content", "torn"] }', 'favours = ["content", "tron"] }', "Did you mean 'torn'?"),
        ('favours = ["content", "torn"] }', 'favours = ["wary"] }', "with 'wary' on both sides"),
        ("above = 0.5", "above = 0.8", "claim 'content' with another bound than one half"),
        ("above = 0.5", "within = [0.5, 0.9]", "claim 'content' with another bound than one half"),
    ],
)
def test_what_a_claim_cannot_ask_is_refused(case_folder, old, new, told):
    assert old in READINGS
    folder = case_folder({"claims.toml": CLAIMS + READINGS.replace(old, new, 1), "hypotheses.toml": TORN})
    with pytest.raises(ProblemsError) as refused:
        evaluate(folder)
    assert [told in str(p) for p in refused.value.problems if p.severity == "error"] == [True]


def test_the_verdict_walks_back_to_the_evidence_and_its_source(judged):
    verdict, _ = judged()
    (used,) = verdict.estimate.used
    assert (used.table, used.id, used.source) == ("evidence", "toast", "book")
    assert (used.start, used.end) == (dt.date(2024, 6, 20), dt.date(2024, 6, 20))
    assert used.text == "Alphaland drank to the treaty."
    assert verdict.confidence.level == "low"


def test_without_hypotheses_it_is_undetermined_and_says_what_is_missing(judged):
    verdict, found = judged(None)
    assert (verdict.outcome, weighed_in(found)) == ("undetermined", None)
    assert verdict.missing == ("rival explanations and their evidence in hypotheses.toml",)


def test_without_evidence_it_is_undetermined(judged):
    verdict, found = judged(EXACT[: EXACT.index("[[evidence]]")])
    assert (verdict.missing, weighed_in(found)) == (("[[evidence]] in hypotheses.toml",), None)


def test_a_measured_claim_is_evidence(judged):
    rests = EXACT.replace('source = "book"', 'claim = "share-2023"').replace("deception = 0.5", "")
    verdict, found = judged(rests)
    (share,) = [v for v in found.verdicts if v.claim.id == "share-2023"]
    assert share.probability == 1.0
    assert medians(verdict)["default"] == pytest.approx(6 / 7)
    assert "claim share-2023 enters with P 1.00" in verdict.specifications[0].run.notes


def test_a_planned_claim_says_nothing_and_is_named(judged):
    planned = (
        '\n[[claim]]\nid = "later"\nsentence = "later"\ntext = "Later."\ncites = "page 3"\nmeasure = '
        '"to.come"\nplanned = true\nholds = { above = 0 }\n'
    )
    verdict, found = judged(EXACT.replace('source = "book"', 'claim = "later"'), CLAIMS + ABOUT + planned)
    assert medians(verdict)["default"] == pytest.approx(2 / 3)
    weighed = weighed_in(found)
    assert weighed is not None
    assert weighed.skipped == ("toast",)


def test_explaining_the_hypotheses_measures_only_the_claims_they_rest_on(case_folder):
    found = evaluate(case_folder({"hypotheses.toml": RIVALS}), only=WORD)
    assert found.verdicts == ()
    assert weighed_in(found) is not None


def test_the_hypotheses_are_among_the_inputs_of_a_run(judged):
    _, found = judged()
    assert "hypotheses.toml" in found.inputs


def test_log_odds_of_the_bundled_case_by_hand():
    """China's case: even priors, middles of the ranges, by the file's own numbers."""
    import tomllib

    from tumen.run import BUNDLED

    with (BUNDLED / "hypotheses.toml").open("rb") as stream:
        case = tomllib.load(stream)
    import csv

    with (BUNDLED / "record" / "sources.csv").open(encoding="utf-8", newline="") as stream:
        grades = {row["id"]: row["reliability"] + row["credibility"] for row in csv.DictReader(stream)}
    middle = {
        s: math.sqrt(low * high)
        for s, (low, high) in {
            -2: (0.05, 0.2),
            -1: (0.2, 0.45),
            0: (0.45, 0.55),
            1: (0.55, 0.8),
            2: (0.8, 0.95),
        }.items()
    }
    keeps = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "1": 1.0, "2": 0.9, "3": 0.75, "4": 0.5}
    names = [h["id"] for h in case["hypothesis"]]
    with (BUNDLED / "case.toml").open("rb") as stream:
        as_of = tomllib.load(stream)["edition"][-1]["as_of"]
    seen = [e for e in case["evidence"] if e["date"] <= as_of]
    groups = [e.get("group") for e in seen]
    weight = dict.fromkeys(names, 1.0)
    for e in seen:
        p = {n: middle[e["scores"].get(n, 0)] for n in names}
        mean, share = sum(p.values()) / len(p), e.get("deception", 0.0)
        grade = grades[e["source"]]
        power = keeps[grade[0]] * keeps[grade[1]] / (groups.count(e["group"]) if "group" in e else 1)
        weight = {n: weight[n] * ((1 - share) * p[n] + share * mean) ** power for n in names}
    total = sum(weight.values())
    weighed = weighed_in(evaluate(BUNDLED, only=WORD))
    assert weighed is not None
    # The middle of the ranges is not the mean of the draws; they lie within two points of each other.
    assert {s.id: s.posterior for s in weighed.standings} == pytest.approx(
        {n: w / total for n, w in weight.items()}, abs=0.02
    )
    assert weighed.leader.id == "hedging"
