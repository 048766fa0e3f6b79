"""Every problem of a case's TOML files is told with its place, and all of them in one pass."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import CASE, CLAIMS, CaseFolder
from tumen.prepare import load_case


def said(folder: Path) -> list[str]:
    _, problems = load_case(folder)
    return [str(p) for p in problems]


def test_small_case_loads_without_a_problem(case_folder: CaseFolder) -> None:
    case, problems = load_case(case_folder())
    assert problems == []
    assert case is not None
    assert case.header.as_of == dt.date(2024, 12, 31)
    assert [a.id for a in case.header.actor] == ["AAA", "BBB"]
    assert [c.id for c in case.claims] == ["share-2023"]
    assert case.claims[0].holds.above == 0.5
    assert case.specifications["printed"].options == {"publisher": "yearbook"}


def test_missing_folder_is_named_with_the_way_to_make_one(tmp_path: Path) -> None:
    case, problems = load_case(tmp_path / "nowhere")
    assert case is None
    assert [str(p) for p in problems] == [
        f"{tmp_path}/nowhere: got no such folder; expected a case's folder. Give the path of a folder with case.toml "
        "and claims.toml; `tumen new DIR` makes one. [case-missing]"
    ]


@pytest.mark.parametrize("name", ["case.toml", "claims.toml"])
def test_missing_file_is_named(case_folder: CaseFolder, name: str) -> None:
    assert said(case_folder({name: None})) == [
        f"{name}: got no such file; expected a readable file. Write {name}; `tumen new DIR` shows one. [file-missing]"
    ]


def test_folder_in_place_of_a_file_is_named(case_folder: CaseFolder) -> None:
    folder = case_folder({"case.toml": None, "case.toml/inside.txt": ""})
    assert said(folder) == [
        "case.toml: got something that is not a file to read; expected a readable file. Write case.toml; "
        "`tumen new DIR` shows one. [file-missing]"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'title = "A small case"',
            "title = A small case",
            "case.toml:1: got TOML that cannot be read (Invalid value); expected valid TOML. "
            "Correct that line; text needs quotes, dates do not. [toml-unreadable]",
        ),
        (
            "as_of = 2024-12-31",
            "as_of = 2024-02-30",
            "case.toml:2: got TOML that cannot be read (Invalid date or datetime); expected valid TOML. "
            "Correct that line; text needs quotes, dates do not. [toml-unreadable]",
        ),
        (
            "seed = 1\n",
            "seed = 1\nseed = 2\n",
            "case.toml:5: got TOML that cannot be read (Cannot overwrite a value); expected valid TOML. "
            "Correct that line; text needs quotes, dates do not. [toml-unreadable]",
        ),
        (
            "seed = 1\n",
            f"seed = {'1' * 5000}\n",
            "case.toml: got TOML that cannot be read (a number of thousands of digits); expected valid TOML. "
            "Correct that line; text needs quotes, dates do not. [toml-unreadable]",
        ),
        (
            "seed = 1\n",
            f"seed = {'[' * 2000}{']' * 2000}\n",
            "case.toml: got tables nested too deeply; expected valid TOML. A case needs no more than three levels. "
            "[toml-unreadable]",
        ),
        (
            "seed = 1\n",
            f"{'seed.' * 101}seed = 1\n",
            "case.toml:4: got a line with more than 100 dots; expected keys of a few parts. "
            "Break the line, or shorten its key. [toml-unreadable]",
        ),
    ],
    ids=["unquoted", "impossible-date", "repeated-key", "huge-number", "nested", "dotted"],
)
def test_unreadable_toml_is_told_at_its_line(case_folder: CaseFolder, old: str, new: str, message: str) -> None:
    assert said(case_folder(edits={"case.toml": (old, new)})) == [message]


def test_key_that_nobody_knows_is_told_with_the_nearest(case_folder: CaseFolder) -> None:
    assert said(case_folder(edits={"case.toml": ("draws = 1000", "drawz = 1000")})) == [
        "case.toml:5: got key 'drawz'; expected a known key. Did you mean 'draws'? [unknown-key]"
    ]


def test_key_that_nobody_knows_is_told_inside_a_table(case_folder: CaseFolder) -> None:
    edit = ('publisher = "A Publisher"\n', 'publisher = "A Publisher"\nurll = "x"\n')
    assert said(case_folder(edits={"case.toml": edit})) == [
        "case.toml:11: got key 'citation.urll'; expected a known key. Did you mean 'url'? [unknown-key]"
    ]


def test_key_that_nobody_knows_is_told_inside_an_array_of_tables(case_folder: CaseFolder) -> None:
    edit = ('name = "Betaland"', 'name = "Betaland"\nnamee = "x"')
    assert said(case_folder(edits={"case.toml": edit})) == [
        "case.toml:20: got key 'actor.1.namee'; expected a known key. Did you mean 'name'? [unknown-key]"
    ]


def test_key_far_from_every_known_one_is_told_with_the_list(case_folder: CaseFolder) -> None:
    assert said(case_folder(edits={"claims.toml": ('label = "the', 'xyz = 1\nlabel = "the')})) == [
        "claims.toml:3: got key 'xyz'; expected a known key. Known: id, label, needs, options, weight. [unknown-key]"
    ]


def test_table_that_nobody_knows_in_claims_is_told(case_folder: CaseFolder) -> None:
    assert said(case_folder({"claims.toml": CLAIMS + "\n[[clam]]\nid = 'x'\n"})) == [
        "claims.toml:18: got key 'clam'; expected a known key. Did you mean 'claim'? [unknown-key]"
    ]


def test_missing_key_is_told_at_the_part_that_lacks_it(case_folder: CaseFolder) -> None:
    assert said(case_folder(edits={"case.toml": ('title = "An Assessment"\n', "")})) == [
        "case.toml:7: got no 'citation.title'; expected a value for 'citation.title'. Add it. [key-missing]"
    ]


def test_missing_key_of_a_claim_is_told_at_the_claim(case_folder: CaseFolder) -> None:
    edited = case_folder(edits={"claims.toml": ('cites = "page 1"\n', "")})
    assert said(edited)[0] == "claims.toml:6: got no 'cites'; expected a value for 'cites'. Add it. [key-missing]"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "seed = 1\n",
            "seed = -1\n",
            "case.toml:4: got seed = -1; expected input should be greater than or equal to 0. Correct the value. "
            "[bad-value]",
        ),
        (
            "seed = 1\n",
            f"seed = 0x{'f' * 4000}\n",
            "case.toml:4: got seed = a value too large to show; expected input should be less than "
            "9223372036854775808. Correct the value. [bad-value]",
        ),
        (
            "draws = 1000",
            "draws = 10",
            "case.toml:5: got draws = 10; expected input should be greater than or equal to 100. Correct the value. "
            "[bad-value]",
        ),
        (
            'focal = "AAA"',
            'focal = "Aa"',
            "case.toml:3: got focal = 'Aa'; expected three capital letters (ISO 3166 alpha-3). Correct the value. "
            "[bad-value]",
        ),
        (
            "as_of = 2024-12-31",
            'as_of = "soon"',
            "case.toml:2: got as_of = 'soon'; expected a date such as 2024-12-31, without quotes. "
            "Correct the value. [bad-value]",
        ),
        (
            "[citation]\n",
            "[grades]\nreliability = { G = 0.1 }\n[citation]\n",
            "case.toml:7: got grades = { reliability = { G = 0.1 } }; expected reliability grades A to F, not G. "
            "Correct the value. [bad-value]",
        ),
        (
            'title = "A small case"',
            f'title = "{"long " * 500}"',
            "case.toml:1: got title = 'long long long long long long long long long long long l…; "
            "expected string should have at most 2000 characters. Correct the value. [bad-value]",
        ),
        (
            "seed = 1\n",
            'seed = 1\nlicence = ""\n',
            "case.toml:5: got licence = ''; expected some text. Correct the value. [bad-value]",
        ),
        (
            "[citation]\n",
            "[names]\ngacc = 1\n[citation]\n",
            "case.toml:8: got names.gacc = 1; expected text in quotes. Correct the value. [bad-value]",
        ),
    ],
    ids=["negative-seed", "huge-seed", "few-draws", "actor-code", "date", "grades", "long-text", "licence", "names"],
)
def test_bad_value_is_told_at_its_line(case_folder: CaseFolder, old: str, new: str, message: str) -> None:
    assert said(case_folder(edits={"case.toml": (old, new)})) == [message]


@pytest.mark.parametrize(
    ("holds", "message"),
    [
        (
            "{ above = 0.5, below = 0.9 }",
            "got holds = { above = 0.5, below = 0.9 }; "
            "expected exactly one of above, below, within, outside, not 2. Correct the value. [bad-value]",
        ),
        (
            "{}",
            "got holds = {}; "
            "expected exactly one of above, below, within, outside, not 0. Correct the value. [bad-value]",
        ),
        ("{ above = inf }", "got holds = { above = inf }; expected finite bounds. Correct the value. [bad-value]"),
        (
            "{ within = [0.0, nan] }",
            "got holds = { within = [0.0, nan] }; expected finite bounds. Correct the value. [bad-value]",
        ),
        (
            "{ within = [0.9, 0.1] }",
            "got holds = { within = [0.9, 0.1] }; expected the low bound below the high one. Correct the value. "
            "[bad-value]",
        ),
        (
            "{ outside = [0.5, 0.5] }",
            "got holds = { outside = [0.5, 0.5] }; expected the low bound below the high one. Correct the value. "
            "[bad-value]",
        ),
        (
            '{ above = "half" }',
            "got holds.above = 'half'; expected a number, without quotes. Correct the value. [bad-value]",
        ),
        (
            "{ abov = 0.5 }",
            "got key 'holds.abov'; expected a known key. Did you mean 'above'? [unknown-key]",
        ),
    ],
)
def test_region_that_makes_no_sense_is_told_at_its_line(case_folder: CaseFolder, holds: str, message: str) -> None:
    folder = case_folder(edits={"claims.toml": ("{ above = 0.5 }", holds)})
    assert said(folder)[0] == f"claims.toml:13: {message}"


def test_claim_id_that_is_no_slug_is_told(case_folder: CaseFolder) -> None:
    assert said(case_folder(edits={"claims.toml": ('"share-2023"', '"Share 2023"')}))[0] == (
        "claims.toml:7: got id = 'Share 2023'; expected lower-case letters, digits, . _ -. Correct the value. "
        "[bad-value]"
    )


def test_lever_that_runs_backwards_is_told_at_the_lever(case_folder: CaseFolder) -> None:
    lever = '[[claim.lever]]\nname = "imputed"\nlow = 1.0\nhigh = 0.5\n'
    assert said(case_folder({"claims.toml": CLAIMS + lever}))[0] == (
        "claims.toml:17: got lever.0 = { name = 'imputed', low = 1.0, high = 0.5 }; expected low below high. "
        "Correct the value. [bad-value]"
    )


def test_a_weight_of_a_way_to_count_is_told_to_say_nothing(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"claims.toml": ('label = "the', 'weight = 2\nlabel = "the')})
    assert said(folder) == [
        "claims.toml:3: got a weight of specification 'printed'; expected none: ways to count stand apart, and nothing "
        "is averaged over them. Remove it. [weight-unused]"
    ]


DECISION = """
[[decision]]
id = "officials"
label = "whether officials' totals are added"
option = [{ id = "alone", label = "the table alone" }, { id = "added", label = "added", options = { add = ["x"] } }]
"""


def decided(case_folder: CaseFolder, named: str, more: str = "") -> list[str]:
    """What is said of a case whose claim names decisions."""
    place = CLAIMS.index("[[claim]]")
    text = (
        CLAIMS[:place]
        + DECISION
        + more
        + CLAIMS[place:].replace("specifications = [", f"decisions = {named}\nspecifications = [")
    )
    return said(case_folder({"claims.toml": text}))


def test_decisions_that_a_claim_names_are_known_and_those_that_none_names_are_told(case_folder: CaseFolder) -> None:
    assert decided(case_folder, '["officials"]') == []
    (unused,) = decided(case_folder, "[]")
    assert "got decision 'officials', which no claim uses" in unused
    assert "[unused-decision]" in unused


def test_a_decision_that_nobody_declares_is_told_at_its_line(case_folder: CaseFolder) -> None:
    told = decided(case_folder, '["officials", "official"]')
    assert "names decision 'official'; expected a declared [[decision]]. Did you mean 'officials'" in told[0]
    assert "[unknown-decision]" in told[0]


def test_a_decision_needs_two_options_with_ids_of_their_own(case_folder: CaseFolder) -> None:
    one = DECISION.replace("officials", "one").replace(
        ', { id = "added", label = "added", options = { add = ["x"] } }', ""
    )
    same = DECISION.replace("officials", "same").replace('id = "added"', 'id = "alone"')
    told = decided(case_folder, '["officials", "one", "same"]', one + same)
    assert any("at least 2 items" in line for line in told)
    assert any("options with ids of their own" in line for line in told)


def test_repeated_claim_is_told_at_the_second(case_folder: CaseFolder) -> None:
    second = CLAIMS[CLAIMS.index("[[claim]]") :]
    assert said(case_folder({"claims.toml": CLAIMS + second})) == [
        "claims.toml:18: got a second claim 'share-2023'; expected each id once. Give one of them another id. "
        "[id-repeated]"
    ]


def test_repeated_specification_is_told_at_the_second(case_folder: CaseFolder) -> None:
    second = '[[specification]]\nid = "printed"\nlabel = "again"\n'
    assert said(case_folder({"claims.toml": CLAIMS + second})) == [
        "claims.toml:18: got a second specification 'printed'; expected each id once. Give one of them another id. "
        "[id-repeated]"
    ]


def test_specification_that_is_not_declared_is_told_with_the_nearest(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"claims.toml": ('specifications = ["printed"]', 'specifications = ["printd"]')})
    assert said(folder) == [
        "claims.toml:15: got claim 'share-2023' names specification 'printd'; expected a declared [[specification]]. "
        "Did you mean 'printed'? [unknown-specification]",
        "claims.toml: got specification 'printed', which no claim uses; expected specifications in use. "
        "Name it in a claim, or remove it. [unused-specification]",
    ]


def test_unused_specification_is_only_a_warning(case_folder: CaseFolder) -> None:
    _, problems = load_case(case_folder(edits={"claims.toml": ('specifications = ["printed"]', "specifications = []")}))
    assert [(p.slug, p.severity) for p in problems] == [("unused-specification", "warning")]


def test_focal_state_that_is_no_actor_is_told(case_folder: CaseFolder) -> None:
    assert said(case_folder(edits={"case.toml": ('focal = "AAA"', 'focal = "CCC"')})) == [
        "case.toml:3: got focal state 'CCC'; expected an actor of the case. Known: AAA, BBB. [unknown-actor]"
    ]


def test_case_that_ends_before_its_assessment_is_told(case_folder: CaseFolder) -> None:
    assert said(case_folder(edits={"case.toml": ("as_of = 2024-12-31", "as_of = 2023-12-31")})) == [
        "case.toml:2: got as_of 2023-12-31, before the assessment's date 2024-01-15; expected as_of not before it. "
        "Correct one of the dates. [dates-backwards]"
    ]


def test_case_without_a_claim_is_told(case_folder: CaseFolder) -> None:
    assert said(case_folder({"claims.toml": ""})) == [
        "claims.toml: got no claim; expected at least one [[claim]]. Declare one; `tumen new DIR` shows how. "
        "[no-claims]"
    ]


def test_claim_that_is_no_array_is_told(case_folder: CaseFolder) -> None:
    folder = case_folder({"claims.toml": '[claim]\nid = "x"\n'})
    assert said(folder) == [
        "claims.toml:1: got claim = { id = 'x' }; expected a list in square brackets. Correct the value. [bad-value]"
    ]


def test_problems_of_both_files_come_in_one_pass(case_folder: CaseFolder) -> None:
    folder = case_folder(
        {
            "case.toml": CASE.replace("seed = 1", "seed = -1").replace('name = "Betaland"', 'nam = "Betaland"'),
            "claims.toml": CLAIMS.replace("above = 0.5", "above = inf").replace('cites = "page 1"\n', ""),
        }
    )
    _, problems = load_case(folder)
    assert [(p.file, p.line, p.slug) for p in problems] == [
        ("case.toml", 4, "bad-value"),
        ("case.toml", 17, "key-missing"),
        ("case.toml", 19, "unknown-key"),
        ("claims.toml", 6, "key-missing"),
        ("claims.toml", 12, "bad-value"),
    ]


def test_unreadable_case_file_does_not_hide_problems_of_claims(case_folder: CaseFolder) -> None:
    folder = case_folder({"case.toml": "title =\n"}, {"claims.toml": ("above = 0.5", "above = inf")})
    assert [m.split(":")[0] for m in said(folder)] == ["case.toml", "claims.toml"]


def test_record_entry_may_be_one_path_or_several(case_folder: CaseFolder) -> None:
    both = '[record]\ntrade = "a.csv"\nvotes = ["b.csv", "c.parquet"]\n\n[citation]'
    case, problems = load_case(case_folder(edits={"case.toml": ("[citation]", both)}))
    assert problems == []
    assert case is not None
    assert case.header.record == {"trade": ("a.csv",), "votes": ("b.csv", "c.parquet")}


@pytest.mark.parametrize(
    "edit",
    [
        ('focal = "AAA"', '"fo\\u001b[2Jcal" = "AAA"'),
        ('focal = "AAA"', 'focal = "\\u001b]0;title\\u0007"'),
        ('focal = "AAA"', '"\\u202Efocal" = "AAA"'),
        ('focal = "AAA"', "focal = \x1b[31m"),
    ],
    ids=["escape-in-key", "escape-in-value", "right-to-left", "escape-in-broken-toml"],
)
def test_control_characters_never_reach_a_message_raw(case_folder: CaseFolder, edit: tuple[str, str]) -> None:
    messages = said(case_folder(edits={"case.toml": edit}))
    assert messages
    assert all(m.isprintable() for m in messages)


def test_line_of_a_claims_part_is_known_after_loading(case_folder: CaseFolder) -> None:
    case, _ = load_case(case_folder())
    assert case is not None
    claim = case.claims[0]
    assert claim.file == "claims.toml"
    assert claim.line("holds") == 13
    assert claim.line("arguments", "focal") == 14, "a key of an inline table stands on its holder's line"
    assert claim.line("no-such-key") == 6, "what has no line of its own stands at the claim's"
