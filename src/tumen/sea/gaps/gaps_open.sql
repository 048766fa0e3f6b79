-- Silences that last until the positions end: of ships that are not heard again for at least $min_gap_h hours.
--
-- One row an MMSI that is heard in two messages or more; `segment` is where it was heard last. There is no end: `t_2` and
-- the place there are null, and so is `segment_2`.
with latest as (
    select
        mmsi, segment, t, lon, lat,
        row_number() over (partition by mmsi order by t desc nulls last, segment nulls last, n desc nulls last) as place,
        count(*) over (partition by mmsi) as messages
    from tracked
)

select
    w.mmsi, w.segment, cast(null as bigint) as segment_2, w.t, w.lon, w.lat,
    cast(null as timestamp) as t_2, cast(null as double) as lon_2, cast(null as double) as lat_2
from latest as w
cross join (select max(t) as t from tracked) as e
where w.place = 1 and w.messages >= 2 and epoch(e.t) - epoch(w.t) >= 3600 * $min_gap_h
