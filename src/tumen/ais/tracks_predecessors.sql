-- Runs, each beside the twelve of its MMSI before it that are not too old.
--
-- One row a pair; `place` and `earlier` are the numbers of the two runs.
with asked as (
    select *, unnest(generate_series(1, 12)) as back
    from run_ends
)

select
    r.mmsi, r.run as place, p.run as earlier, r.lon_first as lon, r.lat_first as lat, p.lon_last as lon_0,
    p.lat_last as lat_0, p.speed_kn, p.course_deg,
    (epoch(r.t_first) - epoch(p.t_last)) / 3600e0 as hours
from asked as r
inner join run_ends as p on p.mmsi = r.mmsi and p.run = r.run - r.back
where (epoch(r.t_first) - epoch(p.t_last)) / 3600e0 <= $max_silence_h
