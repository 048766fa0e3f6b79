"""Units that only sanctions and their evasion are counted in."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.measure.units import USD, Amount, Unit, amount, counted_in, in_words
from tumen.sea.units import TONNES

BARRELS = Unit(
    name="barrels", singular="barrels", plural="barrels", subject="the excess", axis="barrels", write=in_words
)
BARRELS_A_YEAR = Unit(
    name="barrels a year", singular="barrels a year", plural="barrels a year", axis="barrels a year", write=in_words
)
BARRELS_PER_TONNE = Unit(
    name="barrels per tonne", singular="barrels per tonne", plural="barrels per tonne", axis="barrels per tonne"
)
COUNTED_WORKERS = counted_in("workers", "worker", "the number of workers")
CASES = counted_in("cases", "case", "the number of cases")
YEARS = counted_in("years", "year", "the number of years")
CHANNELS = counted_in("channels", "channel", "the number of channels")
COUNTED_PROVISIONS = counted_in("provisions", "provision", "the number of provisions")

UNITS = (
    *(BARRELS, BARRELS_A_YEAR, BARRELS_PER_TONNE, COUNTED_WORKERS, CASES),
    *(YEARS, CHANNELS, COUNTED_PROVISIONS),
)

#: Units as the column quantity_unit of the table evasion_cases writes them.
_WRITTEN: Mapping[str, Unit] = {"t": TONNES, "bbl": BARRELS, "USD": USD}


def unit_as_written(text: str) -> Unit:
    """The unit that a row names; one that we do not know is called as the row calls it.

    Example:
        >>> unit_as_written("t").said(4500.0), unit_as_written("bags").said(12.0), unit_as_written("").said(3.0)
        ('4,500 tonnes', '12 bags', '3')
    """
    return _WRITTEN.get(text) or Unit(name=text, singular=text, plural=text, axis=text)


def amount_as_written(quantity: float | None, unit: str | None) -> Amount | None:
    """How much it was, in the unit that a row names; None where it is not said."""
    return None if quantity is None else amount(quantity, unit_as_written(unit or ""))
