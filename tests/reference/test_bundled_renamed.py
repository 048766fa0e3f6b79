"""The bundled case under other names of rows and sources: every number, verdict and confidence stays what it was."""

import csv
import random
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np
import pytest

from tests.reference.test_bundled_case import SECOND
from tumen.run import BUNDLED, Evaluation, evaluate

Names = Mapping[str, str]

#: Tables whose ids are words of the case's own, which its claims ask by.
_VOCABULARY = ("topics", "baskets")


def renamed(folder: Path) -> Names:
    """Write the bundled case with other ids of rows and sources and its rows in another order; returns the sources'."""
    shutil.copytree(BUNDLED, folder)
    tables = {path.stem: _read(path) for path in (folder / "record").glob("*.csv")}
    ids = {
        name: _drawn(name, [row["id"] for row in rows if "id" in row])
        for name, rows in tables.items()
        if name not in _VOCABULARY
    }
    for name, rows in tables.items():
        points = {"id": ids.get(name, {}), "duplicate_of": ids.get(name, {}), "source": ids["sources"]}
        points["origin"] = ids["sources"] if name == "sources" else {}
        if name == "breaches":
            points["provision"] = ids["provisions"]
            rows = [{**row, "witness_row": ids[row["witness_table"]][row["witness_row"]]} for row in rows]
        called = [{c: points.get(c, {}).get(v, v) for c, v in row.items()} for row in rows]
        _write(folder / "record" / f"{name}.csv", random.Random(name).sample(called, len(called)))
    _rename_votes(folder / "record" / "votes.parquet", ids["sources"])
    for name in ("claims.toml", "hypotheses.toml"):
        text = (folder / name).read_text(encoding="utf-8")
        for key, known in (("source", ids["sources"]), ("provision", ids["provisions"])):
            text = _replaced(text, rf'\b{key} = "[^"]+"', known)
        text = _replaced(text, r"\bevents = \[[^\]]*\]", ids["events"])
        (folder / name).write_text(text, encoding="utf-8")
    return ids["sources"]


def _replaced(text: str, where: str, names: Names) -> str:
    """A text with other names in the quotes of every place that matches a pattern."""

    def called(place: re.Match[str]) -> str:
        return re.sub(r'"([^"]+)"', lambda name: f'"{names.get(name[1], name[1])}"', place[0])

    return re.sub(where, called, text)


def _drawn(seed: str, names: list[str]) -> Names:
    numbers = random.Random(seed).sample(range(10**8), len(names))
    return {name: f"n{number:08}" for name, number in zip(names, numbers, strict=True)}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _rename_votes(path: Path, sources: Names) -> None:
    with duckdb.connect() as engine:
        engine.execute("create table names (old varchar, new varchar)")
        engine.executemany("insert into names values (?, ?)", list(sources.items()))
        votes = engine.read_parquet(str(path))
        engine.register("votes", votes)
        engine.execute(
            "create table renamed as select votes.* replace (names.new as source) "
            "from votes join names on votes.source = names.old order by hash(resolution), actor"
        )
        engine.execute("copy renamed to ? (format parquet)", [str(path)])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Evaluation, Evaluation, Names]:
    folder = tmp_path_factory.mktemp("other") / "case"
    names = renamed(folder)
    return evaluate(BUNDLED, as_of=SECOND), evaluate(folder, as_of=SECOND), names


def test_the_bundled_verdicts_do_not_depend_on_names(both):
    as_named, otherwise, _ = both
    for one, two in zip(as_named.verdicts, otherwise.verdicts, strict=True):
        name = one.claim.id
        assert (one.outcome, one.chance, one.summary, one.confidence) == (
            two.outcome,
            two.chance,
            two.summary,
            two.confidence,
        ), name
        assert one.tipping_points == two.tipping_points, name
        for before, after in zip(one.specifications, two.specifications, strict=True):
            assert np.array_equal(before.run.draws, after.run.draws), (name, before.run.id)


def test_the_sources_shown_are_the_renamed_ones(both):
    as_named, otherwise, names = both
    for one, two in zip(as_named.verdicts, otherwise.verdicts, strict=True):
        if one.estimate and two.estimate:
            assert {(u.table, names[u.source]) for u in one.estimate.used} == {
                (u.table, u.source) for u in two.estimate.used
            }, one.claim.id
            assert len(one.estimate.used) == len(two.estimate.used), one.claim.id
