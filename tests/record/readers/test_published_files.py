"""A file is told by its content, made plain, and whatever is wrong with it is said."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumen.errors import Problem
from tumen.record.readers import published_files
from tumen.record.readers.published_files import LONGEST_LINE, TableFile, open_tables


def opened(content: bytes, folder: Path, name: str = "a.tab") -> list[tuple[str, bytes, int, int] | str]:
    """Name, content, Latin-1 lines and lines left out of each table; or what is wrong."""
    path, place = folder / name, folder / "plain"
    path.write_bytes(content)
    place.mkdir(exist_ok=True)
    found: list[tuple[str, bytes, int, int] | str] = []
    for table in open_tables(path, place, lambda *_: None):
        if isinstance(table, Problem):
            found.append(table.got)
        else:
            found.append(
                (table.shown.removeprefix(f"{folder}/"), table.path.read_bytes(), table.latin_lines, table.long_lines)
            )
    return found


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "plain", "latin"),
    [
        (b"a\tb\n1\t2\n", b"a\tb\n1\t2\n", 0),
        (b"a\tb\r\n1\t2\r\n", b"a\tb\n1\t2\n", 0),
        (b"a\tb\n1\t2", b"a\tb\n1\t2\n", 0),
        (b"\xef\xbb\xbfa\tb\n", b"a\tb\n", 0),
        (b"a\x00\tb\n\x001\t2\n", b"a\tb\n1\t2\n", 0),
        (b"a\rc\tb\n", b"a c\tb\n", 0),
        (b"a\tb\r1\t2\r", b"a\tb\n1\t2\n", 0),
        ("\ufeffa\tb\r\n1\té\r\n".encode("utf-16-le"), "a\tb\n1\té\n".encode(), 0),
        ("a\tb\n1\t2\n".encode("utf-16-be"), b"a\tb\n1\t2\n", 0),
        (b"S\xe3o\tb\nT\xc3\xa9\td\n", "São\tb\nTé\td\n".encode(), 1),
        (b'"a\t"b"\n', b'"a\t"b"\n', 0),
    ],
)
def test_text_becomes_a_line_for_each_row(content: bytes, plain: bytes, latin: int, tmp_path: Path) -> None:
    assert opened(content, tmp_path) == [("a.tab", plain, latin, 0)]


def test_line_that_is_too_long_is_left_out_and_counted(tmp_path: Path) -> None:
    content = b"a\n" + b"x" * (3 * LONGEST_LINE) + b"\nb\n" + b"y" * (2 * LONGEST_LINE)
    assert opened(content, tmp_path) == [("a.tab", b"a\nb\n", 0, 2)]


@pytest.mark.parametrize(("pack", "ending"), [(bz2.compress, "bz2"), (lzma.compress, "xz")])
def test_packed_files_are_unpacked_whatever_packed_them(
    pack: Callable[[bytes], bytes], ending: str, tmp_path: Path
) -> None:
    assert opened(pack(b"a\n1\n"), tmp_path, f"a.{ending}") == [(f"a.{ending}", b"a\n1\n", 0, 0)]


def test_workbook_is_named_and_not_read_as_text(tmp_path: Path) -> None:
    assert opened(zipped({"[Content_Types].xml": b"<x/>"}), tmp_path, "a.xlsx") == ["a workbook"]


def test_archives_are_unpacked(tmp_path: Path) -> None:
    assert opened(gzip.compress(b"a\n1\n"), tmp_path, "a.gz") == [("a.gz", b"a\n1\n", 0, 0)]
    members = {"x.tab": b"a\n1\n", "folder/": b"", "__MACOSX/._x.tab": b"junk", "y.tab": b"a\n2\n"}
    assert opened(zipped(members), tmp_path, "a.zip") == [
        ("a.zip/x.tab", b"a\n1\n", 0, 0),
        ("a.zip/y.tab", b"a\n2\n", 0, 0),
    ]


def test_gzip_that_breaks_off_is_read_to_its_last_whole_line(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b"%d\n" % n for n in range(20000)))
    broken, table = opened(whole[:-20], tmp_path, "a.gz")
    assert broken == "a gzip file that breaks off"
    content = table[1]
    assert isinstance(content, bytes)
    assert content.startswith(b"0\n1\n")
    assert content.endswith(b"\n")


@pytest.mark.parametrize(
    ("content", "got"),
    [
        (b"", "an empty file"),
        (b"PK\x03\x04 and no more", "a zip archive that is damaged"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"PAR1 and more", "Parquet in a file of another name"),
    ],
)
def test_file_that_cannot_be_read_is_named(content: bytes, got: str, tmp_path: Path) -> None:
    assert opened(content, tmp_path) == [got]


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (problem,) = open_tables(tmp_path / "none.tab", tmp_path, lambda *_: None)
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"{tmp_path}/none.tab: got no such file or directory; expected a table")


@settings(max_examples=60, deadline=None)
@given(content=st.lists(st.binary(max_size=30), max_size=30).map(b"\n".join), chunk=st.integers(1, 40))
def test_any_bytes_become_text_whatever_the_pieces(
    content: bytes, chunk: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("any")
        (folder / "a").write_bytes(content)
        patch.setattr(published_files, "_CHUNK", chunk)
        found = list(open_tables(folder / "a", folder, lambda *_: None))
    for table in found:
        if isinstance(table, TableFile) and table.kind == "text":
            text = table.path.read_bytes().decode("utf-8")
            assert "\0" not in text
            assert "\r" not in text
            assert text.count("\n") <= content.count(b"\n") + 1
