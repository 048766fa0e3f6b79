"""What a file is that was put where a CSV is looked for, by its first bytes, and how to make a table of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from tumen.errors import Place, Problem
from tumen.record.columns import Table
from tumen.record.readers.workbooks import COMPOUND

_SAVE = "Open it and save it as CSV."
_PAGE = re.compile(
    rb"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|table|div)\b"
)
_MAGIC = {
    b"%PDF": ("a PDF", "Take the table out of it and save that as CSV."),
    b"PK\x03\x04": ("a workbook or a zip archive", "End its name in .xlsx, .ods or .zip, as it is."),
    COMPOUND: ("a workbook of an older form, or one with a password", "End its name in .xls, or save it as CSV."),
    b"PAR1": ("Parquet", "End its name in .parquet."),
    b"\x1f\x8b": ("a gzip file", "End its name in .gz."),
    b"BZh": ("a bzip2 file", "End its name in .bz2."),
    b"\xfd7zXZ\x00": ("an xz file", "End its name in .xz."),
    b"\x28\xb5\x2f\xfd": ("a Zstandard file", "End its name in .zst."),
    b"SQLite format 3": ("a database of SQLite", "Save its table as CSV."),
    b"version https://git-lfs": ("a pointer to a file that Git LFS keeps", "Fetch the file itself: git lfs pull."),
}


def strange_form(shown: str, start: bytes) -> Problem | None:
    """The problem of a file that is no text of rows; None where it may be one.

    Args:
        start: its first bytes.
    """
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(start):
        got, fix = "a web page", "Fetch the table itself: the address may ask for a login, or for a click. " + _SAVE
    elif found := next((about for magic, about in _MAGIC.items() if start.startswith(magic)), None):
        got, fix = found
    elif re.match(rb"\s*<\?xml\b", start):
        got, fix = "XML", _SAVE
    elif re.match(rb'\s*(?:\{\s*["}]|\[\s*[\[{"])', start):
        got, fix = "JSON", "Save it as CSV."
    else:
        return None
    return Problem(
        Place(shown),
        got=got,
        expected="a table as CSV",
        fix=fix,
        slug="file-kind",
    )


def foreign_problem(table: Table, shown: str, line: int | None, names: Collection[str]) -> Problem | None:
    """The problem of a publisher's own file that lies where a table of ours is looked for; None where it is none."""
    found = {"".join(name.casefold().split()) for name in names}
    theirs = next((one for one in table.foreign if len(found & set(one.columns)) > 1), None)
    if theirs is None:
        return None
    return Problem(
        Place(shown, line),
        got=theirs.got,
        expected="a table with columns of ours",
        fix=theirs.fix,
        slug="table-foreign",
    )
