"""The reference pages name everything that there is: measures, keys, options, fields, thresholds, libraries."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest
from pydantic import BaseModel

from tests.commands.command_tree import EVERY_COMMAND
from tests.docs.console import DOCS
from tests.tables import TABLES
from tumen.case import claims_file, error_parts, model
from tumen.case.part import Part
from tumen.cli import main
from tumen.explanations import declared
from tumen.judge.likelihood_words import likelihood_words, outcome
from tumen.kinds import kinds
from tumen.measure.estimate import Lever, Measure
from tumen.measure.units import USD
from tumen.record.columns import QUALITIES
from tumen.run import BUNDLED, evaluate
from tumen.sanctions.case_truth import TRUTH
from tumen.system import theory as system


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next."""
    start = text.index(f"# {heading}\n") + len(heading) + 3
    following = re.search(r"^#+ ", text[start:], re.MULTILINE)
    return text[start : start + following.start()] if following else text[start:]


def named(text: str) -> set[str]:
    """Words in the first cells of a text's tables that are set as code."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| ")]
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


# ---------------------------------------------------------------- measures

MEASURES = [m for m in kinds().measures.values() if m.arguments.__module__.startswith("tumen.")]


def span(lever: Lever) -> str:
    """A lever's range as the pages print it."""
    digits = ",.0f" if lever.unit is USD else "g"
    return f"{lever.low:{digits}} to {lever.high:{digits}}"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_a_measure_has_a_page_that_names_all_it_takes(measure: Measure):
    text = page(f"measures/{measure.name.replace('.', '-')}.md")
    assert text.startswith(f"# {measure.name}\n")
    assert measure.question in text
    assert measure.estimates
    assert named(section(text, "Arguments")) == set(measure.arguments.model_fields)
    options = section(text, "Options of a specification")
    assert (named(options) or set(re.findall(r"`(\w+)`", options))) == set(measure.options.model_fields)
    assert named(section(text, "Levers")) == {lever.name for lever in measure.levers}
    for lever in measure.levers:
        row = next(
            line
            for line in section(text, "Levers").splitlines()
            if line.startswith(f"| `{lever.name}` | {lever.low:g} ")
        )
        assert span(lever) in row
    assert set(re.findall(r"`(\w+)`", section(text, "Tables"))) == set(measure.tables)
    for doi in re.findall(r"doi:[\w./-]+\w", measure.source):
        assert doi in section(text, "Source")


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_a_measures_page_marks_what_is_required_and_gives_the_other_defaults(measure: Measure):
    text = page(f"measures/{measure.name.replace('.', '-')}.md")
    for heading, form in (("Arguments", measure.arguments), ("Options of a specification", measure.options)):
        for name, cell in re.findall(r"^\| `(\w+)` \| ([^|]*) \|", section(text, heading), re.MULTILINE):
            field = form.model_fields[name]
            assert cell == ("required" if field.is_required() else shown(field.default)), name


def shown(default: Any) -> str:
    """A default as the pages print it."""
    if default is None or default in ((), {}):
        return "none"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, str):
        return f'`"{default}"`'
    return f"`{list(default)}`" if isinstance(default, tuple) else f"{default:g}"


def test_the_chances_of_truth_are_those_that_the_page_prints():
    rows = re.findall(r"^\| (\d) \| ([\d.]+) \|$", page("measures/evasion-cases.md"), re.MULTILINE)
    assert {grade: float(chance) for grade, chance in rows} == TRUTH


def test_every_measure_is_in_the_index():
    text = page("measures/index.md")
    for measure in MEASURES:
        assert f"[{measure.name}]({measure.name.replace('.', '-')}.md)" in text


# ---------------------------------------------------------------- the files of a case

FORMS: dict[type[BaseModel], str] = {
    model.CaseHeader: "case.toml",
    model.Edition: "[[edition]]",
    model.Citation: "[citation]",
    model.Actor: "[[actor]]",
    model.Group: "[groups]",
    model.Decision: "[[decision]]",
    error_parts.Grades: "[grades]",
    error_parts.TableErrors: "[errors.trade]",
    error_parts.PublisherError: "[[errors.trade.publisher]]",
    error_parts.Differing: "[[errors.trade.differs]]",
    error_parts.Repeating: "[[errors.trade.repeats]]",
    model.Claim: "[[claim]]",
    model.Region: "holds",
    model.SpecificationChoice: "[[specification]]",
    model.LeverChoice: "[[claim.lever]]",
    claims_file.ClaimsFile: "claims.toml",
    declared.HypothesesFile: "hypotheses.toml",
    declared.Hypothesis: "[[hypothesis]]",
    declared.Holder: "Each of held_by",
    declared.Evidence: "[[evidence]]",
    declared.Observable: "[[observable]]",
    declared.Matrix: "[[matrix]]",
    system.SystemFile: "system.toml",
    system.Move: "[[move]]",
    system.Aim: "[[aim]]",
    system.Effect: "[[effect]]",
    system.Driver: "[[driver]]",
    system.Future: "[[future]]",
    system.Profile: "[[profile]]",
}


def leaves(form: type[BaseModel]) -> set[type[BaseModel]]:
    """The forms that others are made of, without the bases that they share."""
    return {leaf for part in form.__subclasses__() for leaf in leaves(part)} or {form}


def test_every_part_of_a_case_has_a_section():
    assert set(FORMS) == leaves(Part)


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__name__)
def test_a_section_names_every_key_of_its_part(form: type[BaseModel]):
    assert named(section(page("case-format.md"), FORMS[form])) == set(form.model_fields)


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__name__)
def test_a_section_marks_the_keys_that_are_required(form: type[BaseModel]):
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \|", section(page("case-format.md"), FORMS[form]), re.MULTILINE)
    assert {name for name, mark in rows if mark == "required"} == {
        name for name, field in form.model_fields.items() if field.is_required()
    }


# ---------------------------------------------------------------- the record


def test_the_record_page_holds_the_schemas_tables():
    text = page("record.md")
    for table in TABLES.values():
        assert named(section(text, table.name)) == {c.name for c in table.columns}
        for column in table.columns:
            assert all(f"`{value}`" in section(text, table.name) for value in column.allowed)


def test_every_flag_is_explained_and_said_what_it_does():
    tables = section(page("record.md"), "Quality flags").split("What each does")
    assert [named(t) for t in tables] == [set(QUALITIES), set(QUALITIES)]


# ---------------------------------------------------------------- the command line


def test_commands_of_the_kinds_are_among_those_that_are_documented():
    assert {"run", "import votes", "detect gaps", "export ach", "simulate ais"} <= set(EVERY_COMMAND)


def test_every_command_and_option_is_documented():
    text = page("command-line.md")
    for name, command in EVERY_COMMAND.items():
        here = section(text, f"tumen {name}")
        declared = [p for p in command.params if isinstance(p, click.Option)]
        options = {flag for p in declared for flag in (*p.opts, *p.secondary_opts)}
        assert {word.split()[0] for word in named(here)} == options
    for option in [*main.params, main.get_help_option(click.Context(main, **main.context_settings))]:
        assert isinstance(option, click.Option)
        assert set(option.opts) <= named(text)


# ---------------------------------------------------------------- thresholds


def grid(text: str) -> list[tuple[str, str]]:
    """Condition and word of each row of a table of P."""
    return [
        (a.strip(), b.strip()) for a, b in re.findall(r"^\| ([^|]*P[^|]*[<≤≥>][^|]*)\|([^|]*)\|$", text, re.MULTILINE)
    ]


def meets(condition: str, p: float) -> bool:
    python = condition.replace("≤", "<=").replace("≥", ">=").replace("P", "p")
    assert re.fullmatch(r"[p0-9.<>= ]+", python)
    return bool(eval(python, {"p": p}))


def test_the_words_and_outcomes_have_the_bounds_that_the_page_prints():
    rows = grid(section(page("how-a-verdict-is-reached.md"), "Words and outcome"))
    assert len(rows) == 10
    for p in (
        *np.linspace(0, 1, 1001).round(3),
        *(b + e for b in (0.05, 0.2, 0.45, 0.55, 0.8, 0.95) for e in (-1e-9, 1e-9)),
    ):
        said = {word for condition, word in rows if meets(condition, float(p))}
        assert said == {likelihood_words(float(p)), outcome(float(p))}


def test_every_part_of_the_rule_of_confidence_is_in_the_table():
    # At the end of 2024 votes had been recorded up to the case's day; later they reach less far.
    verdicts = [v for day in (None, dt.date(2026, 1, 31)) for v in evaluate(BUNDLED, as_of=day).verdicts]
    parts = {c.part for v in verdicts if v.confidence for c in v.confidence.caps}
    text = section(page("how-a-verdict-is-reached.md"), "Confidence")
    assert {*re.findall(r"^\| ([a-z ]+): ", text, re.MULTILINE), "evidence"} == parts
    assert "`evidence`" in text


# ---------------------------------------------------------------- libraries


def test_every_declared_dependency_has_a_line_that_says_why():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        "To run": project["project"]["dependencies"],
        "Extra `identities`": project["project"]["optional-dependencies"]["identities"],
        "Extra `spark`": project["project"]["optional-dependencies"]["spark"],
        "To build": project["dependency-groups"]["build"],
        "To develop": project["dependency-groups"]["dev"],
        "To document": project["dependency-groups"]["docs"],
    }
    text = page("decisions/libraries.md")
    for heading, wanted in declared.items():
        assert named(section(text, heading)) == {re.split(r"[<>=~!]", w)[0] for w in wanted}, heading
