"""Steps in one publisher's series that look like another unit: a thousand, a million or a billion times as much."""

from __future__ import annotations

from collections.abc import Sequence

from tumen.record.columns import Figure, Plausibility, Table

#: A step is near a power of a thousand where its decimal logarithm is no farther than this from 3, 6 or 9: a flow may
#: change by itself as well.
_NEAR = 0.4

#: Of smaller figures nothing is said: they go up and down a thousandfold by themselves.
_LEAST_USD, _LEAST = 1e6, 1e4

#: What is said of a step.
LEAP = Plausibility(
    "",
    "figures that follow each other in one publisher's series and differ a thousandfold or more",
    "figures of one publisher in one unit",
    "See which is in thousands or millions, and write it out; if both are right, nothing is to be done.",
    "unit-leap",
)


def has_series(table: Table) -> bool:
    """Whether the figures that its rows print make series: each has a period."""
    of = {name.strip('"') for name in table.figure.of} if table.figure else set()
    return {"start", "end"} <= of


def leaps(tables: Sequence[Table]) -> str:
    """SQL that finds figures about a thousand, a million or a billion times the one before, or the other way.

    All tables are asked in one query, for it costs more to make than to answer.

    Returns: as `finds` of a `Plausibility`, with the place of the table as `place`.
    """
    figures = " union all ".join(_figures(n, t.name, t.figure) for n, t in enumerate(tables) if t.figure)
    return f"""
        select place, [earlier, id] as ids, arg_max(words, leap) as got, max(leap) as size from (
            select *, abs(log10(v / before)) as leap,
                format('{{}} of {{:,.0f}} after {{:,.0f}}, {{:,.0f}} times as {{}}', what, v, before,
                    greatest(v / before, before / v), case when v > before then 'much' else 'little' end) as words
            from (
                select place, id, one.what as what, one.v as v, one.least as least,
                    lag(one.v) over series as before, lag(id) over series as earlier
                from ({figures})
                where one.v > 0 and "start" is not null
                window series as (partition by place, series_of, one.what, span order by "start", "end", id)
            )
            where before is not null and greatest(v, before) >= least
        )
        where abs(leap - 3) <= {_NEAR} or abs(leap - 6) <= {_NEAR} or abs(leap - 9) <= {_NEAR}
        group by place, earlier, id
        """  # noqa: S608 - from our schema


def _figures(place: int, table: str, figure: Figure) -> str:
    """SQL of every value that a table's rows print, with the series that it is of."""
    of = [name for name in figure.of if name.strip('"') not in ("start", "end")]
    series = ", ".join(f"cast({sql} as varchar)" for sql in of)
    parts = [value.rpartition(" as ") for value in figure.values]
    values = ", ".join(
        f"{{'what': '{name}', 'v': cast({sql or name} as double), "
        f"'least': {_LEAST_USD if name.endswith('_usd') else _LEAST}}}"
        for sql, _, name in parts
    )
    return (
        f'select {place} as place, id, "start", "end", [{series}] as series_of, '  # noqa: S608 - from our schema
        f'round(date_diff(\'day\', "start", "end") / 28) as span, unnest([{values}]) as one '
        f'from "{table}" where {{usable}}'
    )
