"""`tumen run --positions`: from files of positions to a verdict, and back from the verdict to the files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import CaseFolder
from tests.sea.coal_run import COLLIER, QUAY, RECEIVER, TANKER, write_positions
from tumen import prepare
from tumen.ais.simulate.simulate import simulate, write
from tumen.cli import main
from tumen.engine.backends import open_engine
from tumen.runs.contents import CONTENTS

CLAIMS = """
[[specification]]
id = "published"
label = "published estimates"
options = { load = 0.5 }

[[specification]]
id = "calls"
label = "calls found"
needs = "positions"
options = { found = true, load = 0.5, barrels_per_tonne = [8, 8] }

[[specification]]
id = "cases"
label = "published cases"

[[specification]]
id = "met"
label = "those, and encounters found"
needs = "positions"
options = { found = true }

[[claim]]
id = "cap"
sentence = "cap"
text = "Oil beyond the cap reached Alphaland in 2024."
cites = "page 1"
measure = "caps.excess"
holds = { above = 0 }
arguments = { recipient = "AAA", product = "oil", provision = "cap", period = [2024-01-01, 2025-01-01] }
specifications = ["published", "calls"]

[[claim]]
id = "coal"
sentence = "coal"
text = "Coal leaves Alphaland from ship to ship."
cites = "page 1"
measure = "evasion.cases"
holds = { above = 0 }
arguments = { of = "AAA", cargo = "coal", kinds = ["sts"], since = 2024-01-01 }
specifications = ["cases", "met"]
"""

PORTS = f"id,name,territory,kind,lat,lon,handles,source\nquay,The Quay,AAA,port,{QUAY[1]},{QUAY[0]},coal+oil,book\n"
FILES = {
    "claims.toml": CLAIMS,
    "record/trade.csv": None,
    "record/ports.csv": PORTS,
    "record/vessels.csv": f"id,name,imo,mmsi,kind,deadweight_t,source\ntank,TANKER,9074731,{TANKER},tanker,5000,book\n",
    "record/provisions.csv": "id,resolution,target,product,measure,cap_value,cap_unit,start,source\n"
    "cap,1,AAA,oil,cap,5000,bbl,2018-01-01,book\n",
    "record/deliveries.csv": "id,supplier,recipient,product,start,end,barrels,publisher,quality,source\n"
    "d,BBB,AAA,oil,2024-01-01,2025-01-01,3000,committee,exact,book\n",
    "record/evasion_cases.csv": "id,actor,date,date_precision,kind,cargo,cargo_certainty,reported_by,source\n"
    "c,AAA,2024-02-01,day,sts,coal,stated,r,book\n",
}

#: A public source, and a protected one.
SOURCES = (
    "id,publisher,title,url,published,reliability,credibility,access,public_description\n"
    "book,A Publisher,Yearbook,,2024,B,2,public,\nsecretsource,Secret Maker,Secret Title,,,B,2,restricted,an official\n"
)

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """The small sea as a file, observed and simulated."""
    folder = tmp_path_factory.mktemp("heard")
    return {s: write_positions(folder / f"{'simulated' if s else 'observed'}.parquet", s) for s in (False, True)}


@pytest.fixture
def run(case_folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on the case, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    case = case_folder(FILES)

    def call(command: str, *words: str, positions: object = None) -> Result:
        given = ["--positions", str(positions)] if positions else []
        return CliRunner().invoke(main, [command, str(case), *words, *given], catch_exceptions=False)

    return call


def claims(text: str) -> dict[str, Any]:
    return {c["id"]: c for c in json.loads(text)["claims"]}


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_positions_become_observations_that_their_own_ways_to_count_rest_on(run: Run, heard: dict[bool, Path]) -> None:
    told = run("run", "--format", "json", positions=heard[False])
    assert told.exit_code == 0, told.output
    found = claims(told.stdout)
    assert [s["id"] for s in found["coal"]["specifications"]] == ["cases", "met"]
    met, calls = found["coal"]["specifications"][1], found["cap"]["specifications"][1]
    assert met["observations"][1:] == [
        f"encounters/encounter-{COLLIER}-{RECEIVER}-{moment(told)}",
        f"calls/call-{COLLIER}-20240131T200000Z",
    ]
    assert met["probability_range"][0] > found["coal"]["specifications"][0]["probability_range"][0]
    # One silence in which the quay could be reached, 5,000 t × 0.5 × 8 barrels on 3,000 notified, less the cap of
    # 5,000.
    (made,) = re.findall(r"had every feasible call been made: ([\d,]+) barrels", calls["notes"][-1])
    assert float(made.replace(",", "")) == pytest.approx(18_000, rel=0.01)  # the deadweight's source is graded B2
    assert -2100 < calls["median"] < -1900
    assert found["cap"]["verdict"] == "undetermined"
    (source,) = [s for s in found["coal"]["sources"] if s["id"] == "vessel-positions"]
    assert source["grade"] == "C3"
    assert source["title"] == "found by Tumen in vessel positions of 2024-01-31 to 2024-02-02"


def test_levers_of_the_case_are_what_the_detectors_count_by(
    case_folder: CaseFolder, heard: dict[bool, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = case_folder(FILES)
    header = case / "case.toml"
    usual = header.read_text()

    def found(more: str) -> dict[str, Any]:
        header.write_text(usual + more)
        told = CliRunner().invoke(main, ["run", str(case), "--format", "json", "--positions", str(heard[False])])
        assert told.exit_code == 0, told.output
        findings: dict[str, Any] = json.loads(told.stdout)["findings"]
        return findings

    assert len(found("")["encounters"]) == 1
    moved = found("\n[detectors.encounters]\nhours = 48\n[detectors.gaps]\nmin_gap_h = 100\n")
    assert moved["encounters"] == []
    assert moved["detectors"]["encounters"]["hours"] == 48
    assert {moved["detectors"][name]["min_gap_h"] for name in moved["detectors"] if name.startswith("feasible")} == {
        100
    }
    assert len(found("\n[detectors.feasible-calls]\nmost_kn = 1\n")["calls"]) < len(found("")["calls"])


def moment(told: Result) -> str:
    (met,) = json.loads(told.stdout)["findings"]["encounters"]
    return str(met["start"]).replace("-", "").replace(":", "")[:15] + "Z"


def test_without_positions_their_ways_to_count_are_left_aside_and_nothing_is_missing_for_them(run: Run) -> None:
    told = run("run", "--format", "json")
    found = claims(told.stdout)
    assert [s["id"] for s in found["coal"]["specifications"]] == ["cases"]
    assert [s["id"] for s in found["cap"]["specifications"]] == ["published"]
    assert found["coal"]["missing"] == []
    assert json.loads(told.stdout)["findings"] is None


def test_a_second_run_is_the_same_to_the_byte_and_the_digest_knows_the_positions(
    run: Run, heard: dict[bool, Path]
) -> None:
    first, again, other, without = (
        run("run", "--format", "json", positions=p).stdout for p in (heard[False], heard[False], heard[True], None)
    )
    assert first == again
    assert len({json.loads(text)["run"] for text in (first, other, without)}) == 3
    assert json.loads(first)["inputs"][heard[False].name] == json.loads(first)["findings"]["inputs"][heard[False].name]


def test_a_verdict_is_walked_back_to_detector_levers_and_files(run: Run, heard: dict[bool, Path]) -> None:
    walked = run("explain", "coal", positions=heard[False]).stdout
    assert f"◄ encounters/encounter-{COLLIER}-{RECEIVER}-" in walked
    assert "◄ detector encounters: distance_m 500, hours 2," in walked
    assert "◄ detector port-calls: entry_km 3, exit_km 4," in walked
    assert f"◄ files (SHA-256): {heard[False].name} " in walked
    assert "SIMULATED" not in walked


def test_simulated_positions_are_called_so_wherever_they_show(run: Run, heard: dict[bool, Path]) -> None:
    table = run("run", "--out", "out", "--format", "html", positions=heard[True]).stdout
    assert "SIMULATED VESSEL POSITIONS: what was found in them was not observed." in table
    assert "  Simulated in part: " in table
    told = run("run", "--verbose", positions=heard[True]).stdout
    assert "coal: Rests in part on simulated vessel positions, which were not observed." in told
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert '<p class="banner">Simulated vessel positions: what was found in them was not observed.</p>' in page
    assert page.count("Rests in part on simulated vessel positions, which were not observed.") == 2
    assert ">SIMULATED<" in page
    document = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert document["simulated"] is True
    assert document["findings"]["simulated"] is True
    coal = claims(json.dumps(document))["coal"]
    assert coal["specifications"][1]["label"] == "those, and encounters found (simulated)"
    assert {s["id"]: s["grade"] for s in coal["sources"]} == {"book": "B2", "vessel-positions": "F6"}
    rows = csv.DictReader(io.StringIO(Path("out/evidence.csv").read_text(encoding="utf-8")))
    assert {r["data"] for r in rows if r["table"] in ("encounters", "calls")} == {"simulated"}
    walked = run("explain", "coal", positions=heard[True]).stdout
    assert walked.startswith("SIMULATED VESSEL POSITIONS: ")
    assert "simulated vessel positions: found by Tumen in simulated vessel positions of 2024-01-31" in walked


def test_observed_positions_are_not_called_simulated_anywhere(run: Run, heard: dict[bool, Path]) -> None:
    table = run("run", "--out", "out", "--format", "html", positions=heard[False]).stdout
    assert "simulated" not in table.lower()
    assert "simulated" not in Path("out/report.html").read_text(encoding="utf-8").lower()
    assert '<h2 id="found-at-sea-title">Found at sea</h2>' in Path("out/report.html").read_text(encoding="utf-8")


def test_a_port_of_a_protected_source_lends_its_place_and_not_its_id(
    case_folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: dict[bool, Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    ports = PORTS.replace("quay,The Quay", "secretport,The Quay").replace("coal+oil,book", "coal+oil,secretsource")
    case = case_folder({**FILES, "record/sources.csv": SOURCES, "record/ports.csv": ports})
    for command in (["run", str(case), "--format", "html", "--out", "out"], ["explain", str(case), "coal"]):
        told = CliRunner().invoke(main, [*command, "--positions", str(heard[False])])
        assert told.exit_code == 0, told.output
        assert "secret" not in told.output.lower()
    for file in (p for p in tmp_path.rglob("*") if p.is_file() and case not in p.parents):
        if file.parent.name == CONTENTS:  # the case once more, for its owner alone: no output
            continue
        assert b"secret" not in file.read_bytes().lower(), file.name
    assert "The Quay" in Path("out/report.html").read_text(encoding="utf-8")


LISTINGS = (
    "id,name,imo,authority,status,aliases,source,note\n"
    "secretlisting,OLD NAME,9074729,Secret authority,designated,,secretsource,secret note\n"
    "open,TANK ER,,A committee,named,,book,\n"
)


def test_ships_that_may_be_on_a_list_are_told_everywhere_and_a_protected_list_is_not_named(
    case_folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: dict[bool, Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    case = case_folder({**FILES, "record/sources.csv": SOURCES, "record/designated_vessels.csv": LISTINGS})
    told = [
        CliRunner().invoke(main, [*words, "--positions", str(heard[False])])
        for words in (
            ["run", str(case), "--format", "html", "--out", "out"],
            ["explain", str(case), "coal"],
            ["explain", str(case), "cap"],
        )
    ]
    assert [one.exit_code for one in told] == [0, 0, 0]
    for text in (*(one.output for one in told), *(p.read_text("utf-8") for p in Path("out").iterdir())):
        assert "secret" not in text.lower()
    by_number = "IMO number of OLD NAME (a protected source: designated)"
    by_name = "name 100 of 100 like TANK ER (A committee: named); a likeness is no proof"
    assert f"COLLIER (MMSI {COLLIER}; {by_number})" in told[1].output
    assert (
        f"◄ MMSI {COLLIER}, IMO number of OLD NAME: designated_vessels/protected-1-row-1 (a protected source, "
        "designated) B2 "
        "an official\n" in told[1].output
    )
    assert f"TANKER (MMSI {TANKER}; {by_name})" in told[2].output
    assert (
        "like TANK ER; a likeness is no proof: designated_vessels/open (A committee, named) B2 A Publisher"
        in told[2].output
    )
    page = Path("out/report.html").read_text("utf-8")
    table = page[page.index("<h3>Ships that may be on a list</h3>") :]
    assert re.findall(r'data-label="(?:match|score|list)">([^<]*)<', table) == [
        "IMO number of OLD NAME",
        "100",
        "a protected source: designated",
        "name 100 of 100 like TANK ER; a likeness is no proof",
        "100",
        "A committee: named",
    ]
    rows = json.loads(Path("out/run.json").read_text("utf-8"))["findings"]["identity"]
    assert [
        (r["mmsi"], r["listed"], r["authority"], r["list_source"]) for r in rows if r["kind"].startswith("listed")
    ] == [
        (COLLIER, "protected-1-row-1", "a protected source", "protected-1"),
        (TANKER, "open", "A committee", "book"),
    ]


@pytest.mark.parametrize("command", [["run"], ["explain", "coal"]])
def test_the_case_is_read_once_whatever_is_found_in_positions(
    run: Run, heard: dict[bool, Path], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    read: list[str] = []

    def counted(name: str, whole: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            read.append(name)
            return whole(*given, **named)

        return call

    for name in ("read_case", "read_record"):
        monkeypatch.setattr(prepare, name, counted(name, getattr(prepare, name)))
    assert run(*command, positions=heard[False]).exit_code == 0
    assert read == ["read_case", "read_record"]


@pytest.mark.spark
def test_positions_lead_to_the_same_verdicts_on_spark(run: Run, heard: dict[bool, Path]) -> None:
    here, there = (
        run("run", "--format", "json", "--engine", engine, positions=heard[True])
        for engine in ("duckdb", "spark://local[2]")
    )
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    for one, other in zip(claims(here.stdout).values(), claims(there.stdout).values(), strict=True):
        assert [s["observations"] for s in one["specifications"]] == [
            s["observations"] for s in other["specifications"]
        ]
        assert one["probability"] == pytest.approx(other["probability"])
    assert json.loads(here.stdout)["findings"]["calls"] == json.loads(there.stdout)["findings"]["calls"]


def test_positions_that_are_not_there_stop_the_run(run: Run) -> None:
    told = run("run", positions="nowhere/*.parquet")
    assert told.exit_code == 2
    assert told.stderr.startswith("error: --positions nowhere/*.parquet: got no file of that name;")


def test_a_simulated_world_leads_to_the_dark_calls_that_were_put_into_it(
    case_folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    world, engine = simulate(seed=3, days=4, vessels=90), open_engine()
    write(world, tmp_path / "sim", engine, seed=3)
    engine.close()
    places = read_csv(tmp_path / "sim" / "simulated-ports.csv")
    dark = [int(r["mmsi"]) for r in read_csv(tmp_path / "sim" / "simulated-dark-calls.csv")]
    rows = [
        f"{p['name'].lower()},{p['name']},{'AAA' if p['focal'] == 'true' else 'BBB'},{p['kind']},{p['lat']},{p['lon']},"
        f"{'oil' if p['focal'] == 'true' else ''},book"
        for p in places
    ]
    vessels = [f"v{n},,,{n},tanker,5000,book" for n in dark]
    case = case_folder(
        {
            **FILES,
            "record/ports.csv": "\n".join(["id,name,territory,kind,lat,lon,handles,source", *rows]) + "\n",
            "record/vessels.csv": "\n".join(["id,name,imo,mmsi,kind,deadweight_t,source", *vessels]) + "\n",
        }
    )
    told = CliRunner().invoke(main, ["run", str(case), "--format", "json", "--positions", "sim/*.parquet"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    feasible = {c["mmsi"] for c in found["findings"]["calls"] if c["certainty"] == "feasible" and c["ship_type"] == 80}
    assert dark
    assert set(dark) <= feasible
    calls = claims(told.stdout)["cap"]["specifications"][1]
    assert f"feasible while silent: {len(feasible)}" in calls["notes"][0]
    assert claims(told.stdout)["cap"]["verdict"] == "undetermined"
    (tips,) = [
        p
        for p in claims(told.stdout)["cap"]["tipping_points"]
        if p["lever"] == "calls_made" and p["specification"] is None and p["crossing"] == "one half"
    ]
    # 2,000 barrels short of the cap, of 5,000 t × 0.5 × 8 barrels for each tanker.
    assert tips["value"] == pytest.approx(2000 / (20000 * len(feasible)), rel=0.1)
