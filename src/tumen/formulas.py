"""Text that no spreadsheet runs as a formula, however it parts the cells of a line."""

from __future__ import annotations

import re
from functools import lru_cache

from tumen.errors import visible

#: Signs with which a spreadsheet takes a cell for a formula. Source: OWASP, CSV Injection.
_SIGNS = r"[=+\-@\t\r|%＝＋－＠]"

#: What readers part cells at, by habit or by the country that a machine is set to.
_PARTS = r"[,;\t\r\n|]"

#: What may stand before a formula: readers take it away.
_BEFORE = r"(?:(?![\t\r\n])[\s\"'])*"

_LIVE = re.compile(rf"(?:\A|(?<={_PARTS}))(?={_BEFORE}{_SIGNS})")
_DEFUSED = re.compile(rf"(?:\A|(?<={_PARTS}))'(?={_BEFORE}{_SIGNS})")


@lru_cache(maxsize=8192)  # a table says the same things again and again
def inert(cell: str) -> str:
    r"""A cell that a spreadsheet shows as text: an apostrophe stands before whatever begins like a formula.

    A reader that parts cells at semicolons, tabs, bars or line ends, and knows nothing of quotes, finds no formula
    either.

    Source: OWASP, CSV Injection.

    Example:
        >>> inert('=HYPERLINK("http://x")'), inert("-1"), inert("KOTRA"), inert("Trade;=A1+1;x")
        ('\'=HYPERLINK("http://x")', "'-1", 'KOTRA', "Trade;'=A1+1;x")
    """
    return _LIVE.sub("'", visible(cell))


def as_meant(cell: str) -> str:
    """A cell without the apostrophes that `inert` put in.

    Example:
        >>> as_meant("Trade;'=A1+1;x"), as_meant("it's")
        ('Trade;=A1+1;x', "it's")
    """
    return _DEFUSED.sub("", cell)
