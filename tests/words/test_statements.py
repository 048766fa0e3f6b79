"""Topics that a claim names and the record's tree does not have."""

import pytest

from tests.conftest import CLAIMS
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare

SAYS = """
[[claim]]
id = "reticent"
sentence = "reticent"
text = "Alphaland takes no position."
cites = "page 2"
measure = "stance.reticence"
holds = { above = 0.5 }
arguments = { actor = "AAA", topics = ["treaties"], period = [2022-01-01, 2023-01-01] }

[[claim]]
id = "salient"
sentence = "salient"
text = "Alphaland speaks of treaties."
cites = "page 3"
measure = "salience.ratio"
holds = { above = 2 }
arguments = { actor = "AAA", topics = ["treaty"], reference = ["war"], period = [2022-01-01, 2023-01-01] }
"""


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        (
            "id,parent,label\ntreaty,,treaties\n",
            ["claim 'reticent' names topic 'treaties'", "claim 'salient' names topic 'war'"],
        ),
        ("id,parent,label\n", []),
    ],
)
def test_a_topic_that_is_not_in_the_tree_is_an_error_at_its_claim(case_folder, topics, told):
    engine = DuckDB()
    try:
        folder = case_folder({"claims.toml": CLAIMS + SAYS, "record/topics.csv": topics})
        problems = [p for p in prepare(folder, engine).problems if p.slug == "unknown-topic"]
    finally:
        engine.close()
    assert [p.got for p in problems] == told
    assert all(p.file == "claims.toml" and p.line for p in problems)
