"""An audit that found nothing because it saw nothing says so."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tools import audit

SKIPPED = {"name": "a", "skip_reason": "not found"}
CLEAN = {"name": "b", "version": "1", "vulns": []}
BAD = {"name": "c", "version": "2", "vulns": [{"id": "X-1", "fix_versions": []}]}


def answering(monkeypatch: pytest.MonkeyPatch, answer: str, errors: str = "") -> None:
    def run(*_: Any, **__: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, answer, errors)

    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        (
            [SKIPPED, SKIPPED],
            0,
            "NOT AUDITED. The data of known vulnerabilities could not be reached for any of 2 packages",
        ),
        ([CLEAN, SKIPPED], 0, "1 package audited, 1 not (not found), no known vulnerabilities"),
        ([CLEAN, BAD], 1, "1 known vulnerability:\n  c 2: X-1, mended in no version yet"),
    ],
)
def test_what_was_and_was_not_looked_at_is_said(
    found: list[dict[str, Any]],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answering(monkeypatch, json.dumps({"dependencies": found}))
    assert audit.main(["a.lock"]) == code
    assert said in capsys.readouterr().out


def test_no_answer_is_no_clean_bill(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answering(monkeypatch, "", "Connection refused")
    assert audit.main(["a.lock"]) == 0
    assert capsys.readouterr().out == "a.lock: NOT AUDITED. Connection refused.\n"
