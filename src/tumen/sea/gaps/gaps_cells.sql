-- The half degrees around where each silence begins: its own and the eight next to it, across 180 degrees too.
--
-- One row a silence and half degree.
with near as (
    select -1 as off
    union all
    select 0 as off
    union all
    select 1 as off
)

select
    s.mmsi, s.segment, s.t,
    cast((cast(floor((s.lon + 180) * 2) as integer) + x.off + 720) % 720 as integer) as x,
    cast(floor((s.lat + 90) * 2) as integer) + y.off as y
from silences as s
cross join near as x
cross join near as y
