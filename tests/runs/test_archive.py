"""Runs are stored whole or not at all, know their own files, and go when they are asked to."""

from __future__ import annotations

import datetime as dt
import errno
import json
from pathlib import Path
from typing import Any

import pytest

from tumen.errors import WriteError
from tumen.runs import archive
from tumen.writing import new_file

NOW = dt.datetime(2024, 12, 31, 12, 0, tzinfo=dt.UTC)
DIGEST = "0123456789ab"


def kept(files: dict[str, str], place: Path, case: Path = Path("/a/case"), later_s: int = 0) -> Path:
    return archive.store(files, DIGEST, "duckdb", NOW + dt.timedelta(seconds=later_s), case, place)


def test_two_runs_of_one_second_do_not_meet(tmp_path: Path) -> None:
    first, second = kept({"run.json": "1"}, tmp_path), kept({"run.json": "2"}, tmp_path)
    assert first.name == "20241231T120000Z-0123456789ab"
    assert second.name == "20241231T120000Z-0123456789ab-2"
    assert (first / "run.json").read_text() == "1"


def test_runs_of_two_cases_of_one_name_lie_apart(tmp_path: Path) -> None:
    one, other = kept({}, tmp_path, Path("/a/case")), kept({}, tmp_path, Path("/b/case"))
    assert one.parent != other.parent
    assert [run.folder for run in archive.stored(Path("/b/case"), tmp_path)] == [other]


def test_a_run_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = new_file

    def fail_on_the_second(path: Path) -> Any:
        if path.name == "evidence.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path)

    monkeypatch.setattr(archive, "new_file", fail_on_the_second)
    with pytest.raises(WriteError, match=r"No space left on device.*make room"):
        kept({"run.json": "1", "evidence.csv": "2"}, tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_stored_run_is_as_it_was(tmp_path: Path) -> None:
    folder = kept({"run.json": "1", "evidence.csv": "2"}, tmp_path)
    archive.add(folder, {"report.html": "<p>é</p>"})
    assert archive.changed(archive.read(folder)) == []
    assert json.loads((folder / "manifest.json").read_text())["run"] == DIGEST


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "run.json").write_text("3"), ["run.json was changed"]),
        (lambda folder: (folder / "run.json").unlink(), ["run.json is missing"]),
        (lambda folder: (folder / "more.csv").touch(), ["more.csv was added"]),
        (lambda folder: (folder / "inside").mkdir() or (folder / "inside/x").touch(), ["inside/x was added"]),
        (
            lambda folder: (
                (folder / "run.json").rename(folder / "../was") and (folder / "run.json").symlink_to("../was")
            ),
            ["run.json was changed"],
        ),
    ],
)
def test_each_change_to_a_stored_run_is_found(tmp_path: Path, spoil: Any, said: list[str]) -> None:
    folder = kept({"run.json": "1", "evidence.csv": "2"}, tmp_path)
    spoil(folder)
    assert archive.changed(archive.read(folder)) == said


@pytest.mark.parametrize("manifest", [None, "", "[]", "{}", '{"files": []}', "[" * 100_000])
def test_a_manifest_that_tells_nothing_is_a_finding(tmp_path: Path, manifest: str | None) -> None:
    folder = kept({"run.json": "1"}, tmp_path)
    (folder / "manifest.json").unlink()
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest)
    (said,) = archive.changed(archive.read(folder))
    assert said.startswith("manifest.json names no files")


def test_pruning_keeps_the_newest_and_those_that_are_named(tmp_path: Path) -> None:
    case = Path("/a/case")
    oldest, *_ = [kept({"run.json": str(n)}, tmp_path, case, later_s=n) for n in range(5)]
    gone = archive.prune(archive.stored(case, tmp_path), 2, [oldest.name])
    assert [run.folder.name[9:15] for run in gone] == ["120002", "120001"]
    assert [run.folder.name[9:15] for run in archive.stored(case, tmp_path)] == ["120004", "120003", "120000"]


def test_runs_of_one_second_are_in_their_order(tmp_path: Path) -> None:
    case = Path("/a/case")
    for number in range(11):
        kept({"run.json": str(number)}, tmp_path, case)
    texts = [(run.folder / "run.json").read_text() for run in archive.stored(case, tmp_path)]
    assert texts == [str(number) for number in reversed(range(11))]


@pytest.mark.parametrize("link", [".tumen", ".tumen/runs", ".tumen/runs/SHELF"])
def test_a_link_where_runs_are_kept_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str) -> None:
    here, outside = tmp_path / "here", tmp_path / "outside"
    here.mkdir()
    outside.mkdir()
    monkeypatch.chdir(here)
    place = here / link.replace("SHELF", archive.shelf_of(Path("/a/case")).name)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside)
    with pytest.raises(WriteError, match="write-outside"):
        kept({"run.json": "1"}, archive.RUNS)
    assert list(outside.iterdir()) == []
