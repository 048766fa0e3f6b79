"""`tumen whatif`, as a user types it: what it says, in which form, and what it refuses."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import CaseFolder
from tests.system.systems import SYSTEM_TOML, case_files
from tumen.cli import main
from tumen.errors import hidden_in
from tumen.system.whatif_words import HEADINGS, SIMULATED_SYSTEM


@pytest.fixture
def case(case_folder: CaseFolder) -> Path:
    return case_folder(case_files())


def whatif(case: Path, *given: str) -> Result:
    return CliRunner().invoke(main, ["whatif", str(case), *given])


def refused(case: Path, *given: str) -> str:
    done = whatif(case, *given)
    assert done.exit_code == 2, done.output
    return done.output


def test_it_says_what_follows_and_what_carries_it(case: Path) -> None:
    done = whatif(case, "--set", "AAA.help=none", "--set", "need=1")
    assert done.exit_code == 0, done.output
    first, *rest = done.output.splitlines()
    assert re.fullmatch(
        r"If Alphaland’s help were ‘none’ and need \(how much it needs help\) stood at 1 from 2024H1 on, Betaland’s "
        r"lean would be ‘away’ in 2025H2 with probability 0\.\d\d \(0\.\d\d to \d\.\d\d\) in place of 0\.\d\d; it "
        r"rests most on BBB\.gain: what it gets\.",
        first,
    )
    assert re.split("  +", rest[1]) == list(HEADINGS)
    assert "This is what the declared system does, not what will happen" in rest[-1]
    assert re.search(r"Alphaland’s help +none +2024H1 .* set$", done.output, re.MULTILINE)


def test_where_nothing_would_change_it_says_so(case: Path) -> None:
    text = SYSTEM_TOML.replace('when = { "BBB.lean" = "near", "AAA.help" = "much" }', 'when = { "BBB.lean" = "near" }')
    (case / "system.toml").write_text(text)
    said = whatif(case, "--set", "AAA.help=none").output
    assert said.startswith(
        "If Alphaland’s help were ‘none’ from 2024H1 on, no other move would change by 0.05 or more by 2025H2.\n"
    )


def test_the_object_says_the_same(case: Path) -> None:
    given = ("--set", "AAA.help=none", "--from", "2024H2", "--until", "2025H1")
    found = json.loads(whatif(case, *given, "--format", "json").output)
    assert found["set"] == {"moves": {"AAA.help": "none"}, "drivers": {}, "since": "2024H2"}
    assert found["periods"] == ["2024H1", "2024H2", "2025H1"]
    assert found["sentences"] == whatif(case, *given).output.split("\n\n")[0].splitlines()
    assert {(p["move"], p["forced"]) for p in found["prospects"] if p["period"] == "2024H1"} == {
        ("AAA.help", False),
        ("BBB.lean", False),
    }
    for period in found["periods"]:
        chances = [p["if_so"]["mean"] for p in found["prospects"] if (p["move"], p["period"]) == ("BBB.lean", period)]
        assert sum(chances) == pytest.approx(1.0)


def test_before_it_is_set_nothing_differs(case: Path) -> None:
    found = json.loads(whatif(case, "--set", "AAA.help=none", "--from", "2024H2", "--format", "json").output)
    first = [p for p in found["prospects"] if p["period"] == "2024H1"]
    assert all(p["if_so"] == p["as_things_go"] for p in first)


class _Tags(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


HOSTILE = '</p><script>alert(1)</script>\\u001b[2J\\u009b\\u202e\\n=1+1"'


@pytest.fixture
def hostile(case: Path) -> Path:
    """The case with words that would act on a reader's screen."""
    (case / "system.toml").write_text(
        SYSTEM_TOML.replace('"what it gets"', f'"{HOSTILE[:-1]}"').replace(
            '"how much it needs help"', f'"{HOSTILE[:-1]}"'
        )
    )
    header = (case / "case.toml").read_text()
    header = header.replace('"Betaland"', f'"{HOSTILE[:-1]}"').replace('"A small case"', f'"{HOSTILE[:-1]}"')
    (case / "case.toml").write_text(header)
    return case


def test_what_a_case_says_does_not_act_on_a_terminal(hostile: Path) -> None:
    said = whatif(hostile, "--set", "AAA.help=none", "--set", "need=1").output
    assert "\\x1b[2J" in said
    assert {c for c in hidden_in(said) if c != "\n"} == set()
    assert "\n=1+1" not in said


def test_what_a_case_says_is_inert_in_a_page(hostile: Path) -> None:
    page = whatif(hostile, "--set", "AAA.help=none", "--set", "need=1", "--format", "html").output
    found = _Tags(page)
    known = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "p",
        "strong",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert found.tags <= known
    assert "<script>alert(1)</script>" in found.said
    assert "default-src 'none'" in page
    assert {c for c in hidden_in(page) if c != "\n"} == set()


def test_the_object_holds_what_the_case_says(hostile: Path) -> None:
    text = whatif(hostile, "--set", "AAA.help=none", "--set", "need=1", "--format", "json").output
    assert {c for c in hidden_in(text) if c != "\n"} == set()
    assert any("\x1b[2J\x9b\u202e" in one for one in json.loads(text)["sentences"])


def test_what_nobody_observed_is_marked_in_every_form(case: Path) -> None:
    header = (case / "case.toml").read_text()
    (case / "case.toml").write_text("simulated = true\n" + header)
    said = [whatif(case, "--set", "need=1", "--format", form).output for form in ("table", "html", "json")]
    assert said[0].startswith(SIMULATED_SYSTEM)
    assert SIMULATED_SYSTEM in said[1]
    assert json.loads(said[2])["simulated"] is True


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--set", "AAA.hepl=none"), "got 'AAA.hepl=none'; expected a move or a driver of the system. Did you mean"),
        (("--set", "AAA.help=nune"), "got 'AAA.help=nune'; expected a level of AAA.help. Did you mean 'none'?"),
        (("--set", "need=1.5"), "got 'need=1.5'; expected a number from 0 to 1."),
        (("--set", "need=nan"), "got 'need=nan'; expected a number from 0 to 1."),
        (("--set", "need=much"), "got 'need=much'; expected a number from 0 to 1."),
        (("--set", "AAA.help"), "got 'AAA.help'; expected NAME=VALUE."),
        (
            ("--set", "AAA.help=none", "--set", "AAA.help=much"),
            "got 'AAA.help=much' beside 'AAA.help=none'; expected one value of AAA.help. Ask for one, then the other.",
        ),
        (("--set", "need=0", "--set", "need=1"), "got 'need=1' beside 'need=0.0'; expected one value of need."),
        (("--set", "need=1", "--until", "2024"), "got '2024'; expected a period from 2024H1 to 2033H2."),
        (("--set", "need=1", "--until", "2023H2"), "got '2023H2'; expected a period from 2024H1 to 2033H2."),
        (("--set", "need=1", "--from", "2027H1"), "got '2027H1'; expected a period from 2024H1 to 2025H2."),
        (
            ("--set", "need=1", "--from", "2025H1", "--until", "2024H2"),
            "got '2025H1'; expected a period from 2024H1 to 2024H2.",
        ),
        (("--set", "AAA.\x1b[2Jhelp=none"), "got 'AAA.\\x1b[2Jhelp=none'; expected a move or a driver"),
        ((), "Missing option '--set'"),
    ],
)
def test_what_cannot_be_set_is_refused_with_what_could_be(case: Path, given: tuple[str, ...], told: str) -> None:
    assert told in refused(case, *given)


def test_what_is_mistyped_is_told_before_anything_is_fitted(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tumen.system.running.fit", None)
    assert "Did you mean 'AAA.help'" in refused(case, "--set", "AAA.hlep=none")


def test_a_case_without_a_system_says_so(case_folder: CaseFolder) -> None:
    case = case_folder()
    assert refused(case, "--set", "a=b") == (
        f"error: {case}: got a case without system.toml; expected a system that can be run. Declare what its "
        "actors can do. [no-system]\n"
    )


def test_a_record_without_codings_says_what_it_lacks(case: Path) -> None:
    (case / "record" / "moves.csv").unlink()
    assert refused(case, "--set", "need=1") == (
        f"error: {case}: got a record without a coding of AAA.help and a coding of BBB.lean; expected a system that "
        "can be run. `tumen import moves` and `tumen import drivers` read sheets. [no-system]\n"
    )


def test_errors_of_a_case_are_listed(case: Path) -> None:
    (case / "system.toml").write_text(SYSTEM_TOML.replace('aim = "AAA.calm"', 'aim = "AAA.clam"'))
    assert "[unknown-aim]" in refused(case, "--set", "need=1")


def test_only_what_was_known_by_a_day_counts(case: Path) -> None:
    said = refused(case, "--set", "need=1", "--as-of", "2022-12-31")
    assert "[no-system]" in said
