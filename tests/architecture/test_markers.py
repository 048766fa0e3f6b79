"""A test that cannot run here is skipped with its reason, and fails where nothing may be skipped."""

from __future__ import annotations

import importlib.util
import shutil
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import lacking, pytest_runtest_setup


def item(*markers: str) -> Any:
    """Stands for a test with these markers."""
    return SimpleNamespace(iter_markers=lambda: [SimpleNamespace(name=name) for name in markers])


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with Python alone."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv("TUMEN_TEST_ALL", raising=False)
    return monkeypatch


def test_what_is_lacking_is_named(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(importlib.util, "find_spec", lambda _: object())
    assert lacking("spark") == "no Java on the path"
    assert lacking("browser") == "no chromium on the path"
    bare.setattr(importlib.util, "find_spec", lambda _: None)
    assert lacking("spark") == "PySpark is not installed: pip install 'tumen[spark]'"
    bare.setattr(shutil, "which", lambda name: None if name == "chromedriver" else f"/usr/bin/{name}")
    assert lacking("browser") == "no chromedriver on the path"


def test_test_that_lacks_something_is_skipped(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(pytest.skip.Exception, match="no chromium on the path"):
        pytest_runtest_setup(item("parametrize", "browser"))


def test_test_that_lacks_something_fails_where_all_must_run(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TUMEN_TEST_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="TUMEN_TEST_ALL=1, but no chromium on the path"):
        pytest_runtest_setup(item("browser"))


def test_test_that_needs_nothing_runs(bare: pytest.MonkeyPatch) -> None:
    pytest_runtest_setup(item("parametrize"))
