"""What a sum of printed trade can be: a part is no larger than its whole, and codes are no total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tumen.counting import counted
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.trade.cells import TradeCell, sum_draws

#: A part is beyond its whole where it is so in all but this share of draws.
_IN_DOUBT = 0.05

#: The commodity of a printed total.
_TOTAL = "TOTAL"


def beyond_whole(part: Sequence[TradeCell], whole: Sequence[TradeCell], record: Record, setting: Setting) -> bool:
    """Whether what is printed of a part is larger than what is printed of the whole, by more than their errors allow.

    Returns: False where either is not printed.
    """
    if not part or not whole or sum(c.value_usd for c in part) <= sum(c.value_usd for c in whole):
        return False
    excess = sum_draws(part, record, setting) - sum_draws(whole, record, setting)
    return bool(np.quantile(excess, _IN_DOUBT) > 0)


def impossible(publisher: str, focal: str, partner: str) -> str:
    """What is lacking where a part is beyond its whole, in words."""
    return (
        f"a figure of {publisher} for {focal} with {partner} that is no larger than the one with all partners; "
        "one of the two is wrong"
    )


def of_codes(cell: TradeCell) -> bool:
    """Whether a cell is a sum of codes, as no total is printed."""
    return any(figure.commodity != _TOTAL for figure in cell.figures)


def codes_added(cells: Sequence[TradeCell], year: int) -> Iterator[str]:
    """That codes were added where no total is printed, and how many, of some cells of a year in words."""
    for publisher, partner in dict.fromkeys((c.publisher, c.partner) for c in cells if of_codes(c)):
        mine = [c for c in cells if (c.publisher, c.partner) == (publisher, partner) and of_codes(c)]
        codes = max(sum(f.rows for f in c.figures) for c in mine)
        yield (
            f"{year}: no total is printed of {mine[0].territory} with {partner}; {counted(codes, 'six-digit code')} "
            "added in its place, not all that there may be"
        )
