"""Whether another actor's territory, ports, firms or nationals appear in published cases of evasion."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import numpy as np

from tumen.counting import counted
from tumen.measure.arguments import Form
from tumen.measure.draws import combined, point_of, stream
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.sanctions.case_truth import existence, true_draws
from tumen.sanctions.evasion_cases import TRUTH_EACH
from tumen.sanctions.evasion_parts import Channel, PartArguments, channels_of
from tumen.sanctions.units import CHANNELS


class ChannelOptions(Form):
    """None."""


class PartOptions(Form):
    """silent: whether a case of which what was read does not say counts as one without a part, or is
    left out.
    """

    silent: Literal["none", "left-out"] = "none"


PART_EACH = Lever(
    name="silent_counted",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="share of the cases without a stated part that had one all the same",
)


def run_channels(record: Record, arguments: PartArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Channels in which at least one case with a part is true: at least so many, for nobody publishes all cases."""
    channels = channels_of(record, arguments, setting)
    lacking = tuple(_lacking(c, arguments) for c in channels if not c.told("stated"))
    used = tuple({row.id: row.used for c in channels for row in c.rows}.values())
    known = [c for c in channels if c.told("stated")]
    if not known:
        return Lacking(lacking, used)

    def respond(lever: str, value: float) -> Draws:
        given = value if lever == "truth_each" else None
        drawn: Draws = np.sum([_any_true(c, setting, given) for c in known], axis=0).astype(float)
        return drawn

    stated = [c.chances[n] for c in known for n in c.told("stated")]
    return Found(
        draws=respond("", 0.0),
        used=used,
        missing=lacking,
        bounds=frozenset({"lower"}),
        notes=tuple(f"{c.said}; that at least one is true: {_existence(c):.3f}" for c in known),
        figures={f"chance of at least one true case, {c.name}": _existence(c) for c in known},
        baselines={"truth_each": float(np.mean(stated))},
        respond=respond,
        effective=float(min(len({c.origins[n] for n in c.told("stated")}) for c in known)),
    )


def _any_true(channel: Channel, setting: Setting, given: float | None) -> Draws:
    """Draws of whether at least one case with a part is true."""
    stated = channel.told("stated")
    chances = [channel.chances[n] if given is None else given for n in stated]
    drawn: Draws = np.any(true_draws([channel.origins[n] for n in stated], chances, setting), axis=0)
    return drawn


def _existence(channel: Channel) -> float:
    stated = channel.told("stated")
    return existence([channel.origins[n] for n in stated], [channel.chances[n] for n in stated])


def run_part(record: Record, arguments: PartArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The share of the published cases of each channel that have a part, and the lowest of the channels.

    Each origin counts once, with the share of its own cases; the posterior of a share under Jeffreys' prior.
    """
    channels = channels_of(record, arguments, setting)
    counts = {c.name: _counts(c, choice.options.silent) for c in channels}
    known = [c for c in channels if counts[c.name][1]]
    lacking = tuple(_lacking(c, arguments) for c in channels if not counts[c.name][1])
    used = tuple({row.id: row.used for c in channels for row in c.rows}.values())
    if not known:
        return Lacking(lacking, used)
    each = {c.name: _share(c.name, *counts[c.name], setting) for c in known}

    def respond(lever: str, value: float) -> Draws:
        more = value if lever == "silent_counted" else 0.0
        return combined([d + (1.0 - d) * more for d in each.values()], "lowest")

    points = {name: point_of(name, choice.label, d) for name, d in each.items()}
    return Found(
        draws=respond("", 0.0),
        used=used,
        missing=lacking,
        bounds=_sides(record, bool(lacking)),
        notes=tuple(
            f"{c.said}; share, each origin once: {100 * points[c.name].median:.0f} per cent "
            f"({100 * points[c.name].low:.0f} to {100 * points[c.name].high:.0f})"
            for c in known
        ),
        baselines={"silent_counted": 0.0},
        respond=respond,
        effective=float(min(counts[c.name][1] for c in known)),
    )


def _sides(record: Record, lacking: bool) -> frozenset[Bound]:
    """From which sides the share is known: whoever looked for a part found more of it than there is among all."""
    if record.covers("evasion_parts") == "convenience":
        return frozenset({"lower", "upper"})
    return frozenset({"upper"}) if lacking else frozenset()


def _counts(channel: Channel, silent: str) -> tuple[float, int]:
    """How many origins tell of the channel, and how many of them, each with the share of its cases, of a part."""
    told: dict[str, list[bool]] = defaultdict(list)
    for row, origin in zip(channel.rows, channel.origins, strict=True):
        if row.part != "not stated" or silent == "none":
            told[origin].append(row.part == "stated")
    return sum(sum(parts) / len(parts) for parts in told.values()), len(told)


def _share(name: str, parts: float, origins: int, setting: Setting) -> Draws:
    drawn: Draws = stream(setting, "evasion-part", name).beta(parts + 0.5, origins - parts + 0.5, setting.draws)
    return drawn


def _lacking(channel: Channel, arguments: PartArguments) -> str:
    told = counted(len(channel.rows), "published case")
    return (
        f"{channel.name}: a published case with a part of {arguments.part_of} since {arguments.since} ({told} in all)"
    )


_SOURCE = "reports of panels, governments, institutes and the press on single cases, which name who took part"

MEASURES = (
    Measure(
        name="evasion.channels",
        question="In how many channels of evasion does another actor have a part in at least one case?",
        estimates="number of channels with such a part",
        unit=CHANNELS,
        support=(0.0, float("inf")),
        arguments=PartArguments,
        options=ChannelOptions,
        tables=("evasion_parts",),
        levers=(TRUTH_EACH,),
        method="of each channel whether at least one published case with a stated part is true, cases of one origin "
        "together; the number of such channels, a lower bound",
        source=_SOURCE,
        limits="That a part is published says neither how large it is nor who in that state knew. The chances of truth "
        "are a convention.",
        run=run_channels,
    ),
    Measure(
        name="evasion.part",
        question="In what share of the published cases of evasion does another actor have a part?",
        estimates="share of published cases with such a part",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=PartArguments,
        options=PartOptions,
        tables=("evasion_parts",),
        levers=(PART_EACH,),
        method="share of published cases with a stated part, each origin once, by channel; the lowest of the channels",
        source="H. Jeffreys, Theory of Probability, 3rd edition, 1961, section 3.10, for the prior of a share",
        limits="A share of what was published is no share of what there was: whoever looks for a part publishes where "
        "it is found. Where the record is a convenience one, it can neither support nor contradict.",
        run=run_part,
    ),
)
