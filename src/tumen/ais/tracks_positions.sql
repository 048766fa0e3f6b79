-- Positions with the segment that they are in: one ship's track without a cut.
--
-- `segment` counts an MMSI's segments from 1, in the order of their first positions.
with heads as (
    select mmsi, head, row_number() over (partition by mmsi order by head nulls last) as segment
    from chains
    group by mmsi, head
)

select
    r.mmsi, cast(h.segment as integer) as segment, r.t, r.lon, r.lat, r.speed_kn, r.course_deg, r.n
from runs as r
inner join chains as c on r.mmsi = c.mmsi and r.run = c.run
inner join heads as h on c.mmsi = h.mmsi and c.head = h.head
