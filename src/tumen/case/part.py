"""What every part of a case's TOML is."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")]
Line = Annotated[str, Field(min_length=1, max_length=2000)]


class Part(BaseModel):
    """Base of every part of a case: frozen, and a key that nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
