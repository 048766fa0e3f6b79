"""Run a measure: every specification, weighted, kept apart, and mixed into one estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel

from tumen.measurement.estimate import Choice, Estimate, Lever, Measure, Used, mixture
from tumen.measurement.setting import Setting
from tumen.record.read import Record
from tumen.record.sources import PROTECTED


def estimate(
    measure: Measure, record: Record, arguments: BaseModel, choices: Sequence[Choice], setting: Setting,
    levers: Sequence[Lever] | None = None,
) -> Estimate:  # fmt: skip
    """Measure every specification and mix them by weight.

    Args:
        arguments: of the measure's own model.
        choices: the specifications; weights need not sum to one.
        levers: those to offer for tipping points; the measure's own where None.

    Returns: an estimate whose draws are empty where no specification could be run. Weights of
        those that could are scaled to sum to one; the others keep a weight of zero and say what
        they lack.
    """
    runs = [measure.run(record, arguments, choice, setting) for choice in choices]
    whole = sum(run.weight for run in runs if run.draws.size)
    runs = [
        replace(run, weight=run.weight / whole if run.draws.size else 0.0, used=protected(run.used, record))
        for run in runs
    ]
    draws, slices = mixture(runs, setting.draws)
    rejected = sum(record.rejected[table] for table in (*measure.tables, "sources"))
    return Estimate(
        measure.name, measure.unit, measure.method, draws, tuple(runs), slices,
        tuple(measure.levers if levers is None else levers), rejected,
    )  # fmt: skip


def protected(used: Sequence[Used], record: Record) -> tuple[Used, ...]:
    """Rows used, with the maker of the figure withheld where its source is protected."""
    hidden = {name for name, source in record.sources.items() if source.access != "public"}
    return tuple(replace(u, publisher=PROTECTED) if u.source in hidden else u for u in used)
