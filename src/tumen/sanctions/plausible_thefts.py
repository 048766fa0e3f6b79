"""What reports of thefts hardly say together: one theft told twice, and values in another unit."""

from __future__ import annotations

from tumen.record.columns import Plausibility

#: Thefts that stand for themselves, with the letters and digits of the victim's name, the first of these, and a value.
_STANDING = """
    standing as (
        select id, "date", date_precision, attributed_to, victim,
            regexp_replace(lower(strip_accents(victim)), '[^a-z0-9]', '', 'g') as plain,
            left(regexp_replace(lower(strip_accents(victim)), '[^a-z0-9]', '', 'g'), 4) as begins,
            cast(coalesce(value_usd, high_usd, low_usd) as double) as v
        from thefts
        where duplicate_of is null and {usable}
    )"""

#: So many days apart reports of one victim may tell of one theft.
_DAYS = 7

TOLD_TWICE = Plausibility(
    "with "  # noqa: S608 - our own
    + _STANDING
    + f"""
    select distinct [a.id, b.id] as ids, least(a.v, b.v) as size,
        format('{{}} on {{}} and {{}} on {{}}, which may be one theft told twice',
            a.victim, a."date", b.victim, b."date") as got
    from standing as a inner join standing as b on a.attributed_to = b.attributed_to and a.begins = b.begins
    where (a."date", a.id) < (b."date", b.id)
        and (starts_with(a.plain, b.plain) or starts_with(b.plain, a.plain))
        and (
            date_diff('day', a."date", b."date") <= {_DAYS}
            or ('month' in (a.date_precision, b.date_precision)
                and date_trunc('month', a."date") = date_trunc('month', b."date"))
        )
    union
    select [a.id, b.id] as ids, least(a.v, b.v) as size,
        format('{{}} and {{}} on {{}}, of nearly the same value, which may be one theft told twice',
            a.victim, b.victim, a."date") as got
    from standing as a inner join standing as b on a.attributed_to = b.attributed_to and a."date" = b."date"
    where a.id < b.id and a.date_precision = 'day' and b.date_precision = 'day'
        and not starts_with(a.plain, b.plain) and not starts_with(b.plain, a.plain)
        and a.v > 0 and b.v > 0 and abs(a.v - b.v) <= 0.02 * greatest(a.v, b.v)
    """,  # noqa: S608 - our own
    "two reports that may tell of one theft",
    "each theft once, or duplicate_of in all rows of a theft but one",
    "If it is one theft, set duplicate_of; if they are two, nothing is to be done.",
    "theft-twice",
)

#: Below so many dollars a theft is hardly worth a publisher's while, beside one a thousand times as large.
_SMALL_USD, _TIMES = 10_000, 1_000

#: Above so many no theft has ever been.
_LARGE_USD = 10_000_000_000

VALUE_UNIT = Plausibility(
    f"""
    select [id, largest] as ids, abs(log10(v / most)) + 1 as size,
        format('a theft of {{:,.2f}} USD beside one of {{:,.0f}}', v, most) as got
    from (
        select id, v, max(v) over (partition by attributed_to) as most,
            arg_max(id, v) over (partition by attributed_to) as largest
        from (
            select id, attributed_to, cast(coalesce(value_usd, high_usd, low_usd) as double) as v
            from thefts where {{usable}}
        )
        where v > 0
    )
    where (v < {_SMALL_USD} and most >= {_TIMES} * v and id <> largest and most >= 1e6)
    union all
    select [id] as ids, log10(v) as size, format('a theft of {{:,.0f}} USD', v) as got
    from (
        select id, cast(coalesce(value_usd, high_usd, low_usd) as double) as v from thefts where {{usable}}
    )
    where v >= {_LARGE_USD}
    """,  # noqa: S608 - our own
    "a value that looks like another unit",
    "values in dollars",
    "See whether it is in thousands or millions, and write it out; if it is right, nothing is to be done.",
    "theft-unit",
)
