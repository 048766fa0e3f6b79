"""A case reads what lies in its folder, and elsewhere only what the user allows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CASE, SOURCES, TRADE, CaseFolder
from tumen.budgets import TOML_BYTES
from tumen.case.folder import read_text, resolve_inside
from tumen.engine.embedded import DuckDB
from tumen.prepare import load_case, prepare

OUTSIDE = "Copy it into the folder, or allow it on the command line: --allow PATH. [path-outside]"


@pytest.fixture(scope="module")
def maze(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files, and with links to places in and out of it."""
    base = tmp_path_factory.mktemp("maze")
    folder = base / "case"
    (folder / "record").mkdir(parents=True)
    (folder / "record" / "trade.csv").write_text("id\n")
    (base / "secret.csv").write_text("id\n")
    (folder / "out").symlink_to(base)
    (folder / "in").symlink_to(folder / "record")
    (folder / "loop").symlink_to(folder / "loop")
    (base / "case-two").mkdir()
    return folder


@pytest.mark.parametrize(
    "named",
    [
        "../secret.csv",
        "../../etc/passwd",
        "record/../../secret.csv",
        "/etc/passwd",
        "out/secret.csv",
        "out",
        "in/../../secret.csv",
        "../case-two/x.csv",
        "loop",
        "https://example.org/trade.csv",
        "s3://bucket/trade.csv",
        "file:///etc/passwd",
        "C:\\trade.csv",
        "record/tra\x00de.csv",
    ],
)
def test_path_that_leads_out_is_refused(maze: Path, named: str) -> None:
    assert resolve_inside(maze, named, []) is None


@pytest.mark.parametrize(
    "named", ["record/trade.csv", "./record/trade.csv", "in/trade.csv", "out/case/record/trade.csv"]
)
def test_path_that_ends_inside_is_followed(maze: Path, named: str) -> None:
    assert resolve_inside(maze, named, []) == (maze / "record" / "trade.csv").resolve()


def test_allowed_file_is_followed_and_its_neighbour_is_not(maze: Path) -> None:
    secret = maze.parent / "secret.csv"
    assert resolve_inside(maze, "../secret.csv", [secret]) == secret.resolve()
    assert resolve_inside(maze, "../other.csv", [secret]) is None


def test_allowed_folder_opens_all_that_is_in_it(maze: Path) -> None:
    assert resolve_inside(maze, "../secret.csv", [maze.parent]) == (maze.parent / "secret.csv").resolve()


def test_address_is_refused_whatever_is_allowed(maze: Path) -> None:
    assert resolve_inside(maze, "https://example.org/x.csv", [Path("/")]) is None


_STEPS = st.sampled_from(
    ["..", ".", "", "record", "trade.csv", "in", "out", "loop", "case", "case-two", "~", "*", "a b"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(_STEPS, st.text(max_size=5)), max_size=8), st.booleans())
def test_no_path_whatever_resolves_outside_the_folder(maze: Path, steps: list[str], absolute: bool) -> None:
    found = resolve_inside(maze, ("/" if absolute else "") + "/".join(steps), [])
    if found is not None:
        real = os.path.realpath(found)
        assert os.path.commonpath([real, os.path.realpath(maze)]) == os.path.realpath(maze)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b'title = "a"\nseed = \x001\n',
            "case.toml:2: got a NUL byte; expected text. Remove the byte; the file may be damaged or of another kind. "
            "[nul-byte]",
        ),
        (
            'title = "a"\n\nname = "Corée"\n'.encode("latin-1"),
            "case.toml:3: got byte 0xe9, which is not UTF-8; expected UTF-8 text. "
            "Save the file as UTF-8 (it may be Latin-1). [not-utf8]",
        ),
        (
            b"#" * (TOML_BYTES + 1),
            "case.toml: got 4000001 bytes; expected at most 4000000 bytes. Move tables of figures into record/. "
            "[over-budget]",
        ),
    ],
    ids=["nul", "latin-1", "too-large"],
)
def test_file_that_is_no_text_is_told(case_folder: CaseFolder, content: bytes, message: str) -> None:
    _, problems = load_case(case_folder({"case.toml": content}))
    assert [str(p) for p in problems] == [message]


def test_byte_order_mark_is_no_part_of_the_text(case_folder: CaseFolder) -> None:
    folder = case_folder({"case.toml": b"\xef\xbb\xbf" + CASE.encode()})
    assert read_text(folder, "case.toml", [])[0] == CASE


def test_windows_line_ends_are_read_and_lines_still_right(case_folder: CaseFolder) -> None:
    text = CASE.replace("seed = 1", "seed = -1").replace("\n", "\r\n")
    _, problems = load_case(case_folder({"case.toml": text.encode()}))
    assert [(p.line, p.slug) for p in problems] == [(4, "bad-value")]


def test_case_file_that_is_a_link_out_is_refused_unless_allowed(case_folder: CaseFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(CASE)
    folder = case_folder({"case.toml": None})
    (folder / "case.toml").symlink_to(elsewhere)
    _, problems = load_case(folder)
    assert [str(p) for p in problems] == [
        f"case.toml: got 'case.toml', which is outside the case's folder; expected a file inside the folder. {OUTSIDE}"
    ]
    case, problems = load_case(folder, [elsewhere])
    assert case is not None
    assert problems == []


def test_case_folder_that_is_itself_a_link_is_read(case_folder: CaseFolder, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(case_folder())
    case, problems = load_case(tmp_path / "link")
    assert case is not None
    assert problems == []


def _with_record(named: str) -> tuple[str, str]:
    return ("[citation]", f"[record]\ntrade = '{named}'\n\n[citation]")


@pytest.mark.parametrize(
    "named", ["../elsewhere/trade.csv", "../../../../../../../etc/passwd", "/etc/passwd", "https://x/y.csv", "link.csv"]
)
def test_record_entry_that_leads_out_is_refused(
    case_folder: CaseFolder, tmp_path: Path, duckdb: DuckDB, named: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "trade.csv").write_text(TRADE)
    folder = case_folder(edits={"case.toml": _with_record(named)})
    (folder / "link.csv").symlink_to(tmp_path / "elsewhere" / "trade.csv")
    prepared = prepare(folder, duckdb)
    assert [str(p) for p in prepared.problems] == [
        f"case.toml:8: got '{named}', which is outside the case's folder; expected a file inside the folder. {OUTSIDE}"
    ]
    assert prepared.record is not None
    assert prepared.record.rows["trade"] == 0
    assert list(prepared.record.hashes) == ["record/sources.csv"]


@pytest.mark.parametrize("named", ["../elsewhere/trade.csv", "link.csv"])
def test_record_entry_that_leads_out_is_read_where_allowed(
    case_folder: CaseFolder, tmp_path: Path, duckdb: DuckDB, named: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "trade.csv").write_text(TRADE)
    folder = case_folder(edits={"case.toml": _with_record(named)})
    (folder / "link.csv").symlink_to(tmp_path / "elsewhere" / "trade.csv")
    prepared = prepare(folder, duckdb, [tmp_path / "elsewhere"])
    assert prepared.problems == ()
    assert prepared.record is not None
    assert prepared.record.rows["trade"] == 2


def test_table_that_is_a_link_out_is_refused(case_folder: CaseFolder, tmp_path: Path, duckdb: DuckDB) -> None:
    (tmp_path / "secret.csv").write_text(SOURCES)
    folder = case_folder({"record/trade.csv": None})
    (folder / "record" / "trade.csv").symlink_to(tmp_path / "secret.csv")
    assert [str(p) for p in prepare(folder, duckdb).problems] == [
        "record/trade.csv: got 'record/trade.csv', which is outside the case's folder; "
        f"expected a file inside the folder. {OUTSIDE}"
    ]


def test_record_folder_that_is_a_link_out_is_refused_file_by_file(
    case_folder: CaseFolder, tmp_path: Path, duckdb: DuckDB
) -> None:
    folder = case_folder({"record/trade.csv": None, "record/sources.csv": None})
    (folder / "record").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "trade.csv").write_text(TRADE)
    (folder / "record").symlink_to(tmp_path / "elsewhere")
    assert [p.slug for p in prepare(folder, duckdb).problems] == ["path-outside"]


def test_record_entry_with_a_name_that_no_file_can_have_is_told(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    name = "x" * 300 + ".csv"
    assert [str(p) for p in prepare(case_folder(edits={"case.toml": _with_record(name)}), duckdb).problems] == [
        f"case.toml:8: got '{name}', which is no file to read; expected a file of the table 'trade'. "
        "Correct the path in [record], or make the file readable. [file-missing]"
    ]
