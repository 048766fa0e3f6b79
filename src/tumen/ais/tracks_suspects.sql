-- Positions far from the one before, each beside the four before it.
--
-- One row a pair; `place` and `earlier` are the numbers of the two positions.
with asked as (
    select *, unnest(generate_series(1, 4)) as back
    from fixes
    where distance_m > $far_m or hours > $max_silence_h
)

select
    s.mmsi, s.n as place, p.n as earlier, s.lon, s.lat, p.lon as lon_0, p.lat as lat_0, p.speed_kn, p.course_deg,
    (epoch(s.t) - epoch(p.t)) / 3600e0 as hours
from asked as s
inner join fixes as p on p.mmsi = s.mmsi and p.n = s.n - s.back
