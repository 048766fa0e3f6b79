-- In how many moments each MMSI was heard in each hour and half degree in which a silence begins or next to it.
--
-- One row an MMSI, half degree and hour since 1970.
with placed as (
    select
        mmsi,
        cast(cast(floor((lon + 180) * 2) as integer) % 720 as integer) as x,
        cast(floor((lat + 90) * 2) as integer) as y,
        cast(floor(epoch(t) / 3600) as bigint) as hour,
        counts
    from heard
)

select p.mmsi, p.x, p.y, p.hour, cast(sum(p.counts) as bigint) as messages
from placed as p
inner join (select distinct x, y from gap_cells) as c on p.x = c.x and p.y = c.y
group by p.mmsi, p.x, p.y, p.hour
