"""A list of ships is read in whatever form it was published, and what is not read of it is said."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from tumen.errors import ProblemsError
from tumen.vessels.list_entries import Judged, ListEntry, flag_of, imo_fits, texts_in
from tumen.vessels.list_reading import read_listed
from tumen.vessels.listed import Vessel

_REMARKS = (
    "Vessel Year of Build 1999; Vessel Registration Identification IMO 9074729; MMSI 538999001; a.k.a. 'NEW STAR'; "
    "f.k.a. 'OLD STAR'; Linked To: TEST CO."
)
SDN = f'''12345,"ALPHA TEST","vessel","PROG",-0- ,"3EXX9","Crude Oil Tanker",-0- ,-0- ,"Panama",-0- ,"{_REMARKS}"
12346,"SOME PERSON","individual","PROG",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970."
12347,"SOME COMPANY",-0- ,"PROG",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Identification Number IMO 5000001."
12348,"BRAVO TEST","vessel","PROG",-0- ,-0- ,-0- ,-0- ,-0- ,"None Identified",-0- ,-0-
'''

MARITIME = """"type","caption","imo","risk","countries","flag","mmsi","id","url","datasets","aliases"
"VESSEL","ALPHA TEST","IMO9074729","sanction","pa","pa","538999001","NK-x","https://x.example","one","NEW STAR;OLD STAR"
"ORGANIZATION","SOME COMPANY","IMO5000001","sanction","ru","","","NK-y","https://y.example","one",""
"""

SIMPLE = '''"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions"
"NK-x","Vessel","ALPHA TEST","NEW STAR;""OLD; STAR""","","pa","","538999001;IMO9074729;3EXX9","A program"
"NK-y","Company","SOME COMPANY","","","ru","","IMO5000001","A program"
"NK-z","Person","SOME PERSON","","1970","ru","","123456789","A program"
'''

EU_CSV = """fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;NameAlias_WholeName;\
Identification_Number;Identification_TypeCode
30/11/2026;7;EU.7.7;E;ALPHA TEST;;
30/11/2026;7;EU.7.7;E;NEW STAR;;
30/11/2026;7;EU.7.7;E;;9074729;imo
30/11/2026;8;EU.8.8;P;SOME PERSON;123;passport
"""

EU_XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-30">
  <sanctionEntity euReferenceNumber="EU.7.7" logicalId="7"><subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="ALPHA TEST" strong="true"/><nameAlias wholeName="NEW STAR" strong="false"/>
    <identification identificationTypeCode="imo" number="9074729"/></sanctionEntity>
  <sanctionEntity euReferenceNumber="EU.8.8" logicalId="8"><subjectType code="person" classificationCode="P"/>
    <nameAlias wholeName="SOME PERSON"/></sanctionEntity>
</export>"""

UK_CSV = """Report Date: 30-Nov-2026
Last Updated,Unique ID,OFSI Group ID,Name 6,Name 1,Name 2,Designation Type,IMO number,Current believed flag of ship
30/11/2026,RUS2001,16100,TEST,ALPHA,,Ship,9074729,Panama
30/11/2026,RUS2001,16100,NEW STAR,,,Ship,9074729,Panama
30/11/2026,AFG0001,12703,COMPANY,SOME,,Entity,,
"""

UK_XML = """<Designations><Designation><UniqueID>RUS2001</UniqueID><Names>
<Name><Name6>TEST</Name6><Name1>ALPHA</Name1><NameType>Primary Name</NameType></Name>
<Name><Name6>NEW STAR</Name6><NameType>Alias</NameType></Name></Names>
<IndividualEntityShip>Ship</IndividualEntityShip><ShipDetails><Ship>
<IMONumbers><IMONumber>9074729</IMONumber></IMONumbers>
<CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Panama</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
</Ship></ShipDetails></Designation>
<Designation><UniqueID>AFG0001</UniqueID><IndividualEntityShip>Entity</IndividualEntityShip></Designation></Designations>"""

UN_XML = """<?xml version="1.0"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>SOME</FIRST_NAME></INDIVIDUAL>
</INDIVIDUALS><ENTITIES><ENTITY><DATAID>77</DATAID><FIRST_NAME>ALPHA TEST</FIRST_NAME>
<COMMENTS1>A vessel. IMO number: 9074729.</COMMENTS1>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>NEW STAR</ALIAS_NAME></ENTITY_ALIAS></ENTITY>
<ENTITY><DATAID>78</DATAID><FIRST_NAME>SOME COMPANY</FIRST_NAME>
<COMMENTS1>IMO company number: 5000001</COMMENTS1></ENTITY>
</ENTITIES></CONSOLIDATED_LIST>"""

SDN_XML = """<?xml version="1.0"?><sdnList xmlns="https://example.org/XML"><sdnEntry><uid>12345</uid>
<lastName>ALPHA TEST</lastName><sdnType>Vessel</sdnType>
<akaList><aka><lastName>NEW STAR</lastName></aka></akaList>
<idList><id><uid>2</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 9074729</idNumber></id>
<id><uid>3</uid><idType>MMSI</idType><idNumber>538999001</idNumber></id></idList>
<vesselInfo><vesselFlag>Panama</vesselFlag></vesselInfo></sdnEntry>
<sdnEntry><uid>2</uid><lastName>SOME</lastName><sdnType>Individual</sdnType></sdnEntry></sdnList>"""

PAN = "PAN"
ODD = ("NEW STAR", "OLD; STAR")
OTHERS = ("NEW STAR", "OLD STAR")


def written(folder: Path, text: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def told(folder: Path, text: str | bytes) -> list[str]:
    """What is said of a list that cannot be read."""
    with pytest.raises(ProblemsError) as caught:
        read_listed(written(folder, text))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "vessel", "left_out"),
    [
        (SDN, Vessel("12345", "ALPHA TEST", 9074729, PAN, 538999001, OTHERS), "1 individual, 1 of no kind"),
        (SDN + "\x1a\n", Vessel("12345", "ALPHA TEST", 9074729, PAN, 538999001, OTHERS), "1 individual"),
        (MARITIME, Vessel("NK-x", "ALPHA TEST", 9074729, PAN, 538999001, OTHERS), "1 organization"),
        (SIMPLE, Vessel("NK-x", "ALPHA TEST", 9074729, None, 538999001, ODD), "1 company, 1 person"),
        (EU_CSV, Vessel("EU.7.7", "ALPHA TEST", 9074729, None, None, ("NEW STAR",)), "1 person"),
        (EU_XML, Vessel("EU.7.7", "ALPHA TEST", 9074729, None, None, ("NEW STAR",)), "1 person"),
        (UK_CSV, Vessel("RUS2001", "ALPHA TEST", 9074729, PAN, None, ("NEW STAR",)), "1 entity"),
        (UK_XML, Vessel("RUS2001", "ALPHA TEST", 9074729, PAN, None, ("NEW STAR",)), "1 entity"),
        (UN_XML, Vessel("77", "ALPHA TEST", 9074729, None, None, ("NEW STAR",)), "1 individual"),
        (SDN_XML, Vessel("12345", "ALPHA TEST", 9074729, PAN, 538999001, ("NEW STAR",)), "1 individual"),
    ],
    ids=["sdn", "sdn-end", "maritime", "simple", "eu-csv", "eu-xml", "uk-csv", "uk-xml", "un-xml", "sdn-xml"],
)
def test_lists_are_read_as_published_and_what_is_no_ship_is_counted(
    tmp_path: Path, text: str, vessel: Vessel, left_out: str
) -> None:
    read = read_listed(written(tmp_path, text))
    assert read.vessels[0] == vessel
    assert [note.slug for note in read.notes] == ["listed-left-out"]
    assert left_out in str(read.notes[0])


def test_a_ship_without_a_number_is_looked_for_by_name(tmp_path: Path) -> None:
    assert read_listed(written(tmp_path, SDN)).vessels[1:] == (Vessel("12348", "BRAVO TEST"),)


def test_a_table_of_ones_own_is_read_whatever_its_columns_are_called(tmp_path: Path) -> None:
    text = "Ship Name;IMO No.;MMSI_Number;Former Names;Flag State;Vessel_ID\nalfa;IMO 9074729;;Beta, Gamma;Germany;x\n"
    read = read_listed(written(tmp_path, text))
    assert read.vessels == (Vessel("alfa (line 2)", "ALFA", 9074729, "DEU", None, ("BETA", "GAMMA")),)
    assert "1 column with other content: 'vessel id'" in str(read.notes[0])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_and_encodings_are_told(tmp_path: Path, separator: str, encoding: str) -> None:
    text = separator.join(("name", "imo")) + "\r\n" + separator.join(("Åland", "9074729")) + "\r\n"
    vessel = Vessel("Åland (line 2)", "ÅLAND", 9074729)
    assert read_listed(written(tmp_path, text.encode(encoding))).vessels == (vessel,)


def test_lines_before_the_names_of_columns_are_passed_over_and_lines_are_told_as_in_the_file(tmp_path: Path) -> None:
    text = "Ships of a list\n\nname,imo\nALFA,\nBETA,9074729\n"
    assert [vessel.id for vessel in read_listed(written(tmp_path, text)).vessels] == ["ALFA (line 4)", "BETA (line 5)"]


def test_packed_lists_are_read(tmp_path: Path) -> None:
    packed = written(tmp_path, gzip.compress(MARITIME.encode()), "maritime.csv.gz")
    with zipfile.ZipFile(tmp_path / "sdn.zip", "w") as archive:
        archive.writestr("SDN.CSV", SDN)
    assert read_listed(packed).vessels[0].id == "NK-x"
    assert read_listed(tmp_path / "sdn.zip").vessels[0].id == "12345"


def test_a_list_of_numbers_alone_is_one(tmp_path: Path) -> None:
    assert read_listed(written(tmp_path, "mmsi\n538999001\n")).vessels == (
        Vessel("538999001 (line 2)", "", None, None, 538999001),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("country,day\nA,B\n", "a table without a column of names"),
        ("", "a table without a column of names"),
        ("PAR1\0\0", "a file that is no text"),
        ("name,imo\nA,9074729,x\n", "too many cells on line 2"),
        ('name,imo\n"A,9074729\n', "a file that is no CSV"),
        ("name,imo\n", "got no ship"),
        ("name,imo\nN/A,0000000\n", "got no ship"),
        ("<html><body>Not found</body></html>", "XML without an entry of a list"),
        ("<export><sanctionEntity>", "XML that cannot be read on line 1"),
        (EU_XML.replace("<export", '<!DOCTYPE export [<!ENTITY a "b">]>\n<export'), "declares a type or entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "declares a type or entities"),
        ("<export><sanctionEntity>" + "<a>" * 60, "an entry that is larger than any"),
        ("<export><sanctionEntity>" + "a" * 2_100_000, "an entry that is larger than any"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(tmp_path: Path, text: str, message: str) -> None:
    said = told(tmp_path, text)
    assert message in said[-1]
    assert said[-1].endswith("[listed-unreadable]")


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"no such file.*\[listed-unreadable\]"):
        read_listed(tmp_path / "none.csv")


def judged(**cells: tuple[str, ...]) -> tuple[list[Vessel], list[str]]:
    """One ship of a list, and what is said of her."""
    found = Judged("list.csv", [ListEntry(2, "l1", **{"names": ("ALFA",), **cells})])
    return list(found.vessels), [str(note) for note in found.notes]


@pytest.mark.parametrize(
    "cell", ["9074729", "IMO9074729", "IMO 9074729", "imo: 9074729", "IMO No. 9074729", "9074729.0", " 9074729 "]
)
def test_an_imo_number_may_be_written_in_several_ways(cell: str) -> None:
    assert judged(imos=(cell,)) == ([Vessel("l1", "ALFA", 9074729)], [])


@pytest.mark.parametrize("cell", ["", "N/A", "Unknown", "-", "0", "0.0", "None"])
def test_a_filler_is_no_number_and_nothing_is_said(cell: str) -> None:
    assert judged(imos=(cell,), mmsis=(cell,)) == ([Vessel("l1", "ALFA")], [])


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("0000000", "It stands for none; it was not used."),
        ("9999999", "It stands for none; it was not used."),
        ("IMO 0000000", "It stands for none; it was not used."),
        ("907472", "It was not used."),
        ("90747290", "It was not used."),
        ("about 9074729", "It was not used."),
    ],
)
def test_a_number_that_is_none_is_told_and_not_used(cell: str, reason: str) -> None:
    vessels, notes = judged(imos=(cell,))
    assert vessels == [Vessel("l1", "ALFA")]
    assert len(notes) == 1
    assert f"list.csv:2: got IMO number '{cell}'" in notes[0]
    assert reason in notes[0]


def test_a_number_whose_last_digit_does_not_fit_is_told_and_used() -> None:
    vessels, notes = judged(imos=("9074728",))
    assert vessels == [Vessel("l1", "ALFA", 9074728)]
    assert "'9074728', whose last digit does not fit" in notes[0]


def test_a_ship_of_several_numbers_is_looked_for_by_each_once() -> None:
    vessels, notes = judged(imos=("9074729;9162485",), mmsis=("538999001", "538999001|477799003|538999009"))
    assert [(vessel.imo, vessel.mmsi) for vessel in vessels] == [
        (9074729, 538999001),
        (9162485, 477799003),
        (None, 538999009),
    ]
    assert notes == []


@pytest.mark.parametrize(
    ("flag", "state"),
    [
        ("pa", "PAN"),
        ("PA", "PAN"),
        ("PAN", "PAN"),
        ("Panama", "PAN"),
        ("panama ", "PAN"),
        ("Cote d'Ivoire", "CIV"),
        ("N/A", None),
        ("None Identified", None),
        ("", None),
        ("pa;pa", "PAN"),
    ],
)
def test_a_flag_may_be_a_name_or_a_code(flag: str, state: str | None) -> None:
    assert judged(flags=(flag,)) == ([Vessel("l1", "ALFA", None, state)], [])


def test_a_flag_that_is_no_states_and_several_flags_are_told_and_not_compared() -> None:
    vessels, notes = judged(flags=("Nowhereland",))
    assert (vessels[0].flag, "flag 'Nowhereland', which is no state" in notes[0]) == (None, True)
    vessels, notes = judged(flags=("pa;mh",))
    assert (vessels[0].flag, "several flags, PAN, MHL" in notes[0]) == (None, True)


def test_one_doubt_of_many_lines_is_told_once_with_their_number_and_many_are_counted() -> None:
    entries = [ListEntry(n, "", ("A",), flags=("Nowhereland",)) for n in range(2, 5)]
    (note,) = Judged("list.csv", entries).notes
    assert "list.csv:2: got flag 'Nowhereland', which is no state, on 3 lines" in str(note)
    many = Judged("list.csv", [ListEntry(n, "", ("A",), flags=(f"Land {n}",)) for n in range(30)]).notes
    assert len(many) == 21
    assert "10 more values of this kind" in str(many[-1])


def test_fillers_are_no_names_and_a_line_with_nothing_else_is_told() -> None:
    vessels, notes = judged(names=("N/A", "@@@@"), imos=())
    assert (vessels, "neither a name nor a number" in notes[0]) == ([], True)
    assert judged(names=("UNKNOWN", "Beta", "beta"))[0] == [Vessel("l1", "BETA")]


def test_codes_of_states_are_flags_and_digits_fit_or_do_not() -> None:
    assert (flag_of("gb"), flag_of("Nowhereland"), flag_of("ZZ")) == ("GBR", None, None)
    assert [imo_fits(f"907472{digit}") for digit in range(10)].index(True) == 9
    assert texts_in("A, B", commas=False) == ("A, B",)
