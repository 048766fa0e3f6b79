"""A small case that every room's tests start from, and what tests that need more than Python skip on.

The case is computed by hand: in 2023 Alphaland traded 100 USD in all, 90 USD of it with Betaland,
so Betaland's share is 0.9.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from tumen.engine.embedded import DuckDB

#: Somebody else's package, which a test installs.
collect_ignore = ["other-package"]

CASE = """\
title = "A small case"
as_of = 2024-12-31
focal = "AAA"
seed = 1
draws = 1000

[citation]
author = "An Author"
title = "An Assessment"
publisher = "A Publisher"
published = 2024-01-15

[[actor]]
id = "AAA"
name = "Alphaland"

[[actor]]
id = "BBB"
name = "Betaland"

[groups]
BBB = "Betaland"
"""

CLAIMS = """\
[[specification]]
id = "printed"
label = "the yearbook's table as printed"
options = { publisher = "yearbook" }

[[claim]]
id = "share-2023"
sentence = "share"
text = "More than half of Alphaland's trade in 2023 was with Betaland."
cites = "page 1"
measure = "dependence.share"
unit = "share"
holds = { above = 0.5 }
arguments = { focal = "AAA", partner = "BBB", period = [2023-01-01, 2024-01-01] }
specifications = ["printed"]
in_time = "fixed"
"""

SOURCES = """\
id,publisher,title,url,published,reliability,credibility,access,origin,note
book,A Publisher,Yearbook of Trade,,2024,B,2,public,,
"""

TRADE = """\
id,territory,partner,start,end,commodity,exports_usd,imports_usd,total_usd,last_digit_usd,publisher,quality,source,note
with-b,AAA,BBB,2023-01-01,2024-01-01,TOTAL,40,50,90,,yearbook,exact,book,
with-all,AAA,WLD,2023-01-01,2024-01-01,TOTAL,45,55,100,,yearbook,exact,book,
"""

DEFAULTS: Mapping[str, str] = {
    "case.toml": CASE,
    "claims.toml": CLAIMS,
    "record/sources.csv": SOURCES,
    "record/trade.csv": TRADE,
}


class CaseFolder(Protocol):
    """Writes a case and names its folder; see the fixture `case_folder`."""

    def __call__(
        self,
        files: Mapping[str, str | bytes | None] | None = None,
        edits: Mapping[str, tuple[str, str]] | None = None,
        name: str = "case",
    ) -> Path: ...


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder of this session for what is kept between runs, shared by its workers, in place of the user's own."""
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        yield


@pytest.fixture
def case_folder(tmp_path: Path) -> CaseFolder:
    """Write the small case, changed as a test needs it, and return its folder.

    files: whole contents by path in the folder; None leaves a file out.
    edits: by path, a text of the default file and what stands in its place.
    name: of the folder inside `tmp_path`, for tests that want more than one.

    For example, `case_folder(edits={"case.toml": ('focal = "AAA"', 'focal = "CCC"')})` names a focal state that is
    no actor, and `case_folder({"record/trade.csv": None})` is a case without trade.
    """

    def write(
        files: Mapping[str, str | bytes | None] | None = None,
        edits: Mapping[str, tuple[str, str]] | None = None,
        name: str = "case",
    ) -> Path:
        contents: dict[str, str | bytes | None] = {**DEFAULTS, **(files or {})}
        for path, (old, new) in (edits or {}).items():
            text = contents[path]
            assert isinstance(text, str)
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
            contents[path] = text.replace(old, new)
        folder = tmp_path / name
        (folder / "record").mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            if content is not None:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


@pytest.fixture
def duckdb() -> Iterator[DuckDB]:
    """An engine with nothing loaded."""
    engine = DuckDB()
    yield engine
    engine.close()


def lacking(marker: str) -> str | None:
    """What a test with this marker needs and the machine does not have, or None."""
    if marker == "spark":
        if importlib.util.find_spec("pyspark") is None:
            return "PySpark is not installed: pip install 'tumen[spark]'"
        if shutil.which("java") is None:
            return "no Java on the path"
    if marker == "browser":
        for program in ("chromium", "chromedriver"):
            if shutil.which(program) is None:
                return f"no {program} on the path"
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot run here; with TUMEN_TEST_ALL=1 nothing may be skipped, so fail."""
    for marker in item.iter_markers():
        reason = lacking(marker.name)
        if reason and os.environ.get("TUMEN_TEST_ALL") == "1":
            pytest.fail(f"TUMEN_TEST_ALL=1, but {reason}", pytrace=False)
        elif reason:
            pytest.skip(reason)
