"""Ports and anchorages come from a CSV file; everything wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tumen.engine.backends import open_engine
from tumen.errors import ProblemsError
from tumen.vessels.ports import PortPlace, put_ports, read_ports

HEADER = "name,lon,lat,kind,focal\n"


def written(folder: Path, text: str) -> Path:
    (folder / "ports.csv").write_bytes(text.encode("utf-8"))
    return folder / "ports.csv"


def told(folder: Path, text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read_ports(written(folder, text))
    return [str(problem) for problem in caught.value.problems]


def test_a_line_is_a_place(tmp_path: Path) -> None:
    file = written(tmp_path, HEADER + "Alpha,125.4,38.7,port,true\nBeta roads,-179.9,-90,anchorage,false\n")
    assert read_ports(file) == (
        PortPlace("Alpha", 125.4, 38.7, "port", True),
        PortPlace("Beta roads", -179.9, -90, "anchorage", False),
    )


def test_only_name_and_position_are_needed_in_any_order(tmp_path: Path) -> None:
    assert read_ports(written(tmp_path, "\ufeffLAT,note,Lon,name\n1,x,2,Alpha\n")) == (PortPlace("Alpha", 2, 1),)


def test_every_wrong_line_is_told(tmp_path: Path) -> None:
    bad = ["A,1", "B,181,0", "C,nan,0", "D,1,2,quay", "E,1,2,port,maybe", ",1,2", "F,1,2,port,true,more"]
    problems = told(tmp_path, HEADER + "Good,1,2,port,true\n" + "\n".join(bad) + "\n")
    assert [p.split(":")[1] for p in problems] == ["3", "4", "5", "6", "7", "8", "9"]
    assert all(p.endswith("[ports-row]") for p in problems)


@pytest.mark.parametrize("text", ["", "name,lat\nA,1\n", "PAR1\0\0", 'name,lon,lat\n"A,1,2\n'])
def test_what_is_no_table_of_ports_is_told(tmp_path: Path, text: str) -> None:
    (problem,) = told(tmp_path, text)
    assert problem.endswith("[ports-unreadable]")


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="no such file"):
        read_ports(tmp_path / "none.csv")


def test_engine_holds_the_ports_even_where_there_are_none() -> None:
    for ports in ((), (PortPlace("Alpha", 2, 1, "anchorage", True),)):
        engine = open_engine()
        put_ports(engine, ports)
        rows = engine.rows("select * from ports")
        engine.close()
        assert [tuple(row.values()) for row in rows] == [("Alpha", 2.0, 1.0, "anchorage", True)] * len(ports)
