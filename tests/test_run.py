"""An evaluation as a whole: what names a run, and what it says that it depends on."""

from __future__ import annotations

import csv
import datetime as dt
import io
import platform
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from tests.conftest import CASE, CLAIMS, TRADE, CaseFolder
from tumen import __version__
from tumen.report.document import document
from tumen.run import BUNDLED, evaluate

#: A case with a second claim, a table in which a cell is left out, and a row that cannot be read.
TWO = CLAIMS + CLAIMS[CLAIMS.index("[[claim]]") :].replace('"share-2023"', '"again"')
ROWS = TRADE + "more,AAA,CCC,2023-01-01,2024-01-01,TOTAL,1,2,3,,yearbook,exact,book,\n"
BROKEN = "broken,AAA,CCC,2023-01-01,2024-01-01,TOTAL,much,2,3,,yearbook,exact,book,\n"


def name_of(folder: Path, **options: Any) -> str:
    return evaluate(folder, **options).digest


def shuffled(text: str, seed: int = 1) -> str:
    head, *rows = text.splitlines(keepends=True)
    return head + "".join(random.Random(seed).sample(rows, len(rows)))


def quoted(text: str) -> str:
    found = io.StringIO()
    csv.writer(found, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return found.getvalue()


def columns_reversed(text: str) -> str:
    return "".join(",".join(reversed(line.split(","))) + "\n" for line in text.splitlines())


def packed(folder: Path) -> None:
    """Put the table in a file of Parquet."""
    table = folder / "record/trade.csv"
    rows = f"select * replace (cast(total_usd as double) as total_usd) from '{table}'"
    duckdb.sql(f"copy ({rows}) to '{table.with_suffix('.parquet')}'")
    table.unlink()


def split(folder: Path) -> None:
    """Put the table in two files of other names."""
    head, *rows = (folder / "record/trade.csv").read_text().splitlines(keepends=True)
    for number, part in enumerate((rows[:1], rows[1:])):
        (folder / f"part{number}.csv").write_text(head + "".join(part))
    (folder / "record/trade.csv").unlink()
    (folder / "case.toml").write_text(CASE + '\n[record]\ntrade = ["part1.csv", "part0.csv"]\n')


def moved(text: str) -> str:
    """TOML with two keys the other way round."""
    one, two = 'title = "A small case"\n', 'focal = "AAA"\n'
    return text.replace(two, "").replace(one, two + one)


@pytest.mark.parametrize(
    "written",
    [
        lambda folder: (folder / "case.toml").write_text("# A remark.\n\n" + CASE.replace(" = ", "   =  ")),
        lambda folder: (folder / "case.toml").write_text(moved(CASE)),
        lambda folder: (folder / "case.toml").write_bytes(b"\xef\xbb\xbf" + CASE.replace("\n", "\r\n").encode()),
        lambda folder: (folder / "claims.toml").write_text(TWO.replace('"page 1"', "'page 1'") + "# end"),
        lambda folder: (folder / "record/trade.csv").write_text(shuffled(ROWS)),
        lambda folder: (folder / "record/trade.csv").write_text(quoted(ROWS)),
        lambda folder: (folder / "record/trade.csv").write_text(columns_reversed(ROWS)),
        lambda folder: (folder / "record/trade.csv").write_text(ROWS.replace(",90,", ",90.00,")),
        lambda folder: (folder / "record/trade.csv").write_bytes(b"\xef\xbb\xbf" + ROWS.replace("\n", "\r\n").encode()),
        packed,
        split,
    ],
)
def test_a_run_has_the_same_name_however_its_values_are_written(
    case_folder: CaseFolder, written: Callable[[Path], object]
) -> None:
    files = {"claims.toml": TWO, "record/trade.csv": ROWS}
    before, folder = case_folder(files), case_folder(files, name="other")
    written(folder)
    assert name_of(folder) == name_of(before)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.toml", "seed = 1", "seed = 2"),
        ("case.toml", "An Author", "Another"),
        ("case.toml", "2024-01-15", "2024-01-16"),
        ("claims.toml", "above = 0.5", "above = 0.6"),
        ("claims.toml", "More than half", "Over a half"),
        (
            "claims.toml",
            TWO,
            TWO.replace('"share-2023"', '"x"').replace('"again"', '"share-2023"').replace('"x"', '"again"'),
        ),
        ("record/trade.csv", "40,50,90,", "40,50,90.01,"),
        ("record/trade.csv", "1,2,3,,yearbook,exact,book,", "1,2,3,,yearbook,exact,book,a remark"),
        ("record/trade.csv", ROWS, ROWS + "yet" + ROWS.splitlines()[-1][4:] + "\n"),
        ("record/trade.csv", ROWS, ROWS + BROKEN),
        ("record/sources.csv", ",B,2,", ",B,3,"),
    ],
)
def test_a_run_has_another_name_where_any_value_is_another(
    case_folder: CaseFolder, file: str, old: str, new: str
) -> None:
    files = {"claims.toml": TWO, "record/trade.csv": ROWS}
    before, folder = case_folder(files), case_folder(files, name="other")
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    assert name_of(folder) != name_of(before)


def test_rows_that_cannot_be_read_count_by_their_number(case_folder: CaseFolder) -> None:
    one = case_folder({"record/trade.csv": ROWS + BROKEN})
    two = case_folder({"record/trade.csv": ROWS + BROKEN.replace("much", "more")}, name="two")
    assert name_of(one) == name_of(two)


def test_the_day_names_a_run_whether_the_case_or_the_user_says_it(case_folder: CaseFolder) -> None:
    later = case_folder(edits={"case.toml": ("as_of = 2024-12-31", "as_of = 2025-12-31")}, name="later")
    folder, day = case_folder(), dt.date(2025, 12, 31)
    assert name_of(folder) != name_of(later) == name_of(folder, as_of=day)


def test_a_run_has_another_name_where_any_version_or_raw_file_is_another(case_folder: CaseFolder) -> None:
    found = evaluate(case_folder())

    def seen(**inputs: str) -> Any:
        return replace(found, findings={"positions": cast(Any, SimpleNamespace(inputs=inputs))})

    others = [
        *(replace(found, versions={**found.versions, name: "another"}) for name in found.versions),
        *(replace(found, values={**found.values, name: "another"}) for name in found.values),
        *(seen(a="1"), seen(a="2"), seen(a="1", b="2")),
    ]
    assert set(found.values) == {"case.toml", "claims.toml", "table sources", "table trade"}
    assert len({one.digest for one in (found, *others)}) == 1 + len(others)
    assert seen(a="1", b="2").digest == seen(c="2", d="1").digest


def test_the_order_of_rows_changes_no_claim_of_the_bundled_case(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED, tmp_path / "case")
    for table in (tmp_path / "case/record").iterdir():
        if table.suffix == ".parquet":
            with duckdb.connect() as engine:
                engine.execute(f"create table rows as select * from '{table}'")
                engine.execute(f"copy (select * from rows order by hash(rows)) to '{table}' (format parquet)")
        else:
            with table.open(encoding="utf-8", newline="") as stream:
                head, *rows = csv.reader(stream)
            random.Random(table.name).shuffle(rows)
            with table.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([head, *rows])
    one, two = evaluate(BUNDLED), evaluate(tmp_path / "case")
    assert document(one)["claims"] == document(two)["claims"]
    assert one.digest == two.digest
    assert {name for name in one.inputs if one.inputs[name] != two.inputs[name]} >= {
        "record/trade.csv",
        "record/votes.parquet",
    }


def test_versions_are_those_of_what_ran(case_folder: CaseFolder) -> None:
    assert evaluate(case_folder()).versions == {
        "tumen": __version__,
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "duckdb": version("duckdb"),
    }


def test_the_edition_before_is_told_as_if_its_day_alone_had_been_asked() -> None:
    now, before = evaluate(BUNDLED, since=True), evaluate(BUNDLED, as_of=dt.date(2024, 12, 31))
    assert now.since is not None
    alone = {v.claim.id: (v.outcome, v.probability) for v in before.verdicts}
    assert {t.claim: (t.before, t.probability_before) for t in now.since.claims} == alone
