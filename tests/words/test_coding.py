"""Agreement of coders, against published values."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tests.reference.coders import FILE, worlds
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.words.coding import krippendorff_alpha, nominal_alpha


# Three coders and fifteen units, * where one did not code. Wikipedia, "Krippendorff's alpha", prints 0.811 where the
# numbers are an interval scale, and 0.691 where they are names.
def test_the_published_example():
    rows = ("* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4")
    units = [[v for v in column if v != "*"] for column in zip(*(row.split() for row in rows), strict=True)]
    assert krippendorff_alpha([[float(v) for v in unit] for unit in units]) == pytest.approx(0.811, abs=5e-4)
    assert nominal_alpha(units) == pytest.approx(0.691, abs=5e-4)


@pytest.mark.parametrize("number", range(len(worlds())))
def test_alpha_equals_that_of_the_library(number):
    known = json.loads(FILE.read_text())[number]
    assert known["values"] == worlds()[number]
    units = [[v for v in unit if v is not None] for unit in zip(*known["values"], strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(known["alpha"], abs=1e-12)


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


def test_nothing_coded_twice_or_nothing_that_varies_has_no_agreement():
    assert krippendorff_alpha([(1,), (2,)]) is None
    assert krippendorff_alpha([(1, 1), (1, 1)]) is None
    assert nominal_alpha([("a",), ("b",)]) is None
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None


@many
@given(st.lists(st.lists(st.integers(-2, 2), min_size=2, max_size=4), min_size=2, max_size=8), st.integers(-5, 5))
def test_moving_or_turning_the_scale_for_all_changes_nothing(units, shift):
    here = krippendorff_alpha(units)
    for there in ([[v + shift for v in u] for u in units], [[-v for v in u] for u in units]):
        assert krippendorff_alpha(there) == (None if here is None else pytest.approx(here))
    assert here is None or here <= 1
