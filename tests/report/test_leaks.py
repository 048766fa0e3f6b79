"""Nothing of a protected source but its description and grade is in any byte of any output.

The last tests turn each redaction off and expect the search to find what it hid: a search that
finds nothing anyway would prove nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import CaseFolder
from tests.report.leaks import CONTENT, FAULTS, ROWS, SAID, killed, outputs, planted, write
from tumen.record import redaction
from tumen.record.schema import TABLES

FEW = settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
seeds = st.text("bcdfghjklmnpqrstvwxz", min_size=8, max_size=12)


def found(tmp_path: Path, seed: str = "qxzqxz", light: bool = False, **how: Any) -> dict[str, set[str]]:
    """The outputs that leak, with the secrets that each holds."""
    case = planted(seed, **how)
    place = tmp_path / f"{seed}-{len(list(tmp_path.iterdir()))}"
    folder = write(case, place / "case")
    return {name: leaked for name, text in outputs(folder, place / "here", light) if (leaked := case.leaks(text))}


def test_every_table_has_a_protected_row_and_every_column_of_it_is_a_secret_or_content() -> None:
    assert set(ROWS) == set(TABLES)
    columns = {c.name for t in TABLES.values() for c in t.columns}
    assert columns - CONTENT == {
        "id",
        "publisher",
        "title",
        "url",
        "published",
        "origin",
        "source",
        "note",
        "duplicate_of",
        "reported_by",
        "speaker",
        "phrase",
        "remark",
        "coder",
    }


@FEW
@given(seed=seeds)
def test_no_output_holds_a_secret_of_a_protected_source(tmp_path: Path, seed: str) -> None:
    assert found(tmp_path, seed) == {}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f[0]}-{f[1]}-{f[2][:9]}".replace("\x00", ""))
def test_no_message_of_a_broken_row_holds_a_secret(tmp_path: Path, fault: tuple[str, str, str]) -> None:
    assert found(tmp_path, light=True, fault=fault) == {}


@pytest.mark.parametrize("how", ["twice", "headless"])
def test_no_message_of_a_broken_table_holds_a_secret(tmp_path: Path, how: str) -> None:
    assert found(tmp_path, light=True, twice=how == "twice", headless=how == "headless") == {}


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.6])
def test_no_file_that_a_killed_run_leaves_holds_a_secret(tmp_path: Path, seconds: float) -> None:
    case = planted("qxzqxz")
    folder = write(case, tmp_path / "case")
    assert {
        name: case.leaks(text) for name, text in killed(folder, tmp_path / "here", seconds) if case.leaks(text)
    } == {}


def test_the_content_is_used_and_the_public_description_shown(tmp_path: Path) -> None:
    folder = write(planted("qxzqxz"), tmp_path / "case")
    texts = dict(outputs(folder, tmp_path / "here"))
    run = json.loads(texts["out/run.json"])
    claims = {c["id"]: c for c in run["claims"]}
    assert claims["share-told"]["verdict"] == "supported"
    assert claims["share-told"]["sources"] == [
        {"id": "protected-1", "grade": "B2", "publisher": None, "title": SAID, "url": None, "published": None}
    ]
    assert [o["id"] for o in claims["share-told"]["observations"]] == ["protected-1-row-1", "protected-1-row-2"]
    assert {o["publisher"] for o in claims["share-told"]["observations"]} == {"a protected source"}
    assert claims["alike"]["observations"][0]["id"] == "AAA–BBB in protected-1"
    assert claims["share-2023"]["sources"][0]["publisher"] == "A Publisher"
    assert any("(row protected-1-row-3)" in note for note in claims["went-on"]["specifications"][0]["notes"])
    assert SAID in texts["out/report.html"].decode()
    assert "[only-protected-support]" in texts[f"check {folder}"].decode()
    assert "[narrow-description]" in texts[f"check {folder}"].decode()


def test_the_same_row_is_called_the_same_in_every_claim_and_run(tmp_path: Path) -> None:
    folder = write(planted("qxzqxz"), tmp_path / "case")
    texts = dict(outputs(folder, tmp_path / "here", light=True))
    assert b"trade/protected-1-row-1" in texts[f"explain {folder} share-told"]
    assert b"events/protected-1-row-1" in texts[f"explain {folder} meets"]


def test_a_record_without_protected_sources_names_everything(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(edits={"record/trade.csv": ("with-b,AAA", "with-b,Alpha")})
    texts = dict(outputs(folder, tmp_path / "here", light=True))
    assert b"territory = 'Alpha' (row 'with-b')" in texts[f"check {folder}"]


def test_a_public_row_beside_protected_ones_is_named_in_messages(tmp_path: Path) -> None:
    case = planted("qxzqxz")
    case.files["record/trade.csv"] = case.files["record/trade.csv"].replace("with-b,AAA", "with-b,Alpha")
    folder = write(case, tmp_path / "case")
    texts = dict(outputs(folder, tmp_path / "here", light=True))
    assert b"territory = 'Alpha' (row 'with-b')" in texts[f"check {folder}"]


# ------------------------------------------------------------------ each redaction, turned off


def _as_it_is(text: str, *_: Any, **__: Any) -> str:
    return text


def _no_aliases(sources: Any) -> dict[str, str]:
    return {s.id: s.id for s in sources if s.access != "public"}


def _rows_as_they_are(self: redaction.Redaction, table: str, ids: Any) -> dict[str, str]:
    return {name: name for name in ids}


def _everything_public(table: Any) -> str:
    return "true"


#: Each redaction: what stands in its place, and the broken row that it protects, where one is needed.
OFF: dict[str, tuple[Callable[..., Any] | tuple[str, ...] | str, dict[str, Any]]] = {
    "aliases": (_no_aliases, {}),
    "redacted": (lambda source, alias: source, {}),
    "shown": (_as_it_is, {"fault": FAULTS[3]}),
    "row_publisher": (_as_it_is, {}),
    "without": (_as_it_is, {"fault": FAULTS[0]}),
    "is_public": (_everything_public, {"fault": FAULTS[3]}),
    "Redaction.rows": (_rows_as_they_are, {}),
    "Redaction.unnamed": (lambda self, names, tables: set(), {"fault": FAULTS[0]}),
    **{f"WITHHELD.{name}": (tuple(n for n in redaction.WITHHELD if n != name), {}) for name in redaction.WITHHELD if name != "title"},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(OFF))
def test_the_search_finds_what_each_redaction_hides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    instead, how = OFF[name]
    owner: Any = redaction.Redaction if name.startswith("Redaction.") else redaction
    attribute = "WITHHELD" if name.startswith("WITHHELD") else name.rpartition(".")[2]
    monkeypatch.setattr(owner, attribute, instead)
    assert found(tmp_path, light=True, **how) != {}


def test_every_redaction_is_turned_off_in_turn() -> None:
    functions = {
        name
        for name, value in vars(redaction).items()
        if callable(value) and getattr(value, "__module__", "") == redaction.__name__ and not isinstance(value, type)
    }
    assert functions - {"redaction_of", "row_alias"} <= set(OFF)
    assert {n for n in vars(redaction.Redaction) if not n.startswith("_")} - set(OFF) <= {"public", "rows", "unnamed"}
