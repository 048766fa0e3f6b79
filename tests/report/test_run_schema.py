"""The JSON object of every kind of run keeps to the schema that is published, and the schema lets nothing else pass."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import pytest
from pydantic import Field

from tests.conftest import CLAIMS, CaseFolder
from tests.sea.coal_run import write_positions
from tests.test_positions_run import FILES, LISTINGS, SOURCES
from tumen.errors import KindError
from tumen.kind import Kind, Kinds, RunPart
from tumen.kinds import kinds
from tumen.report.document import document, text
from tumen.report.run_schema import SCHEMA_FILE, schema
from tumen.run import BUNDLED, evaluate

SCHEMA = schema(kinds(others=False))

#: No field holds such a value, whatever its type.
STRANGE: Any = [{"strange": [[]]}]


def refused(value: Any, form: Mapping[str, Any] = SCHEMA) -> list[str]:
    """What a schema says against a value; a part of ours may stand for the whole."""
    return [e.message for e in jsonschema.Draft202012Validator({**form, "$defs": SCHEMA["$defs"]}).iter_errors(value)]


def objects(form: Mapping[str, Any], value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a value that the schema knows by a name, with that name."""
    if "$ref" in form:
        form = SCHEMA["$defs"][form["$ref"].rsplit("/", 1)[1]]
    for one in form.get("anyOf", ()) if value is not None else ():
        yield from objects(one, value)
    if isinstance(value, list) and "items" in form:
        for item in value:
            yield from objects(form["items"], item)
    if isinstance(value, dict) and isinstance(more := form.get("additionalProperties"), dict):
        for inner in value.values():
            yield from objects(more, inner)
    if isinstance(value, dict) and "properties" in form:
        yield form["title"], value
        for name, inner in form["properties"].items():
            yield from objects(inner, value[name])


@pytest.fixture(scope="module")
def bundled() -> dict[str, Any]:
    """The run of the bundled case beside its edition before, as a program reads it."""
    now = evaluate(BUNDLED, since=True)
    found: dict[str, Any] = json.loads(text(now))
    return found


@pytest.fixture
def at_sea(case_folder: CaseFolder, tmp_path: Path) -> dict[str, Any]:
    """A run with vessel positions, a listed ship, and a warning."""
    tables = {
        "record/sources.csv": SOURCES.replace(",2024,", ",2023,"),
        "record/designated_vessels.csv": LISTINGS,
        "record/stray.csv": "id\n1\n",
    }
    case = case_folder({**FILES, **tables})
    heard = [write_positions(tmp_path / "heard.parquet")]
    return document(evaluate(case, raw={"positions": heard}, as_of=dt.date(2024, 2, 1)))


def test_the_schema_is_one_of_the_draft_that_it_names() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == SCHEMA_FILE == "run.schema.json"


def test_every_object_of_ours_is_closed_and_says_what_each_field_holds() -> None:
    for form in (SCHEMA, *SCHEMA["$defs"].values()):
        assert form["description"]
        assert all(field["description"] for field in form["properties"].values())
        assert form["required"] == list(form["properties"])
        assert form["title"] == "ShapeObject" or form["additionalProperties"] is False


def test_the_bundled_run_keeps_to_it(bundled: dict[str, Any]) -> None:
    assert refused(bundled) == []
    assert list(bundled) == list(SCHEMA["properties"])
    assert {c["verdict"] for c in bundled["claims"]} >= {"supported", "contradicted", "undetermined"}
    assert bundled["hypotheses"] is not None


def test_a_run_with_positions_keeps_to_it(at_sea: dict[str, Any]) -> None:
    assert refused(at_sea) == []
    assert all(at_sea["findings"][table] for table in ("encounters", "calls", "identity"))
    assert at_sea["hypotheses"] is None
    assert at_sea["warnings"]
    assert at_sea["left_out"]["positions"]["later"] > 0, "heard after the case's day"


PLANNED = """
[[claim]]
id = "to-come"
sentence = "share"
text = "A measure of this is to come."
cites = "page 2"
measure = "to.come"
planned = true
holds = { above = 0 }
"""


@pytest.mark.parametrize(
    ("claims", "verdicts"),
    [
        (CLAIMS, ["supported"]),
        (CLAIMS + PLANNED, ["supported", "not measured yet"]),
        (CLAIMS.replace("[2023-01-01, 2024-01-01]", "[2022-01-01, 2023-01-01]"), ["undetermined"]),
    ],
    ids=["supported", "planned", "without evidence"],
)
def test_a_run_of_a_case_without_rivals_keeps_to_it(case_folder: CaseFolder, claims: str, verdicts: list[str]) -> None:
    found = document(evaluate(case_folder({"claims.toml": claims})))
    assert refused(found) == []
    assert [c["verdict"] for c in found["claims"]] == verdicts
    assert (found["hypotheses"], found["findings"]) == (None, None)


def without(value: dict[str, Any], name: str) -> None:
    del value[name]


def renamed(value: dict[str, Any], name: str) -> None:
    value[f"{name}_"] = value.pop(name)


def retyped(value: dict[str, Any], name: str) -> None:
    value[name] = STRANGE


def emptied(value: dict[str, Any], name: str) -> None:
    """Null where the schema does not say that it may be."""
    value[name] = None


def short(value: Any) -> Any:
    """A value with one item of each of its lists, which is enough to see a field refused."""
    if isinstance(value, dict):
        return {name: short(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [short(item) for item in (value[:1] if value and isinstance(value[0], dict) else value)]
    return value


@pytest.mark.parametrize("change", [without, renamed, retyped, emptied], ids=lambda c: c.__name__)
def test_no_object_may_lack_a_field_or_hold_something_else_in_it(
    bundled: dict[str, Any], at_sea: dict[str, Any], change: Callable[[dict[str, Any], str], None]
) -> None:
    forms = {form["title"]: form for form in (SCHEMA, *SCHEMA["$defs"].values())}
    found = {name: value for run in (bundled, at_sea) for name, value in objects(SCHEMA, run)}
    assert set(found) == set(forms)
    let_pass = []
    for name, value in ((name, short(whole)) for name, whole in {**found, "Run": bundled}.items()):
        assert refused(value, forms[name]) == []
        for field, form in forms[name]["properties"].items():
            if change is emptied and {"type": "null"} in form.get("anyOf", ()):
                continue
            changed = copy.deepcopy(value)
            change(changed, field)
            let_pass += [] if refused(changed, forms[name]) else [f"{name}.{field}"]
    assert let_pass == []


def test_no_object_may_have_a_field_more(bundled: dict[str, Any], at_sea: dict[str, Any]) -> None:
    forms = {form["title"]: form for form in (SCHEMA, *SCHEMA["$defs"].values())}
    found = {name: value for run in (bundled, at_sea) for name, value in objects(SCHEMA, run)}
    assert [name for name, value in found.items() if not refused({**value, "more": 1}, forms[name])] == []


@dataclass(frozen=True, kw_only=True)
class Marches:
    """What another package found."""

    number: Annotated[int, Field(description="how many marches there were")]


def marches(make: Callable[[Any], Any]) -> Kinds:
    form = Annotated[Marches | None, Field(description="marches; null where none were counted")]
    ours = kinds(others=False).each
    return Kinds((*ours, Kind(name="marches", objects=lambda: {"marches": RunPart(form=form, make=make)})))


def test_a_kind_of_another_package_adds_its_part_to_the_object_and_to_the_schema(case_folder: CaseFolder) -> None:
    evaluation = replace(
        evaluate(case_folder()), kinds=marches(lambda evaluated: Marches(number=len(evaluated.verdicts)))
    )
    found, form = document(evaluation), schema(evaluation.kinds)
    assert found["marches"] == {"number": 1}
    assert list(found) == list(form["properties"])
    assert list(found).index("marches") == list(found).index("warnings") - 1
    jsonschema.Draft202012Validator(form).validate(found)
    assert form["$defs"]["Marches"]["additionalProperties"] is False
    assert refused(found) == ["Additional properties are not allowed ('marches' was unexpected)"]


def test_a_part_that_is_not_of_the_type_that_its_kind_declares_is_refused(case_folder: CaseFolder) -> None:
    evaluation = replace(evaluate(case_folder()), kinds=marches(lambda _: {"number": "many"}))
    with pytest.raises(KindError, match="the part 'marches' of the JSON object is dict; expected what its"):
        document(evaluation)
