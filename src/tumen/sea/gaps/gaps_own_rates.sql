-- In how many moments an hour each MMSI with a silence is heard, silences of $min_gap_h hours and more left out.
--
-- One row an MMSI; the rate is null where it has no two messages nearer than that.
with steps as (
    select
        k.mmsi, k.counts,
        (epoch(k.t) - epoch(lag(k.t) over (partition by k.mmsi, k.segment order by k.n nulls last))) / 3600e0 as hours
    from heard as k
    where k.mmsi in (select s.mmsi from silences as s)
)

select
    mmsi,
    sum(case when hours < $min_gap_h then counts else 0 end)
    / nullif(sum(case when hours < $min_gap_h then hours else 0 end), 0) as rate_per_h
from steps
group by mmsi
