-- How far each place is from the shore, and whether it is on land.
--
-- One row a place; `shore_nm` is null where no shore is within 60 nautical miles. Distances are those on a plane that
-- touches the globe at the place. A place is on land where its meridian crosses the shore an even number of times on
-- its way to the south pole, which is land.
with flat as (
    select
        p.x, p.y,
        60 * cos(radians(p.lat)) * ((n.lon_1 - p.lon + 540) - 360 * floor((n.lon_1 - p.lon + 540) / 360) - 180) as east_1,
        60 * (n.lat_1 - p.lat) as north_1,
        60 * cos(radians(p.lat)) * (n.lon_2 - n.lon_1) as east,
        60 * (n.lat_2 - n.lat_1) as north
    from slow_places as p
    inner join shore_near as n on p.degree_x = n.degree_x and p.degree_y = n.degree_y
),

shares as (
    select
        *,
        greatest(0e0, least(
            1e0, coalesce(-(east_1 * east + north_1 * north) / nullif(east * east + north * north, 0), 0e0)
        )) as share
    from flat
),

nearest as (
    select x, y, min(sqrt(power(east_1 + share * east, 2) + power(north_1 + share * north, 2))) as shore_nm
    from shares
    group by x, y
),

crossed as (
    select p.x, p.y, count(*) as times
    from slow_places as p
    inner join shore as s on p.degree_x = s.x
    where
        (s.lon_1 <= p.lon) <> (s.lon_2 <= p.lon)
        and s.lat_1 + (p.lon - s.lon_1) / (s.lon_2 - s.lon_1) * (s.lat_2 - s.lat_1) < p.lat
    group by p.x, p.y
)

select
    p.x, p.y,
    case when n.shore_nm <= 60 then n.shore_nm end as shore_nm,
    coalesce(c.times, 0) % 2 = 0 as on_land
from slow_places as p
left join nearest as n on p.x = n.x and p.y = n.y
left join crossed as c on p.x = c.x and p.y = c.y
