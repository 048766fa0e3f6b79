"""The engine takes half of what the process may have, whoever sets the limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tumen.engine import memory
from tumen.engine.embedded import DuckDB
from tumen.engine.queries import MemoryShortError


def test_least_limit_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_of_machine", lambda: [16_000_000_000])
    monkeypatch.setattr(memory, "_of_group", lambda: [6_000_000_000])
    monkeypatch.setattr(memory, "_of_process", lambda: [8_000_000_000])
    assert memory.share_of_memory_mb() == 3000


def test_limit_of_a_control_group_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(memory, "_GROUPS", tmp_path)
    (tmp_path / "memory.max").write_text("max\n")
    assert memory._of_group() == []
    (tmp_path / "memory.max").write_text("4000000000\n")
    assert memory._of_group() == [4_000_000_000]


def test_engine_without_a_wish_takes_that_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tumen.engine.embedded.share_of_memory_mb", lambda: 200)
    engine = DuckDB()
    try:
        ((limit,),) = (row.values() for row in engine.rows("select current_setting('memory_limit') as held"))
        assert str(limit).startswith("190.7")
    finally:
        engine.close()


def test_query_that_does_not_fit_is_told_as_such() -> None:
    engine = DuckDB(memory_mb=30)
    try:
        with pytest.raises(MemoryShortError, match=r"needs more memory .*\[engine-failed\]"):
            engine.rows("select length(string_agg(repeat('x', 1000000) || i, '')) as n from range(400) t(i)")
    finally:
        engine.close()
