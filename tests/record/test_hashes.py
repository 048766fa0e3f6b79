"""A file is told by its bytes, under a name that says nothing of the machine that it lies on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tumen.record.hashes import hashes_by_name, sha256


def written(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return [folder / name for name in names]


def test_path_of_another_folder_is_shortened_to_its_name(tmp_path: Path) -> None:
    (file,) = written(tmp_path, "home/somebody/day.csv")
    assert hashes_by_name([file]) == {"day.csv": sha256(file)}


def test_files_of_one_name_are_told_apart_by_no_more_than_it_takes(tmp_path: Path) -> None:
    files = written(tmp_path, "home/a/one/day.csv", "home/a/two/day.csv", "home/a/two/ports.csv")
    assert list(hashes_by_name(files)) == ["one/day.csv", "two/day.csv", "ports.csv"]


def test_relative_paths_and_those_into_the_working_folder_are_given_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = written(tmp_path, "days/one.csv", "two.csv")
    monkeypatch.chdir(tmp_path)
    assert list(hashes_by_name([files[0], Path("two.csv")])) == ["days/one.csv", "two.csv"]
    assert list(hashes_by_name([Path("days/../two.csv")])) == ["days/../two.csv"]


def test_one_file_named_twice_is_one(tmp_path: Path) -> None:
    (file,) = written(tmp_path, "day.csv")
    assert hashes_by_name([file, file]) == {"day.csv": sha256(file)}
