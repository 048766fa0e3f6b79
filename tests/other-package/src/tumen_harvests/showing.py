"""The harvests behind a run's verdicts, as the page and the JSON object show them."""

from __future__ import annotations

from dataclasses import dataclass

from tumen import Used
from tumen.judge.evaluated import Evaluated
from tumen.kind import Content


@dataclass(frozen=True)
class HarvestsUsed:
    """The harvests behind a run's verdicts: how many, and of which fields."""

    number: int
    fields: list[str]


def _used(evaluated: Evaluated) -> list[Used]:
    rows = {u.id: u for v in evaluated.verdicts if v.estimate for u in v.estimate.used if u.table == "harvests"}
    return [rows[name] for name in sorted(rows)]


def section(evaluated: Evaluated) -> Content | None:
    """What the template shows; None where no verdict rests on a harvest."""
    used = _used(evaluated)
    return Content({"harvests": used, "fields": sorted({u.text for u in used})}) if used else None


def in_object(evaluated: Evaluated) -> HarvestsUsed:
    """How many harvests carry the run's verdicts, and of which fields."""
    used = _used(evaluated)
    return HarvestsUsed(number=len(used), fields=sorted({u.text for u in used}))
