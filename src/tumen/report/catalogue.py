"""The measures as a list: what each answers, and what it needs."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from tumen.measure.estimate import Measure


def catalogue(measures: Iterable[Measure], long: bool) -> str:
    """One line a measure, or all that it declares."""
    listed = sorted(measures, key=lambda m: m.name)
    if long:
        return "\n\n".join("\n".join(_entry(m)) for m in listed)
    wide = max(len(m.name) for m in listed)
    unit = max(len(m.unit.name) for m in listed)
    return "\n".join(f"{m.name:<{wide}}  {m.unit.name:<{unit}}  {m.question}" for m in listed)


def _entry(measure: Measure) -> list[str]:
    lines = [
        f"{measure.name} ({measure.unit.name}): {measure.question}",
        f"  arguments: {fields(measure.arguments)}",
        f"  options of a specification: {fields(measure.options)}",
        f"  tables: {', '.join(measure.tables)}",
    ]
    for lever in measure.levers:
        lines.append(f"  lever {lever.name} ({lever.unit.name}, {lever.low:g} to {lever.high:g}): {lever.label}")
    if measure.levers_of:
        lines.append(f"  further levers: those that {measure.part} gives it")
    return [*lines, f"  method: {measure.method}", f"  source: {measure.source}", f"  limits: {measure.limits}"]


def fields(form: type[BaseModel]) -> str:
    """Names of a form's fields; those that may be left out in brackets."""
    return ", ".join(n if f.is_required() else f"[{n}]" for n, f in form.model_fields.items()) or "none"
