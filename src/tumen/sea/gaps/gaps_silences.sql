-- Silences of one ship of at least $min_gap_h hours: between two positions of a segment, or of two segments.
--
-- One row a silence, `segment` and `segment_2` being those before and after. A segment goes on from the latest of
-- the four of its MMSI that ended before it and that it can be reached from; each has one successor, the earliest.
with placed as (
    select
        mmsi, segment, t, lon, lat,
        lead(t) over (partition by mmsi, segment order by n nulls last) as t_2,
        lead(lon) over (partition by mmsi, segment order by n nulls last) as lon_2,
        lead(lat) over (partition by mmsi, segment order by n nulls last) as lat_2,
        lag(t) over (partition by mmsi, segment order by n nulls last) as t_0
    from tracked
),

ends as (
    select
        mmsi, segment, t, lon, lat,
        row_number() over (partition by mmsi order by t nulls last, segment nulls last) as place
    from placed
    where t_2 is null
),

edges as (
    select mmsi, segment, epoch(t) as moment_s, 1 as ended
    from ends
    union all
    select mmsi, segment, epoch(t) - 3600 * $min_gap_h as moment_s, 0 as ended
    from placed
    where t_0 is null
),

counted as (
    select
        mmsi, segment, ended,
        sum(ended) over (
            partition by mmsi
            order by moment_s nulls last, ended desc nulls last, segment nulls last
            rows between unbounded preceding and current row
        ) as ended_before
    from edges
),

asked as (
    select *, unnest(generate_series(0, 3)) as back
    from counted
    where ended = 0
),

pairs as (
    select
        s.mmsi, e.segment, s.segment as segment_2, e.place,
        e.t, e.lon, e.lat, s.t as t_2, s.lon as lon_2, s.lat as lat_2,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(s.lat - e.lat) / 2), 2)
            + cos(radians(s.lat)) * cos(radians(e.lat)) * power(sin(radians(s.lon - e.lon) / 2), 2)
        ))) as distance_m
    from asked as c
    inner join ends as e on c.mmsi = e.mmsi and e.place = c.ended_before - c.back
    inner join placed as s on c.mmsi = s.mmsi and c.segment = s.segment and s.t_0 is null
),

latest as (
    select *, row_number() over (partition by mmsi, segment_2 order by place desc nulls last) as choice
    from pairs
    where distance_m <= 1852 * (epoch(t_2) - epoch(t)) / 3600e0 * $max_speed_kn
),

first_of_each as (
    select *, row_number() over (partition by mmsi, segment order by t_2 nulls last, segment_2 nulls last) as successor
    from latest
    where choice = 1
)

select mmsi, segment, segment as segment_2, t, lon, lat, t_2, lon_2, lat_2
from placed
where epoch(t_2) - epoch(t) >= 3600 * $min_gap_h
union all
select mmsi, segment, segment_2, t, lon, lat, t_2, lon_2, lat_2
from first_of_each
where successor = 1
