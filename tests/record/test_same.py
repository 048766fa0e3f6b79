"""Rows that tell of the same thing: chains of any length end in one, and so does a circle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CaseFolder
from tests.measure.worlds import many
from tumen.record.same import circles, things
from tumen.run import evaluate

_NAMES = st.sampled_from("abcdefgh")


def test_a_chain_of_any_length_is_one_thing() -> None:
    chain = {str(n): str(n + 1) for n in range(10_000)}
    assert set(things(chain).values()) == {"10000"}


def test_what_runs_into_a_circle_is_of_it() -> None:
    assert things({"a": "b", "b": "c", "c": "b"}) == dict.fromkeys("abc", "b = c")
    assert list(circles({"a": "b", "b": "c", "c": "b"})) == [["b", "c"]]


@many
@given(st.dictionaries(_NAMES, _NAMES))
def test_two_rows_are_of_one_thing_where_one_names_the_other(named: dict[str, str]) -> None:
    found = things(named)
    assert set(found) == set(named)
    assert all(found[row] == found.get(other, other) for row, other in named.items())


THEFTS = (
    "id,date,date_precision,victim,value_usd,attributed_to,attribution,duplicate_of,publisher,quality,source,published\n"
    "a,2023-05-05,day,V,30,AAA,government,b,p,exact,book,2023-06\n"
    "b,2023-05-05,day,V,31,AAA,government,c,q,exact,book,{published}\n"
    "c,2023-05-05,day,V,32,AAA,government,{last},r,{quality},book,2023-06\n"
)
TRADE = (
    "id,territory,partner,start,end,commodity,exports_usd,imports_usd,total_usd,publisher,quality,source,published\n"
    "all,AAA,WLD,2023-01-01,2024-01-01,TOTAL,100,,,yearbook,exact,book,2024-01\n"
)
CLAIMS = """\
[[specification]]
id = "listed"
label = "listed"
options = { exports = "yearbook" }

[[claim]]
id = "steal"
sentence = "steal"
text = "They steal more than half of what they export."
cites = "page 1"
measure = "thefts.value"
holds = { above = 0.5 }
arguments = { actor = "AAA", period = [2023-01-01, 2024-01-01] }
specifications = ["listed"]
"""


def thefts(published: str = "2023-06", last: str = "", quality: str = "exact") -> dict[str, str]:
    """A case of one theft in three reports, the first of which names the second, and that the third."""
    rows = THEFTS.format(published=published, last=last, quality=quality)
    return {"record/thefts.csv": rows, "record/trade.csv": TRADE, "claims.toml": CLAIMS}


def test_a_theft_counts_once_though_the_row_between_two_reports_is_not_known_yet(case_folder: CaseFolder) -> None:
    for name, case in {"known": thefts(), "later": thefts("2026"), "unused": thefts(quality="suspect")}.items():
        (verdict,) = evaluate(case_folder(case, name=name)).verdicts
        assert [s.run.notes[0] for s in verdict.specifications] == ["2023: 1 theft; what no list names is left out"], (
            name
        )


def test_a_circle_of_rows_is_told_of_and_counts_once(case_folder: CaseFolder) -> None:
    found = evaluate(case_folder(thefts(last="a")))
    said = [str(w) for w in found.warnings if w.slug == "same-circle"]
    assert [w.partition(":")[2][0] for w in said] == ["2", "3", "4"]
    assert found.verdicts[0].specifications[0].run.notes == ("2023: 1 theft; what no list names is left out",)
