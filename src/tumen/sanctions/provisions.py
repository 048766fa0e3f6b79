"""Which provisions of sanctions are kept, which are broken, and of which nothing is known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from tumen.counting import counted
from tumen.measure.arguments import ActorCode, Form
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Measure, Used
from tumen.measure.named_columns import acting
from tumen.measure.series import OneCounted
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.sanctions.caps import CapOptions, Loads, YearsAgainstCap, YearsArguments, years_against
from tumen.sanctions.case_truth import true_draws
from tumen.sanctions.evasion_cases import TRUTH_EACH
from tumen.sanctions.units import BARRELS, COUNTED_PROVISIONS, unit_as_written
from tumen.sanctions.witnesses import AnyProvision, Witnesses, provisions_of, witnesses_of

#: A provision stands as broken, or as kept, from this probability on, as a claim is supported.
STANDS = 0.8

_True = NDArray[np.bool_]


class ProvisionArguments(Form):
    """of: the actor that the provisions bind or shield."""

    of: Annotated[ActorCode, acting("provisions.target")]


class ProvisionOptions(Form):
    """certainty: how sure a row must be that shows a breach; load: share of their capacity that
    unreported tankers carried, as in caps.excess.
    """

    certainty: Literal["suspected", "stated"] = "stated"
    load: Loads = (0.33, 0.5, 0.9)


@dataclass(frozen=True)
class _Judged:
    """One provision: draws of whether it was broken and kept, since when, and on which rows.

    Args:
        rows: table and id of each row, as they may be shown.
        used: the same rows, for walking back.
    """

    provision: AnyProvision
    broken: _True
    kept: _True
    since: dt.date | None = None
    rows: tuple[tuple[str, str], ...] = ()
    used: tuple[Used, ...] = field(default=())

    @property
    def state(self) -> str:
        """Kept, broken or unknown; of what binds nobody, that."""
        if not self.provision.binds:
            return "binds nobody"
        if self.broken.mean() >= STANDS:
            return "broken"
        return "kept" if self.kept.mean() >= STANDS else "unknown"


def run_provisions(record: Record, arguments: ProvisionArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Provisions that were broken: at least so many, for nobody publishes all breaches."""
    options: ProvisionOptions = choice.options
    provisions = provisions_of(record, arguments.of)
    certainties = ("stated",) if options.certainty == "stated" else ("stated", "suspected")
    witnesses = witnesses_of(record, arguments.of, certainties)
    caps = {p.id: years for p in provisions if (years := _years(p, record, options, setting))}
    if not witnesses.rows and not caps:
        return Lacking(f"a row that shows that a provision about {arguments.of} was broken or kept (table breaches)")

    shown = {p.id: witnesses.places(p.id, "broken") for p in provisions if p.binds}
    beyond = {name: _any([y.excess(years.assumed) > 0 for y in years.each], setting) for name, years in caps.items()}
    true = true_draws(witnesses.origins, witnesses.chances, setting)

    def respond(lever: str, value: float) -> Draws:
        moved = lever == "truth_each"
        now = true_draws(witnesses.origins, [value] * len(witnesses.rows), setting) if moved else true
        broken = [
            _any([*(now[n] for n in places), *([beyond[name]] if name in beyond else [])], setting)
            for name, places in shown.items()
            if places or name in beyond
        ]
        drawn: Draws = np.sum([np.zeros(setting.draws), *broken], axis=0)
        return drawn

    each = [_judged(p, witnesses, true, caps.get(p.id), record, setting) for p in provisions]
    behind = {witnesses.origins[n] for p in provisions for n in witnesses.places(p.id, "broken")}
    return Found(
        draws=respond("", 0.0),
        used=tuple({(u.table, u.id): u for j in each if j.rows for u in (j.provision.used(record), *j.used)}.values()),
        bounds=frozenset({"lower"}),
        notes=_notes(each),
        baselines={"truth_each": float(np.mean(witnesses.chances))} if witnesses.rows else {},
        respond=respond,
        standings=tuple(_standing(j, record) for j in each),
        effective=float(len(behind) + len(caps)),
    )


def _years(
    provision: AnyProvision, record: Record, options: ProvisionOptions, setting: Setting
) -> YearsAgainstCap | None:
    """Each whole year in which a cap in barrels was in force, as far as it can be measured."""
    if not provision.binds or unit_as_written(provision.cap_unit or "") != BARRELS:
        return None
    first = provision.start.year + ((provision.start.month, provision.start.day) != (1, 1))
    last = min(setting.as_of, provision.end or setting.as_of).year
    if first >= last:
        return None
    asked = YearsArguments(
        recipient=provision.target,
        product=provision.product,
        provision=provision.id,
        period=(dt.date(first, 1, 1), dt.date(last, 1, 1)),
    )
    years = years_against(record, asked, CapOptions(load=options.load), setting)
    return None if isinstance(years, Lacking) else years


def _judged(
    provision: AnyProvision,
    witnesses: Witnesses,
    true: Sequence[_True],
    years: YearsAgainstCap | None,
    record: Record,
    setting: Setting,
) -> _Judged:
    """What rows and, of a cap, the years say of one provision."""
    broken, kept = (_any([true[n] for n in witnesses.places(provision.id, how)], setting) for how in ("broken", "kept"))
    rows = [witnesses.rows[n] for how in ("broken", "kept") for n in witnesses.places(provision.id, how)]
    days = [row.first_day for row in rows if row.first_day]
    used = [row.used for row in rows]
    if years:
        beyond = {y.year: y.excess(years.assumed) > 0 for y in years.each}
        broken = broken | np.any(list(beyond.values()), axis=0)
        if not (years.gaps or years.partial):
            kept = kept | ~np.any(list(beyond.values()), axis=0)
        days += [dt.date(year, 1, 1) for year, over in beyond.items() if over.mean() >= STANDS][:1]
        used += years.used[1:]
    shown = [(u.table, record.redaction.rows(u.table, {u.id}).get(u.id, u.id)) for u in used]
    return _Judged(provision, broken, kept & ~broken, min(days, default=None), tuple(dict.fromkeys(shown)), tuple(used))


def _any(each: Sequence[_True], setting: Setting) -> _True:
    drawn: _True = np.any([np.zeros(setting.draws, dtype=bool), *each], axis=0)
    return drawn


def _standing(one: _Judged, record: Record) -> OneCounted:
    provision = one.provision
    cap = f" of {provision.amount.said}" if provision.amount else ""
    shown = record.redaction.rows("provisions", {provision.id}).get(provision.id, provision.id)
    since = one.since if one.state in ("broken", "kept") else None
    chance = float(one.broken.mean()) if provision.binds else None
    says = f"{provision.product}: {provision.measure}{cap} ({provision.resolution})"
    return OneCounted(shown, says, one.state, chance, since, one.rows)


def _notes(each: Sequence[_Judged]) -> tuple[str, ...]:
    states = Counter(j.state for j in each)
    told = ", ".join(f"{states[s]} {s}" for s in ("broken", "kept", "unknown", "binds nobody") if states[s])
    return (
        f"{counted(len(each), 'provision')}: {told}; that no row shows a breach is no sign that a provision is kept",
    )


MEASURES = (
    Measure(
        name="provisions.kept",
        question="How many provisions of sanctions on an actor are broken, and which are kept?",
        estimates="number of broken provisions",
        unit=COUNTED_PROVISIONS,
        support=(0.0, float("inf")),
        arguments=ProvisionArguments,
        options=ProvisionOptions,
        tables=(
            *("provisions", "breaches", "evasion_cases", "evasion_parts", "workers", "unrecorded", "events"),
            *("deliveries", "unreported"),
        ),
        levers=(TRUTH_EACH,),
        method="of each provision whether a row that shows a breach is true, rows of one origin together, or whether "
        "deliveries of any whole year were beyond its cap; the number of broken ones, a lower bound",
        source="UN Panel of Experts on 1718, reports of 2018–2024, which list breaches by provision",
        limits="A provision of which no row shows a breach is unknown, not kept. Which row shows a breach of which "
        "provision is the case's own reading, in the table breaches.",
        run=run_provisions,
    ),
)
