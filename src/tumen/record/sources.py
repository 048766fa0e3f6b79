"""Where figures were read, and how far each place is to be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

Access = Literal["public", "restricted", "chatham-house"]

#: What an output calls a protected source that has no public description.
PROTECTED = "a protected source"


@dataclass(frozen=True)
class Source:
    """A place where a figure or a statement was read, with its Admiralty grades.

    Args:
        reliability: A (completely reliable) to F (cannot be judged), of the source.
        credibility: 1 (confirmed) to 6 (cannot be judged), of what it says. The two are rated apart.
        access: who may see where it comes from.
        origin: who first published what it repeats, for example a news agency; empty where it repeats none.
        description: what may be said of a protected source, for example "an official"; see `redaction`.
    """

    id: str
    publisher: str
    title: str
    url: str
    published: str
    reliability: str
    credibility: str
    access: Access
    origin: str
    description: str = ""

    @property
    def grade(self) -> str:
        """Both grades together, as analysts write them: B2."""
        return f"{self.reliability}{self.credibility}"

    @property
    def maker(self) -> str:
        """Who stands behind what it says: whom it repeats, or its publisher."""
        return self.origin or self.publisher or PROTECTED

    @property
    def shown(self) -> str:
        """Where it comes from, in one line."""
        return ": ".join(part for part in (self.publisher, self.title) if part)


def source_of(row: Mapping[str, object]) -> Source:
    """A `Source` from a row of the table `sources`."""

    def text(name: str) -> str:
        return str(row.get(name) or "")

    return Source(
        text("id"),
        text("publisher"),
        text("title"),
        text("url"),
        text("published"),
        text("reliability"),
        text("credibility"),
        cast(Access, text("access")),
        text("origin"),
        text("public_description"),
    )
