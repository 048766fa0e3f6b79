"""Tables of UN Comtrade: what becomes a row, what is a part of another, and what is left out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.trade.comtrade_files import csv_of, flow, older
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.trade.comtrade_reading import ComtradeReading, read_comtrade


def read(folder: Path, content: str | bytes, name: str = "c.csv") -> tuple[ComtradeReading, list[Row]]:
    file, out = folder / name, folder / "out.parquet"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    out.unlink(missing_ok=True)
    reading = read_comtrade([file], "book", out, open_engine)
    if not out.exists():
        return reading, []
    engine = open_engine()
    try:
        engine.scan("out", [out])
        return reading, engine.rows("select * from out order by id nulls last")
    finally:
        engine.close()


def dropped(reading: ComtradeReading) -> dict[str, int]:
    return dict(*reading.dropped.values()) if reading.dropped else {}


def test_exports_and_imports_of_a_cell_become_one_row(tmp_path: Path) -> None:
    rows = [flow("1070.5"), flow("2430", flowCode="M", flowDesc="Import")]
    reading, (row,) = read(tmp_path, csv_of(rows))
    assert {key: str(cell) for key, cell in row.items()} == {
        "id": "comtrade-chn-rus-2022-total-h6",
        "territory": "CHN",
        "partner": "RUS",
        "start": "2022-01-01",
        "end": "2023-01-01",
        "commodity": "TOTAL",
        "exports_usd": "1070.50",
        "imports_usd": "2430.00",
        "publisher": "un-comtrade",
        "quality": "exact",
        "note": "classification H6",
        "source": "book",
    }
    assert (reading.cells, reading.others, dropped(reading)) == (1, 0, {})
    assert reading.actors == {"CHN", "RUS"}


@pytest.mark.parametrize(
    "world",
    [
        {"partnerISO": "W00", "partnerCode": "0"},
        {"partnerISO": "WLD", "partnerCode": ""},
        {"partnerISO": "", "partnerCode": "0"},
    ],
)
def test_all_partners_together_are_the_world(world: dict[str, str], tmp_path: Path) -> None:
    _, (row,) = read(tmp_path, csv_of([flow(**world)]))
    assert row["partner"] == "WLD"


@pytest.mark.parametrize(
    "part",
    [
        {"motCode": "2100"},
        {"customsCode": "C01"},
        {"partner2Code": "398", "partner2ISO": "KAZ"},
        {"partner2Code": "", "partner2ISO": "KAZ"},
    ],
)
def test_part_of_a_flow_is_left_out_and_counted(part: dict[str, str], tmp_path: Path) -> None:
    reading, (row,) = read(tmp_path, csv_of([flow("100"), flow("60", **part)]))
    assert float(row["exports_usd"]) == 100
    assert dropped(reading) == {"part of a flow, by second partner, means of transport or customs procedure": 1}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"flowCode": "RX"}, "re-exports or re-imports, which exports and imports hold already"),
        ({"flowCode": "RM"}, "re-exports or re-imports, which exports and imports hold already"),
        ({"flowCode": "MIP"}, "a flow that is neither exports nor imports"),
        ({"partnerISO": "S19", "partnerCode": "490"}, "a partner that is no state, such as areas not specified"),
        ({"reporterISO": "EUR", "reporterCode": "97"}, "a reporter that is no state"),
        ({"classificationCode": "S4"}, "a classification other than HS"),
        ({"cmdCode": "AG2"}, "a commodity that is neither TOTAL nor a code"),
        ({"period": "2022-23"}, "a period that cannot be read"),
        ({"period": "202213"}, "a period that cannot be read"),
        ({"typeCode": "S"}, "services, which are no goods"),
        ({"primaryValue": "much"}, "a value that is no number"),
        ({"primaryValue": "-5"}, "a value that is no number"),
        ({"primaryValue": ""}, "a value that is no number"),
    ],
)
def test_row_that_is_left_out_is_counted_with_its_reason(cells: dict[str, str], reason: str, tmp_path: Path) -> None:
    reading, rows = read(tmp_path, csv_of([flow(partnerISO="PRK", partnerCode="408"), flow(**cells)]))
    assert (dropped(reading), [row["partner"] for row in rows]) == ({reason: 1}, ["PRK"])


def test_older_downloads_give_the_same_rows(tmp_path: Path) -> None:
    rows = [older("1070"), older("2430", Trade_Flow_Code="1", Trade_Flow="Import"), older("9", Trade_Flow_Code="3")]
    reading, (row,) = read(tmp_path, csv_of(rows))
    assert (float(row["exports_usd"]), float(row["imports_usd"]), row["note"]) == (1070, 2430, "classification HS")
    assert dropped(reading) == {"re-exports or re-imports, which exports and imports hold already": 1}


@pytest.mark.parametrize("wrapped", [True, False])
def test_answer_of_the_api_gives_the_same_rows(wrapped: bool, tmp_path: Path) -> None:
    rows = [flow("1070"), flow("2430", flowCode="M")]
    typed = [{**row, "primaryValue": float(row["primaryValue"]), "refYear": 2022, "motCode": 0} for row in rows]
    body = {"elapsedTime": "1 s", "count": 2, "data": typed, "error": ""} if wrapped else typed
    assert read(tmp_path, json.dumps(body), "c.json")[1] == read(tmp_path, csv_of(rows))[1]


@pytest.mark.parametrize("content", ['{"data": 1}', '{"error": "limit"}', "[1, 2]", "{", "[" * 100_000])
def test_json_that_is_no_answer_of_the_api_is_named(content: str, tmp_path: Path) -> None:
    reading, rows = read(tmp_path, content, "c.json")
    assert (rows, [p.slug for p in reading.problems]) == ([], ["import-unreadable"])


def test_months_are_months(tmp_path: Path) -> None:
    rows = [flow(period="202212", freqCode="M", refMonth="12"), flow(period="202202", freqCode="M", refMonth="2")]
    _, found = read(tmp_path, csv_of(rows))
    assert [(str(r["start"]), str(r["end"])) for r in found] == [
        ("2022-02-01", "2022-03-01"),
        ("2022-12-01", "2023-01-01"),
    ]


def test_state_without_letters_goes_by_its_number_as_comtrade_has_it(tmp_path: Path) -> None:
    rows = [
        flow(partnerISO="", partnerCode="842"),
        flow(partnerISO="", partnerCode="4"),
        flow(partnerISO="", partnerCode="004"),
    ]
    reading, found = read(tmp_path, csv_of(rows))
    assert [row["partner"] for row in found] == ["AFG", "USA"]
    assert reading.strange == {}


def test_zero_that_a_code_has_lost_is_put_back(tmp_path: Path) -> None:
    rows = [flow(cmdCode=code) for code in ("30617", "306", "3", "27", "2709")]
    reading, found = read(tmp_path, csv_of(rows))
    assert [row["commodity"] for row in found] == ["03", "0306", "030617", "27", "2709"]
    assert reading.mended == 3


def test_figures_of_one_flow_that_differ_are_rows_of_their_own_and_equal_ones_are_one(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, csv_of([flow("98"), flow("60"), flow("60")]))
    assert [(row["id"][-2:], float(row["exports_usd"])) for row in rows] == [("h6", 60), ("-2", 98)]
    assert reading.others == 1


def test_revisions_of_hs_are_told_apart(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, csv_of([flow(), flow(classificationCode="H5", cmdCode="27")]))
    assert sorted(row["note"] for row in rows) == ["classification H5", "classification H6"]
    assert reading.revisions == 2


def test_flag_of_estimation_is_noted(tmp_path: Path) -> None:
    reading, (row,) = read(tmp_path, csv_of([flow(legacyEstimationFlag="4")]))
    assert (row["note"], reading.estimated) == ("classification H6; estimation flag 4", 1)


@pytest.mark.parametrize(
    ("said", "usd"),
    [("1070000000", 1.07e9), ("1.07E+09", 1.07e9), ('"1,070,000"', 1.07e6), ('"10,5"', 10.5), ("3.0", 3)],
)
def test_values_as_programs_and_people_write_them(said: str, usd: float, tmp_path: Path) -> None:
    _, (row,) = read(tmp_path, csv_of([flow(said)]))
    assert float(row["exports_usd"]) == usd


@pytest.mark.parametrize(("separator", "end"), [(";", ""), ("\t", ""), (",", ","), (",", ",,")])
def test_any_separator_and_one_too_many_behind_each_row(separator: str, end: str, tmp_path: Path) -> None:
    _, (row,) = read(tmp_path, csv_of([flow("7")], separator, end))
    assert (float(row["exports_usd"]), row["partner"]) == (7, "RUS")


def test_packed_file_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, gzip.compress(csv_of([flow()]).encode()), "c.csv.gz")[1]) == 1


def test_table_of_something_else_is_told_what_it_lacks(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, "reporterISO,period\nCHN,2022\n")
    assert reading.problems[0].got == (
        "a table without a column for partner_iso or partner_code, flow_code or flow, commodity, value"
    )
