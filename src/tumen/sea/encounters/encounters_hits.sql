-- Marks at which two ships may have been within the distance of each other.
--
-- One row a pair and mark, with the first ship's place; more where a ship has several at a mark. The grid is one of cubes with edges of $cell_m: the second ship is looked for in the up
-- to eight cubes that a ball of $reach_m around it touches, the first in the one that it is in.
with sides as (
    select -1 as side
    union all
    select 1 as side
),

sure as (
    select * from encounter_marks
    where slack_m <= cast($most_slack_m as double)
),

homes as (
    select
        *, floor(x / cast($cell_m as double)) as cube_x, floor(y / cast($cell_m as double)) as cube_y,
        floor(z / cast($cell_m as double)) as cube_z
    from sure
),

reaches as (
    select
        s.*, floor((s.x + a.side * cast($reach_m as double)) / cast($cell_m as double)) as cube_x,
        floor((s.y + b.side * cast($reach_m as double)) / cast($cell_m as double)) as cube_y,
        floor((s.z + c.side * cast($reach_m as double)) / cast($cell_m as double)) as cube_z
    from sure as s
    cross join sides as a
    cross join sides as b
    cross join sides as c
    where
        (
            a.side = -1
            or floor((s.x + cast($reach_m as double)) / cast($cell_m as double))
            <> floor((s.x - cast($reach_m as double)) / cast($cell_m as double))
        )
        and (
            b.side = -1
            or floor((s.y + cast($reach_m as double)) / cast($cell_m as double))
            <> floor((s.y - cast($reach_m as double)) / cast($cell_m as double))
        )
        and (
            c.side = -1
            or floor((s.z + cast($reach_m as double)) / cast($cell_m as double))
            <> floor((s.z - cast($reach_m as double)) / cast($cell_m as double))
        )
)

select h.mmsi as mmsi_1, r.mmsi as mmsi_2, h.mark, h.x, h.y, h.z, least(h.speed_kn, r.speed_kn) as speed_kn
from homes as h
inner join reaches as r
    on h.mark = r.mark and h.cube_x = r.cube_x and h.cube_y = r.cube_y and h.cube_z = r.cube_z and h.mmsi < r.mmsi
where
    power(h.x - r.x, 2) + power(h.y - r.y, 2) + power(h.z - r.z, 2)
    <= power(cast($distance_m as double) + h.slack_m + r.slack_m, 2)
