"""What a run was made of, as it is given to be stored and as a stored run's manifest notes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from tumen.runs.contents import KEPT, Input

_Kept = Annotated[str, Field(pattern=f"^{KEPT}$")]
#: No part of such a path begins with a dot, so that none leads out of the folder.
_LISTED = (
    r"(?i)^([^/.\x00][^/\x00]*/){0,8}[^/.\x00][^/\x00]*"
    r"\.(csv|parquet|tsv|tab|txt|xlsx|xlsm|xlsb|xls|ods|gz|bz2|xz|zst|zip)$"
)
_Listed = Annotated[str, Field(pattern=_LISTED)]


@dataclass(frozen=True)
class NotedRun:
    """What the manifest of a stored run notes of what it was made of.

    Args:
        as_of: the day by which everything must have happened and been known.
        versions: of everything that the numbers depend on.
        inputs: names under which the files of the case are kept, by the path shown.
        listed: names in the folder of the record's tables, read or not.
        raw: SHA-256 of each file of raw records given beside the case, by the name of those and its own path.
    """

    as_of: dt.date
    versions: Mapping[str, str]
    inputs: Mapping[str, _Kept]
    listed: tuple[_Listed, ...]
    raw: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class MadeOf:
    """What a run was made of: as `NotedRun`, with the files themselves."""

    as_of: dt.date
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    raw: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def noted(self) -> dict[str, Any]:
        """As a manifest notes it."""
        inputs = {shown: one.kept_as for shown, one in self.inputs.items()}
        listed = tuple(name for name in self.listed if name.isprintable())
        noted = NotedRun(self.as_of, self.versions, inputs, listed, self.raw)
        written: dict[str, Any] = TypeAdapter(NotedRun).dump_python(noted, mode="json")
        return written


def noted_in(manifest: Mapping[str, Any]) -> NotedRun | None:
    """What a manifest notes; None where it notes nothing that can be read."""
    try:
        return TypeAdapter(NotedRun).validate_python(dict(manifest))
    except ValidationError:
        return None
