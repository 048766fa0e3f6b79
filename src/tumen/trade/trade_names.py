"""What arguments of the measures of trade name in the record."""

from __future__ import annotations

from typing import Annotated

from tumen.measure.arguments import ActorCode
from tumen.measure.named_columns import Names, acting

#: Cells of the totals that a share is taken of, whatever a claim names.
TOTALS = {"trade.commodity": ("TOTAL",), "trade.partner": ("WLD",)}

#: Whose trade it is.
Territory = Annotated[ActorCode, acting("trade.territory")]

#: With whom.
Partner = Annotated[ActorCode, acting("trade.partner")]

#: Either of two whose trade with each other is looked at from both sides.
Trader = Annotated[ActorCode, acting("trade.territory", "trade.partner")]

#: The publisher of figures without which there is nothing to measure.
FigurePublisher = Annotated[str, Names("publisher", ("trade.publisher",), unmatched="lacking")]

#: A publisher whose figures are added to another's.
AddedPublisher = Annotated[
    str,
    Names(
        "publisher",
        ("trade.publisher",),
        rows="partner <> 'WLD'",
        which=" of a figure for one partner: totals of all partners cannot be added",
    ),
]

#: Goods, by code or basket.
Goods = Annotated[str, Names("commodity", ("trade.commodity", "baskets.basket"), also=("TOTAL",), unmatched="lacking")]

#: A kind of exchange that trade tables leave out, and a publisher of its ranges.
ExchangeKind = Annotated[str, Names("kind", ("unrecorded.kind",))]
ExchangePublisher = Annotated[str, Names("publisher", ("unrecorded.publisher",))]
