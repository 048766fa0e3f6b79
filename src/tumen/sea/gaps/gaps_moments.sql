-- Messages of the tracks, each with whether it counts: what is heard within $moment_s seconds counts once.
--
-- One row a message; `counts` is 1 for the first of a moment and 0 for the rest. Messages that each follow the one
-- before within $moment_s are one chain, of which the first in each $moment_s seconds from its beginning counts: what
-- several receivers heard of one message is one moment, and a ship that sends every few seconds is heard all the time.
with steps as (
    select
        *,
        epoch(t) - epoch(lag(t) over (partition by mmsi, segment order by n nulls last)) as step_s
    from tracked
),

chains as (
    select
        mmsi, segment, t, lon, lat, n, step_s,
        floor((
            epoch(t) - epoch(max(case when step_s <= $moment_s then null else t end) over (
                partition by mmsi, segment order by n nulls last rows between unbounded preceding and current row
            ))
        ) / $moment_s) as part
    from steps
)

select
    mmsi, segment, t, lon, lat, n,
    case
        when step_s <= $moment_s and part = lag(part) over (partition by mmsi, segment order by n nulls last) then 0
        else 1
    end as counts
from chains
