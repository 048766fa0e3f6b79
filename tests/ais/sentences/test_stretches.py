"""A file comes in stretches of whole lines, however long it is and however its lines end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tumen.ais.sentences import stretches as module
from tumen.ais.sentences.stretches import LONGEST_SENTENCE_LINE, holds_sentences, looks_like_sentences, stretches


def of(folder: Path, content: bytes) -> list[bytes]:
    file = folder / "file"
    file.write_bytes(content)
    return list(stretches(file, "file", lambda *_: None))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("last", [b"", b"\n"])
def test_lines_are_the_same_at_every_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, end: bytes, last: bytes
) -> None:
    monkeypatch.setattr(module, "STRETCH_BYTES", size)
    found = of(tmp_path, b"\xef\xbb\xbf" + end.join([b"one", b"two", b"three"]) + last)
    assert all(stretch.endswith(b"\n") for stretch in found)
    assert [line for line in b"".join(found).split(b"\n") if line] == [b"one", b"two", b"three"]


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_become_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coding: str) -> None:
    monkeypatch.setattr(module, "STRETCH_BYTES", 3)
    mark = "" if coding == "utf-16" else "\ufeff"
    assert b"".join(of(tmp_path, (mark + "one\r\ntwo\r\n").encode(coding))).split() == [b"one", b"two"]


def test_line_that_is_too_long_is_cut_and_the_next_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STRETCH_BYTES", 1000)
    found = b"".join(of(tmp_path, b"one\n" + b"x" * 3 * LONGEST_SENTENCE_LINE + b"\ntwo\n")).split()
    assert (found[0], found[-1], len(found)) == (b"one", b"two", 3)
    assert len(found[1]) == LONGEST_SENTENCE_LINE


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    told = []
    (tmp_path / "file").write_bytes(b"one\ntwo\n")
    list(stretches(tmp_path / "file", "shown", lambda *said: told.append(said)))
    assert told == [("shown", 8, 8)]


@pytest.mark.parametrize(
    "start", [b"!AIVDM,1", b"\\s:r*00\\!AIVDM", b"$GPZDA,1", b"\xef\xbb\xbf!AI", b"\n\n!AIVDM", b"[2024-03-10 0"]
)
def test_begin_that_is_a_receivers(start: bytes) -> None:
    assert looks_like_sentences(start)


@pytest.mark.parametrize("start", [b"[1, 2]", b'[{"mmsi": 1}]', b"{", b"mmsi,t", b"", b"# log\n"])
def test_begin_that_is_none(start: bytes) -> None:
    assert not looks_like_sentences(start)
    assert not holds_sentences(start)


def test_sentence_after_other_lines_is_found() -> None:
    assert holds_sentences(b"# log\n1710028800 !BSVDO,1,1,,A,1,0*00")
    assert holds_sentences("# log\n!AIVDM,1,1,,A,1,0*00".encode("utf-16"))
