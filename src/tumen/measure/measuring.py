"""Run a measure: every specification, kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, get_origin

from pydantic import BaseModel

from tumen.measure.becoming_known import with_publication
from tumen.measure.estimate import Choice, Estimate, Lever, Measure, SpecificationRun, Used, run_of
from tumen.measure.near_misses import near_misses, sought
from tumen.measure.setting import Setting
from tumen.record import redaction
from tumen.record.prints import Earlier
from tumen.record.read import Record


def estimate(
    measure: Measure,
    record: Record,
    arguments: BaseModel,
    choices: Sequence[Choice],
    setting: Setting,
    levers: Sequence[Lever] | None = None,
) -> Estimate:
    """Measure every specification.

    Args:
        arguments: of the measure's own model.
        levers: those to offer for tipping points; the measure's own where None.

    Returns: an estimate whose specifications have no draws where they could not be run, and say what they lack.
    """
    answers = [run_of(c, measure.run(record, arguments, c, setting)) for c in choices]
    told = [nearly(run, measure, record, arguments, c) for run, c in zip(answers, choices, strict=True)]
    found = [dated(run, record) for run in told]
    runs = [protected(run, c, measure, record) for run, c in zip(found, choices, strict=True)]
    rejected = sum(record.rejected[table] for table in (*measure.tables, "sources"))
    return Estimate(
        measure.name,
        measure.unit,
        measure.method,
        tuple(runs),
        tuple(measure.levers if levers is None else levers),
        rejected,
        measure.series_unit,
        measure.shape,
        measure.by_hand,
        estimates=measure.estimates,
        coverage={table: record.covers(table) for table in measure.tables},
    )


def nearly(
    run: SpecificationRun, measure: Measure, record: Record, arguments: BaseModel, choice: Choice
) -> SpecificationRun:
    """A run that lacks something, with the rows that it would have but for one cell."""
    if not run.missing or run.untestable:
        return run
    near = near_misses(record, measure.tables, sought(arguments, choice.options, measure.implied))
    return replace(run, missing=(*run.missing, *near)) if near else run


def dated(run: SpecificationRun, record: Record) -> SpecificationRun:
    """A run whose rows say when they became known, where they say so themselves, and what they replace."""
    used = with_publication(run.used, record)
    return run if used is run.used else replace(run, used=used)


def protected(run: SpecificationRun, choice: Choice, measure: Measure, record: Record) -> SpecificationRun:
    """A run as outputs may show it: rows of protected sources and their publishers without their names."""
    if not record.redaction.hides:
        return run
    unnamed = record.redaction.unnamed(texts_of(choice.options), measure.tables)
    missing, notes, beside = (
        tuple(redaction.without(text, unnamed) for text in texts) for texts in (run.missing, run.notes, run.beside)
    )
    return replace(run, used=_named(run.used, record), missing=missing, notes=notes, beside=beside)


def _named(used: Sequence[Used], record: Record) -> tuple[Used, ...]:
    """Rows used, each under the ids that may be shown."""
    rows = {t: record.redaction.rows(t, {u.id for u in used if u.table == t}) for t in {u.table for u in used}}
    named = []
    for row in used:
        source = record.sources[row.source]
        name = rows[row.table].get(row.id)
        if row.source in record.redaction.public and name is None:
            named.append(row)
            continue
        table = record.tables.get(row.table)
        has_ids = table is not None and table.column("id") is not None
        said = row.publisher in (source.maker, source.publisher)
        publisher = row.publisher if said else redaction.row_publisher(row.publisher)
        several = redaction.row_alias(source.id, 0) if has_ids and row.rows == 1 else row.id
        named.append(replace(row, id=name or several, source=source.id, publisher=publisher, published=""))
    return tuple(
        replace(row, before=tuple(_shown(one, record) for one in row.before)) if row.before else row for row in named
    )


def _shown(one: Earlier, record: Record) -> Earlier:
    """What was printed before, as outputs may show it."""
    if one.source in record.redaction.public:
        return one
    source = record.sources[one.source].id
    return replace(one, id=redaction.row_alias(source, 0), source=source, published="")


def texts_of(options: BaseModel) -> set[str]:
    """What a specification's options name in words of the author's own, such as publishers."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        return [t for item in value for t in texts(item)] if isinstance(value, (tuple, list)) else []

    free = [name for name, f in type(options).model_fields.items() if get_origin(f.annotation) is not Literal]
    return {t for name in free for t in texts(getattr(options, name))}
