"""Every rule of the schema: what breaks it, and the words that say so."""

from __future__ import annotations

import pytest

from tests.conftest import SOURCES, TRADE, CaseFolder
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare

#: A row of each table that breaks no rule, as header and cells.
GOOD = {
    "trade": (
        "id,territory,partner,start,end,commodity,exports_usd,imports_usd,total_usd,last_digit_usd,publisher,quality,source",
        "r1,AAA,BBB,2023-01-01,2024-01-01,TOTAL,40,50,90,1,yearbook,exact,book",
    ),
    "unrecorded": (
        "id,territory,partner,start,end,kind,low_usd,high_usd,publisher,quality,source",
        "r1,AAA,BBB,2023-01-01,2024-01-01,arms,10,20,yearbook,estimate,book",
    ),
    "moves": (
        "id,coder,period,start,end,actor,move,level,second,certainty,events,source,note",
        "r1,ann,2023H1,2023-01-01,2023-07-01,AAA,help,some,,high,,book,",
    ),
    "drivers": (
        "id,coder,period,start,end,driver,value,certainty,source,note",
        "r1,ann,2023H1,2023-01-01,2023-07-01,need,0.5,high,book,",
    ),
    "workers": (
        "id,origin_actor,host,start,end,kind,scope,low,high,remittance_low_usd,remittance_high_usd,publisher,quality,"
        "source",
        "r1,AAA,BBB,2023-01-01,2024-01-01,stock,all,10,20,5,6,yearbook,estimate,book",
    ),
    "thefts": (
        "id,date,date_precision,victim,value_usd,low_usd,high_usd,attributed_to,attribution,duplicate_of,publisher,"
        "quality,source",
        "r1,2023-05-05,day,A bank,,10,20,AAA,government,,yearbook,estimate,book",
    ),
    "theft_totals": (
        "id,actor,start,end,value_usd,low_usd,high_usd,incidents,publisher,quality,source",
        "r1,AAA,2023-01-01,2024-01-01,,10,20,3,yearbook,estimate,book",
    ),
    "evasion_cases": (
        "id,actor,date,date_precision,kind,cargo,cargo_certainty,vessel_1,imo_1,lat,lon,reported_by,source",
        "r1,AAA,2023-05-05,day,sts,coal,stated,ONE,1234567,10,20,A government,book",
    ),
    "evasion_parts": (
        "id,actor,part_of,start,end,channels,description,part,part_kinds,reported_by,duplicate_of,source",
        "r1,AAA,BBB,2023-01-01,2024-01-01,coal,Coal on barges,stated,ports,A government,,book",
    ),
    "council_acts": (
        "id,date,date_precision,target,act,description,fate,blocked_by,quality,source",
        "r1,2023-05-05,day,AAA,a draft,An objection,blocked,BBB,as_published,book",
    ),
    "weapon_tests": (
        "id,actor,start,end,kind,tests,publisher,quality,source",
        "r1,AAA,2023-01-01,2024-01-01,launch-days,5,a-count,as_published,book",
    ),
    "questions": (
        "id,actor,start,end,topic,named_in,naming,asked,publisher,quality,source",
        "r1,AAA,2023-01-01,2023-02-01,dyad,question,5,50,our-count,derived,book",
    ),
    "answers": (
        "id,answer,date,speaker,actor,topic,stance,kind,certainty,phrase,coder,source",
        "r1,a1,2023-05-05,spokesperson,AAA,dyad,0,neutral,high,so it is,coder1,book",
    ),
    "votes": ("date,resolution,actor,vote,source", "2023-05-05,R/1,AAA,Y,book"),
    "events": (
        "id,date,date_precision,source_actor,target_actor,kind,description,sign,certainty,source",
        "r1,2023-05-05,day,AAA,BBB,visit,A visit,1,high,book",
    ),
    "provisions": (
        "id,resolution,target,product,measure,cap_value,cap_unit,start,end,source",
        "r1,R/1,AAA,oil,cap,100,bbl,2018-01-01,2020-01-01,book",
    ),
    "breaches": (
        "id,provision,witness_table,witness_row,shows,certainty",
        "r1,r1,events,r1,broken,stated",
    ),
    "deliveries": (
        "id,supplier,recipient,product,start,end,tonnes,barrels,last_digit,publisher,quality,source",
        "r1,BBB,AAA,oil,2023-01-01,2023-02-01,5,37,1,committee,exact,book",
    ),
    "unreported": (
        "id,recipient,product,start,end,calls,barrels,load_low,load_high,last_digit,publisher,quality,source",
        "r1,AAA,oil,2023-01-01,2023-06-01,10,900,0.5,0.9,1,panel,estimate,book",
    ),
    "baskets": ("basket,commodity,tier,label,source", "chips,854231,1,processors,book"),
    "statements": (
        "id,date,date_precision,speaker,actor,topic,stance,kind,phrase,remark,coder,source",
        "r1,2023-05-05,day,spokesperson,AAA,dyad,0,neutral,,,,book",
    ),
    "topics": ("id,parent,label", "r1,,a dyad"),
    "ports": ("id,name,territory,kind,lat,lon,handles,source", "r1,A quay,AAA,port,10,20,coal+crude oil,book"),
    "vessels": ("id,name,imo,mmsi,kind,deadweight_t,source", "r1,A SHIP,1234567,123456789,tanker,5000,book"),
    "designated_vessels": (
        "id,name,imo,mmsi,flag,authority,status,list_date,date_precision,date_certainty,measure,aliases,source",
        "r1,A SHIP,1234567,123456789,AAA,A committee,designated,2018-03-01,month,recalled,asset freeze,B SHIP|C "
        "SHIP,book",
    ),
    "sources": (
        "id,publisher,title,url,published,reliability,credibility,access,origin,note",
        "book,A Publisher,Yearbook,,2024,B,2,public,,",
    ),
}


def one_row(table: str, **cells: str) -> str:
    """A CSV with the table's good row, some of its cells changed."""
    header, row = GOOD[table]
    names = header.split(",")
    values = dict(zip(names, row.split(","), strict=True)) | cells
    assert set(values) == set(names)
    return f"{header}\n{','.join(values[n] for n in names)}\n"


def beside(table: str) -> dict[str, str | None]:
    """What a table's good row needs in another."""
    if table == "breaches":
        return {"record/provisions.csv": "\n".join(GOOD["provisions"])}
    spoken = ("statements", "answers", "questions")
    return {"record/topics.csv": "id,parent,label\ndyad,,a dyad\n"} if table in spoken else {}


def said(case_folder: CaseFolder, duckdb: DuckDB, table: str, text: str) -> list[str]:
    files = {"record/trade.csv": None, **beside(table), f"record/{table}.csv": text}
    return [str(p) for p in prepare(case_folder(files), duckdb).problems]


def test_every_table_has_a_good_row_here() -> None:
    assert set(GOOD) == set(TABLES)


@pytest.mark.parametrize("table", sorted(GOOD))
def test_row_that_breaks_no_rule_is_read_in_silence(case_folder: CaseFolder, duckdb: DuckDB, table: str) -> None:
    files = {"record/trade.csv": None, **beside(table), f"record/{table}.csv": one_row(table)}
    prepared = prepare(case_folder(files), duckdb)
    assert prepared.problems == ()
    assert prepared.record is not None
    assert prepared.record.rows[table] == 1


def test_a_figure_for_workers_may_lack_its_start_and_its_scope(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    assert said(case_folder, duckdb, "workers", one_row("workers", start="", scope="")) == []


@pytest.mark.parametrize(
    ("table", "cells", "message"),
    [
        (
            "trade",
            {"exports_usd": "-40"},
            "got exports_usd = '-40.00' (row 'r1'); expected exports_usd of 0 or more. "
            "Correct the figure or its sign. [negative]",
        ),
        (
            "unrecorded",
            {"low_usd": "-1"},
            "got low_usd = '-1.00' (row 'r1'); expected low_usd of 0 or more. "
            "Correct the figure or its sign. [negative]",
        ),
        (
            "unreported",
            {"calls": "-1"},
            "got calls = '-1' (row 'r1'); expected calls of 0 or more. Correct the figure or its sign. [negative]",
        ),
        (
            "trade",
            {"end": "2022-01-01"},
            "got an end that is not after the start (row 'r1'); expected an end later than the start. "
            "Periods are half-open: as end, give the day after the last day. [dates-backwards]",
        ),
        (
            "trade",
            {"end": "2023-01-01"},
            "got an end that is not after the start (row 'r1'); expected an end later than the start. "
            "Periods are half-open: as end, give the day after the last day. [dates-backwards]",
        ),
        (
            "provisions",
            {"end": "2017-01-01"},
            "got an end that is not after the start (row 'r1'); expected an end later than the start. "
            "Correct one of the dates. [dates-backwards]",
        ),
        (
            "trade",
            {"end": ""},
            "got no end (row 'r1'); expected a value: day after the last day of the period (UTC). "
            "Fill it in. [cell-empty]",
        ),
        (
            "trade",
            {"id": ""},
            "got no id (row ''); expected a value: id of this row; shown wherever the row is used. "
            "Fill it in. [cell-empty]",
        ),
        (
            "trade",
            {"source": "bok"},
            "got source 'bok' (row 'r1'); expected the id of a row of sources. Did you mean 'book'? [unknown-source]",
        ),
        (
            "trade",
            {"source": "xyz"},
            "got source 'xyz' (row 'r1'); expected the id of a row of sources. Known: book. [unknown-source]",
        ),
        (
            "trade",
            {"source": ""},
            "got no source (row 'r1'); expected a source for every row. "
            "Name the source; a row without one is not evidence. [source-missing]",
        ),
        (
            "trade",
            {"quality": "exactly"},
            "got quality = 'exactly' (row 'r1'); expected one of exact, rounded, as_published, derived, dataset, "
            "estimate, typo_corrected, unit_corrected, conflict, lower_bound, upper_bound, suspect, garbled, missing. "
            "Did you mean 'exact'? [not-allowed]",
        ),
        (
            "votes",
            {"vote": "yes"},
            "got vote = 'yes' (row 'R/1 AAA'); expected one of Y, N, A, -. Known: -, A, N, Y. [not-allowed]",
        ),
        (
            "sources",
            {"reliability": "G"},
            "got reliability = 'G' (row 'book'); expected one of A, B, C, D, E, F. Known: A, B, C, D, E, F. "
            "[not-allowed]",
        ),
        (
            "trade",
            {"territory": "Alphaland"},
            "got territory = 'Alphaland' (row 'r1'); expected territory whose trade it is, ISO 3166 alpha-3. "
            "Correct the code. [bad-code]",
        ),
        (
            "trade",
            {"partner": "aaa"},
            "got partner = 'aaa' (row 'r1'); expected partner in the trade, ISO 3166 alpha-3; WLD: all "
            "partners together. "
            "Correct the code. [bad-code]",
        ),
        (
            "vessels",
            {"imo": "", "mmsi": ""},
            "got a vessel without a number (row 'r1'); expected an IMO number or an MMSI. "
            "Fill one in: a name alone does not tell vessels apart. [vessel-unnumbered]",
        ),
        (
            "designated_vessels",
            {"name": "", "imo": "", "mmsi": ""},
            "got a listing without a name or a number (row 'r1'); expected a name, an IMO number or an MMSI. "
            "Fill one in. [listing-empty]",
        ),
        (
            "designated_vessels",
            {"date_certainty": ""},
            "got a date without precision or certainty, or these without a date (row 'r1'); expected all three or "
            "none. Fill in all three, or leave all three empty. [date-incomplete]",
        ),
        (
            "designated_vessels",
            {"flag": "Alphaland"},
            "got flag = 'Alphaland' (row 'r1'); expected flag of the ship as listed, ISO 3166 "
            "alpha-3; "
            "empty: none, or not known. Correct the code. [bad-code]",
        ),
        (
            "evasion_cases",
            {"imo_1": "1234566"},
            "got a number in imo_1 that is not a valid IMO number (row 'r1'); expected a seventh digit that "
            "fits the six before it. "
            "Compare it with the source: a digit may be mistyped. If the source prints it like this, say so in note. "
            "[imo-check]",
        ),
        (
            "ports",
            {"lat": "91"},
            "got a position off the globe (row 'r1'); expected a latitude up to 90 and a longitude up to 180. "
            "Correct the position. [not-allowed]",
        ),
        (
            "ports",
            {"handles": "Coal"},
            "got handles = 'Coal' (row 'r1'); expected cargoes that it handles, as claims name them, joined by +, for "
            "example coal+oil; empty: not known. Correct the code. [bad-code]",
        ),
        (
            "deliveries",
            {"supplier": "BBB+"},
            "got supplier = 'BBB+' (row 'r1'); expected supplier that notified it, ISO 3166 alpha-3; "
            "several joined by +. "
            "Correct the code. [bad-code]",
        ),
        (
            "baskets",
            {"commodity": "854231x"},
            "got commodity = '854231x' (row 'chips 854231x'); expected HS code of 2, 4 or 6 digits. "
            "Correct the code. [bad-code]",
        ),
        (
            "trade",
            {"exports_usd": "", "imports_usd": "", "total_usd": ""},
            "got no figure (row 'r1'); expected a figure in one of exports_usd, imports_usd, total_usd. "
            "Fill one in, or mark the row quality = missing. [no-figure]",
        ),
        (
            "unreported",
            {"calls": "", "barrels": ""},
            "got no figure (row 'r1'); expected barrels or calls. "
            "Fill one in, or mark the row quality = missing. [no-figure]",
        ),
        (
            "provisions",
            {"cap_unit": ""},
            "got a cap without a unit, or a unit without a cap (row 'r1'); expected both or neither. "
            "Fill in both. [cap-without-unit]",
        ),
        (
            "provisions",
            {"cap_value": ""},
            "got a cap without a unit, or a unit without a cap (row 'r1'); expected both or neither. "
            "Fill in both. [cap-without-unit]",
        ),
        (
            "unrecorded",
            {"low_usd": "30"},
            "got low_usd above high_usd (row 'r1'); expected low_usd not above high_usd. Swap them. [range-reversed]",
        ),
        (
            "unreported",
            {"load_low": "0.95"},
            "got load_low above load_high (row 'r1'); expected load_low not above load_high. "
            "Swap them. [range-reversed]",
        ),
        (
            "unreported",
            {"load_high": "90"},
            "got a load above one (row 'r1'); expected a share of capacity, 0 to 1. "
            "Write 0.9 for 90 per cent. [not-allowed]",
        ),
        (
            "deliveries",
            {"tonnes": "nan"},
            "got tonnes = 'nan' (row 'r1'); expected a finite number. "
            "Leave the cell empty where there is no figure. [not-finite]",
        ),
        (
            "deliveries",
            {"tonnes": "1e999"},
            "got tonnes = 'inf' (row 'r1'); expected a finite number. "
            "Leave the cell empty where there is no figure. [not-finite]",
        ),
        (
            "deliveries",
            {"barrels": "-inf"},
            "got barrels = '-inf' (row 'r1'); expected barrels of 0 or more. "
            "Correct the figure or its sign. [negative]",
        ),
        (
            "provisions",
            {"end": "infinity"},
            "got end = 'infinity' (row 'r1'); expected a date of the years 1 to 9999. "
            "Leave the cell empty where there is no date. [not-allowed]",
        ),
        (
            "trade",
            {"end": "99999-01-01"},
            "got end = '99999-01-01' (row 'r1'); expected a date of the years 1 to 9999. "
            "Leave the cell empty where there is no date. [not-allowed]",
        ),
        (
            "events",
            {"target_actor": "AAA"},
            "got an actor acting on itself (row 'r1'); expected two different actors. "
            "Name the other actor. [same-actor]",
        ),
        (
            "events",
            {"sign": "2"},
            "got a sign other than -1, 0 or 1 (row 'r1'); expected -1, 0 or 1. Use -1, 0 or 1. [not-allowed]",
        ),
        (
            "workers",
            {"scope": "spies"},
            "got scope = 'spies' (row 'r1'); expected one of all, construction, IT, seafood, drones, students, "
            "business, troops, engineer troops, construction troops, sappers, border guards, part. Did you mean "
            "'sappers' or 'business'? [not-allowed]",
        ),
        (
            "workers",
            {"remittance_low_usd": "7"},
            "got remittance_low_usd above remittance_high_usd (row 'r1'); expected remittance_low_usd not above "
            "remittance_high_usd. Swap them. [range-reversed]",
        ),
        (
            "trade",
            {"exports_usd": "40", "imports_usd": "50", "total_usd": "92", "last_digit_usd": "1"},
            "got exports of 40 and imports of 50 that do not make the total of 92 USD (row 'r1'); expected a "
            "total_usd of exports_usd and imports_usd together, but for rounding. Correct a figure or "
            "last_digit_usd, or mark the row quality = conflict. [total-contradicted]",
        ),
        (
            "thefts",
            {"duplicate_of": "r1"},
            "got a duplicate of itself (row 'r1'); expected the id of another row. "
            "Leave duplicate_of empty in the row that counts for the theft. [not-allowed]",
        ),
        (
            "evasion_parts",
            {"duplicate_of": "r1"},
            "got a duplicate of itself (row 'r1'); expected the id of another row. "
            "Leave duplicate_of empty in the row that counts for the case. [not-allowed]",
        ),
        (
            "evasion_parts",
            {"part_kinds": ""},
            "got a part without its kinds, or kinds without a part (row 'r1'); expected part_kinds where, and only "
            "where, a part is stated. Fill in part_kinds, or leave it empty. [not-allowed]",
        ),
        (
            "theft_totals",
            {"low_usd": "", "high_usd": "", "incidents": ""},
            "got no figure (row 'r1'); expected a figure in one of value_usd, low_usd, high_usd, incidents. "
            "Fill one in, or mark the row quality = missing. [no-figure]",
        ),
        (
            "evasion_cases",
            {"lat": "91"},
            "got a position off the globe, or only one of latitude and longitude (row 'r1'); "
            "expected a latitude up to 90 and a longitude up to 180, or "
            "neither. Correct the position, or leave both cells empty. [not-allowed]",
        ),
    ],
)
def test_row_that_breaks_a_rule_is_told(
    case_folder: CaseFolder, duckdb: DuckDB, table: str, cells: dict[str, str], message: str
) -> None:
    assert said(case_folder, duckdb, table, one_row(table, **cells)) == [f"record/{table}.csv:2: {message}"]


def test_figure_may_be_empty_where_the_row_says_that_it_is_missing(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    cells = {"exports_usd": "", "imports_usd": "", "total_usd": "", "quality": "missing"}
    assert said(case_folder, duckdb, "trade", one_row("trade", **cells)) == []


@pytest.mark.parametrize(("total", "quality"), [("91.5", "exact"), ("", "exact"), ("190", "conflict")])
def test_sides_may_miss_their_total_by_rounding_or_where_the_row_says_so(
    case_folder: CaseFolder, duckdb: DuckDB, total: str, quality: str
) -> None:
    sides = {"exports_usd": "40", "imports_usd": "50", "last_digit_usd": "1"}
    assert said(case_folder, duckdb, "trade", one_row("trade", **sides, total_usd=total, quality=quality)) == []


def test_provision_may_have_no_end_and_no_cap(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    cells = {"end": "", "cap_value": "", "cap_unit": ""}
    assert said(case_folder, duckdb, "provisions", one_row("provisions", **cells)) == []


def test_repeated_id_is_told_at_the_last_of_its_rows(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    _, first, second = TRADE.splitlines()
    text = "\n".join([*TRADE.splitlines(), first.replace("2023-01-01", "2022-01-01"), second.replace("with-all", "x")])
    assert said(case_folder, duckdb, "trade", text) == [
        "record/trade.csv:4: got id 'with-b' on 2 rows (row 'with-b'); expected each id once. "
        "Give the rows different ids. [id-repeated]"
    ]


def test_repeated_source_is_told(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    text = SOURCES + SOURCES.splitlines()[1] + "\n"
    assert said(case_folder, duckdb, "sources", text) == [
        "record/sources.csv:3: got id 'book' on 2 rows (row 'book'); expected each id once. "
        "Give the rows different ids. [id-repeated]"
    ]


def test_row_whose_id_is_on_several_lines_is_told_without_a_line(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    text = one_row("trade", exports_usd="-1") + GOOD["trade"][1] + "\n"
    assert [m for m in said(case_folder, duckdb, "trade", text) if "negative" in m] == [
        "record/trade.csv: got exports_usd = '-1.00' (row 'r1'); expected exports_usd of 0 or more. "
        "Correct the figure or its sign. [negative]"
    ]


def test_one_row_may_break_several_rules_and_all_are_told(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    text = one_row("trade", exports_usd="-1", end="2020-01-01", source="", territory="A")
    slugs = sorted(m[m.rindex("[") :] for m in said(case_folder, duckdb, "trade", text))
    assert slugs == ["[bad-code]", "[dates-backwards]", "[negative]", "[source-missing]"]


def test_of_many_rows_that_break_a_rule_twenty_are_listed_and_the_rest_counted(
    case_folder: CaseFolder, duckdb: DuckDB
) -> None:
    header, row = GOOD["trade"]
    rows = [row.replace("r1", f"r{n:02}").replace(",40,", ",-40,") for n in range(25)]
    messages = said(case_folder, duckdb, "trade", "\n".join([header, *rows]))
    assert len(messages) == 21
    assert messages[-1] == (
        "record/trade.csv: got 5 more rows without exports_usd of 0 or more; expected none. "
        "Correct the first ones, then check again. [negative]"
    )
    assert [int(m.split(":")[1]) for m in messages[:-1]] == list(range(2, 22))


def test_rows_that_break_a_rule_are_told_in_the_file_that_holds_them(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    both = "[record]\ntrade = ['record/trade.csv', 'more.csv']\n\n[citation]"
    folder = case_folder({"more.csv": one_row("trade", exports_usd="-1")}, {"case.toml": ("[citation]", both)})
    prepared = prepare(folder, duckdb)
    assert [(p.file, p.line, p.slug) for p in prepared.problems] == [("more.csv", 2, "negative")]
    assert prepared.record is not None
    assert prepared.record.rows["trade"] == 3


def test_long_cell_is_cut_short_in_a_message(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    (message,) = said(case_folder, duckdb, "trade", one_row("trade", territory="A" * 500))
    assert len(message) < 300
    assert "AAA… (row 'r1')" in message


def test_control_characters_of_a_cell_never_reach_a_message_raw(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    messages = said(case_folder, duckdb, "trade", one_row("trade", territory="\x1b[2J", source="bo\u202eok"))
    assert messages == [
        "record/trade.csv:2: got source 'bo\\u202eok' (row 'r1'); expected the id of a row of sources. "
        "Did you mean 'book'? [unknown-source]",
        "record/trade.csv:2: got territory = '\\x1b[2J' (row 'r1'); expected territory whose trade it is, "
        "ISO 3166 alpha-3. Correct the code. [bad-code]",
        "record/trade.csv:2: got the character U+001B in text; expected characters that can be seen. "
        "Remove it; outputs show it as \\x1b. [character-hidden]",
        "record/trade.csv:2: got the character U+202E in text; expected characters that can be seen. "
        "Remove it; outputs show it as \\u202e. [character-hidden]",
    ]
