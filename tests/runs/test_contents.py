"""What runs were made of is kept once, for its owner alone, whole or not at all, and goes when no run names it."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner

from tests.conftest import CaseFolder
from tumen.cli import main
from tumen.errors import WriteError
from tumen.runs import archive
from tumen.runs.contents import Input
from tumen.runs.made_of import MadeOf
from tumen.writing import copied

NOW = dt.datetime(2024, 12, 31, 12, 0, tzinfo=dt.UTC)
CASE = Path("/a/case")


def given(folder: Path, **texts: str) -> dict[str, Input]:
    """Files of a case, by name; `a_csv` is a.csv."""
    folder.mkdir(exist_ok=True)
    found = {}
    for name, text in texts.items():
        path = folder / name.replace("_", ".")
        path.write_text(text)
        found[path.name] = Input(path, hashlib.sha256(text.encode()).hexdigest())
    return found


def kept(place: Path, inputs: dict[str, Input], later_s: int = 0) -> Path:
    made_of = MadeOf(dt.date(2024, 12, 31), inputs=inputs)
    now = NOW + dt.timedelta(seconds=later_s)
    return archive.store({"run.json": "1"}, "0" * 12, "duckdb", now, CASE, place, made_of)


def texts_in(place: Path) -> list[str]:
    return sorted(path.read_text() for path in (archive.shelf_of(CASE, place) / "inputs").glob("[!.]*"))


def files_in(place: Path) -> list[str]:
    return [path.name for path in place.rglob("*") if path.is_file() and path.name != ".gitignore"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_several_runs_were_made_of_is_kept_once(tmp_path: Path) -> None:
    place, case = tmp_path / "runs", tmp_path / "case"
    kept(place, given(case, case_toml="t", a_csv="1", b_csv="1"))
    kept(place, given(case, case_toml="t", a_csv="2", b_csv="1"))
    assert texts_in(place) == ["1", "2", "t"]
    names = {p.name for p in (archive.shelf_of(CASE, place) / "inputs").iterdir()}
    assert f"{hashlib.sha256(b'2').hexdigest()}.csv" in names


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "runs"
    inputs = archive.shelf_of(CASE, place) / "inputs"
    inputs.mkdir(parents=True, mode=0o755)
    kept(place, given(tmp_path / "case", a_csv="1"))
    (file,) = inputs.glob("*.csv")
    assert (mode(inputs), mode(file)) == (0o700, 0o600)


def test_what_is_kept_stays_out_of_a_repository(tmp_path: Path) -> None:
    run = kept(tmp_path / "runs", given(tmp_path / "case", a_csv="1"))
    assert (run.parent / "inputs/.gitignore").read_text() == "*\n"


def test_a_kept_file_that_was_spoilt_is_kept_anew(tmp_path: Path) -> None:
    place, inputs = tmp_path / "runs", given(tmp_path / "case", a_csv="1", b_csv="2")
    run = kept(place, inputs)
    one, two = (run.parent / "inputs" / inputs[name].kept_as for name in ("a.csv", "b.csv"))
    one.write_text("spoilt")
    two.unlink()
    two.symlink_to(tmp_path / "case/b.csv")
    kept(place, inputs)
    assert (one.read_text(), two.read_text(), two.is_symlink()) == ("1", "2", False)
    assert (tmp_path / "case/b.csv").read_text() == "2"


@pytest.mark.parametrize("became", ["2", None])
def test_a_file_that_changed_while_the_run_was_made_is_told_and_nothing_is_stored(
    tmp_path: Path, became: str | None
) -> None:
    place, inputs = tmp_path / "runs", given(tmp_path / "case", a_csv="0", b_csv="1")
    (tmp_path / "case/b.csv").unlink()
    if became:
        (tmp_path / "case/b.csv").write_text(became)
    with pytest.raises(WriteError, match=r"^b.csv: got a file that changed.*\[input-changed\]$"):
        kept(place, inputs)
    assert files_in(place) == []


def test_where_there_is_no_room_that_is_said_and_nothing_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, inputs = tmp_path / "runs", given(tmp_path / "case", a_csv="0", b_csv="1")

    def full(source: BinaryIO, draft: Path) -> str:
        if source.name.endswith("b.csv"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return copied(source, draft)

    monkeypatch.setattr("tumen.runs.contents.copied", full)
    with pytest.raises(WriteError, match=r"No space left on device.*make room"):
        kept(place, inputs)
    assert files_in(place) == []


def test_a_run_that_cannot_be_stored_takes_back_what_was_kept_for_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, case = tmp_path / "runs", tmp_path / "case"
    kept(place, given(case, a_csv="1"))

    def fails(*_: object, **__: object) -> Path:
        raise WriteError("no")

    monkeypatch.setattr(archive, "whole_folder", fails)
    with pytest.raises(WriteError, match="no"):
        kept(place, given(case, a_csv="1", b_csv="2"))
    assert texts_in(place) == ["1"]


def pruned(place: Path, newest: int) -> int | None:
    archive.prune(archive.stored(CASE, place), newest)
    return archive.prune_inputs(archive.shelf_of(CASE, place))


def test_pruning_deletes_what_no_run_names_and_nothing_else(tmp_path: Path) -> None:
    place, case = tmp_path / "runs", tmp_path / "case"
    for number in range(3):
        kept(place, given(case, a_csv=str(number), b_csv="same"), later_s=number)
    (archive.shelf_of(CASE, place) / "inputs" / "mine.txt").write_text("mine")
    assert pruned(place, 2) == 1
    assert texts_in(place) == ["1", "2", "mine", "same"]
    assert pruned(place, 0) == 3
    assert texts_in(place) == ["mine"]


def test_inputs_of_a_run_under_another_name_stay(tmp_path: Path) -> None:
    place = tmp_path / "runs"
    run = kept(place, given(tmp_path / "case", a_csv="1"))
    run.rename(run.with_name("first edition"))
    assert pruned(place, 0) == 0
    assert texts_in(place) == ["1"]


@pytest.mark.parametrize("manifest", ["", "[]", "{}"])
def test_no_input_goes_where_a_manifest_cannot_be_read(tmp_path: Path, manifest: str) -> None:
    place, case = tmp_path / "runs", tmp_path / "case"
    old = kept(place, given(case, a_csv="1"))
    kept(place, given(case, a_csv="2"), later_s=1)
    (old / "manifest.json").write_text(manifest)
    old.rename(old.with_name("kept"))
    assert pruned(place, 0) is None
    assert texts_in(place) == ["1", "2"]


def test_a_run_of_an_earlier_version_names_no_inputs_and_keeps_none(tmp_path: Path) -> None:
    place = tmp_path / "runs"
    archive.store({"run.json": "1"}, "0" * 12, "duckdb", NOW, CASE, place)
    kept(place, given(tmp_path / "case", a_csv="1"), later_s=-1)
    assert pruned(place, 1) == 1
    assert archive.changed(archive.stored(CASE, place)[0]) == []


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("2")], ids=["missing", "changed"])
def test_an_input_that_is_not_as_it_was_is_a_change_of_each_run_that_has_it(tmp_path: Path, spoil) -> None:
    place, inputs = tmp_path / "runs", given(tmp_path / "case", a_csv="1", b_csv="3")
    run = kept(place, inputs)
    assert archive.changed(archive.read(run)) == []
    spoil(run.parent / "inputs" / inputs["a.csv"].kept_as)
    assert archive.changed(archive.read(run)) == ["its input a.csv is missing or was changed"]


def test_the_command_says_what_it_keeps_finds_and_deletes(
    case_folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = case_folder()

    def said(*words: str) -> str:
        return CliRunner().invoke(main, [words[0], str(folder), *words[1:]]).output

    said("run")
    assert "1 run in .tumen/runs/case-" in said("runs")
    assert ", inputs 1 kB\n" in said("runs")
    (run,) = tmp_path.glob(".tumen/runs/*/2*")
    noted = json.loads((run / "manifest.json").read_text())
    shutil.copytree(run, run.with_name("copy"))
    assert said("runs", "--prune", "0") == "Deleted 1 run, kept none.\n"
    (run.with_name("copy") / "manifest.json").write_text("")
    assert "Deleted no inputs: a run's manifest.json cannot be read" in said("runs", "--prune", "0")
    shutil.rmtree(run.with_name("copy"))
    assert (
        said("runs", "--prune", "0") == "Deleted no runs, kept none.\nDeleted 4 inputs that no other run was made of.\n"
    )
    said("run")
    (run.parent / "inputs" / noted["inputs"]["claims.toml"]).unlink()
    verified = said("runs", "--verify")
    assert verified.endswith("kB  changed\n  its input claims.toml is missing or was changed\n")
