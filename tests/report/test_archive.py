"""Runs are stored whole or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tumen.errors import RunError
from tumen.report import archive

NOW = dt.datetime(2024, 12, 31, 12, 0, tzinfo=dt.UTC)


def test_two_runs_of_one_second_do_not_meet(tmp_path: Path) -> None:
    first = archive.store({"run.json": "1"}, "abc", "duckdb", NOW, tmp_path)
    second = archive.store({"run.json": "2"}, "abc", "duckdb", NOW, tmp_path)
    assert first.name == "20241231T120000Z-abc"
    assert second.name == "20241231T120000Z-abc-2"
    assert (first / "run.json").read_text() == "1"


def test_a_run_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = archive._write

    def fail_on_the_second(path: Path, text: str) -> None:
        if path.name == "evidence.csv":
            raise OSError(28, "No space left on device")
        written(path, text)

    monkeypatch.setattr(archive, "_write", fail_on_the_second)
    with pytest.raises(RunError, match=r"No space left on device.*make room"):
        archive.store({"run.json": "1", "evidence.csv": "2"}, "abc", "duckdb", NOW, tmp_path)
    assert list(tmp_path.iterdir()) == []
