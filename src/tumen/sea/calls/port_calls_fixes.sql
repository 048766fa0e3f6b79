-- Positions within $exit_km of a port, with the nearest.
--
-- One row a position. `place` numbers all positions of its segment, `last_place` is the number of the last; `t_next`
-- is when the segment goes on, and the speed that to the next position where the ship does not send one.
with numbered as (
    select
        mmsi, segment, t, lon, lat, speed_kn,
        row_number() over (partition by mmsi, segment order by n nulls last) as place,
        count(*) over (partition by mmsi, segment) as last_place,
        lead(t) over (partition by mmsi, segment order by n nulls last) as t_next,
        lead(lon) over (partition by mmsi, segment order by n nulls last) as lon_next,
        lead(lat) over (partition by mmsi, segment order by n nulls last) as lat_next
    from tracked
),

beside as (
    select
        k.*, c.port, c.name, c.kind, c.focal, c.lon as port_lon, c.lat as port_lat,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(c.lat - k.lat) / 2), 2)
            + cos(radians(c.lat)) * cos(radians(k.lat)) * power(sin(radians(c.lon - k.lon) / 2), 2)
        ))) as distance_m
    from numbered as k
    inner join port_cells as c
        on cast(cast(floor((k.lon + 180) * 10) as integer) % 3600 as integer) = c.x
        and cast(floor((k.lat + 90) * 10) as integer) = c.y
),

ranked as (
    select
        *,
        row_number() over (partition by mmsi, segment, place order by distance_m nulls last, port nulls last) as choice
    from beside
    where distance_m <= 1000 * cast($exit_km as double)
)

select
    mmsi, segment, place, last_place, t, t_next, port, name, kind, focal, port_lon, port_lat, distance_m,
    coalesce(
        speed_kn,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(lat_next - lat) / 2), 2)
            + cos(radians(lat)) * cos(radians(lat_next)) * power(sin(radians(lon_next - lon) / 2), 2)
        ))) / 1852 / nullif((epoch(t_next) - epoch(t)) / 3600e0, 0)
    ) as speed_kn
from ranked
where choice = 1
