"""The scenarios of all measures: each stands beside its measure's own test, in `SCENARIOS`, and is found there."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.measure.worlds import Scenario

_DECLARED = re.compile(r"^SCENARIOS\b.*= \{$", re.MULTILINE)


def declared() -> Iterator[tuple[str, Scenario]]:
    """Every scenario with the name of its measure."""
    for path in sorted(Path(__file__).parents[1].glob("*/test_*.py")):
        if _DECLARED.search(path.read_text(encoding="utf-8")):
            found: Mapping[str, Scenario] = importlib.import_module(f"tests.{path.parent.name}.{path.stem}").SCENARIOS
            yield from found.items()


#: One world for every measure.
SCENARIOS: Mapping[str, Scenario] = dict(declared())
