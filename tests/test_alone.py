"""Commands that change a case wait for each other, say for whom, and do not wait for ever."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from tumen import alone
from tumen.alone import LOCK, alone_in
from tumen.errors import BusyError, WriteError


def test_who_comes_second_waits_and_is_told_for_whom(tmp_path: Path) -> None:
    told: list[str] = []
    order: list[str] = []
    inside, go = threading.Event(), threading.Event()

    def first() -> None:
        with alone_in(tmp_path, "tumen import votes"):
            inside.set()
            go.wait(20)
            order.append("first")

    def second() -> None:
        def tell(text: str) -> None:
            told.append(text)
            go.set()

        with alone_in(tmp_path, "tumen import ach", tell):
            order.append("second")

    threads = [threading.Thread(target=first)]
    threads[0].start()
    inside.wait(20)
    threads.append(threading.Thread(target=second))
    threads[1].start()
    for thread in threads:
        thread.join(20)
    assert order == ["first", "second"]
    assert len(told) == 1
    assert told[0].startswith("Waiting for `tumen import votes (process ")
    assert told[0].endswith(f", which changes {tmp_path}.")


def test_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "WAIT_S", 0.05)
    with (
        FileLock(tmp_path / LOCK),
        pytest.raises(BusyError, match=r"another command.*case-busy"),
        alone_in(tmp_path, "x"),
    ):
        raise AssertionError("not alone")


def test_the_lock_leaves_no_trace_and_can_be_had_again(tmp_path: Path) -> None:
    for _ in range(3):
        with alone_in(tmp_path, "tumen import ach"):
            assert (tmp_path / LOCK).read_text().startswith("tumen import ach (process ")
    assert list(tmp_path.iterdir()) == []


def test_what_stands_in_the_lock_cannot_steer_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "WAIT_S", 0.05)
    told: list[str] = []
    (tmp_path / LOCK).write_bytes(b"\x1b[2J\xff and more" + b"x" * 1000)
    with FileLock(tmp_path / LOCK), pytest.raises(BusyError), alone_in(tmp_path, "x", told.append):
        pass
    assert "\x1b" not in told[0]
    assert len(told[0]) < 300 + len(str(tmp_path))


def test_a_link_in_place_of_the_lock_is_refused(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / LOCK).symlink_to(victim)
    with pytest.raises(WriteError, match="a link"), alone_in(tmp_path / "case", "x"):
        pass
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    (tmp_path / LOCK).mkdir() if kind == "folder" else os.mkfifo(tmp_path / LOCK)
    with pytest.raises(WriteError, match="something that is no file"), alone_in(tmp_path, "x"):
        pass


def test_a_file_that_has_another_name_too_is_not_written_to(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / LOCK).hardlink_to(victim)
    with alone_in(tmp_path / "case", "x"):
        pass
    assert victim.read_text() == "precious"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in ("none", "file"):
        with pytest.raises(WriteError, match="not-written"), alone_in(tmp_path / place, "x"):
            pass
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
