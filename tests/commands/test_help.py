"""Help texts are plain: each begins with a verb or a noun, is short, and says what it does in a reader's order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tests.commands.command_tree import EVERY_COMMAND
from tumen.cli import main

#: Verbs, then nouns (a unit, or a thing that the user gives), that a text may begin with.
FIRST = re.compile(
    r"(Add|Ask|Assume|Begin|Check|Compare|Continue|Count|End|Find|Fit|Give|Ignore|Judge|Keep|Let|List|Load|Make|Name|Print"
    r"|Put|Read|Replace|Report|Show|Simulate|Trace|Treat|Use|Write"
    r"|CSV|Case|Day|Days|Engine|File|Files|Folder|Id|Megabytes|Number|Parquet|Ports|Random|Seconds|Vessels)\b"
)
MOST_WORDS = 24

#: Phrases that make a reader turn a sentence round to understand it.
TURNED = re.compile(
    r"\bno longer ends none\b|\btold of\b|\bis one\b|\bnot un\w+|\bnot (?:never|nobody|nothing|none)\b|"
    r"\bno\b[^.]*\b(?:none|nothing|nobody|never)\b|^Who\b|\bmeanwhile\b|\bfor want of\b",
    re.IGNORECASE,
)


def helps() -> Iterator[tuple[str, str]]:
    """Every command and option, with its help text."""
    for name, command in {"": main, **EVERY_COMMAND}.items():
        yield name, (command.help or "").split("\n\n")[0].replace("\n", " ")
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "version":
                yield f"{name} {option.opts[0]}", re.sub(r"  \[default: .*\]$", "", option.help or "")


def faults(text: str) -> list[str]:
    """What is wrong with a help text."""
    rules = {
        "begins with neither a known verb nor a known noun": not FIRST.match(text),
        "does not end in a full stop": not text.endswith("."),
        f"has a sentence of more than {MOST_WORDS} words": any(len(s.split()) > MOST_WORDS for s in text.split(". ")),
        "says it the wrong way round": bool(TURNED.search(text)),
    }
    return [fault for fault, is_so in rules.items() if is_so]


def test_every_help_text_begins_with_a_verb_or_a_noun_and_reads_aloud() -> None:
    told = dict(helps())
    assert len(told) > 100
    assert {name: found for name, text in told.items() if (found := faults(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "The shortest silence that is told of.",
        "Being out of the distance for no longer ends none.",
        "Who must have been faster meanwhile is another ship.",
        "So does one in which a ship must have been faster.",
        "Of every draw.",
        "For at least this long.",
        "At a median speed below this.",
        "A longer silence ends it.",
        "duckdb, spark://local[2] or spark://host:port.",
        "Report silences of at least this many hours",
        "Report silences that nobody was told of.",
        "Report " + "very " * 30 + "long silences.",
    ],
)
def test_a_help_text_that_a_reader_stumbles_over_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("command", ["encounters", "gaps", "feasible-calls", "loitering", "port-calls", "identity"])
def test_every_lever_of_a_detector_says_its_unit(command: str) -> None:
    units = {"m": "metres", "km": "kilometres", "h": "hours", "kn": "knots", "nm": "nautical miles", "min": "minutes"}
    units |= {"days": "days", "hours": "hours", "messages": "messages", "before": "messages", "score": "score"}
    for option in EVERY_COMMAND[f"detect {command}"].params:
        if isinstance(option, click.Option) and isinstance(option.type, click.FloatRange):
            unit = units[option.opts[0].split("-")[-1]]
            assert unit in (option.help or ""), f"{option.opts[0]}: {option.help}"
