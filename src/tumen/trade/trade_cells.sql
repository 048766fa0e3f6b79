-- The firmest figures that each publisher printed for each partner and period.
--
-- One row a figure: a publisher, partner and period inside [$first, $last), and where that is a sum of codes one row a
-- code; of a sum of more than $listed codes one row a source and last digit, `row_count` of them together under the
-- first of their codes. Figures flagged as bounds, suspect, garbled or missing are not evidence; one flagged as in
-- conflict counts only where the publisher has no other. Of figures as firm as each other the one of the better graded
-- source comes first. A publisher's printed TOTAL comes before the sum of its 6-digit codes. What a publisher prints of
-- the same thing beside the first comes back too, each row with its `place`: whoever asks says which of them contradict.
with usable as (
    select
        t.publisher, t.partner, t."start", t."end", t.commodity, t.id, t.source, t.exports_usd, t.imports_usd,
        coalesce(t.last_digit_usd, 0) as last_digit_usd,
        case
            when $flow = 'exports' then t.exports_usd
            when $flow = 'imports' then t.imports_usd
            else coalesce(t.total_usd, t.exports_usd + t.imports_usd)
        end as value_usd,
        case t.quality when 'exact' then 1 when 'conflict' then 3 else 2 end as firmness,
        s.reliability, s.credibility, s.publisher as maker, s.title, s.url
    from trade as t
    left join sources as s on t.source = s.id
    where t.territory = $territory
        and t."start" >= cast($first as date)
        and t."end" <= cast($last as date)
        and t.quality not in ('lower_bound', 'upper_bound', 'suspect', 'garbled', 'missing')
),
firmest as (
    select
        *,
        row_number() over (
            partition by publisher, partner, "start", "end", commodity
            order by
                firmness nulls last, last_digit_usd nulls last, reliability nulls last, credibility nulls last,
                value_usd nulls last, exports_usd nulls last, imports_usd nulls last, maker nulls last,
                title nulls last, url nulls last, id nulls last
        ) as place,
        count(*) over (partition by publisher, partner, "start", "end", commodity) as prints,
        max(case when commodity = 'TOTAL' then 1 else 0 end) over (
            partition by publisher, partner, "start", "end"
        ) as has_total
    from usable
    where value_usd is not null
),
chosen as (
    select
        *,
        sum(case when place = 1 then 1 else 0 end) over (partition by publisher, partner, "start", "end") as summed
    from firmest
    where commodity = 'TOTAL'
        or (has_total = 0 and length(commodity) = 6 and commodity between '000000' and '999999')
),
named as (
    select *, case when summed <= $listed or prints > 1 then commodity else '' end as code
    from chosen
)
select
    publisher, partner, "start", "end", source, last_digit_usd,
    min(commodity) as first_commodity,
    sum(value_usd) as value_usd,
    sum(exports_usd) as exports_usd,
    sum(imports_usd) as imports_usd,
    count(*) as row_count,
    min(id) as id,
    place
from named
group by publisher, partner, "start", "end", source, last_digit_usd, code, place
order by
    publisher nulls last, partner nulls last, "start" nulls last, "end" nulls last, first_commodity nulls last,
    place nulls last
