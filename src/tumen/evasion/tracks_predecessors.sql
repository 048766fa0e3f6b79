-- Runs, each beside the twelve of its MMSI before it that are not too old.
--
-- One row a pair; `place` and `earlier` are the numbers of the two runs.
with near as (
    select 1 as back
    union all
    select 2 as back
    union all
    select 3 as back
    union all
    select 4 as back
    union all
    select 5 as back
    union all
    select 6 as back
    union all
    select 7 as back
    union all
    select 8 as back
    union all
    select 9 as back
    union all
    select 10 as back
    union all
    select 11 as back
    union all
    select 12 as back
)

select
    r.mmsi, r.run as place, p.run as earlier, r.lon_first as lon, r.lat_first as lat, p.lon_last as lon_0,
    p.lat_last as lat_0, p.speed_kn, p.course_deg,
    (epoch(r.t_first) - epoch(p.t_last)) / 3600e0 as hours
from run_ends as r
cross join near as o
inner join run_ends as p on p.mmsi = r.mmsi and p.run = r.run - o.back
where (epoch(r.t_first) - epoch(p.t_last)) / 3600e0 <= $max_silence_h
