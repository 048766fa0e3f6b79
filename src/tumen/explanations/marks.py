"""What people write into a cell of a matrix of evidence against hypotheses, as a score or a range of likelihoods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: Marks of ACH, and their words in Open Synthesis: from very consistent to very inconsistent.
MARKS: Mapping[str, int] = {
    "cc": 2,
    "c": 1,
    "n": 0,
    "i": -1,
    "ii": -2,
    "very consistent": 2,
    "consistent": 1,
    "neutral": 0,
    "inconsistent": -1,
    "very inconsistent": -2,
}

#: Marks of a hypothesis for which somebody says that an item does not apply.
NOT_APPLICABLE = ("na", "n/a", "n.a.", "not applicable", "not considered")

#: Heuer's signs, which are read where a plus shows that a minus is no dash.
SIGNS: Mapping[str, int] = {"++": 2, "+": 1, "-": -1, "--": -2}

MatrixCell = int | tuple[float, float]

_PART = r"(0?[.,]\d+)"
_RANGE = re.compile(rf"{_PART}\s*(?:\.\.|\u2026|-|\u2013|to)\s*{_PART}")


def plain_mark(cell: str) -> str:
    r"""A cell as it is compared: one kind of minus, blank and case, without the apostrophe that spreadsheets need.

    Example:
        >>> plain_mark(" Very_Inconsistent "), plain_mark("'\u22121")
        ('very inconsistent', '-1')
    """
    return " ".join(cell.replace("\u2212", "-").replace("_", " ").lower().split()).removeprefix("'")


def with_signs(cells: Iterable[str]) -> bool:
    """Whether plain cells have Heuer's signs: one of them is a plus."""
    return any(cell in ("+", "++") for cell in cells)


def mark_meant(mark: str, signs: bool) -> MatrixCell | None:
    """A plain cell as a score or a range; None where it is neither.

    Args:
        signs: whether a plus or a minus alone is a mark.

    Example:
        >>> mark_meant("cc", False), mark_meant("0,4..0,6", False), mark_meant("-", False), mark_meant("-", True)
        (2, (0.4, 0.6), None, -1)
    """
    if bounds := _RANGE.fullmatch(mark):
        return float(bounds[1].replace(",", ".")), float(bounds[2].replace(",", "."))
    if re.fullmatch(r"[+-]?[012]([.,]0+)?", mark):
        return int(float(mark.replace(",", ".")))
    return SIGNS.get(mark) if signs and mark in SIGNS else MARKS.get(mark)
