-- Rows with the day that each says, null where it says none that can be told.
--
-- One row a row. A day begins with its year, or is in the order that `day_orders` has for its file.
select
    r.*,
    try_cast(
        case
            when (length(r.said_day) = 8 or ends_with(r.said_day, '.0')) and regexp_matches(r.said_day, '^[0-9]{8}([.]0)?$')
                then concat(substr(r.said_day, 1, 4), '-', substr(r.said_day, 5, 2), '-', substr(r.said_day, 7, 2))
            when regexp_matches(r.said_day, '^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[ T])') then substr(r.said_day, 1, 10)
            when regexp_matches(r.said_day, '^[0-9]{4}[/.-][0-9]{1,2}[/.-][0-9]{1,2}($|[ T])')
                then regexp_replace(r.said_day, '^([0-9]+)[/.-]([0-9]+)[/.-]([0-9]+).*$', '\1-\2-\3')
            when not regexp_matches(r.said_day, '^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}($|[ T])') then null
            when o."first" = 'day-first'
                then regexp_replace(r.said_day, '^([0-9]+)[/.-]([0-9]+)[/.-]([0-9]+).*$', '\3-\2-\1')
            when o."first" = 'month-first'
                then regexp_replace(r.said_day, '^([0-9]+)[/.-]([0-9]+)[/.-]([0-9]+).*$', '\3-\1-\2')
        end as date
    ) as "day"
from read_rows as r
left join day_orders as o on r._day_file = o.file
