-- Positions far from the one before, each beside the four before it.
--
-- One row a pair; `place` and `earlier` are the numbers of the two positions.
with older as (
    select 1 as back
    union all
    select 2 as back
    union all
    select 3 as back
    union all
    select 4 as back
)

select
    s.mmsi, s.n as place, p.n as earlier, s.lon, s.lat, p.lon as lon_0, p.lat as lat_0, p.speed_kn, p.course_deg,
    (epoch(s.t) - epoch(p.t)) / 3600e0 as hours
from fixes as s
cross join older as o
inner join fixes as p on p.mmsi = s.mmsi and p.n = s.n - o.back
where s.distance_m > $far_m or s.hours > $max_silence_h
