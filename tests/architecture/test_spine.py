"""The spine knows no kind of evidence: it imports none, and neither names nor strings in it speak of one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.test_rooms import KINDS, MODULES, SOURCE, shown
from tumen.kinds import kinds

SPINE = [p for p in MODULES if p.relative_to(SOURCE).parts[0] not in {*KINDS, "cases"} and shown(p) != "kinds.py"]

#: What the spine may say though it is also a name of a kind's, and what the spine means by it.
ALSO_OURS: Mapping[str, str] = {
    "words": "the words of ICD 203 for a probability",
    "cases": "the folder of the bundled cases",
}

#: What kinds of evidence are about, in parts of names and strings.
TOPICS = re.compile(
    r"hypothes|explanation|vessel|position|topic|encounter|ballot|(?<![a-z])vot|trade|sanction|(?<![a-z])ships?(?![a-z])"
    r"|seaborne|triangle|tanker|provision|dyad|commodit(?!y)",
    re.IGNORECASE,
)


def names_of_kinds() -> set[str]:
    """Names of the kinds, and of what they bring, the spine's own aside."""
    known = kinds(others=False)
    brought = {t.name for kind in known.each for t in kind.tables} | {u.name for kind in known.each for u in kind.units}
    files = {part.file.name for part in known.parts} | {part.word for part in known.parts}
    return {*KINDS, *brought, *files, *known.measures, *known.raw, *known.charts} - set(ALSO_OURS)


NAMES = names_of_kinds()


def spoken_of(text: str) -> Iterator[str]:
    """What a module says of kinds of evidence outside of its docstrings: in names, strings and imports."""
    tree = ast.parse(text)
    documented = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {id(n.body[0].value) for n in documented if n.body and isinstance(n.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from (node.value for _ in "1" if node.value in NAMES or TOPICS.search(node.value))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [str(node.module)]
            yield from (m for m in modules if m.startswith("tumen.") and m.split(".")[1] in KINDS)
        else:
            named = next((str(getattr(node, a)) for a in ("id", "attr", "arg", "name") if getattr(node, a, None)), "")
            yield from (named for _ in "1" if TOPICS.search(named))


@pytest.mark.parametrize("path", SPINE, ids=shown)
def test_spine_names_no_kind(path: Path) -> None:
    assert list(spoken_of(path.read_text(encoding="utf-8"))) == []


def test_every_kind_has_its_folder_and_its_entry() -> None:
    folders = {p.name for p in SOURCE.iterdir() if (p / "kind.py").exists()}
    assert folders == set(KINDS) == {kind.name for kind in kinds(others=False).each}


def test_no_room_is_too_large_to_know() -> None:
    lines = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    rooms: dict[str, int] = {}
    for path, number in lines.items():
        room = path.relative_to(SOURCE).parts[0]
        rooms[room] = rooms.get(room, 0) + number
    assert max(rooms.values()) < 0.16 * sum(lines.values()), max(rooms, key=lambda r: rooms[r])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from tumen.votes.tables import VOTES", ["tumen.votes.tables", "VOTES"]),
        ("def f():\n    import tumen.sea.sea_levers", ["tumen.sea.sea_levers"]),
        ('TABLE = "statements"', ["statements"]),
        ('if measure == "dependence.share": ...', ["dependence.share"]),
        ("case.hypotheses", ["hypotheses"]),
        ("def of_vessels(): ...", ["of_vessels"]),
        ("def f(vote): ...", ["vote"]),
        ('x = "hypotheses.toml"', ["hypotheses.toml"]),
        ('x = "at sea, ships"', ["at sea, ships"]),
    ],
)
def test_kind_that_the_spine_speaks_of_is_seen(text: str, found: list[str]) -> None:
    assert list(spoken_of(text)) == found


@pytest.mark.parametrize(
    "text", ['"""Such as votes."""', "verdict.words", "words = 1", "from tumen.kinds import kinds", "relationships = 1"]
)
def test_what_is_no_kind_is_let_pass(text: str) -> None:
    assert list(spoken_of(text)) == []
