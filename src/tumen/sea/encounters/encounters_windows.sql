-- When to look closely at two ships: around marks at which they may have been near each other, away from ports.
--
-- One row a pair and window, numbered; windows of a pair do not overlap. Hits further apart than $link_s are of two
-- windows. A window with fewer than two hits is too short; one whose hits are all within $near_m of a port or
-- anchorage, or at all of whose hits both ships are faster than twice $slower_kn, holds no encounter that counts.
with sides as (
    select -1 as side
    union all
    select 1 as side
),

berths as (
    select
        6371008.8 * cos(radians(lat)) * cos(radians(lon)) as x,
        6371008.8 * cos(radians(lat)) * sin(radians(lon)) as y,
        6371008.8 * sin(radians(lat)) as z,
        2 * 6371008.8 * sin(cast($near_m as double) / 2 / 6371008.8) as reach_m
    from ports
),

cubes as (
    select distinct
        p.x, p.y, p.z, p.reach_m,
        floor((p.x + a.side * p.reach_m) / cast($berth_cell_m as double)) as cube_x,
        floor((p.y + b.side * p.reach_m) / cast($berth_cell_m as double)) as cube_y,
        floor((p.z + c.side * p.reach_m) / cast($berth_cell_m as double)) as cube_z
    from berths as p
    cross join sides as a
    cross join sides as b
    cross join sides as c
),

away as (
    select
        h.mmsi_1, h.mmsi_2, h.mark, max(case when c.x is null then 0 else 1 end) as near, min(h.speed_kn) as speed_kn
    from encounter_hits as h
    left join cubes as c
        on floor(h.x / cast($berth_cell_m as double)) = c.cube_x
        and floor(h.y / cast($berth_cell_m as double)) = c.cube_y
        and floor(h.z / cast($berth_cell_m as double)) = c.cube_z
        and power(h.x - c.x, 2) + power(h.y - c.y, 2) + power(h.z - c.z, 2) < power(c.reach_m, 2)
    group by h.mmsi_1, h.mmsi_2, h.mark
),

followed as (
    select
        mmsi_1, mmsi_2, mark * cast($mark_s as double) as t_s, near, speed_kn,
        lag(mark * cast($mark_s as double)) over (partition by mmsi_1, mmsi_2 order by mark nulls last) as before_s
    from away
),

numbered as (
    select
        *,
        sum(case when t_s - before_s <= cast($link_s as double) then 0 else 1 end)
            over (partition by mmsi_1, mmsi_2 order by t_s nulls last) as number
    from followed
)

select
    row_number() over (order by mmsi_1 nulls last, mmsi_2 nulls last, min(t_s) nulls last) as watch,
    mmsi_1, mmsi_2,
    min(t_s) - cast($pad_s as double) as from_s,
    max(t_s) + cast($pad_s as double) as until_s
from numbered
group by mmsi_1, mmsi_2, number
having count(*) >= 2 and min(near) = 0 and min(speed_kn) <= 2 * cast($slower_kn as double)
