"""Units: what a quantity is counted in, and how values of it are written. Kinds bring their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

#: Writes a value, already scaled, without its unit.
Writer = Callable[[float], str]

#: How a lever stands in a sentence: "shares at 40 per cent", "3 USD of trade left out", "3 further meetings".
LeverPhrase = Literal["at", "of", "many"]

#: What a quality says of a figure that is only a bound.
_BOUNDS: Mapping[str, Literal["at least", "at most"]] = {"lower_bound": "at least", "upper_bound": "at most"}

#: How the size of a large number is written, as on the axes of charts.
_LARGE = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (0.0, ""))


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


def in_words(value: float, significant: int = 3) -> str:
    """A number with so many significant digits, a large one with the letters of its size: m, bn, tn.

    Example:
        >>> in_words(7527043.0), in_words(1200.0), in_words(-2.5e11), in_words(999_950_000.0)
        ('7.53 m', '1,200', '-250 bn', '1 bn')
    """
    size, name = next((s, n) for s, n in _LARGE if abs(float(f"{value:.{significant}g}")) >= s)
    return digits(value / (size or 1.0), significant) + name


def figure_said(value: float) -> str:
    """A figure of the record: in full below a million, from there on as in every sentence.

    Example:
        >>> figure_said(105845.0), figure_said(0.125), figure_said(2769120000.0)
        ('105,845', '0.125', '2.77 bn')
    """
    return in_words(value) if abs(value) >= 1e6 else digits(value, 12)


def per_cent(value: float) -> str:
    """A share of a hundred, with more digits where it is near nothing or near all.

    Example:
        >>> per_cent(98.266), per_cent(0.0412), per_cent(35.0)
        ('98.27', '0.041', '35.0')
    """
    if 0 < abs(value) < 1:
        return digits(value, 2)
    return f"{value:.2f}" if abs(value) > 90 else f"{value:.1f}"


def signed(value: float) -> str:
    """A change, with its sign.

    Example:
        >>> signed(4.58), signed(-0.4)
        ('+4.6', '-0.4')
    """
    return f"{value:+.1f}"


def factor(value: float) -> str:
    """A ratio of the usual sizes with two decimals, any other with three digits.

    Example:
        >>> factor(1.5), factor(0.0123), factor(1234.5)
        ('1.50', '0.0123', '1,230')
    """
    return f"{value:.2f}" if 0.1 <= abs(value) < 100 else digits(value)


def whole(value: float) -> str:
    """A count; between two whole numbers, both.

    Example:
        >>> whole(3.0), whole(3.4)
        ('3', '3 to 4')
    """
    near = abs(value - round(value)) < 0.02
    return f"{round(value):,}" if near else f"{int(value):,} to {int(value) + 1:,}"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """What a quantity is counted in.

    Args:
        name: as authors and JSON write it, such as "share".
        singular, plural: what stands after a number; empty for numbers without one, such as a ratio.
        subject: what a sentence calls a quantity in it: "the share".
        axis: title of an axis in it.
        scale: what values are multiplied by wherever they are shown: 100 for shares.
        write: writes a measured value, without the unit.
        plain: writes a bound as its author gave it, without the unit.
        change: the unit in which a change of such a quantity is said; None: in the same.
        lever: how a lever in this unit stands in a sentence.
    """

    name: str
    singular: str = ""
    plural: str = ""
    subject: str = "the estimate"
    axis: str = ""
    scale: float = 1.0
    write: Writer = digits
    plain: Writer | None = None
    change: Unit | None = None
    lever: LeverPhrase = "at"

    def scaled(self, value: float) -> float:
        """A value as it is shown."""
        return value if self.scale == 1.0 else self.scale * value

    def number(self, value: float) -> str:
        """A measured value as a sentence shows it, without the unit."""
        return self.write(self.scaled(value))

    def said(self, value: float) -> str:
        """A measured value with its unit.

        Example:
            >>> SHARE.said(0.98266), USD.said(7527043.0), CHANGE_IN_SHARE.said(0.0458), RATIO.said(1.5)
            ('98.27 per cent', '7.53 m USD', '+4.6 percentage points', '1.50')
        """
        return self.named(self.number(value))

    def bound(self, value: float) -> str:
        """A bound as its author wrote it, with its unit.

        Example:
            >>> SHARE.bound(0.98), RATIO.bound(2.0), USD.bound(1e9)
            ('98 per cent', '2', '1 bn USD')
        """
        return self.named((self.plain or self.write)(self.scaled(value)))

    def named(self, number: str) -> str:
        """A number that is written already, with the unit after it."""
        return f"{number} {self.singular if number == '1' else self.plural}".rstrip()

    def of_lever(self, value: float, label: str) -> str:
        """A lever that stands at a value: "7.53 m USD of trade missing from the table"."""
        if self.lever == "at":
            return f"{label} at {self.said(value)}"
        return f"{self.said(value)} of {label}" if self.lever == "of" else f"{self.said(value)} {label}"


def counted_in(name: str, singular: str, subject: str) -> Unit:
    """A unit of things that are counted, such as cases.

    Example:
        >>> cases = counted_in("cases", "case", "the number of cases")
        >>> cases.said(1.0), cases.said(2.0)
        ('1 case', '2 cases')
    """
    return Unit(name=name, singular=singular, plural=name, subject=subject, axis=name)


def _general(value: float) -> str:
    return _given(value, 6)


def _given(value: float, significant: int = 10) -> str:
    """A number as its author gave it, without an exponent.

    Example:
        >>> _given(98.0), _given(1e-7), _given(2.5e11), _given(1234567.0)
        ('98', '0.0000001', '250 bn', '1.234567 m')
    """
    return in_words(value, significant)


def _given_signed(value: float) -> str:
    return f"{'+' if value >= 0 else ''}{_given(value)}"


CHANGE_IN_SHARE = Unit(
    name="change in share",
    singular="percentage points",
    plural="percentage points",
    subject="the change in share",
    axis="percentage points",
    scale=100.0,
    write=signed,
    plain=_given_signed,
)
SHARE = Unit(
    name="share",
    singular="per cent",
    plural="per cent",
    subject="the share",
    axis="per cent",
    scale=100.0,
    write=per_cent,
    plain=_given,
    change=CHANGE_IN_SHARE,
)
RATIO = Unit(name="ratio", subject="the ratio", axis="ratio", write=factor, plain=_general)
TIMES = Unit(
    name="times", singular="times", plural="times", subject="the factor", write=factor, plain=_general, lever="many"
)
FACTOR = replace(RATIO, name="factor", subject="the factor", axis="factor")
INDEX = Unit(name="index", subject="the index", axis="index", plain=_general)
COUNT = Unit(name="count", subject="the number", axis="count", write=whole, plain=_general, lever="many")
USD = Unit(name="USD", singular="USD", plural="USD", subject="the value", axis="USD", write=in_words, lever="of")
DAYS = Unit(name="days", singular="day", plural="days", subject="the delay", axis="days")
HOURS = Unit(name="hours", singular="hour", plural="hours", subject="the duration", axis="hours")

#: What the spine itself counts in.
UNITS = (SHARE, CHANGE_IN_SHARE, RATIO, FACTOR, TIMES, INDEX, COUNT, USD, DAYS, HOURS)


def change_of(unit: Unit) -> Unit:
    """The unit in which a change of a quantity is said.

    Example:
        >>> change_of(SHARE).name, change_of(USD).name
        ('change in share', 'USD')
    """
    return unit.change or unit


@dataclass(frozen=True)
class Amount:
    """A figure as a row of the record has it: a number, or a range that may be open at one end.

    Args:
        low, high: both ends, equal for a single number; None where the range is open.
        bound: "at least" or "at most" where a range of two ends is printed as no more than that.

    Example:
        >>> amount(1234567.0, USD).said, Amount(None, 30.0, DAYS).said, Amount(1.0, 2.5, DAYS).said
        ('1.23 m USD', 'at most 30 days', '1 to 2.5 days')
    """

    low: float | None
    high: float | None
    unit: Unit
    bound: Literal["", "at least", "at most"] = ""

    @property
    def value(self) -> float | None:
        """The number; None of a range."""
        return self.low if self.low == self.high else None

    @property
    def said(self) -> str:
        """The figure as sentences have it, with its unit; `evidence.csv` and the JSON object have it in full."""
        low, high = (None if end is None else figure_said(self.unit.scaled(end)) for end in (self.low, self.high))
        if low is None or high is None:
            return self.unit.named(f"at least {low}" if high is None else f"at most {high}")
        return self.unit.named(f"{self.bound} {low if low == high else f'{low} to {high}'}".lstrip())


def amount(value: float, unit: Unit) -> Amount:
    """A single number in its unit."""
    return Amount(value, value, unit)


def printed(low: float | None, high: float | None, unit: Unit, quality: str) -> Amount:
    """A figure as a row prints it, which may be flagged as no more than a bound.

    Args:
        low, high: its ends, equal or one of them None where one number is printed.
        quality: the row's; "lower_bound" makes it "at least", "upper_bound" "at most", all others leave it.

    Example:
        >>> [printed(9.0, 9.0, DAYS, q).said for q in ("exact", "lower_bound", "upper_bound")]
        ['9 days', 'at least 9 days', 'at most 9 days']
        >>> printed(5.0, 9.0, DAYS, "lower_bound").said, printed(None, 9.0, DAYS, "lower_bound").said
        ('at least 5 to 9 days', 'at least 9 days')
    """
    if quality not in _BOUNDS:
        return Amount(low, high, unit)
    if low is not None and high is not None and low != high:
        return Amount(low, high, unit, _BOUNDS[quality])
    number = high if low is None else low
    return Amount(number, None, unit) if quality == "lower_bound" else Amount(None, number, unit)
