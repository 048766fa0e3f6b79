"""When something was published: a day, a month or a year, which Python and the engine read alike."""

from __future__ import annotations

import calendar
import datetime as dt
import re

#: A year, month or day of publication.
PUBLISHED = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def known_on(published: str) -> dt.date | None:
    """The day by which something published then was known: the last of a month or year; None where it is undated.

    A day that its month does not have counts as the last of the month.

    Example:
        >>> known_on("2024"), known_on("2024-02"), known_on("2024-02-03"), known_on("")
        (datetime.date(2024, 12, 31), datetime.date(2024, 2, 29), datetime.date(2024, 2, 3), None)
    """
    if not re.fullmatch(PUBLISHED[1:-1], published) or published[:4] == "0000":
        return None
    year, month, day = (int(part) for part in (published + "-12-31"[len(published) - 4 :]).split("-"))
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def published_on(column: str) -> str:
    """SQL of the same day, of a column of texts.

    Example:
        >>> published_on("published").startswith("case when regexp_matches(published, ")
        True
    """
    first = f"try_cast(concat(left(concat({column}, '-12'), 7), '-01') as date)"
    day = f"case when length({column}) = 10 then try_cast(right({column}, 2) as integer) else 31 end"
    return (
        f"case when regexp_matches({column}, '{PUBLISHED}') and left({column}, 4) <> '0000' "
        f"then least(last_day({first}), {first} + ({day} - 1)) end"
    )
