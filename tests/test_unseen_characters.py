"""Characters that cannot be seen, in every field of text of a case: no command is aborted, and nothing raw comes
out.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import tomlkit
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docs.console import inside
from tumen.case.new import write_case
from tumen.cli import main
from tumen.errors import hidden
from tumen.run import BUNDLED

#: Every control, format, private-use, separating and direction character and noncharacter of the planes that are used,
#: and the neighbours of the surrogates. Private use is shown by its ends and its beginning: it has 137,468.
STRANGE = "".join(
    chr(code)
    for code in (
        *range(1, 0xD800),
        *range(0xE000, 0xE010),
        *range(0xF8F0, 0x20000),
        *range(0xE0000, 0xE0100),
        *range(0xF0000, 0xF0003),
        *(0x10000 * plane + end for plane in range(17) for end in (0xFFFE, 0xFFFF)),
    )
    if hidden(chr(code))
    or unicodedata.bidirectional(chr(code)) in ("B", "S", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
    or code in (0xD7FF, 0xE000)
)

#: Fields of TOML whose text is not free: their words or forms are checked.
FORMED = (
    *("id", "measure", "sentence", "focal", "doi", "unit", "source", "specifications", "arguments", "scores"),
    *("options", "needs", "claim", "group", "likelihood", "lever", "detectors", "record", "errors", "contrary"),
)

#: Columns of the record whose text is free, in any table.
FREE = (
    *(
        "title",
        "note",
        "origin",
        "publisher",
        "description",
        "phrase",
        "speaker",
        "label",
        "name",
        "aliases",
        "authority",
    ),
    *("victim", "reported_by", "vessel_1", "vessel_2", "area", "public_description"),
)

_RIVALS = """
[[hypothesis]]
id = "wary"
label = "wary"
text = "The state is wary."
held_by = [{ who = "A holder", source = "bne2025" }]

[[hypothesis]]
id = "content"
label = "content"
text = "The state is content."

[[evidence]]
id = "statement"
date = 2024-06-20
text = "It welcomed the treaty."
source = "bne2025"
scores = { wary = -1, content = 2 }

[[evidence]]
id = "toast"
date = 2024-07-01
text = "It raised a glass."
source = "bne2025"
scores = { wary = -1, content = 1 }

[[evidence]]
id = "silence"
date = 2024-08-01
text = "It said nothing."
source = "bne2025"
scores = { wary = 1 }

[[observable]]
id = "visit"
text = "It visits."
source = "bne2025"
scores = { wary = 1 }
"""


def strewn(part: Any, strange: str) -> Any:
    """What a TOML file holds with strange characters at the end of every free text."""
    if isinstance(part, dict):
        return {k: v if k in FORMED else strewn(v, strange) for k, v in part.items()}
    if isinstance(part, list):
        return [strewn(one, strange) for one in part]
    return f"{part} {strange}" if isinstance(part, str) else part


def plant(folder: Path, strange: str) -> None:
    """A case that runs, with strange characters in every free text of its files."""
    write_case(folder)
    (folder / "hypotheses.toml").write_text(_RIVALS, encoding="utf-8")
    strew(folder, strange)


def strew(folder: Path, strange: str, but: tuple[str, ...] = ()) -> None:
    """Strange characters at the end of every free text of a case, but for some columns by which rows are chosen."""
    for name in ("case.toml", "claims.toml", "hypotheses.toml"):
        body = strewn(tomllib.loads((folder / name).read_text(encoding="utf-8")), strange)
        (folder / name).write_text(tomlkit.dumps(body), encoding="utf-8", newline="")
    for path in (folder / "record").glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        free = [n for n, column in enumerate(rows[0]) if column in FREE and column not in but]
        for row in rows[1:]:
            for n in free:
                row[n] += f" {strange}"
        out = io.StringIO()
        csv.writer(out).writerows(rows)  # its own line ends: a lone carriage return is quoted beside them alone
        path.write_text(out.getvalue(), encoding="utf-8", newline="")


def said(*command: str) -> Result:
    return CliRunner().invoke(main, command)


def raw(text: str) -> list[str]:
    return sorted({f"U+{ord(c):04X}" for c in set(text) if hidden(c)})


def hold(strange: str) -> None:
    """Every command goes through, and no text that it gives holds a hidden character."""
    with tempfile.TemporaryDirectory() as place, inside(Path(place)):
        plant(Path("case"), strange)
        for command in (
            ("check", "case"),
            ("run", "case"),
            ("run", "case", "--format", "json"),
            ("run", "case", "--format", "html", "--out", "out"),
            ("explain", "case", "trade-continued"),
            ("explain", "case", "hypotheses"),
            ("export", "ach", "case", "--out", "matrix.csv"),
        ):
            told = said(*command)
            assert told.exit_code == 0, (command, told.output)
            assert raw(told.output) == [], command
        for file in (*Path("out").iterdir(), Path("matrix.csv")):
            assert raw(file.read_text(encoding="utf-8")) == [], file
        title = json.loads(Path("out/run.json").read_text(encoding="utf-8"))["case"]
        assert title == tomllib.loads(Path("case/case.toml").read_text(encoding="utf-8"))["title"]
        page = Path("out/report.html").read_text(encoding="utf-8")
        assert page.count("<svg ") == 2 * page.count("<figure>") > 0


def test_every_strange_character_in_every_free_text_is_shown_and_not_acted_on() -> None:
    hold(STRANGE)


def test_every_table_of_the_bundled_case_is_shown_and_not_acted_on(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED, tmp_path / "case")
    strew(tmp_path / "case", STRANGE[::40], but=("publisher",))
    with inside(tmp_path):
        for command in (("check",), ("run",), ("run", "--format", "json"), ("run", "--format", "html", "--out", "out")):
            told = said(command[0], "case", *command[1:])
            assert told.exit_code == 0, (command, told.output[:2000])
            assert raw(told.output) == [], command
        for file in Path("out").iterdir():
            text = file.read_text(encoding="utf-8")
            assert raw(text) == [], file
            assert "\\x01" in text or "\\u0001" in text, file


@settings(max_examples=6, deadline=None)
@given(st.text(st.sampled_from(STRANGE), min_size=1, max_size=8))
def test_any_few_of_them_are_shown_and_not_acted_on(strange: str) -> None:
    hold(strange)


def test_check_names_the_character_and_the_line_of_its_key(tmp_path: Path) -> None:
    plant(tmp_path / "case", "\u202e")
    told = said("check", str(tmp_path / "case")).output
    at = next(
        n
        for n, line in enumerate((tmp_path / "case" / "case.toml").read_text().splitlines(), 1)
        if line.startswith("title")
    )
    assert f"case.toml:{at}: got the character U+202E in text" in told
    assert "record/sources.csv:2: got the character U+202E in text" in told
    assert "hypotheses.toml:" in told
