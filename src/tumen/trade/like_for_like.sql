-- The firmest figure that each publisher printed of each flow, where another publisher printed the same one.
--
-- One row a publisher, flow, period and commodity. Figures flagged as bounds, suspect, garbled or missing are not
-- evidence; one that was computed from others comes after those that were printed, one in conflict last.
with usable as (
    select
        t.publisher, t.territory, t.partner, t.commodity, t."start", t."end", t.quality, t.id, t.source,
        t.exports_usd, t.imports_usd, coalesce(t.total_usd, t.exports_usd + t.imports_usd) as total_usd,
        coalesce(t.last_digit_usd, 0) as last_digit_usd,
        case t.quality when 'exact' then 1 when 'derived' then 3 when 'conflict' then 4 else 2 end as firmness,
        s.reliability, s.credibility, s.publisher as maker, s.title, s.url
    from trade as t
    left join sources as s on t.source = s.id
    where t.quality not in ('lower_bound', 'upper_bound', 'suspect', 'garbled', 'missing')
),
sides as (
    select 'exports' as flow, exports_usd as value_usd, usable.* from usable
    union all
    select 'imports' as flow, imports_usd as value_usd, usable.* from usable
    union all
    select 'total' as flow, total_usd as value_usd, usable.* from usable
),
firmest as (
    select
        *,
        row_number() over (
            partition by publisher, territory, partner, commodity, "start", "end", flow
            order by
                firmness nulls last, last_digit_usd nulls last, reliability nulls last, credibility nulls last,
                value_usd nulls last, maker nulls last, title nulls last, url nulls last, id nulls last
        ) as place
    from sides
    where value_usd > 0
),
counted as (
    select *, count(*) over (partition by territory, partner, commodity, "start", "end", flow) as publishers
    from firmest
    where place = 1
)
select
    publisher, territory, partner, commodity, "start", "end", flow, quality, source, value_usd, reliability, credibility
from counted
where publishers > 1
order by
    territory nulls last, partner nulls last, commodity nulls last, "start" nulls last, "end" nulls last,
    flow nulls last, publisher nulls last
