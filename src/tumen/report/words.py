"""Numbers and tipping points in plain words."""

from __future__ import annotations

from tumen.case.model import Region
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import Chance, Verdict

_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))

#: What a measure's unit is called in a sentence.
_QUANTITY = {
    "share": "the share",
    "change in share": "the change in share",
    "ratio": "the ratio",
    "index": "the index",
    "barrels": "the excess",
    "workers": "the number of workers",
    "cases": "the number of cases",
    "remarks": "the number of remarks",
    "days": "the delay",
    "standard deviations": "the gap",
}


def digits(value: float, significant: int = 3) -> str:
    """A number with so many significant digits, without an exponent, thousands apart.

    Example:
        >>> digits(0.000414552), digits(7527043.1), digits(-114544.9)
        ('0.000415', '7,530,000', '-115,000')
    """
    if value == 0:
        return "0"
    text = f"{float(f'{value:.{significant}g}'):,.12f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def quantity(value: float, unit: str) -> str:
    """A value with its unit, as a sentence would say it.

    Example:
        >>> quantity(0.98266, "share"), quantity(7527043.0, "USD"), quantity(0.0458, "change in share")
        ('98.27 per cent', '7.53 million USD', '+4.6 percentage points')
        >>> quantity(1.0, "cases"), quantity(2.0, "cases")
        ('1 case', '2 cases')
    """
    if unit == "share":
        return f"{_share(value)} per cent"
    if unit == "change in share":
        return f"{100 * value:+.1f} percentage points"
    if unit in ("USD", "barrels"):
        for size, name in _LARGE:
            if abs(value) >= size:
                return f"{digits(value / size)} {name} {unit}"
        return f"{digits(value)} {unit}"
    if unit in ("ratio", "factor") and 0.1 <= abs(value) < 100:
        return f"{value:.2f}"
    if unit == "count":
        whole = abs(value - round(value)) < 0.02
        return f"{round(value):,}" if whole else f"{int(value):,} to {int(value) + 1:,}"
    if unit in ("ratio", "factor", "index"):
        return digits(value)
    return f"{digits(value)} {unit.removesuffix('s') if digits(value) == '1' else unit}"


def _share(value: float) -> str:
    """A share in per cent, with more digits where it is near nothing or near all."""
    percent = 100 * value
    if 0 < abs(percent) < 1:
        return digits(percent, 2)
    return f"{percent:.2f}" if abs(percent) > 90 else f"{percent:.1f}"


def likelihood(chance: Chance | None) -> str:
    """P(claim) as people read it; draws cannot tell one in thousands from never.

    Example:
        >>> likelihood(Chance(1.0, 1.0, 1.0)), likelihood(Chance(0.3, 0.3, 0.3)), likelihood(Chance(0.6, 0.0, 0.6))
        ('> 0.99', '0.30', '≤ 0.60')
    """
    if chance is None:
        return "—"
    if chance.probability is not None:
        return "> 0.99" if chance.share > 0.99 else "< 0.01" if chance.share < 0.01 else f"{chance.share:.2f}"
    if chance.low == 0.0 and chance.high == 1.0:
        return "not pinned"
    return f"≤ {chance.high:.2f}" if chance.low == 0.0 else f"≥ {chance.low:.2f}"


def lever_at(point: TippingPoint, value: float) -> str:
    """A lever standing at a value: "7.53 million USD of trade missing from the table"."""
    amount = quantity(value, point.unit)
    if point.unit == "USD":
        return f"{amount} of {point.label}"
    if point.unit == "count":
        return f"{amount} {point.label}"
    return f"{point.label} at {amount}"


def tipping_sentence(point: TippingPoint, verdict: Verdict) -> str:
    """A tipping point as a sentence, with the specification that it belongs to."""
    scope = _scope(point, verdict)
    if point.value is None:
        low, high = bound(point.low, point.unit), bound(point.high, point.unit)
        what = {
            "one half": "makes the claim as likely as not",
            "words": "changes its words",
            "verdict": "changes the verdict",
        }
        return f"{scope}no value from {low} to {high} of {point.label} {what[point.crossing]}."
    moved = lever_at(point, point.value)
    verb = "bring" if point.unit == "count" else "brings"
    if point.crossing == "one half":
        return f"{scope}{moved} {verb} {_to_bound(point, verdict)}."
    if point.crossing == "words":
        return f"{scope}{moved} {verb} the claim to “{point.flips_to}”."
    return f"{scope}{moved} {verb} the verdict to {point.verdict}."


def tipping_lines(verdict: Verdict) -> list[str]:
    """Every tipping point as a sentence; a lever that changes nothing anywhere is said once."""
    lines: list[str] = []
    for name in dict.fromkeys(p.lever for p in verdict.tipping_points):
        mine = [p for p in verdict.tipping_points if p.lever == name]
        moving = [p for p in mine if p.value is not None]
        lines += [capital(tipping_sentence(p, verdict)) for p in moving]
        if not moving:
            what = "No specification's weight" if name == "weight" else f"No value of {mine[0].label}"
            ends = (
                ""
                if name == "weight"
                else f" from {bound(mine[0].low, mine[0].unit)} to {bound(mine[0].high, mine[0].unit)}"
            )
            lines.append(f"{what}{ends} changes anything.")
    return list(dict.fromkeys(lines))


def _scope(point: TippingPoint, verdict: Verdict) -> str:
    if point.lever == "weight":
        return ""
    if len(verdict.specifications) == 1:
        return ""
    if point.specification is None:
        return "Over all ways to count: "
    labels = {s.run.id: s.run.label for s in verdict.specifications}
    return f"With “{labels[point.specification]}”: "


def _to_bound(point: TippingPoint, verdict: Verdict) -> str:
    """Where the median lands at one half: on the bound of a one-sided region."""
    bounds = verdict.claim.holds.bounds
    if verdict.chance and verdict.chance.probability is None:
        return "the part that could be measured to as likely as not"
    if point.lever == "weight" or point.specification is None or len(bounds) != 1 or verdict.estimate is None:
        return "the claim to as likely as not"
    name = _QUANTITY.get(verdict.estimate.unit, "the estimate")
    return f"{name} to {bound(bounds[0], verdict.estimate.unit)}"


def bound(value: float, unit: str) -> str:
    """A bound of a region as its author wrote it, with its unit."""
    if unit == "share":
        return f"{100 * value:.10g} per cent"
    if unit == "change in share":
        return f"{100 * value:+.10g} percentage points"
    return f"{value:g}" if unit in ("ratio", "factor", "index", "count") else quantity(value, unit)


def region(holds: Region, unit: str) -> str:
    """Where a claim holds, with units.

    Example:
        >>> region(Region(above=0.98), "share"), region(Region(within=(-0.05, 1.0)), "change in share")
        ('above 98 per cent', 'within -5 percentage points to +100 percentage points')
    """
    bounds = [bound(b, unit) for b in holds.bounds]
    kind = str(holds).split(" ", 1)[0]
    return f"{kind} {' to '.join(bounds)}"


def capital(sentence: str) -> str:
    """A sentence with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


#: What is said of data that a simulation made.
SIMULATED = "Simulated data: nothing here was observed."
SIMULATED_POSITIONS = "Simulated vessel positions: what was found in them was not observed."


def banner(header_simulated: bool, simulated: bool) -> str:
    """What has to stand above everything else, or nothing."""
    return SIMULATED if header_simulated else SIMULATED_POSITIONS if simulated else ""


def loud(said: str) -> str:
    """A sentence with what stands before its colon in capitals.

    Example:
        >>> loud("Simulated data: nothing here was observed.")
        'SIMULATED DATA: nothing here was observed.'
    """
    first, _, rest = said.partition(":")
    return f"{first.upper()}:{rest}"
