-- The firmest figure that each publisher printed for each partner and period.
--
-- One row a publisher, partner and period inside [$first, $last). Figures flagged as bounds,
-- suspect, garbled or missing are not evidence; one flagged as in conflict counts only where the
-- publisher has no other. A publisher's printed TOTAL comes before the sum of its 6-digit codes.
with usable as (
    select
        publisher, partner, "start", "end", commodity, id, source, exports_usd, imports_usd,
        coalesce(last_digit_usd, 0) as last_digit_usd,
        case
            when $flow = 'exports' then exports_usd
            when $flow = 'imports' then imports_usd
            else coalesce(total_usd, exports_usd + imports_usd)
        end as value_usd,
        case quality when 'exact' then 1 when 'conflict' then 3 else 2 end as firmness
    from trade
    where territory = $territory
        and "start" >= cast($first as date)
        and "end" <= cast($last as date)
        and quality not in ('lower_bound', 'upper_bound', 'suspect', 'garbled', 'missing')
),
firmest as (
    select
        *,
        row_number() over (
            partition by publisher, partner, "start", "end", commodity
            order by firmness nulls last, last_digit_usd nulls last, id nulls last
        ) as place,
        max(case when commodity = 'TOTAL' then 1 else 0 end) over (
            partition by publisher, partner, "start", "end"
        ) as has_total
    from usable
    where value_usd is not null
)
select
    publisher, partner, "start", "end",
    sum(value_usd) as value_usd,
    sum(exports_usd) as exports_usd,
    sum(imports_usd) as imports_usd,
    max(last_digit_usd) as last_digit_usd,
    count(*) as row_count,
    min(id) as id,
    min(source) as source
from firmest
where place = 1
    and (commodity = 'TOTAL' or (has_total = 0 and length(commodity) = 6 and commodity between '000000' and '999999'))
group by publisher, partner, "start", "end"
order by publisher nulls last, partner nulls last, "start" nulls last, "end" nulls last
