"""The README shows what the commands really print. `python -m tests.test_readme` renews it."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def verdicts() -> str:
    """What `tumen run` prints, without the name of the stored run."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-m", "tumen", "run"], cwd=folder, capture_output=True, text=True, check=True
        )
    return answer(run.stdout)


def answer(printed: str) -> str:
    """What a run printed, without the name of the stored run."""
    return "\n".join(line.rstrip() for line in printed.splitlines() if not line.startswith("Run stored in"))


def example() -> str:
    """What the Python example prints."""
    code = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    assert code is not None
    run = subprocess.run([sys.executable, "-c", code.group(1)], capture_output=True, text=True, check=True)
    return run.stdout.rstrip()


def block(name: str) -> re.Pattern[str]:
    """The block of the README that shows what something prints."""
    return re.compile(rf"(<!-- output of: {name} -->\n```text\n).*?(```\n<!-- end -->)", re.DOTALL)


def filled(output: str, found: re.Match[str]) -> str:
    """A block with what is printed now."""
    return f"{found[1]}{output}\n{found[2]}"


def renewed(text: str) -> str:
    """The README with its output blocks as the commands print them now."""
    for name, output in (("tumen run", verdicts()), ("the Python above", example())):
        assert block(name).search(text), name
        text = block(name).sub(partial(filled, output), text)
    return text


def test_the_readme_shows_what_the_commands_print() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == renewed(text), "run: python -m tests.test_readme"


def test_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (README.parent / link).exists()] == []


def test_the_two_commands_of_the_readme_are_run_by_ci() -> None:
    script = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert "\nmake run\n" in script
    assert "make test\n" in script
    assert "make lint\n" in script


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
