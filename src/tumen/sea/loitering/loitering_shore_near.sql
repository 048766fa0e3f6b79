-- Pieces of the shore that may be within a degree of latitude of a place in each whole degree with slow legs.
--
-- One row a whole degree and piece: the piece lies in the same degrees of latitude or the next, and no further east or
-- west than a degree of latitude is long there; across 180 degrees of longitude too.
with degrees as (
    select distinct degree_x, degree_y
    from slow_places
),

near as (
    select -1 as off
    union all
    select 0 as off
    union all
    select 1 as off
)

select d.degree_x, d.degree_y, s.lon_1, s.lat_1, s.lon_2, s.lat_2
from degrees as d
cross join near as o
inner join shore as s on s.y = d.degree_y + o.off
where
    abs((s.x - d.degree_x + 540) % 360 - 180)
    <= 1 + 1 / greatest(0.006e0, cos(radians(least(89.9e0, greatest(abs(d.degree_y), abs(d.degree_y + 1)) + 1e0))))
