-- Each flow with its states and its period, and why it is left out, if it is.
--
-- One row a flow. `reason` is null for one that is kept.
with dated as (
    select
        f.*, r.alpha3 as territory, p.alpha3 as other,
        case
            when regexp_matches(f.period, '^[0-9]{4}$') then try_cast(concat(f.period, '-01-01') as date)
            when regexp_matches(f.period, '^[0-9]{6}$')
                then try_cast(concat(substr(f.period, 1, 4), '-', substr(f.period, 5, 2), '-01') as date)
        end as first_day
    from read_flows as f
    left join states as r on f.reporter = r.spelling
    left join states as p on f.partner = p.spelling
)
select
    *,
    case
        when broken_down then 'part of a flow, by second partner, means of transport or customs procedure'
        when services = 'S' then 'services, which are no goods'
        when flow = 'again' then 're-exports or re-imports, which exports and imports hold already'
        when flow is null then 'a flow that is neither exports nor imports'
        when territory is null or territory in ('?', '') then 'a reporter that is no state'
        when other is null or other in ('?', '') then 'a partner that is no state, such as areas not specified'
        when first_day is null then 'a period that cannot be read'
        when not regexp_matches(classification, '^H[S0-9]') then 'a classification other than HS'
        when not regexp_matches(commodity, '^(TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6})$') then 'a commodity that is neither TOTAL nor a code'
        when usd is null or isnan(usd) or usd < 0 then 'a value that is no number'
    end as reason
from dated
