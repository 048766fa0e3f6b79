"""The tree of topics, and the messages where it is no tree."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import Row, many, source, statement, topic, write_table
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.record.read import read_record
from tumen.record.trees import ancestry, cycles, under

NAMES = list("abcdef")


def problems(folder: Path, **tables: Sequence[Row]) -> list[str]:
    for name, rows in {"sources": [source()], **tables}.items():
        write_table(folder, name, rows)
    engine = DuckDB()
    try:
        return [str(p) for p in read_record(folder, {}, engine, TABLES)[1]]
    finally:
        engine.close()


def test_a_topic_counts_under_all_above_it():
    tree = {"a": None, "b": "a", "c": "b", "d": None}
    assert under(tree, ["a"]) == {"a", "b", "c"}
    assert under(tree, ["b", "d"]) == {"b", "c", "d"}
    assert ancestry(tree, "c") == ["c", "b", "a"]


def test_a_statement_about_an_unknown_topic_is_an_error_with_a_near_name(tmp_path):
    (only,) = problems(tmp_path, topics=[topic("treaty")], statements=[statement("x", topic="traety")])
    assert only == (
        "record/statements.csv:2: got topic 'traety' (row 'x'); expected the id of a row of topics. "
        "Did you mean 'treaty'? [unknown-topic]"
    )


def test_a_topic_under_an_unknown_one_is_an_error(tmp_path):
    (only,) = problems(tmp_path, topics=[topic("dyad"), topic("treaty", "dyda")])
    assert "got parent 'dyda' (row 'treaty')" in only
    assert only.endswith("Did you mean 'dyad'? [unknown-topic]")


def test_topics_in_a_circle_are_errors(tmp_path):
    found = problems(tmp_path, topics=[topic("a", "b"), topic("b", "a"), topic("c", "a"), topic("d", "d")])
    assert [p.split(": ")[0] for p in found] == [f"record/topics.csv:{n}" for n in (2, 3, 5)]
    assert all(p.endswith("[topic-cycle]") for p in found)


@many
@given(st.dictionaries(st.sampled_from(NAMES), st.none() | st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_what_lies_under_is_what_has_it_above_even_in_a_circle(parents, root):
    if cycles(parents):
        return
    assert under(parents, [root]) == {t for t in parents if root in ancestry(parents, t)}
