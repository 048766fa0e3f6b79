-- Windows in batches that hold about $batch_intervals intervals each, so that what is made of one has a bound.
--
-- One row a window; `batch` counts from 0, in the order of `watch`. A window has about as many intervals as the two
-- ships have positions in it, at the rate at which they have them in all their stretches.
with rates as (
    select mmsi, sum(positions) / cast(count(*) as double) as a_stretch
    from encounter_stretches
    group by mmsi
),

weighed as (
    select
        w.*,
        ((w.until_s - w.from_s) / cast($mark_s as double) + 2) * (a.a_stretch + b.a_stretch) as intervals
    from encounter_windows as w
    inner join rates as a on w.mmsi_1 = a.mmsi
    inner join rates as b on w.mmsi_2 = b.mmsi
)

select
    watch, mmsi_1, mmsi_2, from_s, until_s,
    cast(
        floor(
            sum(intervals) over (order by watch nulls last rows between unbounded preceding and current row)
            / cast($batch_intervals as double)
        ) as bigint
    ) as batch
from weighed
