"""Try each Python that the classifiers name, where one is at hand: `make pythons`.

Each gets an environment of its own with what requirements.lock names, and evaluates the bundled case in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

_CLASSIFIER = "Programming Language :: Python :: "


def claimed() -> list[str]:
    """The versions that the classifiers name, such as 3.12."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [c.removeprefix(_CLASSIFIER) for c in project["classifiers"] if c.startswith(_CLASSIFIER)]
    return [version for version in versions if version.replace(".", "").isdigit()]


def interpreter(version: str) -> str | None:
    """A Python of a version that starts, or None.

    Looked for on the path, among pyenv's and among uv's; nothing is downloaded.
    """
    return next((path for path in _candidates(version) if _version_of(path) == version), None)


def _candidates(version: str) -> Iterator[str]:
    """Where such a Python may be, the one that runs this first."""
    yield sys.executable
    if found := shutil.which(f"python{version}"):
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from (str(path) for path in sorted(pyenv.glob(f"versions/{version}.*/bin/python")))
    if uv := shutil.which("uv"):
        yield _said(uv, "python", "find", "--no-python-downloads", version)


def _version_of(path: str) -> str:
    """The version of a Python as it says itself; "" where it does not start, as one that pyenv only stands in for."""
    return _said(path, "-c", "import sys; print('{}.{}'.format(*sys.version_info))")


def _said(*words: str) -> str:
    """What a command prints, or "" where it fails."""
    try:
        done = _run(*words, check=False)
    except OSError:  # no such program, or no program at all
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def tried(python: str, folder: Path) -> str:
    """What `tumen run --verbose` answers with an interpreter and the locked libraries; raises where any step fails."""
    own = str(folder / "bin" / "python")
    pip = (own, "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    _run(python, "-m", "venv", str(folder))
    _run(*pip, "--require-hashes", "--requirement", str(ROOT / "requirements.lock"))
    _run(*pip, "--no-deps", "--no-build-isolation", str(ROOT))
    _run(own, "-m", "tumen", "measures", cwd=folder)
    answer = _run(own, "-m", "tumen", "run", "--verbose", cwd=folder).stdout
    return "\n".join(line for line in answer.splitlines() if not line.startswith("Run stored in"))


def bare_environment() -> dict[str, str]:
    """The variables of our environment, without those that put anything of it on another Python's path."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def _run(*words: str, cwd: Path | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A command, with nothing of our own environment on its path; its complaints are shown where it must work."""
    bare, aside = bare_environment(), None if check else subprocess.DEVNULL
    return subprocess.run(words, cwd=cwd, env=bare, check=check, text=True, stdout=subprocess.PIPE, stderr=aside)  # noqa: S603 - our own words


def main() -> int:
    """Say of each version whether it was tried; 1 where any fails or answers unlike the others."""
    answers = {}
    for version in claimed():
        python = interpreter(version)
        if python is None:
            print(f"Python {version}: not tried; none is at hand.")
            continue
        with tempfile.TemporaryDirectory() as place:
            answers[version] = tried(python, Path(place) / "environment")
        print(f"Python {version}: evaluated the bundled case.")
    if len(set(answers.values())) > 1:
        print("The answers differ.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
