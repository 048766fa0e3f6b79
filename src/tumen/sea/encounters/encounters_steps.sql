-- Each ship's way from its last position in one stretch to its first in the next: what crosses a mark.
--
-- One row a step. Places are points in space: metres from the earth's centre, on a sphere, so that neither
-- 180 degrees nor a pole is an edge. `leap` says that no ship goes as fast: two ships use the MMSI, or a
-- position is false.
with placed as (
    select
        mmsi, stretch, first_s, last_s,
        6371008.8 * cos(radians(lat_first)) * cos(radians(lon_first)) as x_1,
        6371008.8 * cos(radians(lat_first)) * sin(radians(lon_first)) as y_1,
        6371008.8 * sin(radians(lat_first)) as z_1,
        6371008.8 * cos(radians(lat_last)) * cos(radians(lon_last)) as x_last,
        6371008.8 * cos(radians(lat_last)) * sin(radians(lon_last)) as y_last,
        6371008.8 * sin(radians(lat_last)) as z_last
    from encounter_stretches
),

stepped as (
    select
        mmsi, stretch, x_1, y_1, z_1, first_s as t_1,
        lag(stretch) over (partition by mmsi order by stretch nulls last) as stretch_before,
        lag(last_s) over (partition by mmsi order by stretch nulls last) as t_0,
        lag(x_last) over (partition by mmsi order by stretch nulls last) as x_0,
        lag(y_last) over (partition by mmsi order by stretch nulls last) as y_0,
        lag(z_last) over (partition by mmsi order by stretch nulls last) as z_0
    from placed
),

measured as (
    select *, sqrt(power(x_1 - x_0, 2) + power(y_1 - y_0, 2) + power(z_1 - z_0, 2)) as distance_m
    from stepped
    where stretch_before is not null
)

select *, distance_m > 300 + (t_1 - t_0) * cast($max_speed_kn as double) * 1852 / 3600 as leap
from measured
