"""What can be wrong with a case beside what the table's own rules say."""

from __future__ import annotations

from collections.abc import Iterator

from tumen import Problem
from tumen.errors import Place, did_you_mean
from tumen.kind import Checked
from tumen_harvests.yields import Arguments


def unknown_fields(checked: Checked) -> Iterator[Problem]:
    """Claims about a field of which the record has no harvest."""
    if not checked.sound:
        return
    rows = checked.record.engine.inspect("select distinct field from harvests order by field nulls last")
    known = [str(row["field"]) for row in rows]
    for bound in checked.bound:
        if isinstance(bound.arguments, Arguments) and bound.arguments.field not in known:
            yield Problem(
                Place(bound.claim.file, bound.claim.line("arguments", "field")),
                got=f"field '{bound.arguments.field}'",
                expected="a field of the table harvests",
                fix=did_you_mean(bound.arguments.field, known),
                slug="unknown-field",
            )
