-- Flows as rows of the record's table, in order of time.
--
-- One row a cell, its revision of HS in the note.
select
    concat(
        'comtrade-', lower(territory), '-', lower(partner), '-', period, '-', lower(commodity), '-', lower(classification),
        case when number > 1 then concat('-', cast(number as varchar)) else '' end
    ) as id,
    territory, partner, first_day as "start",
    cast(
        case when length(period) = 4 then first_day + interval 1 year else first_day + interval 1 month end as date
    ) as "end",
    commodity, cast(exports_usd as decimal(18, 2)) as exports_usd, cast(imports_usd as decimal(18, 2)) as imports_usd,
    'un-comtrade' as publisher, 'exact' as quality,
    concat(
        'classification ', classification,
        case when estimation is not null then concat('; estimation flag ', estimation) else '' end
    ) as note,
    cast($source as varchar) as source
from flow_cells
order by first_day nulls last, id nulls last
