"""Numbers and tipping points in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tumen.case.model import Region
from tumen.judge.evaluated import Evaluated
from tumen.judge.in_time import Times
from tumen.judge.movable import BOUNDS
from tumen.judge.tipping import Crossing, TippingPoint
from tumen.judge.verdict import Chance, Verdict
from tumen.judge.windows import day_before
from tumen.measure.estimate import Used
from tumen.measure.units import Unit, figure_said
from tumen.record.left_out import BeyondWall
from tumen.record.prints import Earlier


def likelihood(chance: Chance | None) -> str:
    """P(claim) as people read it; draws cannot tell one in thousands from never.

    Example:
        >>> likelihood(Chance(1.0, 1.0, 1.0)), likelihood(Chance(0.3, 0.3, 0.3)), likelihood(Chance(0.6, 0.0, 0.6))
        ('> 0.99', '0.30', '≤ 0.60')
        >>> likelihood(Chance(0.6, 0.3, 0.97))
        '0.30 to 0.97'
    """
    if chance is None:
        return "—"
    if chance.probability is not None:
        return "> 0.99" if chance.share > 0.99 else "< 0.01" if chance.share < 0.01 else f"{chance.share:.2f}"
    if chance.low < 0.005 and chance.high > 0.995:
        return "not pinned"
    if chance.low < 0.005:
        return f"≤ {chance.high:.2f}"
    return f"≥ {chance.low:.2f}" if chance.high > 0.995 else f"{chance.low:.2f} to {chance.high:.2f}"


def tipping_sentence(point: TippingPoint, verdict: Verdict) -> str:
    """A tipping point as a sentence, with the specification that it belongs to."""
    scope = _scope(point, verdict)
    if point.lever in BOUNDS:
        return f"{scope}{_of_bound(point, verdict)}."
    if point.value is None:
        low, high = point.unit.bound(point.low), point.unit.bound(point.high)
        return f"{scope}no value from {low} to {high} of {point.label} {_CHANGED[point.crossing]}."
    moved = point.unit.of_lever(point.value, point.label)
    verb = "bring" if point.unit.lever == "many" else "brings"
    if point.crossing == "one half":
        return f"{scope}{moved} {verb} {_to_bound(point, verdict)}."
    if point.crossing == "words":
        return f"{scope}{moved} {verb} the claim to “{point.flips_to}”."
    return f"{scope}{moved} {verb} the verdict to {point.verdict}."


def _of_bound(point: TippingPoint, verdict: Verdict) -> str:
    """Up to which bound a verdict holds."""
    if point.value is None or point.baseline is None:
        return f"no {point.label} {_CHANGED[point.crossing]}"
    value, side = point.unit.said(point.value), "below" if point.value > point.baseline else "above"
    if point.crossing == "one half":
        return f"a {point.label} of {value} makes the claim as likely as not"
    if point.crossing == "words":
        return f"a {point.label} of {value} brings the claim to “{point.flips_to}”"
    stays = (
        "the verdict stays as it is" if verdict.outcome in ("depends", "undetermined") else f"it is {verdict.outcome}"
    )
    return f"{stays} for any {point.label} {side} {value}"


#: What no value of a bound does.
_CHANGED: Mapping[Crossing, str] = {
    "one half": "makes the claim as likely as not",
    "words": "changes its words",
    "verdict": "changes the verdict",
}


def tipping_lines(verdict: Verdict) -> list[str]:
    """Every tipping point as a sentence; a lever that changes nothing anywhere is said once."""
    lines: list[str] = []
    for name in dict.fromkeys(p.lever for p in verdict.tipping_points):
        mine = [p for p in verdict.tipping_points if p.lever == name]
        moving = [p for p in mine if p.value is not None]
        lines += [capital(tipping_sentence(p, verdict)) for p in moving]
        if not moving:
            ends = f" from {mine[0].unit.bound(mine[0].low)} to {mine[0].unit.bound(mine[0].high)}"
            lines.append(f"No value of {mine[0].label}{ends} changes anything.")
    return list(dict.fromkeys(lines))


def _scope(point: TippingPoint, verdict: Verdict) -> str:
    if len(verdict.specifications) == 1:
        return ""
    if point.specification is None:
        return "Over all ways to count: "
    labels = {s.run.id: s.run.label for s in verdict.specifications}
    return f"With “{labels[point.specification]}”: "


def _to_bound(point: TippingPoint, verdict: Verdict) -> str:
    """Where the median lands at one half: on the bound of a one-sided region."""
    bounds = verdict.claim.holds.bounds
    if any(s.run.bounds for s in verdict.specifications):
        return "the part that could be measured to as likely as not"
    several = len(verdict.specifications) > 1
    if (point.specification is None and several) or len(bounds) != 1 or verdict.estimate is None:
        return "the claim to as likely as not"
    unit = verdict.estimate.unit
    return f"{unit.subject} to {unit.bound(bounds[0])}"


def region(holds: Region, unit: Unit) -> str:
    """Where a claim holds, with units.

    Example:
        >>> from tumen.measure.units import CHANGE_IN_SHARE, SHARE
        >>> region(Region(above=0.98), SHARE), region(Region(within=(-0.05, 1.0)), CHANGE_IN_SHARE)
        ('above 98 per cent', 'within -5 percentage points to +100 percentage points')
    """
    bounds = [unit.bound(b) for b in holds.bounds]
    kind = str(holds).split(" ", 1)[0]
    return f"{kind} {' to '.join(bounds)}"


def when(times: Times) -> str:
    """Which periods a claim asks after, with its kind in time; empty where it has neither.

    Example:
        >>> from tumen.judge.windows import Window
        >>> when(Times("fixed", (Window(("period",), dt.date(2023, 1, 1), dt.date(2024, 1, 1)),)))
        'fixed; period 2023-01-01 to 2023-12-31'
    """
    periods = [f"{w.name} {w.start} to {w.last_day}" for w in times.windows] if not times.lacking else []
    closes = [f"closes on {times.closes}"] if times.closes else []
    return "; ".join([*([times.in_time] if times.in_time else []), *periods, *closes])


def reach(times: Times) -> list[str]:
    """That periods end as far as the record reaches, a sentence each."""
    return [
        f"The record reaches to {w.last_day}: {w.name} ends there, not on {day_before(w.asked)}."
        for w in times.cut
        if w.asked
    ]


def said_of_row(used: Used) -> str:
    """What a row that carries a verdict tells: when, of whom, of what, how much, and in its own words.

    Example:
        >>> import datetime as dt
        >>> from tumen.measure.units import USD, amount
        >>> year = {"start": dt.date(2023, 1, 1), "end": dt.date(2024, 1, 1)}
        >>> row = {"table": "trade", "id": "a", "source": "s", "publisher": "P"}
        >>> said_of_row(Used(**row, **year, actors=("AAA", "BBB"), commodity="TOTAL", amount=amount(1500.0, USD)))
        '2023, AAA–BBB, TOTAL: 1,500 USD'
    """
    about = ", ".join(part for part in (_period(used), "–".join(used.actors), used.kind, used.commodity) if part)
    figure = "; ".join(part for part in (used.amount.said if used.amount else "", used.text) if part)
    return ": ".join(part for part in (about, figure) if part)


def said_before(one: Earlier, evaluated: Evaluated) -> str:
    """What a publisher had printed before a row, and where and when that was read."""
    figures = ", ".join(f"{name} {figure_said(value)}" for name, value in one.values.items())
    where = evaluated.sources[one.source].shown
    return f"{figures} ({one.id}; {where}{f', published {one.published}' if one.published else ''})"


def _period(used: Used) -> str:
    """When: a day, a year, or the first day and the last."""
    start, end = used.start or used.end, used.end
    if start is None or end is None or start == end:
        return str(start or "")
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1):
        return str(start.year) if end.year == start.year + 1 else f"{start.year} to {end.year - 1}"
    return f"{start} to {end - dt.timedelta(days=1)}"


def beyond(left_out: Mapping[str, BeyondWall]) -> str:
    """What lies beyond the wall of time, by table.

    Example:
        >>> beyond({"trade": BeyondWall(2, 1), "sources": BeyondWall(0, 3)})
        '3 of trade, 3 of sources'
    """
    return ", ".join(f"{out.beyond:,} of {table_said(name)}" for name, out in left_out.items() if out.beyond)


def printed_anew(left_out: Mapping[str, BeyondWall]) -> str:
    """How many figures were left out as their publishers had printed them anew, by table.

    Example:
        >>> printed_anew({"trade": BeyondWall(2, 1, revised=4), "sources": BeyondWall(0, 3)})
        '4 of trade'
    """
    return ", ".join(f"{out.revised:,} of {table_said(name)}" for name, out in left_out.items() if out.revised)


def table_said(name: str) -> str:
    """A table's name as words.

    Example:
        >>> table_said("weapon_tests")
        'weapon tests'
    """
    return name.replace("_", " ")


def capital(sentence: str) -> str:
    """A sentence with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


#: What is said of data that a simulation made.
SIMULATED = "Simulated data: nothing here was observed."


def banner(evaluated: Evaluated) -> str:
    """What has to stand above everything else, or nothing."""
    if evaluated.case.header.simulated:
        return SIMULATED
    records = evaluated.simulated_records
    return f"Simulated {records}: what was found in them was not observed." if records else ""


def loud(said: str) -> str:
    """A sentence with what stands before its colon in capitals.

    Example:
        >>> loud("Simulated data: nothing here was observed.")
        'SIMULATED DATA: nothing here was observed.'
    """
    first, _, rest = said.partition(":")
    return f"{first.upper()}:{rest}"
