-- The run that each run goes on from: of the twelve before it, the latest that matches about as well as the best.
--
-- One row a run, `head` its predecessor, or itself where it has none. Matching is by where the earlier run's
-- ship would be at its last speed and course, or had it stopped. A run has one successor, the earliest.
with reachable as (
    select
        mmsi, place as run, earlier as before,
        least(distance_m, projected_m) as off_m,
        min(least(distance_m, projected_m)) over (partition by mmsi, place) as best_m
    from track_offsets
    where distance_m <= $slack_m + 1852 * hours * cast($max_speed_kn as double)
),

chosen as (
    select mmsi, run, max(before) as before
    from reachable
    where off_m <= $far_m + 2 * best_m
    group by mmsi, run
),

kept as (
    select mmsi, before, min(run) as run
    from chosen
    group by mmsi, before
)

select e.mmsi, e.run, coalesce(k.before, e.run) as head
from run_ends as e
left join kept as k on e.mmsi = k.mmsi and e.run = k.run
