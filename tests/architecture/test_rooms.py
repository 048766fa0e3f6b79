"""The rooms of the house: imports point one way, one module knows the backends, no code knows a state's name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pycountry
import pytest

import tumen

SOURCE = Path(tumen.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
TEXTS = [p for p in sorted([*MODULES, *SOURCE.rglob("*.sql")]) if "cases" not in p.relative_to(SOURCE).parts]

#: The spine, in the order in which data goes: a room may use those before it.
SPINE = ("engine", "case", "record", "detect", "measure", "judge", "draw", "runs", "report", "web")

#: The kinds of evidence: a kind may use the spine, and those before it in its own line.
KINDS: Mapping[str, tuple[str, ...]] = {
    "trade": (),
    "votes": (),
    "events": (),
    "vessels": (),
    "ais": ("vessels",),
    "sea": ("vessels", "ais"),
    "triangle": ("votes", "events"),
    "words": ("events",),
    "sanctions": ("trade", "vessels", "sea"),
    "explanations": (),
    "system": ("explanations",),
}

#: What any room may use, and what may use any room.
SHARED = ("version", "counting", "errors", "process", "formulas", "scratch", "writing", "alone", "budgets", "declaring")
ON_TOP = ("kind", "kinds", "prepare", "doubts", "reprints", "run", "commands", "cli", "__main__")

#: Of those, what a kind may use: its own form, and, for its commands, what loads a case.
USED_BY_KINDS = ("kind", "kinds", "prepare", "commands")

#: Which modules may name a backend.
ENGINES = ("engine/embedded.py", "engine/cluster.py", "engine/backends.py")

MOST_LINES = 350


def shown(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room_of(path: Path) -> str:
    """The room that a module is in; the module's own name at the top."""
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else path.stem


# ------------------------------------------------------------------------------------------- imports


def uses(text: str) -> Iterator[str]:
    """The parts of the package that a module imports or names in a text, such as `record`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (n.name.split(".")[1] for n in node.names if n.name.startswith("tumen."))
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "a relative import"
        elif isinstance(node, ast.ImportFrom) and node.module == "tumen":
            yield from (n.name for n in node.names if not n.name.startswith("__"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tumen."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            named = re.match(r"tumen\.([a-z_]+)(\.|$)", node.value)
            if named and named.group(1) in (*SPINE, *KINDS, *SHARED, *ON_TOP):
                yield named.group(1)


def allowed(room: str) -> set[str]:
    """What a room may use."""
    if room in ON_TOP:
        return {*SPINE, *SHARED, *ON_TOP}
    if room in SHARED:
        return set(SHARED[: SHARED.index(room)])
    if room in KINDS:
        return {room, *KINDS[room], *(set(SPINE) - {"report", "web"}), *SHARED, *USED_BY_KINDS}
    before = SPINE[: SPINE.index(room) + 1]
    shows = {"run", "kind"} if room in ("report", "web") else set()
    return {*before, *SHARED, *shows}


def loaded(text: str) -> str:
    """What the package's face runs when it is imported: all but the types it tells and the modules of its names."""
    tree = ast.parse(text)

    def is_lazy(node: ast.stmt) -> bool:
        if isinstance(node, ast.If):
            return ast.unparse(node.test) == "TYPE_CHECKING" and not node.orelse
        return isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == ["_HOMES"]

    return ast.unparse(ast.Module([node for node in tree.body if not is_lazy(node)], []))


@pytest.mark.parametrize(
    "text",
    [
        "from tumen.run import evaluate",
        "import tumen.run",
        "from . import run",
        "if not TYPE_CHECKING:\n    from tumen.run import evaluate",
        "if TYPE_CHECKING:\n    pass\nelse:\n    from tumen.run import evaluate",
        "def __getattr__(name):\n    from tumen.run import evaluate",
        "importlib.import_module('tumen.run')",
        "OTHER = {'evaluate': 'tumen.run'}",
    ],
)
def test_face_that_loads_a_module_is_seen(text: str) -> None:
    assert list(uses(loaded(text)))


@pytest.mark.parametrize(
    "text", ["if TYPE_CHECKING:\n    from tumen.run import evaluate", "_HOMES = {'evaluate': 'tumen.run'}"]
)
def test_face_that_loads_nothing_is_let_pass(text: str) -> None:
    assert list(uses(loaded(text))) == []


def test_every_folder_is_a_room() -> None:
    folders = {p.name for p in SOURCE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders <= {*SPINE, *KINDS, "cases", "commands"}


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_imports_point_back_along_the_way_of_the_data(path: Path) -> None:
    if path.parent == SOURCE and path.stem == "__init__":
        assert list(uses(loaded(path.read_text(encoding="utf-8")))) == []
        return
    assert set(uses(path.read_text(encoding="utf-8"))) <= allowed(room_of(path))


@pytest.mark.parametrize(
    ("room", "text"),
    [
        ("case", "from tumen.record.read import Record"),
        ("case", "import tumen.judge.verdict"),
        ("record", "def f():\n    from tumen.measure import draws"),
        ("measure", "from tumen import judge"),
        ("measure", "query('tumen.report', 'x')"),
        ("judge", "from tumen.run import evaluate"),
        ("judge", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from tumen.web import page"),
        ("engine", "from tumen.case.load import Case"),
        ("errors", "from tumen.engine.backends import open_engine"),
        ("report", "from tumen.cli import main"),
        ("case", "from . import model"),
    ],
)
def test_import_that_points_forward_is_seen(room: str, text: str) -> None:
    assert not set(uses(text)) <= allowed(room)


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_only_the_engine_knows_a_backend(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if shown(path) in ENGINES:
        return
    if shown(path) in ("run.py", "cli.py", "commands/options.py"):
        text = text.replace('"duckdb"', "").replace("duckdb, spark://", "")  # the address of the default engine
    assert re.findall(r"(?i)duckdb|pyspark|sqlglot", text) == []


# --------------------------------------------------------------------------------------------- shape


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < MOST_LINES


def test_no_module_is_named_after_nothing() -> None:
    empty = {"util", "utils", "helper", "helpers", "common", "core", "manager", "managers", "misc"}
    names = {part.removesuffix(".py") for path in MODULES for part in path.relative_to(SOURCE).parts}
    assert not names & empty


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


# ------------------------------------------------------------------------------------ no state's name

#: Names of states that are also a typeface, a person's name or a word: refused only where they are quoted alone.
ALSO_WORDS = {"Georgia", "Jordan", "Chad", "Jersey", "Turkey", "Dominica", "Guinea", "Reunion", "Martinique", "Ireland"}

#: Codes that are also words, refused only where they are quoted alone.
ALSO_CODES = {"AND", "ARE", "CAN", "PER", "NOR", "MAR", "GIN", "TON", "PAN", "COD", "BEL", "LIE", "CUB", "COG", "ESP"}

#: What people say where ISO 3166 has a longer name.
EVERYDAY = {
    "America",
    "Bolivia",
    "Britain",
    "Brunei",
    "Congo",
    "Czech Republic",
    "Iran",
    "Ivory Coast",
    "Korea",
    "Laos",
    "Macedonia",
    "Micronesia",
    "Moldova",
    "Netherlands",
    "North Korea",
    "Palestine",
    "Russia",
    "South Korea",
    "Syria",
    "Taiwan",
    "Tanzania",
    "Turkey",
    "United States",
    "Venezuela",
    "Vietnam",
    "DPRK",
    "Pyongyang",
    "Beijing",
    "Moscow",
}


def state_names() -> set[str]:
    """Names of states: short, common and official."""
    kinds = ("name", "common_name", "official_name")
    return EVERYDAY | {str(getattr(c, k)) for c in pycountry.countries for k in kinds if hasattr(c, k)}


NAMES = state_names()
CODES = {str(c.alpha_3) for c in pycountry.countries}


def states_in(text: str) -> set[str]:
    """Names and alpha-3 codes of states in a text: as words, or quoted where they are also other words."""
    quoted = {m.group(2) for m in re.finditer(r"""(["'])([^"'\n]*)\1""", text)}
    words = set(re.findall(r"(?<![A-Za-z0-9])[A-Z]{3}(?![A-Za-z0-9])", text))
    named = {n for n in NAMES if n in text and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text)}
    return (named - ALSO_WORDS) | (words & CODES - ALSO_CODES) | (quoted & (NAMES | CODES))


@pytest.mark.parametrize("path", TEXTS, ids=shown)
def test_code_names_no_state(path: Path) -> None:
    assert states_in(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('focal = "PRK"', {"PRK"}),
        (">>> f('CHN')", {"CHN"}),
        ("where territory = 'RUS'", {"RUS"}),
        ('pair = "CHN–RUS"', {"CHN", "RUS"}),
        ('"""Trade of North Korea."""', {"North Korea", "Korea"}),
        ("# as in the United States", {"United States"}),
        ("x = 'Jordan'", {"Jordan"}),
        ("y = 'CAN'", {"CAN"}),
        ("RUS_USD = 1", {"RUS"}),
    ],
)
def test_state_in_code_is_seen(text: str, found: set[str]) -> None:
    assert states_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        'WORLD = "WLD"',
        'unit = "USD"',
        "CAN_OPEN = 1",
        "def peru_like(): ...",
        "font-family: 'Iowan', Georgia, serif",
        "Source: Jordan (1999)",
        "where a is null AND b is null",
        "re.compile(r'^[A-Z]{3}$')",
    ],
)
def test_what_is_no_state_is_let_pass(text: str) -> None:
    assert states_in(text) == set()


def test_code_of_the_world_is_no_states() -> None:
    assert "WLD" not in CODES
