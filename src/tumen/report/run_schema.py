"""The form of a run's JSON object, composed from the spine's fields and those of the kinds, and its JSON Schema."""

from __future__ import annotations

from dataclasses import make_dataclass
from typing import Any, get_type_hints

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from tumen.kind import Kinds
from tumen.report.run_object import PARTS_BEFORE, RunObject

#: The name of the schema's file, by which it calls itself.
SCHEMA_FILE = "run.schema.json"


def form_of(kinds: Kinds) -> type[Any]:
    """The type of the whole object: the spine's fields, with those of the kinds before the warnings."""
    own = get_type_hints(RunObject, include_extras=True)
    names = list(own)
    at = names.index(PARTS_BEFORE)
    parts = {key: part.form for key, part in kinds.objects.items()}
    fields = {**{n: own[n] for n in names[:at]}, **parts, **{n: own[n] for n in names[at:]}}
    return make_dataclass("Run", fields.items(), frozen=True, kw_only=True, namespace={"__doc__": RunObject.__doc__})


class _Closed(GenerateJsonSchema):
    """Objects of our own have no further fields, and a field's name is its title."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def dataclass_schema(self, schema: Any) -> JsonSchemaValue:
        return {**super().dataclass_schema(schema), "additionalProperties": False}


def schema(kinds: Kinds) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the object that `tumen run --format json` prints.

    Args:
        kinds: whose parts the object has.

    Example:
        >>> from tumen.kinds import kinds
        >>> list(schema(kinds(others=False))["properties"])[:3]
        ['case', 'as_of', 'edition']
    """
    made = TypeAdapter(form_of(kinds)).json_schema(mode="serialization", schema_generator=_Closed)
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": SCHEMA_FILE, **made}
