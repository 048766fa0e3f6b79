-- Exports and imports of one reporter, partner, period and commodity side by side, each figure once.
--
-- One row a cell and revision of HS; where a flow has several figures, `number` tells them apart.
with once as (
    select distinct territory, other, period, first_day, commodity, classification, flow, usd, estimation
    from judged_flows
    where reason is null
),
numbered as (
    select
        *,
        row_number() over (
            partition by territory, other, period, commodity, classification, flow
            order by usd nulls last, estimation nulls last
        ) as number
    from once
)
select
    territory, other as partner, period, first_day, commodity, classification, number,
    max(usd) filter (where flow = 'exports') as exports_usd, max(usd) filter (where flow = 'imports') as imports_usd,
    max(estimation) filter (where estimation <> '0') as estimation
from numbered
group by territory, other, period, first_day, commodity, classification, number
