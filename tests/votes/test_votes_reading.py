"""Roll calls of the United Nations' list and of Voeten's tables: what is kept, what is left out, what is
contradictory.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.record.readers.written import DayOrder
from tumen.votes.votes_reading import VotesReading, read_votes

UN = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,"
    "vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link\n"
)


def un(
    member: str, vote: str, symbol: str = "A/RES/79/1", day: str = "2024-12-03", number: str = "7", name: str = ""
) -> str:
    """A line of the United Nations' list."""
    return f'{number},{member},{name},{vote},{day},79,{symbol},,,A/79/PV.5,"On a ""matter"", and\nmore",,,,1,1,0,0,2,\n'


def read(folder: Path, *contents: str, order: DayOrder | None = None) -> tuple[VotesReading, list[Row]]:
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"{number}.csv")
        files[-1].write_text(content, encoding="utf-8")
    out = folder / "votes.parquet"
    out.unlink(missing_ok=True)
    reading = read_votes(files, "book", out, open_engine, order=order)
    if not out.exists():
        return reading, []
    engine = open_engine()
    try:
        engine.scan("out", [out])
        return reading, engine.rows(
            'select * from out order by "date" nulls last, resolution nulls last, actor nulls last'
        )
    finally:
        engine.close()


def told(rows: list[Row]) -> list[tuple[str, str, str, str]]:
    return [(str(r["date"]), r["resolution"], r["actor"], r["vote"]) for r in rows]


def test_list_of_the_united_nations(tmp_path: Path) -> None:
    lines = [
        un("CHN", "Y"),
        un("PRK", "N"),
        un("RUS", "A"),
        un("SUN", "X"),
        un("", "NV", name="BOLIVIA (PLURINATIONAL STATE OF)"),
    ]
    reading, rows = read(tmp_path, UN + "".join(lines))
    day, symbol = "2024-12-03", "A/RES/79/1"
    assert told(rows) == [
        (day, symbol, "BOL", "-"),
        (day, symbol, "CHN", "Y"),
        (day, symbol, "PRK", "N"),
        (day, symbol, "RUS", "A"),
        (day, symbol, "SUN", "-"),
    ]
    assert {row["source"] for row in rows} == {"book"}
    assert (reading.votes, reading.cast_votes, reading.roll_calls, reading.repeated, reading.dropped) == (
        5,
        3,
        1,
        0,
        {},
    )
    assert reading.voted == {"BOL": 0, "CHN": 1, "PRK": 1, "RUS": 1, "SUN": 0}


def test_tables_of_voeten_are_joined_whatever_their_order(tmp_path: Path) -> None:
    votes = '"","rcid","ccode","vote"\n"1",6112,710,1\n"2",6112,731,3\n"3",6112,732,2\n"4",6112,2,8\n"5",6113,365,9\n'
    calls = "rcid,session,date,unres,amend\n6112,73,2018-12-05,R/73/99,0\n6113,73,2018-12-05,,0\n"
    expected = [
        ("2018-12-05", "R/73/99#6112", "CHN", "Y"),
        ("2018-12-05", "R/73/99#6112", "KOR", "A"),
        ("2018-12-05", "R/73/99#6112", "PRK", "N"),
        ("2018-12-05", "R/73/99#6112", "USA", "-"),
        ("2018-12-05", "roll call#6113", "RUS", "-"),
    ]
    for contents in ((votes, calls), (calls, votes)):
        _, rows = read(tmp_path, *contents)
        assert told(rows) == expected


def test_one_table_with_days_and_names(tmp_path: Path) -> None:
    content = (
        "rcid\tdate\tunres\tCountryname\tvote\n3\t1946-01-01\tR/1/66\tUnited "
        "States\t1\n3\t1946-01-01\tR/1/66\tCanada\t3\n"
    )
    _, rows = read(tmp_path, content)
    assert told(rows) == [("1946-01-01", "R/1/66#3", "CAN", "N"), ("1946-01-01", "R/1/66#3", "USA", "Y")]


def test_words_of_the_package_unvotes(tmp_path: Path) -> None:
    votes = "rcid,country,country_code,vote\n3,United States,US,yes\n3,Cuba,CU,abstain\n"
    _, rows = read(tmp_path, votes, "rcid,session,importantvote,date,unres\n3,1,0,1946-01-01,R/1/66\n")
    assert [row["vote"] for row in rows] == ["A", "Y"]


def test_row_said_twice_counts_once(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, UN + un("CHN", "Y") * 3)
    assert (len(rows), reading.repeated) == (1, 2)


def test_roll_calls_on_one_symbol_are_told_apart_by_their_number(tmp_path: Path) -> None:
    lines = [un("CHN", "Y"), un("CHN", "N", number="8"), un("PRK", "Y", symbol="A/RES/79/2", number="9")]
    _, rows = read(tmp_path, UN + "".join(lines))
    assert [row["resolution"] for row in rows] == ["A/RES/79/1#7", "A/RES/79/1#8", "A/RES/79/2"]


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        ([un("CHN", "Y", day="3 December 2024")], {"no day that can be read": 1}),
        ([un("CHN", "Y", symbol="")], {"no resolution": 1}),
        ([un("", "Y")], {"no member": 1}),
        ([un("XQZ", "Y")], {"a member that is not understood": 1}),
        ([un("CHN", "maybe")], {"a vote that cannot be read": 1}),
        ([un("CHN", "Y"), un("CHN", "N")], {"two different votes of one member in one roll call": 2}),
        (["7,CHN,cut\n"], {"a line that cannot be read": 1}),
    ],
)
def test_row_that_is_left_out_is_counted_with_its_reason(
    lines: list[str], reasons: dict[str, int], tmp_path: Path
) -> None:
    reading, rows = read(tmp_path, UN + un("RUS", "Y") + "".join(lines))
    assert reading.dropped == {str(tmp_path / "0.csv"): reasons}
    assert [row["actor"] for row in rows] == ["RUS"]


def test_members_not_understood_are_counted(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, UN + un("XQZ", "Y") + un("XQZ", "N", symbol="A/RES/79/2"))
    assert reading.strange == {"XQZ": 2}


@pytest.mark.parametrize(
    ("contents", "got"),
    [
        (["rcid,ccode,vote\n1,710,1\n"], "votes without days"),
        (["rcid,date\n1,2020-01-01\n"], "roll calls without votes"),
        (["one,two\n1,2\n"], "a table that is neither of votes nor of roll calls"),
        (["rcid,date,Country,vote\n1,2020-01-01,AUS,1\n"], "a table that is neither of votes nor of roll calls"),
        ([UN + un("CHN", "Y"), ""], "an empty file"),
    ],
)
def test_files_that_cannot_be_used_stop_the_import(contents: list[str], got: str, tmp_path: Path) -> None:
    reading, rows = read(tmp_path, *contents)
    assert ([p.got for p in reading.problems], rows) == ([got], [])


@settings(max_examples=6, deadline=None)
@given(
    cells=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters='\n\r\0",'), max_size=15), min_size=1, max_size=24
        ),
        max_size=6,
    )
)
def test_noise_takes_no_vote_with_it(cells: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    noise = "".join(",".join(row) + "\n" for row in cells)
    reading, rows = read(tmp_path_factory.mktemp("noise"), UN + un("CHN", "Y") + noise + un("RUS", "N"))
    assert {("CHN", "Y"), ("RUS", "N")} <= {(row["actor"], row["vote"]) for row in rows}
    assert not [p for p in reading.problems if p.severity == "error"]


VOETEN = "rcid,ccode,vote,date,unres\n"


@pytest.mark.parametrize(
    "written", ["{m}/{d}/2001", "{d}.{m}.2001", "{d}-{m}-2001", "{m}/{d}/2001 0:00", "2001/{m}/{d}"]
)
def test_days_of_one_order_are_read_and_the_order_is_said(written: str, tmp_path: Path) -> None:
    days = [written.format(m=m, d=d) for m, d in ((1, 25), (3, 4))]
    reading, rows = read(tmp_path, VOETEN + "".join(f"{n},710,1,{day},R/1/{n}\n" for n, day in enumerate(days)))
    assert [str(row["date"]) for row in rows] == ["2001-01-25", "2001-03-04"]
    first = "" if written.startswith("2001") else "month" if written.startswith("{m}") else "day"
    said = f"Days were read with the {first} first, as {days[0]} shows: {tmp_path}/0.csv."
    assert reading.notes == ((said,) if first else ())


@pytest.mark.parametrize(("order", "day"), [(DayOrder.DAY_FIRST, "2001-04-03"), (DayOrder.MONTH_FIRST, "2001-03-04")])
def test_days_that_could_be_others_need_to_be_told(order: DayOrder, day: str, tmp_path: Path) -> None:
    table = VOETEN + "1,710,1,3/4/2001,R/1/1\n"
    reading, rows = read(tmp_path, table)
    assert rows == []
    (problem,) = reading.problems
    assert (problem.slug, "--dates day-first or --dates month-first" in problem.fix) == ("day-order", True)
    assert "'3/4/2001'" in problem.got
    reading, rows = read(tmp_path, table, order=order)
    assert [str(row["date"]) for row in rows] == [day]
    assert "as --dates says" in reading.notes[0]


def test_days_of_both_orders_or_of_another_than_was_told_stop_the_import(tmp_path: Path) -> None:
    both = VOETEN + "1,710,1,25/1/2001,R/1/1\n2,710,1,1/25/2001,R/1/2\n"
    assert "some begin with the day and some with the month" in read(tmp_path, both)[0].problems[0].got
    month = VOETEN + "2,710,1,1/25/2001,R/1/2\n"
    (problem,) = read(tmp_path, month, order=DayOrder.DAY_FIRST)[0].problems
    assert problem.got == "'1/25/2001', which is no day with the day first"


def test_order_of_days_is_that_of_the_table_of_roll_calls(tmp_path: Path) -> None:
    votes = "rcid,country,country_code,vote\n3,Cuba,CU,no\n"
    _, rows = read(tmp_path, votes, "rcid,date,unres\n3,1/14/1946,R/1/66\n")
    assert [str(row["date"]) for row in rows] == ["1946-01-14"]


@pytest.mark.parametrize(("of_votes", "of_calls"), [("3.0", "3"), ("3", "3.0"), ("3.0", "3.00"), ("30", "30.0")])
def test_number_written_as_a_fraction_is_the_same_roll_call(of_votes: str, of_calls: str, tmp_path: Path) -> None:
    votes = f"rcid,country,country_code,vote\n{of_votes},Cuba,CU,yes\n"
    _, rows = read(tmp_path, votes, f"rcid,date,unres\n{of_calls},1946-01-01,R/1/66\n")
    assert [(row["resolution"], row["actor"]) for row in rows] == [(f"R/1/66#{of_calls.partition('.')[0]}", "CUB")]


def test_vote_of_a_number_that_no_roll_call_has_is_said_as_that(tmp_path: Path) -> None:
    votes = "rcid,country,country_code,vote\n3,Cuba,CU,yes\n4,Cuba,CU,yes\n"
    reading, rows = read(tmp_path, votes, "rcid,date,unres\n3,1946-01-01,R/1/66\n")
    assert reading.dropped == {str(tmp_path / "0.csv"): {"a number that no roll call has": 1}}
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("said", "vote"),
    [("YES", "Y"), ("In Favour", "Y"), ("against", "N"), ("Abstention", "A"), ("Absent", "-"), ("NaN", "-")],
)
def test_words_for_votes_in_any_letters(said: str, vote: str, tmp_path: Path) -> None:
    _, rows = read(tmp_path, VOETEN + f"1,710,{said},2001-01-25,R/1/1\n")
    assert [row["vote"] for row in rows] == [vote]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_table_of_any_separator_below_a_title(separator: str, tmp_path: Path) -> None:
    table = "Votes of the Assembly\n\n" + VOETEN + "1,710,1,2001-01-25,R/1/1\n"
    _, rows = read(tmp_path, table.replace(",", separator))
    assert told(rows) == [("2001-01-25", "R/1/1#1", "CHN", "Y")]


def test_code_beside_a_name_says_who_it_is(tmp_path: Path) -> None:
    votes = "rcid,country,country_code,vote\n3,Myanmar (Burma),MM,yes\n3,Namibia,NA,no\n3,Taiwan,CN,no\n"
    reading, rows = read(tmp_path, votes, "rcid,date,unres\n3,1946-01-01,R/1/66\n")
    assert [row["actor"] for row in rows] == ["CHN", "MMR", "NAM"]
    assert reading.overruled == {"Taiwan (CN)": "CHN"}
