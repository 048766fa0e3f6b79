"""Rival explanations weighed: how probable each is, how that came about, and what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tumen.explanations.declared import Holder, Hypotheses
from tumen.explanations.likelihood import (
    ClaimEnds,
    Item,
    coder_logs,
    items_of,
    posterior_of,
    prior_draws,
)
from tumen.explanations.telling import Flip, Telling, flips, tellings
from tumen.judge.evaluated import Evaluated
from tumen.judge.verdict import Summary, summarise
from tumen.measure.arrays import Floats
from tumen.measure.setting import Setting
from tumen.record import redaction
from tumen.record.read import Record
from tumen.record.sources import Source

#: Stands for the rival explanations where the id of a claim is asked for, and in the JSON object.
WORD = "hypotheses"

#: Items whose draws are held at once; bounds memory.
_BLOCK = 32

#: More numbers than these are kept in half the precision. Only what is left out, and how the posterior
#: moved, is computed from them; the ends of its intervals then from every fourth draw.
_MANY = 20_000_000


@dataclass(frozen=True)
class Standing:
    """One hypothesis after the evidence.

    Args:
        prior, posterior: means over the draws; each sums to one over the hypotheses.
        summary: median and central 90 per cent of the posterior's draws.
        leads: share of draws in which it is the most probable.
        inconsistent: ids of the items that are unlikely if it is true; Heuer's way counts these alone.
    """

    id: str
    label: str
    text: str
    held_by: tuple[Holder, ...]
    prior: float
    posterior: float
    summary: Summary
    leads: float
    inconsistent: tuple[str, ...]


@dataclass(frozen=True)
class Coder:
    """What comes out on the scores of one coder alone: the mean posterior, and how many items that coder considered."""

    name: str
    items: int
    posterior: Mapping[str, float]


@dataclass(frozen=True)
class PosteriorStep:
    """The posterior when everything up to a day had arrived: means, and the ends of the central 90 per cent.

    Args:
        items: those of that day.
    """

    date: dt.date
    items: tuple[str, ...]
    posterior: Mapping[str, float]
    low: Mapping[str, float]
    high: Mapping[str, float]


@dataclass(frozen=True)
class ItemReading:
    """One item: what it weighs and how far it tells the hypotheses apart.

    Args:
        logs: what it adds to the logarithm of each hypothesis's weight, mean over the draws, in the
            order of the hypotheses and with their mean taken off.
        discriminates: how many times better it fits the hypothesis that it fits best than the one
            that it fits worst, after everything that tempers it; 1 tells nothing.
    """

    item: Item
    logs: tuple[float, ...]
    discriminates: float


@dataclass(frozen=True)
class LeftOut:
    """The posterior without one item, one source or one group."""

    kind: str
    name: str
    items: tuple[str, ...]
    posterior: Mapping[str, float]


@dataclass(frozen=True)
class Weighed:
    """Everything that the evidence says of the rival explanations."""

    found: Hypotheses
    standings: tuple[Standing, ...]
    steps: tuple[PosteriorStep, ...]
    readings: tuple[ItemReading, ...]
    left_out: tuple[LeftOut, ...]
    telling: tuple[Telling, ...]
    flips: tuple[Flip, ...]
    skipped: tuple[str, ...]
    coders: tuple[Coder, ...]

    @property
    def ranking(self) -> tuple[Standing, ...]:
        """The hypotheses, the most probable first."""
        return tuple(sorted(self.standings, key=lambda s: (-s.posterior, s.id)))

    @property
    def leader(self) -> Standing:
        """The most probable hypothesis."""
        return self.ranking[0]


def weigh_hypotheses(found: Hypotheses, sources: Mapping[str, Source], chances: ClaimEnds, setting: Setting) -> Weighed:
    """Weigh the rival explanations of a case on its evidence.

    Args:
        sources: by id, for their grades.
        chances: the least and the most that P of each claim can be that evidence names; None where it has none.
        setting: draws and seed.

    Source: Heuer (1999), Psychology of Intelligence Analysis, chapter 8, for the matrix; Good (1950),
        Probability and the Weighing of Evidence, for its arithmetic; Genest and Zidek (1986), Combining probability
        distributions, doi:10.1214/ss/1177013825, for the logarithmic pool of several coders.
    Limits: items of different groups are taken as independent given a hypothesis, and one of the
        hypotheses as true.
    """
    items = items_of(found, sources, chances)
    prior = prior_draws(found, setting)
    kept = np.empty((len(items), *prior.shape), dtype=np.float32 if len(items) * prior.size > _MANY else np.float64)
    start = np.log(prior)
    each = np.repeat(start[None], len(found.coders), axis=0)
    for number, item in enumerate(items):
        logs = coder_logs(item, found.coders, setting, prior)
        kept[number] = logs.mean(axis=0)
        each += logs
    total = each.mean(axis=0)
    posterior = posterior_of(total)
    mean = posterior.mean(axis=1)
    return Weighed(
        found,
        _standings(found, items, prior, posterior),
        tuple(_steps(found, items, start, kept)),
        tuple(_readings(items, kept)),
        tuple(_left_out(found, items, total, kept)),
        tellings(found, items, mean),
        flips(found, items, start.mean(axis=1), prior.mean(axis=1)),
        tuple(i.evidence.id for i in items if i.silent),
        tuple(_coders(found, items, each)),
    )


def _coders(found: Hypotheses, items: Sequence[Item], each: Floats) -> Iterator[Coder]:
    """What each coder's scores say alone."""
    for name, logs in zip(found.coders, each, strict=True):
        considered = sum(name in {s.coder for s in item.scorings} for item in items)
        yield Coder(name, considered, dict(zip(found.ids, _mean(logs), strict=True)))


def _standings(found: Hypotheses, items: Sequence[Item], prior: Floats, posterior: Floats) -> tuple[Standing, ...]:
    leads = np.bincount(posterior.argmax(axis=0), minlength=len(posterior)) / posterior.shape[1]
    return tuple(
        Standing(
            h.id,
            h.label,
            h.text,
            h.held_by,
            float(prior[n].mean()),
            float(posterior[n].mean()),
            summarise(posterior[n]),
            float(leads[n]),
            tuple(i.evidence.id for i in items if i.against[n]),
        )
        for n, h in enumerate(found.hypotheses)
    )


def _raised(logs: NDArray[np.floating]) -> NDArray[np.floating]:
    """The posterior's draws, without a copy in full precision."""
    raised: NDArray[np.floating] = np.exp(logs - logs.max(axis=0))
    raised /= raised.sum(axis=0)
    return raised


def _mean(logs: NDArray[np.floating]) -> list[float]:
    """Mean posterior of each hypothesis."""
    return [float(value) for value in _raised(logs).mean(axis=1, dtype=np.float64)]


def _steps(
    found: Hypotheses, items: Sequence[Item], start: Floats, kept: NDArray[np.floating]
) -> Iterator[PosteriorStep]:
    """How the posterior moved, one step a day on which something arrived."""
    running = start.copy()
    numbered = enumerate(items)
    every = 4 if kept.dtype == np.float32 else 1
    for day, group in groupby(numbered, key=lambda pair: pair[1].evidence.date):
        names = []
        for number, item in group:
            running += kept[number]
            names.append(item.evidence.id)
        drawn = _raised(running.astype(kept.dtype, copy=False))
        ends = np.quantile(drawn[:, ::every], [0.05, 0.95], axis=1)
        mean, low, high = (
            dict(zip(found.ids, (float(v) for v in row), strict=True))
            for row in (drawn.mean(axis=1, dtype=np.float64), *ends)
        )
        yield PosteriorStep(day, tuple(names), mean, low, high)


def _readings(items: Sequence[Item], kept: NDArray[np.floating]) -> Iterator[ItemReading]:
    for first in range(0, len(items), _BLOCK):
        block = kept[first : first + _BLOCK].mean(axis=2, dtype=np.float64)
        for item, logs in zip(items[first : first + _BLOCK], block, strict=True):
            centred = logs - logs.mean()
            yield ItemReading(item, tuple(float(v) for v in centred), float(np.exp(logs.max() - logs.min())))


def _left_out(found: Hypotheses, items: Sequence[Item], total: Floats, kept: NDArray[np.floating]) -> Iterator[LeftOut]:
    """The posterior without each item, and without each source and group of several."""
    whole = total.astype(kept.dtype, copy=False)
    for number, item in enumerate(items):
        yield LeftOut(
            "item",
            item.evidence.id,
            (item.evidence.id,),
            dict(zip(found.ids, _mean(whole - kept[number]), strict=True)),
        )
    for kind in ("source", "group"):
        names = [getattr(i.evidence, kind) for i in items]
        for name in sorted({n for n in names if n}):
            mine = [n for n, other in enumerate(names) if other == name]
            if len(mine) < 2:
                continue
            without = whole - sum((kept[n] for n in mine), np.zeros((), dtype=kept.dtype))
            yield LeftOut(
                kind, name, tuple(items[n].evidence.id for n in mine), dict(zip(found.ids, _mean(without), strict=True))
            )


def weighed_in(evaluated: Evaluated) -> Weighed | None:
    """The rival explanations as an evaluation weighed them, where its case has any with evidence."""
    found: Weighed | None = evaluated.conclusions.get(WORD)
    return found


def conclude(declared: Hypotheses, record: Record, chances: ClaimEnds, setting: Setting) -> Weighed | None:
    """The rival explanations of a case weighed, sources and people as outputs may show them; None without evidence.

    Args:
        chances: the least and the most that P of each claim can be that evidence names; None where it has none.
    """
    sources = {source.id: source for source in record.sources.values()}
    return weigh_hypotheses(_shown(declared, record), sources, chances, setting) if declared.evidence else None


def _shown(found: Hypotheses, record: Record) -> Hypotheses:
    """The rival explanations with each source under the id that outputs show, and nobody named whom a protected one
    names.
    """

    def source(name: str) -> dict[str, str]:
        return {"source": record.sources[name].id}

    evidence = [e.model_copy(update=source(e.source)) if e.source else e for e in found.evidence]
    observables = [o.model_copy(update=source(o.source)) if o.source else o for o in found.observables]
    hypotheses = [
        h.model_copy(
            update={
                "held_by": tuple(
                    Holder(who=redaction.holder(one.who, record.sources[one.source]), **source(one.source))
                    for one in h.held_by
                )
            }
        )
        for h in found.hypotheses
    ]
    return replace(found, hypotheses=tuple(hypotheses), evidence=tuple(evidence), observables=tuple(observables))
