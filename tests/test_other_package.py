"""Another package brings a kind of evidence by its entry point alone: it is installed, and the program knows it.

The package is `tumen-harvests`, in `tests/other-package`. Its fields and figures are made up.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import tumen
from tests.conftest import CASE as SMALL_CASE

pytestmark = pytest.mark.xdist_group("other package")

PACKAGE = Path(__file__).parent / "other-package"

CASE = SMALL_CASE.replace("A small case", "A farm")

CLAIMS = """\
[[specification]]
id = "mean"
label = "the mean of the years"
options = { combine = "mean" }

[[claim]]
id = "rich-field"
sentence = "yield"
text = "The north field gives more than four tonnes per hectare."
cites = "page 1"
measure = "harvest.yield"
unit = "tonnes per hectare"
holds = { above = 4.0 }
arguments = { field = "North <script>alert(1)</script>", period = [2022-01-01, 2024-01-01] }
specifications = ["mean"]
in_time = "fixed"
"""

SOURCES = """\
id,publisher,title,url,published,reliability,credibility,access,origin,note
books,A Farm,Books of a Farm,,2024,A,1,public,,
"""

BOOKS = """\
field,year,hectares,tonnes
North <script>alert(1)</script>,2022,10,50
North <script>alert(1)</script>,2023,10,70
South,2023,5,nothing
"""

#: Rows of the table as a case can hold them: an area of nothing, and one below it.
ROWS = "id,field,year,hectares,tonnes,source\na,North,2022,0,50,books\nb,North,2023,-1,70,books\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip installed the package, from its own files and no network."""
    missing = [tool for tool in ("hatchling", "pip") if importlib.util.find_spec(tool) is None]
    if missing:
        reason = f"a package is built and installed by hatchling and pip; not installed: {', '.join(missing)}"
        (pytest.fail if os.environ.get("TUMEN_TEST_ALL") == "1" else pytest.skip)(reason)
    copy, into = tmp_path_factory.mktemp("package"), tmp_path_factory.mktemp("site")
    shutil.copytree(PACKAGE / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(PACKAGE / name, copy / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps")
    done = subprocess.run(
        [*pip, "--no-build-isolation", "--no-compile", "--target", str(into), str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return into


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case about harvests, without a harvest yet."""
    folder = tmp_path / "case"
    (folder / "record").mkdir(parents=True)
    files = {"case.toml": CASE, "claims.toml": CLAIMS, "record/sources.csv": SOURCES, "../books.csv": BOOKS}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def said(site: Path, folder: Path, *words: str, code: int = 0) -> str:
    """What the program says, in a process that finds the package's folder and the program's own."""
    done = subprocess.run(
        [sys.executable, "-c", "from tumen.cli import main; main(prog_name='tumen')", *words],
        cwd=folder,
        env=environment(site),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def environment(site: Path) -> Mapping[str, str]:
    places = (str(site), str(Path(tumen.__file__).parents[1]))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1", "COLUMNS": "120"}


@pytest.fixture
def harvested(site: Path, case: Path) -> Path:
    """The case with the harvests of the books, imported."""
    into = ("--into", "case", "--source", "books")
    printed = said(site, case.parent, "import", "harvests", "books.csv", *into)
    assert "2 harvests written to case/record/harvests_books.parquet." in printed
    assert "1  a line without a field, a year and two figures" in printed
    return case


def test_its_measure_is_listed_with_its_unit_and_all_that_it_declares(site: Path, tmp_path: Path) -> None:
    listed = said(site, tmp_path, "measures")
    (line,) = [line for line in listed.splitlines() if line.startswith("harvest.yield ")]
    assert line.split(maxsplit=1)[1].startswith("tonnes per hectare ")
    assert "dependence.share" in listed
    long = said(site, tmp_path, "measures", "--long")
    assert "harvest.yield (tonnes per hectare): How much does a field yield a year?\n  arguments: field, period" in long
    assert "lever unweighed (tonnes per hectare, 0 to 20): harvest that was not weighed" in long


def test_its_importer_is_in_the_help(site: Path, tmp_path: Path) -> None:
    assert "harvests  Put harvests from FILEs into CASE" in said(site, tmp_path, "import", "--help")


def test_what_it_imports_is_named_in_the_case_and_sound(site: Path, harvested: Path) -> None:
    assert 'harvests = ["record/harvests_books.parquet"]' in (harvested / "case.toml").read_text(encoding="utf-8")
    printed = said(site, harvested.parent, "check", "case", "--plugins")
    assert printed == "no errors, no warnings: 1 claim, 3 rows.\n"


def test_its_check_and_the_rules_of_its_table_speak_at_their_lines(site: Path, harvested: Path) -> None:
    claims = harvested / "claims.toml"
    claims.write_text(CLAIMS.replace("North <", "Nort <"), encoding="utf-8")
    printed = said(site, harvested.parent, "check", "case", "--plugins", code=2)
    assert "error: claims.toml:14: got field 'Nort <script>" in printed
    assert "Did you mean 'North <script>alert(1)</script>'? [unknown-field]" in printed
    (harvested / "case.toml").write_text(CASE, encoding="utf-8")
    (harvested / "record" / "harvests.csv").write_text(ROWS, encoding="utf-8")
    printed = said(site, harvested.parent, "check", "case", "--plugins", code=2)
    assert "error: record/harvests.csv:2: got a field without an area (row 'a'); expected hectares above 0." in printed
    assert "[field-without-area]" in printed
    assert "error: record/harvests.csv:3: got hectares = '-1.0' (row 'b')" in printed


def test_a_run_gives_a_verdict_in_its_unit_with_its_part_of_the_object_and_of_the_page(
    site: Path, harvested: Path
) -> None:
    run = ("run", "case", "--plugins")
    printed = said(site, harvested.parent, *run, "--format", "html", "--out", "out", "--verbose")
    assert "tonnes per hectare" in printed
    assert "supported" in printed
    page = (harvested.parent / "out" / "report.html").read_text(encoding="utf-8")
    assert "Yields by year. 2 harvests of North &lt;script&gt;" in page
    assert '<h2 id="harvests-title">Harvests</h2>\n<p>2 harvests of North &lt;script&gt;alert(1)' in page
    assert "<li>2023, North &lt;script&gt;alert(1)&lt;/script&gt;: 7 tonnes per hectare</li>" in page
    assert page.count("<script") == 1
    found = json.loads(said(site, harvested.parent, *run, "--format", "json"))
    assert found["harvests"] == {"number": 2, "fields": ["North <script>alert(1)</script>"]}
    (claim,) = found["claims"]
    assert claim["estimate"]["unit"] == "tonnes per hectare"
    assert claim["estimate"]["median"] == pytest.approx(6.0, rel=0.01)
    assert {o["unit"] for o in claim["observations"]} == {"tonnes per hectare"}


def test_a_verdict_is_walked_back_to_its_rows_and_what_would_overturn_it(site: Path, harvested: Path) -> None:
    (harvested / "claims.toml").write_text(CLAIMS.replace("above = 4.0", "above = 6.5"), encoding="utf-8")
    printed = said(site, harvested.parent, "explain", "case", "rich-field", "--plugins")
    assert "◄ harvests/North <script>alert(1)</script> 2022: 2022, harvest: 5 tonnes per hectare; North <" in printed
    assert "◄ A1 " in printed
    assert "tonnes per hectare of harvest that was not weighed brings the yield to 6.5 tonnes per hectare." in printed


@pytest.mark.parametrize("command", ["run", "check"])
def test_without_it_its_measure_and_its_table_are_unknown_and_it_is_said_why(
    site: Path, harvested: Path, command: str
) -> None:
    printed = said(site, harvested.parent, command, "case", "--no-plugins", code=2)
    why = "Kinds of other packages were left out; add --plugins where it is of one."
    unknown = {"unknown-measure": "names measure 'harvest.yield'", "unknown-table": "[record] names 'harvests'"}
    for slug, got in unknown.items():
        (line,) = [line for line in printed.splitlines() if line.endswith(f"[{slug}]")]
        assert got in line
        assert why in line


def test_it_is_left_out_where_anybody_may_write(site: Path, harvested: Path) -> None:
    harvested.parent.chmod(0o777)
    printed = said(site, harvested.parent, "check", "case", code=2)
    assert "[plugins-left-out]" in printed
    assert "[unknown-measure]" in printed


def test_nothing_of_it_is_loaded_where_it_was_not_asked_for(site: Path, case: Path) -> None:
    program = (
        "import sys\nfrom click.testing import CliRunner\nfrom tumen.cli import main\n"
        f"CliRunner().invoke(main, ['check', {str(case)!r}, '--no-plugins'])\n"
        "print(sorted(m for m in sys.modules if m.startswith('tumen_harvests')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(site), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_commands_of_ours_work_on_a_case_with_its_table(site: Path, harvested: Path) -> None:
    (harvested.parent / "votes.csv").write_text(
        "ms_code,ms_vote,date,resolution\nAAA,Y,2024-12-03,A/1\nCHN,Y,2024-12-03,A/1\n", encoding="utf-8"
    )
    into = ("--into", "case", "--source", "books")
    assert "written to" in said(site, harvested.parent, "import", "votes", "votes.csv", *into)
    (harvested.parent / "day.csv").write_text("mmsi,t,lon,lat\n1,2024-01-01 00:00:00,2,3\n", encoding="utf-8")
    found = ("--positions", "day.csv", "--case", "case", "--out", "found.csv")
    assert "0 gaps in found.csv" in said(site, harvested.parent, "detect", "gaps", *found)


def test_a_name_that_it_took_is_refused_to_another_and_the_rest_works(site: Path, tmp_path: Path) -> None:
    both = tmp_path / "site"
    shutil.copytree(site, both)
    kind = "Kind(name='x', declared={'IMPORTERS': (click.Command('harvests'),)})"
    (both / "second.py").write_text(f"import click\nfrom tumen.kind import Kind\nKIND = {kind}\n", encoding="utf-8")
    (both / "second-1.dist-info").mkdir()
    (both / "second-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: second\nVersion: 1\n")
    (both / "second-1.dist-info" / "entry_points.txt").write_text("[tumen.kinds]\nsecond = second:KIND\n")
    refused = "the entry point 'second' gives the taken name 'harvests' of an importer; expected a new tumen Kind."
    assert refused in said(both, tmp_path, "measures", code=2)
    listed = said(both, tmp_path, "import", "--help")
    assert f"warning: {refused}" in listed
    assert "\n  votes" in listed
