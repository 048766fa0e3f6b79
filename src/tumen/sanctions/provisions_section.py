"""The provisions of sanctions as the page and the JSON object show them: kept, broken or unknown, on which rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tumen.judge.evaluated import Evaluated
from tumen.judge.verdict import Verdict
from tumen.kind import Content
from tumen.measure.series import OneCounted

#: In the order in which they are shown.
STATES = ("broken", "kept", "unknown", "binds nobody")


@dataclass(frozen=True, kw_only=True)
class ProvisionRowObject:
    """A row that shows how a provision stands."""

    table: Annotated[str, Field(description="table of the row")]
    id: Annotated[str, Field(description="its id")]


@dataclass(frozen=True, kw_only=True)
class ProvisionObject:
    """One provision of sanctions, and how it stands."""

    id: Annotated[str, Field(description="id of its row in the table provisions")]
    says: Annotated[str, Field(description="what it is about, what sort of rule it is, and of which resolution")]
    state: Annotated[
        str,
        Field(
            pattern=f"^({'|'.join(STATES)})$",
            description="broken, kept, unknown, or binds nobody: an institution, a draft, or one superseded before it "
            "began",
        ),
    ]
    chance_broken: Annotated[
        float | None, Field(description="probability that it was broken at least once; null where it binds nobody")
    ]
    since: Annotated[str | None, Field(description="first day of which a row shows that state; null where none does")]
    rows: Annotated[list[ProvisionRowObject], Field(description="rows that show it")]


#: The part of the object.
PROVISIONS_FORM = Annotated[
    list[ProvisionObject] | None,
    Field(description="provisions of sanctions, each with how it stands; null where no claim asks after them"),
]


def standings(evaluated: Evaluated) -> tuple[Verdict, tuple[OneCounted, ...]] | None:
    """The first claim that counts provisions, and how each of them stands under its first specification."""
    for verdict in evaluated.verdicts:
        if verdict.estimate and verdict.estimate.name == "provisions.kept":
            found = next((run.standings for run in verdict.estimate.specifications if run.standings), ())
            if found:
                return verdict, found
    return None


def provisions_object(evaluated: Evaluated) -> list[ProvisionObject] | None:
    """How each provision stands, for the JSON object; None where no claim asks."""
    found = standings(evaluated)
    return [_object(one) for one in found[1]] if found else None


def _object(one: OneCounted) -> ProvisionObject:
    return ProvisionObject(
        id=one.id,
        says=one.says,
        state=one.state,
        chance_broken=one.chance,
        since=one.since.isoformat() if one.since else None,
        rows=[ProvisionRowObject(table=table, id=name) for table, name in one.rows],
    )


def provisions_content(evaluated: Evaluated) -> Content | None:
    """What the template shows of the provisions."""
    found = standings(evaluated)
    if found is None:
        return None
    verdict, each = found
    counts = Counter(one.state for one in each)
    ordered = sorted(each, key=lambda one: STATES.index(one.state))
    return Content(
        {
            "claim": verdict.claim.id,
            "counts": [(state, counts[state]) for state in STATES if counts[state]],
            "each": [
                {
                    "one": one,
                    "chance": "" if one.chance is None else f"{one.chance:.2f}",
                    "rows": [f"{table}/{name}" for table, name in one.rows],
                }
                for one in ordered
            ],
        }
    )
