-- The run that each run goes on from: of the twelve before it, the latest that matches about as well as the best.
--
-- One row a run, `head` its predecessor, or itself where it has none. Matching is by where the earlier run's
-- ship would be at its last speed and course, or had it stopped. A run has one successor, the earliest.
with near as (
    select 1 as back
    union all
    select 2 as back
    union all
    select 3 as back
    union all
    select 4 as back
    union all
    select 5 as back
    union all
    select 6 as back
    union all
    select 7 as back
    union all
    select 8 as back
    union all
    select 9 as back
    union all
    select 10 as back
    union all
    select 11 as back
    union all
    select 12 as back
),

pairs as (
    select
        r.mmsi, r.run, p.run as before, r.lon_first as lon, r.lat_first as lat, p.lon_last as lon_0,
        radians(p.lat_last) as phi, radians(coalesce(p.course_deg, 0)) as heading,
        (epoch(r.t_first) - epoch(p.t_last)) / 3600e0 as hours,
        coalesce(p.speed_kn, 0) * 1852 * (epoch(r.t_first) - epoch(p.t_last)) / 3600e0 / 6371008.8 as angle
    from run_ends as r
    cross join near as o
    inner join run_ends as p on p.mmsi = r.mmsi and p.run = r.run - o.back
),

projected as (
    select
        *,
        asin(greatest(-1e0, least(1e0, sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(heading)))) as phi_1
    from pairs
    where hours <= $max_silence_h
),

placed as (
    select
        *,
        radians(lon_0) + atan2(sin(heading) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(phi_1)) as lambda_1
    from projected
),

measured as (
    select
        mmsi, run, before, hours,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin((radians(lat) - phi) / 2), 2)
            + cos(radians(lat)) * cos(phi) * power(sin(radians(lon - lon_0) / 2), 2)
        ))) as distance_m,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin((radians(lat) - phi_1) / 2), 2)
            + cos(radians(lat)) * cos(phi_1) * power(sin((radians(lon) - lambda_1) / 2), 2)
        ))) as projected_m
    from placed
),

reachable as (
    select
        mmsi, run, before,
        least(distance_m, projected_m) as off_m,
        min(least(distance_m, projected_m)) over (partition by mmsi, run) as best_m
    from measured
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
