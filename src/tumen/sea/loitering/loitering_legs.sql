-- Legs of slow stretches: every $step_min minutes a position, and the legs between them that are slow.
--
-- One row a leg of a stretch of $min_duration_h hours or more, in which every leg is slower than $max_speed_kn and no
-- longer than $max_silence_h. `x` and `y` are the hundredths of a degree of its beginning, `x_2` and `y_2` of its end.
with ticks as (
    select
        mmsi, segment, t, lon, lat,
        row_number() over (
            partition by mmsi, segment, floor(epoch(t) / (60 * cast($step_min as double))) order by t nulls last, lon nulls last, lat nulls last
        ) as choice
    from tracked
),

stepped as (
    select
        mmsi, segment, t, lon, lat,
        row_number() over (partition by mmsi, segment order by t nulls last) as place,
        lead(t) over (partition by mmsi, segment order by t nulls last) as t_2,
        lead(lon) over (partition by mmsi, segment order by t nulls last) as lon_2,
        lead(lat) over (partition by mmsi, segment order by t nulls last) as lat_2
    from ticks
    where choice = 1
),

legs as (
    select
        *,
        (epoch(t_2) - epoch(t)) / 3600e0 as hours,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(lat_2 - lat) / 2), 2)
            + cos(radians(lat)) * cos(radians(lat_2)) * power(sin(radians(lon_2 - lon) / 2), 2)
        ))) / 1852 as distance_nm
    from stepped
    where t_2 is not null
),

slow as (
    select
        *,
        place - row_number() over (partition by mmsi, segment order by place nulls last) as stretch
    from legs
    where hours <= $max_silence_h and distance_nm < hours * cast($max_speed_kn as double)
),

lasting as (
    select *, sum(hours) over (partition by mmsi, segment, stretch) as lasts_h
    from slow
)

select
    mmsi, segment, place, t, t_2, hours, distance_nm, lon, lat, lon_2, lat_2,
    cast(floor((lon + 180) * 100) as integer) as x, cast(floor((lat + 90) * 100) as integer) as y,
    cast(floor((lon_2 + 180) * 100) as integer) as x_2, cast(floor((lat_2 + 90) * 100) as integer) as y_2
from lasting
where lasts_h >= $min_duration_h - 1e-9
