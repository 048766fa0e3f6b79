"""Steps in one publisher's series that look like another unit: a thousand, a million or a billion times as much."""

from __future__ import annotations

from tumen.record.columns import Figure, Plausibility

#: A step is near a power of a thousand where its decimal logarithm is no farther than this from 3, 6 or 9: a flow may
#: change by itself as well.
_NEAR = 0.4

#: Of smaller figures nothing is said: they go up and down a thousandfold by themselves.
_LEAST_USD, _LEAST = 1e6, 1e4


def leaps(table: str, figure: Figure) -> Plausibility:
    """The check that no figure is about a thousand, a million or a billion times the one before it, or the other way.

    Args:
        figure: which figure a row of the table prints; its `of` holds `start` and `end`.
    """
    series = [name for name in figure.of if name.strip('"') not in ("start", "end")]
    keys = ", ".join(f"{sql} as of_{n}" for n, sql in enumerate(series))
    of = ", ".join(f"of_{n}" for n in range(len(series)))
    parts = [value.rpartition(" as ") for value in figure.values]
    values = ", ".join(
        f"{{'what': '{name}', 'v': cast({sql or name} as double), "
        f"'least': {_LEAST_USD if name.endswith('_usd') else _LEAST}}}"
        for sql, _, name in parts
    )
    return Plausibility(
        f"""
        select [earlier, id] as ids, arg_max(words, leap) as got, max(leap) as size from (
            select *, abs(log10(v / before)) as leap,
                format('{{}} of {{:,.0f}} after {{:,.0f}}, {{:,.0f}} times as {{}}', what, v, before,
                    greatest(v / before, before / v), case when v > before then 'much' else 'little' end) as words
            from (
                select id, what, v, least, lag(v) over series as before, lag(id) over series as earlier
                from (
                    select id, one.what as what, one.v as v, one.least as least, "start", "end",
                        round(date_diff('day', "start", "end") / 28) as span, {of}
                    from (select id, "start", "end", {keys}, unnest([{values}]) as one from "{table}" where {{usable}})
                    where one.v > 0 and "start" is not null
                )
                window series as (partition by {of}, what, span order by "start", "end", id)
            )
            where before is not null and greatest(v, before) >= least
        )
        where abs(leap - 3) <= {_NEAR} or abs(leap - 6) <= {_NEAR} or abs(leap - 9) <= {_NEAR}
        group by earlier, id
        """,  # noqa: S608 - from our schema
        "figures that follow each other in one publisher's series and differ a thousandfold or more",
        "figures of one publisher in one unit",
        "See which is in thousands or millions, and write it out; if both are right, nothing is to be done.",
        "unit-leap",
    )
