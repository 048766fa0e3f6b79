-- Positions numbered by ship and time, with how long and how far each is from the one before.
--
-- One row a position. `hours` and `distance_m` are null for a ship's first. Distances are along great
-- circles on a sphere, so that neither 180 degrees of longitude nor the poles are an edge.
with numbered as (
    select
        mmsi, t, lon, lat, speed_kn, course_deg,
        row_number() over (partition by mmsi order by t nulls last, lon nulls last, lat nulls last) as n,
        lag(t) over (partition by mmsi order by t nulls last, lon nulls last, lat nulls last) as t_before,
        lag(lon) over (partition by mmsi order by t nulls last, lon nulls last, lat nulls last) as lon_before,
        lag(lat) over (partition by mmsi order by t nulls last, lon nulls last, lat nulls last) as lat_before,
        lag(speed_kn) over (partition by mmsi order by t nulls last, lon nulls last, lat nulls last) as speed_before
    from positions
)

select
    mmsi, n, t, lon, lat, speed_kn, course_deg,
    (epoch(t) - epoch(t_before)) / 3600e0 as hours,
    2 * 6371008.8 * asin(sqrt(least(
        1e0,
        power(sin(radians(lat - lat_before) / 2), 2)
        + cos(radians(lat)) * cos(radians(lat_before)) * power(sin(radians(lon - lon_before) / 2), 2)
    ))) as distance_m,
    greatest(cast($max_speed_kn as double), coalesce(1.1e0 * least(speed_kn, speed_before), 0)) as most_kn
from numbered
