"""`tumen detect --case`: ports and listed vessels come from a case's record, and nothing protected goes into
findings.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import CaseFolder
from tests.sea.seas import Fix, every, put, voyage
from tumen.cli import main
from tumen.engine.backends import open_engine

SOURCES = (
    "id,publisher,title,url,published,reliability,credibility,access,public_description\n"
    "book,A Publisher,Yearbook,,2024,B,2,public,\nsecretsource,Secret Maker,Secret Title,,,B,2,restricted,an official\n"
)
HEAD = "id,name,imo,mmsi,flag,authority,status,aliases,source,note\n"
FILES = {
    "record/sources.csv": SOURCES,
    "record/ports.csv": "id,name,territory,kind,lat,lon,source\nquay,The Quay,AAA,port,50,10,book\nroads,The "
    "Roads,BBB,port,50,20,book\n",
    "record/designated_vessels.csv": HEAD + "alfa,ALFA,9074729,,AUT,A committee,designated,,book,\n"
    "secretlisting,BETA,,,,Secret authority,named,GAMMA,secretsource,secret note\n",
    "record/vessels.csv": "id,name,imo,mmsi,flag,kind,source\nfourth,,,211000004,AUT,tanker,book\n",
}


def ships() -> list[Fix]:
    """A listed ship, one with an alias of another, one whose flag is known, and one that nobody knows."""
    who = {211000001: ("NEW", 9074729), 211000002: ("GAMMA", None), 211000004: (None, None), 211000005: ("DELTA", None)}
    return [f for n, (name, imo) in who.items() for f in voyage(n, 10, 50, 0, 0, every(30, 0, 5), name=name, imo=imo)]


@pytest.fixture
def case(case_folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case, and positions in the folder where commands are called."""
    monkeypatch.chdir(tmp_path)
    engine = open_engine()
    put(engine, ships())
    engine.write("select * from positions", tmp_path / "heard.parquet")
    engine.close()
    return case_folder(FILES)


def detect(what: str, *words: str) -> Result:
    return CliRunner().invoke(main, ["detect", what, "--positions", "heard.parquet", "--out", "found.csv", *words])


def found() -> list[dict[str, str]]:
    with Path("found.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_vessels_that_a_case_lists_are_looked_for_and_flags_that_it_knows_are_held_to_the_digits(case: Path) -> None:
    told = detect("identity", "--case", str(case))
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[-1] == "4 identity findings in found.csv, found.csv.provenance.json."
    assert sorted((row["kind"], row["mmsi"], row["word"], row["other"]) for row in found()) == [
        ("flag", "211000001", "DEU", "AUT"),
        ("flag", "211000004", "DEU", "AUT"),
        ("listed-imo", "211000001", "9074729", "ALFA"),
        ("listed-name", "211000002", "GAMMA", "GAMMA"),
    ]


def test_listing_of_a_protected_source_is_found_under_another_name(case: Path) -> None:
    told = detect("identity", "--case", str(case))
    (row,) = (row for row in found() if row["kind"] == "listed-name")
    assert row["listed"] == "protected-1-row-1"
    assert "secret" not in (told.output + Path("found.csv").read_text() + Path("found.csv.provenance.json").read_text())


def test_provenance_names_the_files_of_the_case_with_their_hashes(case: Path) -> None:
    detect("identity", "--case", str(case))
    inputs = json.loads(Path("found.csv.provenance.json").read_text())["inputs"]
    names = ["case.toml", *(f"record/{t}.csv" for t in ("designated_vessels", "ports", "sources", "vessels"))]
    files = [Path("heard.parquet"), *(case / name for name in names)]
    shown = ["heard.parquet", *(f"{case.name}/{name}" for name in names)]
    assert inputs == {
        name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in zip(shown, files, strict=True)
    }


def test_every_detector_takes_the_ports_of_a_case(case: Path) -> None:
    told = detect("port-calls", "--case", str(case))
    assert told.exit_code == 0, told.output
    assert {row["port"] for row in found()} == {"The Quay"}
    assert told.stderr == ""


def test_ports_of_the_focal_state_are_those_of_its_territory(case: Path) -> None:
    told = detect("feasible-calls", "--case", str(case))
    assert told.stdout.splitlines()[-1] == "0 pairs of gap and port in found.csv, found.csv.provenance.json."
    text = (case / "record/ports.csv").read_text().replace("AAA", "CCC")
    (case / "record/ports.csv").write_text(text)
    assert "got no port of the focal state" in detect("feasible-calls", "--case", str(case)).stderr


@pytest.mark.parametrize(("option", "what"), [("--ports", "ports"), ("--listed", "listed vessels")])
def test_case_and_a_file_of_the_same_are_not_both_taken(case: Path, option: str, what: str) -> None:
    told = detect("identity", "--case", str(case), option, "list.csv")
    assert told.exit_code == 2
    assert f"--case and {option} both give {what}; give one of the two." in told.stderr


def test_case_with_a_mistake_in_its_record_is_told_and_nothing_is_looked_for(case: Path) -> None:
    (case / "record/designated_vessels.csv").write_text(HEAD + "alfa,,,,,A committee,designated,,book,\n")
    told = detect("identity", "--case", str(case))
    assert told.exit_code == 2
    assert "record/designated_vessels.csv:2: got a listing without a name or a number" in told.stderr
    assert not Path("found.csv").exists()


def test_listing_that_cannot_be_read_is_warned_of_and_what_other_tables_lack_is_not(case: Path) -> None:
    (case / "record/designated_vessels.csv").write_text(
        HEAD
        + "alfa,ALFA,9074729,many,,A committee,designated,,book,\n"
        + "beta,BETA,9162485,,,A committee,designated,,book,\n"
    )
    with (case / "record/trade.csv").open("a") as stream:
        stream.write("broken,AAA,BBB,never,2024-01-01,TOTAL,1,1,,,yearbook,exact,book,\n")
    told = detect("identity", "--case", str(case))
    assert told.exit_code == 0
    (line,) = told.stderr.splitlines()
    assert line.startswith("warning: record/designated_vessels.csv:2: got mmsi: ")
    assert "many" in line


def test_case_that_is_not_there_is_told(case: Path) -> None:
    assert "[case-missing]" in detect("identity", "--case", f"{case}-not").stderr


def test_one_finding_is_called_one(case: Path) -> None:
    (case / "record/designated_vessels.csv").unlink()
    told = detect("identity", "--case", str(case))
    assert told.stdout.splitlines()[-1] == "1 identity finding in found.csv, found.csv.provenance.json."
