"""A warning where what may be said of a protected source narrows to one person."""

import pytest

from tests.explanations.test_declared import RIVALS
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare

PROTECTED = {"record/sources.csv": ("2024,B,2,public", "2024,B,2,restricted")}


@pytest.mark.parametrize(("hypotheses", "warned"), [(RIVALS, True), (None, False)])
def test_evidence_on_rival_explanations_dates_its_source(case_folder, hypotheses, warned):
    folder = case_folder({"hypotheses.toml": hypotheses} if hypotheses else {}, PROTECTED)
    described = (folder / "record/sources.csv").read_text().splitlines()
    described = [
        f"{line},{'public_description' if n == 0 else 'the only diplomat of a small state'}"
        for n, line in enumerate(described)
    ]
    (folder / "record/sources.csv").write_text("\n".join(described) + "\n")
    engine = DuckDB()
    try:
        found = [p.slug for p in prepare(folder, engine).problems]
    finally:
        engine.close()
    assert ("narrow-description" in found) is warned
