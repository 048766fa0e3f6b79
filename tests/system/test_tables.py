"""Rows of moves and drivers: what is right, and every way in which they can be wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.measure.worlds import Row, write_table
from tests.system.systems import coded, driven
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.system.coded import coded_moves


def slugs(
    folder: Path, moves: Sequence[Row] = (), drivers: Sequence[Row] = (), as_of: dt.date | None = None
) -> tuple[set[str], list[str]]:
    """Slugs of what is said of these rows, and the periods of moves that are known."""
    write_table(folder, "moves", [{**row, "source": "book"} for row in moves])
    write_table(folder, "drivers", [{**row, "source": "book"} for row in drivers])
    engine = DuckDB()
    try:
        found = prepare(folder, engine, as_of=as_of)
        assert found.record is not None
        sound = not any(p.severity == "error" for p in found.problems)
        return {p.slug for p in found.problems}, [r.period for r in coded_moves(found.record)] if sound else []
    finally:
        engine.close()


@pytest.mark.parametrize("name", ["2023", "2023H1", "2023H2", "2023Q1", "2023Q4", "2023-01", "2023-12"])
def test_a_period_of_any_form_starts_and_ends_where_its_name_says(case_folder, name):
    assert slugs(case_folder(), [coded(name, "AAA.help", "some")]) == (set(), [name])


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"start": "2023-01-02"}, "period-differs"),
        ({"end": "2023-12-31"}, "period-differs"),
        ({"period": "2023H1"}, "period-differs"),
        ({"period": "2023Q3"}, "period-differs"),
        ({"period": "2023H3"}, "bad-code"),
        ({"period": "2023H999999999"}, "bad-code"),
        ({"period": "second half"}, "bad-code"),
        ({"second": "some"}, "second-level-same"),
        ({"certainty": "sure"}, "not-allowed"),
        ({"coder": ""}, "cell-empty"),
        ({"actor": ""}, "cell-empty"),
        ({"actor": "Alphaland"}, "bad-code"),
    ],
)
def test_what_is_wrong_with_a_move_is_told(case_folder, changes, slug):
    assert slugs(case_folder(), [coded("2023H2", "AAA.help", "some", **changes)])[0] == {slug} | (
        {"end-inclusive"} if "end" in changes else set()
    )


@pytest.mark.parametrize(
    ("value", "told"), [(0, set()), (1, set()), (1.01, {"not-allowed"}), (-0.01, {"negative"}), ("", {"cell-empty"})]
)
def test_a_driver_stands_between_0_and_1(case_folder, value, told):
    assert slugs(case_folder(), drivers=[driven("2023H2", "need", value)])[0] == told


@pytest.mark.parametrize(("day", "known"), [("2024-06-29", ["2023H2"]), ("2024-06-30", ["2023H2", "2024H1"])])
def test_a_row_is_known_once_its_period_is_over(case_folder, day, known):
    moves = [coded(name, "AAA.help", "some") for name in ("2023H2", "2024H1")]
    folder = case_folder(edits={"record/sources.csv": (",2024,B", ",2023,B")})
    assert slugs(folder, moves, as_of=dt.date.fromisoformat(day))[1] == known
