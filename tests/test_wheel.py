"""The wheel alone is enough: built from the tree, installed into an empty environment, run outside the checkout."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from tools.pythons import bare_environment

from tests.test_readme import README, filled, printed, shown

pytestmark = pytest.mark.xdist_group("wheel")

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tumen"

#: What builds and installs the wheel without a network.
TOOLS = ("hatchling", "pip")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree."""
    missing = [tool for tool in TOOLS if importlib.util.find_spec(tool) is None]
    if missing:
        reason = f"a wheel is built and installed by {' and '.join(TOOLS)}; not installed: {', '.join(missing)}"
        (pytest.fail if os.environ.get("TUMEN_TEST_ALL") == "1" else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs are of an environment that holds the wheel and what the lock names to run it, no more."""
    folder = tmp_path_factory.mktemp("environment")
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder), cwd=folder)
    places = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", places))
    linked = folder / "locked"
    linked.mkdir()
    for path in locked():
        (linked / path.name).symlink_to(path)
    (packages / "locked.pth").write_text(f"{linked}\n", encoding="utf-8")
    programs = Path(sysconfig.get_path("scripts", "venv", places))
    pip = (sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check")
    _run(*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel), cwd=folder)
    return programs


def locked() -> set[Path]:
    """The top folders and modules of what requirements.lock names, where this interpreter has them."""
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    found = set()
    for name in names:
        try:
            held = distribution(name)
        except PackageNotFoundError:  # the lock is for every system; this one may not need it
            continue
        tops = {file.parts[0] for file in held.files or ()} - {"..", "__pycache__"}
        found |= {Path(str(held.locate_file(top))) for top in tops}
    return found


def _run(*words: str, cwd: Path) -> str:
    """What a command prints; nothing of the checkout or of our own environment is on its path."""
    env = bare_environment()
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    here = {p.relative_to(SOURCE.parent).as_posix() for p in SOURCE.rglob("*") if p.is_file()}
    here = {name for name in here if "__pycache__" not in name}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == here
    assert {Path(name).suffix for name in packed} >= {".py", ".sql", ".html", ".css", ".csv", ".toml", ".npz", ".typed"}


def test_what_is_installed_is_the_wheel_and_not_the_checkout(programs: Path, tmp_path: Path) -> None:
    where = _run(str(programs / "python"), "-c", "import tumen; print(tumen.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(programs.parent)


def test_bundled_case_gives_what_the_readme_shows(programs: Path) -> None:
    block = shown(README.read_text(encoding="utf-8"))
    assert block[0] == filled(printed([str(programs / "tumen")]), block)


def test_report_is_drawn(programs: Path, tmp_path: Path) -> None:
    _run(str(programs / "tumen"), "run", "--format", "html", "--out", "report", cwd=tmp_path)
    assert "<svg" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


def test_measures_are_listed(programs: Path, tmp_path: Path) -> None:
    assert "continuity.ratio" in _run(str(programs / "tumen"), "measures", cwd=tmp_path)


def test_new_case_is_written_and_checked(programs: Path, tmp_path: Path) -> None:
    _run(str(programs / "tumen"), "new", "my-case", cwd=tmp_path)
    _run(str(programs / "tumen"), "check", "my-case", cwd=tmp_path)


def test_list_of_states_is_there(programs: Path, tmp_path: Path) -> None:
    code = "from tumen.record.readers.states import state_of; print(state_of('North Macedonia', 'name'))"
    assert _run(str(programs / "python"), "-c", code, cwd=tmp_path) == "MKD\n"
