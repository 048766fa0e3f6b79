"""The column of a ship's IMO number, and what its digits say of it."""

from __future__ import annotations

from tumen.record.columns import Column, Rule


def imo_column(name: str = "imo") -> Column:
    """The column of a ship's IMO number."""
    return Column(name, "text", "IMO number of the ship, seven digits", pattern="^[0-9]{7}$")


def imo_filler(column: str = "imo") -> Rule:
    """A rule that refuses zeros as an IMO number: they stand for none, and would join all ships without one."""
    return Rule(
        f"{column} is null or {column} <> '0000000'",
        "the IMO number 0000000, which stands for none",
        "a ship's number, or an empty cell",
        "Empty the cell: zeros would be one number of all ships without any.",
        "imo-none",
    )


def imo_check(column: str = "imo") -> Rule:
    """A rule that warns where the last digit of an IMO number does not follow from the six before it.

    The last digit is that of a sum: each of the six digits, times its place from the right.

    Source: IMO resolution A.1117(30).
    """
    total = " + ".join(f"{8 - n} * cast(substring({column}, {n}, 1) as integer)" for n in range(1, 7))
    fits = f"({total}) % 10 = cast(substring({column}, 7, 1) as integer)"
    return Rule(
        f"case when regexp_matches({column}, '^[0-9]{{7}}$') then {fits} else true end",
        f"a number in {column} that is not a valid IMO number",
        "a seventh digit that fits the six before it",
        "Compare it with the source: a digit may be mistyped. If the source prints it like this, say so in note.",
        "imo-check",
        strict=False,
    )
