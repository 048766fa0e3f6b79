"""Coders who swapped the ends of a scale are found."""

import pytest

from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare


def coded(statements: int) -> str:
    """Statements that two coders read from opposite ends."""
    head = "id,date,date_precision,speaker,actor,topic,stance,kind,source,coder\n"
    rows = [
        f"{coder}{n},2024-01-{n + 1:02},day,An official,AAA,t,{sign * (2, -2, 1, -1, 2, 0)[n]},neutral,book,{coder}\n"
        for n in range(statements)
        for coder, sign in (("x", 1), ("y", -1))
    ]
    return head + "".join(rows)


@pytest.mark.parametrize(("statements", "told"), [(4, 0), (5, 1), (6, 1)])
def test_coders_who_swapped_the_ends_over_five_statements_are_an_error(case_folder, statements, told):
    files = {"record/statements.csv": coded(statements), "record/topics.csv": "id,parent,label\nt,,a topic\n"}
    engine = DuckDB()
    try:
        problems = [p for p in prepare(case_folder(files), engine).problems if p.slug == "coders-swapped"]
    finally:
        engine.close()
    assert len(problems) == told
    assert all(
        "coders 'x' and 'y'" in p.got and p.severity == "error" and f"over {statements}" in p.got for p in problems
    )
