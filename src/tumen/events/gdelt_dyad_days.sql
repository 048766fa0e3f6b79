-- How many events each pair of states had on each day: codes, however often and whichever way round they are reported.
--
-- One row a pair and day with events. States are numbers until the end, because numbers are faster to tell apart. Reports with
-- an actor that is no state, or one state on both sides, are left out.
with codes as (
    select distinct
        g.sqldate, g.eventcode,
        cast(least(a.number, b.number) as smallint) as low, cast(greatest(a.number, b.number) as smallint) as high
    from gdelt_exports as g
    join numbered_states as a on g.actor1countrycode = a.spelling
    join numbered_states as b on g.actor2countrycode = b.spelling
    where a.number <> b.number
),
counted as (
    select sqldate, low, high, count(eventcode) as events
    from codes
    group by sqldate, low, high
)
select
    try_cast(
        concat(substr(cast(c.sqldate as varchar), 1, 4), '-', substr(cast(c.sqldate as varchar), 5, 2), '-',
        substr(cast(c.sqldate as varchar), 7, 2)) as date
    ) as "date",
    a.alpha3 as low, b.alpha3 as high, c.events
from counted as c
join state_names as a on c.low = a.number
join state_names as b on c.high = b.number
