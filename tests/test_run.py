"""An evaluation as a whole: what names a run, and what it says that it depends on."""

from __future__ import annotations

import platform
from dataclasses import replace
from importlib.metadata import version

from tests.conftest import CaseFolder
from tumen import __version__
from tumen.run import evaluate


def test_a_run_has_another_name_where_any_file_or_any_version_is_another(case_folder: CaseFolder) -> None:
    found = evaluate(case_folder())
    others = [
        *(replace(found, inputs={**found.inputs, name: "another"}) for name in found.inputs),
        *(replace(found, versions={**found.versions, name: "another"}) for name in found.versions),
    ]
    assert len({one.digest for one in (found, *others)}) == 1 + len(found.inputs) + len(found.versions)


def test_versions_are_those_of_what_ran(case_folder: CaseFolder) -> None:
    assert evaluate(case_folder()).versions == {
        "tumen": __version__,
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "duckdb": version("duckdb"),
    }
