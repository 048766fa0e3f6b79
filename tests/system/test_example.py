"""The made-up system: `tumen new --system` writes it, examples/ holds it, and it runs as it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.system.simulated_example import TEMPLATE, texts
from tumen.cli import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "a-simulated-system"


def files(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*.*") if p.is_file()}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "case"
    assert CliRunner().invoke(main, ["new", str(folder), "--system"]).exit_code == 0
    return folder


def test_the_example_is_what_tumen_new_writes(case: Path) -> None:
    assert files(case) == files(EXAMPLE)


def test_its_record_is_what_was_simulated() -> None:
    assert {name: (TEMPLATE / "record" / name).read_text(encoding="utf-8") for name in texts()} == texts()


def test_nothing_in_it_can_be_taken_for_an_observation(case: Path) -> None:
    for row in (case / "record" / "moves.csv").read_text().splitlines()[1:]:
        assert row.endswith(",simulated,simulated")
    said = CliRunner().invoke(main, ["whatif", str(case), "--set", "XCC.aid=refuse"]).output
    assert said.startswith("SIMULATED DATA: nothing here was observed.")


def test_it_has_nothing_to_mend(case: Path) -> None:
    said = CliRunner().invoke(main, ["check", str(case)]).output
    assert said.startswith("no errors, no warnings: 2 claims,")


def test_its_claims_have_verdicts(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["run", str(case), "--format", "json"])
    found = json.loads(done.output)
    assert found["simulated"] is True
    assert {claim["id"]: claim["verdict"] for claim in found["claims"]} == {
        "arms-length": "undetermined",
        "sudland-comes": "supported",
    }
    assert all(claim["missing"] == [] for claim in found["claims"])


def test_corvia_opens_its_port_to_nobody_where_nobody_pays(case: Path) -> None:
    given = ["--set", "XCC.aid=refuse", "--format", "json"]
    found = json.loads(CliRunner().invoke(main, ["whatif", str(case), *given]).output)
    (last,) = [
        p for p in found["prospects"] if (p["move"], p["level"], p["period"]) == ("XAA.port", "sudland", "2026H2")
    ]
    assert last["if_so"]["mean"] < last["as_things_go"]["mean"] - 0.2
    assert found["rests_on"]["XAA.port"] == "XAA.income"
