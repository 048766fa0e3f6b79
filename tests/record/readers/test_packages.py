"""Files as they come packed: what a path holds, whatever packs it."""

import bz2
import gzip
import io
import lzma
import random
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.record.readers.packages import MOST_LAYERS, Member, Unopened, members

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROWS = b"".join(b"%d,a,b\n" % number for number in range(5000))


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def tarred(how: Any = "w", **files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=how) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name.replace("__", "."))
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda rows: rows,
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstd.compress,
    "zip": lambda rows: zipped(day__csv=rows),
    "tar": lambda rows: tarred(day__csv=rows),
    "tar.gz": lambda rows: tarred("w:gz", day__csv=rows),
    "tar.xz": lambda rows: tarred("w:xz", day__csv=rows),
    "zip of gzip": lambda rows: zipped(day__csv__gz=gzip.compress(rows)),
}


def opened(
    path: Path, tmp_path: Path, most_bytes: int | None = None
) -> tuple[list[tuple[Member, bytes]], list[Unopened]]:
    folder = tmp_path / "ours"
    folder.mkdir(exist_ok=True)
    found = [
        (f, f.path.read_bytes()) if isinstance(f, Member) else f for f in members(path, folder, most_bytes=most_bytes)
    ]
    return [f for f in found if not isinstance(f, Unopened)], [f for f in found if isinstance(f, Unopened)]


@pytest.mark.parametrize("how", PACKED)
def test_a_file_reads_the_same_however_it_is_packed_and_whatever_its_name_says(how, tmp_path):
    (tmp_path / "file").write_bytes(PACKED[how](ROWS))
    files, faults = opened(tmp_path / "file", tmp_path)
    assert [content for _, content in files] == [ROWS]
    assert faults == []


def test_a_file_of_an_archive_is_shown_with_both_names(tmp_path):
    path = tmp_path / "AIS.zip"
    path.write_bytes(zipped(b__csv=b"1\n", a__csv=b"2\n"))
    files, _ = opened(path, tmp_path)
    assert [f.shown for f, _ in files] == [f"{path}/b.csv", f"{path}/a.csv"]


def test_what_systems_leave_in_archives_is_no_file_of_the_publisher(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{"__MACOSX/._a.csv": b"x", "__DS_Store": b"x", "a__csv": b"1\n"}))
    files, faults = opened(path, tmp_path)
    assert ([content for _, content in files], faults) == ([b"1\n"], [])


def test_a_folder_holds_its_files_in_order_of_their_names(tmp_path):
    inside = tmp_path / "days"
    (inside / "later").mkdir(parents=True)
    (inside / "b.csv").write_bytes(b"2\n")
    (inside / "a.csv.gz").write_bytes(gzip.compress(b"1\n"))
    (inside / "later" / "c.csv").write_bytes(b"3\n")
    (inside / ".hidden").write_bytes(b"4\n")
    files, faults = opened(inside, tmp_path)
    assert ([content for _, content in files], faults) == ([b"1\n", b"2\n", b"3\n"], [])


def test_a_pattern_that_no_shell_resolved_names_the_files_that_it_matches(tmp_path):
    for name in ("day-1.csv", "day-2.csv", "night.csv"):
        (tmp_path / name).write_bytes(name.encode())
    files, _ = opened(tmp_path / "day-*.csv", tmp_path)
    assert [content for _, content in files] == [b"day-1.csv", b"day-2.csv"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("none.csv", "no such file"), ("no*.csv", "no file's name matches"), ("empty", "without a file")],
)
def test_what_names_no_file_is_told(name, words, tmp_path):
    (tmp_path / "empty").mkdir()
    files, (fault,) = opened(tmp_path / name, tmp_path)
    assert (files, fault.shown) == ([], str(tmp_path / name))
    assert words in fault.got


@pytest.mark.parametrize("how", ["gzip", "bzip2", "xz", "zstd"])
def test_a_file_that_breaks_off_is_read_to_its_last_whole_line_and_told_as_cut(how, tmp_path):
    rows = b"".join(b"%d\n" % random.Random(1).getrandbits(60) for _ in range(10)) + bytes(
        random.Random(2).choices(b"0123456789\n", k=3_000_000)
    )
    (tmp_path / "file").write_bytes(PACKED[how](rows)[:-20_000])
    ((_, content),), (fault,) = opened(tmp_path / "file", tmp_path)
    assert (fault.cut, rows.startswith(content), content[-1:]) == (True, True, b"\n")
    assert len(content) > len(rows) // 2 or how == "bzip2"


@pytest.mark.parametrize("start", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00", b"LZIP\x01", b"\x1f\x9d\x90"])
def test_what_cannot_be_unpacked_is_named_and_not_read_as_text(start, tmp_path):
    (tmp_path / "file").write_bytes(start + ROWS)
    files, (fault,) = opened(tmp_path / "file", tmp_path)
    assert files == []
    assert fault.fix == "Unpack it first."


def test_an_archive_with_a_password_is_told(tmp_path):
    content = bytearray(zipped(a__csv=ROWS))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(content))
    files, (fault,) = opened(tmp_path / "a.zip", tmp_path)
    assert files == []
    assert "password" in fault.got


def test_a_workbook_is_one_file_and_not_an_archive_of_parts(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(**{"[Content_Types]__xml": b"<x/>", "xl/a__xml": b"<x/>"}))
    files, faults = opened(path, tmp_path)
    assert ([f.path for f, _ in files], faults) == ([path], [])


@pytest.mark.parametrize("how", ["gzip", "bzip2", "xz", "zstd", "zip", "tar.gz"])
def test_no_more_is_unpacked_than_may_be(how, tmp_path):
    (tmp_path / "file").write_bytes(PACKED[how](b"0" * 50_000_000))
    files, (fault,) = opened(tmp_path / "file", tmp_path, most_bytes=1_000_000)
    assert files == []
    assert "more than 1,000,000 bytes" in fault.got
    assert max(f.stat().st_size for f in (tmp_path / "ours").iterdir()) < 80_000_000


def test_the_room_is_for_all_files_of_an_archive_together(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped(**{f"{n}__csv": b"0" * 400_000 for n in range(9)}))
    files, (fault,) = opened(tmp_path / "a.zip", tmp_path, most_bytes=1_000_000)
    assert (len(files), "more than" in fault.got) == (2, True)


def test_archives_in_archives_end(tmp_path):
    content = ROWS
    for _ in range(MOST_LAYERS + 1):
        content = zipped(a__zip=content)
    (tmp_path / "file").write_bytes(content)
    files, (fault,) = opened(tmp_path / "file", tmp_path)
    assert (files, f"inside {MOST_LAYERS} others" in fault.got) == ([], True)


def test_a_name_in_an_archive_writes_nothing_outside_our_folder(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped(**{"../../out__csv": b"1\n", "/etc/x__csv": b"2\n"}))
    before = set(tmp_path.parent.iterdir())
    opened(tmp_path / "a.zip", tmp_path)
    assert set(tmp_path.parent.iterdir()) == before
    assert {p.parent for p in tmp_path.rglob("*.plain")} == {tmp_path / "ours"}


@given(
    start=st.sampled_from([b"PK\x03\x04", b"BZh", b"\x1f\x8b", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b""]),
    rest=st.binary(),
)
def test_any_bytes_are_files_or_told_of(start, rest, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    (folder / "file").write_bytes(start + rest)
    files, faults = opened(folder / "file", folder)
    assert len(files) + len(faults) >= (1 if start + rest else 0)
