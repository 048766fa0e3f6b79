"""What rows of trade cannot say together: parts above their whole, and ranges of one publisher that are added up."""

from __future__ import annotations

from tumen.record.columns import Plausibility

#: Rows by flow: exports, imports and total, each with one unit of its last printed digit.
_SIDED = """
    sided as (
        select id, territory, partner, "start", "end", commodity, publisher, unit, one.flow as flow, one.v as v
        from (
            select id, territory, partner, "start", "end", commodity, publisher,
                cast(coalesce(last_digit_usd, 0) as double) as unit,
                unnest([
                    {'flow': 'exports', 'v': cast(exports_usd as double)},
                    {'flow': 'imports', 'v': cast(imports_usd as double)},
                    {'flow': 'total', 'v': cast(coalesce(total_usd, exports_usd + imports_usd) as double)}
                ]) as one
            from trade
            where {usable}
        )
        where one.v is not null
    )"""

_MEND = "One of the rows is wrong: correct it, or mark it quality = suspect."

PARTNER_ABOVE_WORLD = Plausibility(
    "with "  # noqa: S608 - our own
    + _SIDED
    + """
    select [p.id, w.id] as ids, max(p.v - w.v) as size, arg_max(
        format('{} of {} with {} of {:,.0f} USD, above {:,.0f} with all partners',
            p.flow, p.territory, p.partner, p.v, w.v), p.v - w.v) as got
    from sided as p inner join sided as w using (territory, "start", "end", commodity, publisher, flow)
    where p.partner <> 'WLD' and w.partner = 'WLD' and p.v > w.v + (p.unit + w.unit) / 2 + 1e-9 * p.v
    group by p.id, w.id
    """,
    "trade with one partner above that with all partners",
    "a part that is no larger than its whole",
    _MEND,
    "partner-above-world",
)

PARTNERS_ABOVE_WORLD = Plausibility(
    "with "  # noqa: S608 - our own
    + _SIDED
    + """,
    parts as (
        select territory, "start", "end", commodity, publisher, flow, partner, min(v) as v, max(unit) as unit,
            arg_min(id, v) as id
        from sided
        where partner not in ('WLD', territory, {groups})
        group by territory, "start", "end", commodity, publisher, flow, partner
    ),
    sums as (
        select territory, "start", "end", commodity, publisher, flow, sum(v) as v, sum(unit) as unit,
            max(v) as largest, count(*) as partners, arg_max(id, v, 3) as ids
        from parts
        group by territory, "start", "end", commodity, publisher, flow
    )
    select list_append(any_value(s.ids), w.id) as ids, max(s.v - w.v) as size, arg_max(
        format('{} of {} with {} partners of {:,.0f} USD together, above {:,.0f} with all partners',
            s.flow, s.territory, s.partners, s.v, w.v), s.v - w.v) as got
    from sums as s inner join sided as w using (territory, "start", "end", commodity, publisher, flow)
    where w.partner = 'WLD' and s.v > w.v + (s.unit + w.unit) / 2 + 1e-9 * s.v
        and s.largest <= w.v + (s.unit + w.unit) / 2 + 1e-9 * s.v
    group by w.id
    """,
    "trade with some partners that is together above that with all partners",
    "parts that are together no larger than their whole",
    "One of the rows is wrong, or a partner is a group of others. Correct it, or mark it quality = suspect.",
    "partners-above-world",
)

RANGES_OVERLAP = Plausibility(
    """
    select [a.id, b.id] as ids, cast(least(a.high_usd, b.high_usd) as double) as size,
        format('two ranges of unrecorded {} of {} with {} by one publisher that share days and are added up',
            a.kind, a.territory, a.partner) as got
    from unrecorded as a inner join unrecorded as b using (territory, partner, kind, publisher)
    where a.id < b.id and a."start" < b."end" and b."start" < a."end"
        and (a."start" <> b."start" or a."end" <> b."end")
        and a.id in (select id from unrecorded where {usable}) and b.id in (select id from unrecorded where {usable})
    """,
    "two ranges of one publisher that share days and are added up",
    "ranges of different exchange, or of different times",
    "If both hold the same exchange, mark one quality = suspect; if not, nothing is to be done.",
    "ranges-overlap",
)
