-- Each gap beside each port of the focal state, with the speed that going there and back in a straight line takes.
--
-- One row a gap and port, numbered. The speed is null where the gap is no longer than $stay_h.
with placed as (
    select
        g.*, p.name as called, p.lon, p.lat,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(p.lat - g.lat_1) / 2), 2)
            + cos(radians(p.lat)) * cos(radians(g.lat_1)) * power(sin(radians(p.lon - g.lon_1) / 2), 2)
        ))) as there_m,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(p.lat - g.lat_2) / 2), 2)
            + cos(radians(p.lat)) * cos(radians(g.lat_2)) * power(sin(radians(p.lon - g.lon_2) / 2), 2)
        ))) as back_m
    from gaps as g
    cross join ports as p
    where p.focal and p.kind = 'port'
)

select
    row_number() over (
        order by mmsi nulls last, "start" nulls last, lon_1 nulls last, called nulls last, lon nulls last, lat nulls last
    ) as pair,
    mmsi, name, imo, ship_type, "start", "end", duration_h, reception, lon_1, lat_1, lon_2, lat_2,
    called as port, lon, lat,
    case when duration_h > $stay_h then (there_m + back_m) / 1852 / (duration_h - $stay_h) end as straight_speed_kn
from placed
