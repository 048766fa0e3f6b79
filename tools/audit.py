"""Look for known vulnerabilities in the locked versions, and say plainly where that could not be done."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: The data lie on the network; waiting longer for them helps nobody.
_WAIT_S = 300


@dataclass(frozen=True)
class Audit:
    """What came of looking.

    Args:
        audited: packages whose data were found.
        skipped: packages of which nothing is known, with the reason.
        vulnerable: a line for each known vulnerability.
    """

    audited: int
    skipped: tuple[str, ...]
    vulnerable: tuple[str, ...]


def audit_of(answer: str) -> Audit:
    """What pip-audit's JSON says.

    >>> audit_of('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]}')
    Audit(audited=1, skipped=(), vulnerable=('a 1: X-1, mended in 2',))
    """
    found = json.loads(answer)["dependencies"]
    known = [item for item in found if "skip_reason" not in item]
    return Audit(
        len(known),
        tuple(str(item["skip_reason"]) for item in found if "skip_reason" in item),
        tuple(_line(item["name"], item["version"], vuln) for item in known for vuln in item.get("vulns", ())),
    )


def _line(name: str, version: str, vuln: Mapping[str, Any]) -> str:
    fixes = vuln.get("fix_versions") or ["no version yet"]
    return f"{name} {version}: {vuln['id']}, mended in {', '.join(map(str, fixes))}"


def asked(lock: str) -> Audit | str:
    """What pip-audit says of a lock file, or why it said nothing."""
    words = [sys.executable, "-m", "pip_audit", "-r", lock, "--require-hashes", "--disable-pip", "-f", "json"]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=_WAIT_S)  # noqa: S603 - our own words
        return audit_of(done.stdout)
    except subprocess.TimeoutExpired:
        return "its data did not come in time"
    except (ValueError, KeyError):
        return (done.stderr.strip().splitlines() or ["it gave no answer"])[-1]


def told(lock: str, found: Audit | str) -> tuple[str, bool]:
    r"""What to print of a lock file, and whether anything is wrong.

    >>> told("a.lock", Audit(0, ("not found",) * 3, ()))
    ('a.lock: NOT AUDITED. The data of known vulnerabilities could not be reached for any of 3 packages: not found.',
    False)
    >>> told("a.lock", Audit(2, ("not found",), ("b 1: X-1, mended in 2",)))
    ('a.lock: 2 packages audited, 1 not (not found), 1 known vulnerability:\n  b 1: X-1, mended in 2', True)
    """
    if isinstance(found, str):
        return f"{lock}: NOT AUDITED. {found}.", False
    total = found.audited + len(found.skipped)
    if not found.audited:
        why = found.skipped[0] if found.skipped else "no package is named"
        return (
            f"{lock}: NOT AUDITED. The data of known vulnerabilities could not be reached for any of {total} "
            f"packages: {why}.",
            False,
        )
    number = len(found.vulnerable)
    said = f"{number or 'no'} known vulnerabilit{'y' if number == 1 else 'ies'}"
    skipped = f", {len(found.skipped)} not ({found.skipped[0]})" if found.skipped else ""
    head = f"{lock}: {found.audited} package{'s' if found.audited > 1 else ''} audited{skipped}, {said}"
    return "\n  ".join([head + (":" if number else "."), *found.vulnerable]), number > 0


def main(locks: Sequence[str]) -> int:
    """Audit some lock files; 1 where a known vulnerability was found."""
    wrong = False
    for lock in locks:
        said, bad = told(lock, asked(lock))
        print(said)
        wrong |= bad
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
