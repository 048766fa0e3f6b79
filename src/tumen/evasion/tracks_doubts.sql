-- Positions that may not continue the one before: out of reach, or far and better matched by an older one.
--
-- One row a position at which the track must be cut. A position that is more than $far_m from the one
-- before is compared with the three before that: where the ship would be had it gone on at its speed and
-- course, or had it stopped, whichever is nearer.
with suspects as (
    select
        mmsi, n, t, lon, lat,
        hours <= $max_silence_h and distance_m <= $slack_m + 1852 * hours * most_kn as reached
    from fixes
    where distance_m > $far_m or hours > $max_silence_h
),

older as (
    select 1 as back
    union all
    select 2 as back
    union all
    select 3 as back
    union all
    select 4 as back
),

pairs as (
    select
        s.mmsi, s.n, s.reached, o.back, s.t, s.lon, s.lat,
        p.lon as lon_0, p.lat as lat_0, p.speed_kn, p.course_deg,
        (epoch(s.t) - epoch(p.t)) / 3600e0 as hours
    from suspects as s
    cross join older as o
    inner join fixes as p on p.mmsi = s.mmsi and p.n = s.n - o.back
),

moved as (
    select
        *,
        coalesce(speed_kn, 0) * 1852 * hours / 6371008.8 as angle,
        radians(lat_0) as phi,
        radians(coalesce(course_deg, 0)) as heading
    from pairs
),

projected as (
    select
        *,
        asin(greatest(-1e0, least(1e0, sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(heading)))) as phi_1
    from moved
),

placed as (
    select
        *,
        radians(lon_0) + atan2(sin(heading) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(phi_1)) as lambda_1
    from projected
),

scored as (
    select
        mmsi, n, reached, back, hours,
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

matched as (
    select
        mmsi, n, reached,
        min(case when back = 1 then least(distance_m, projected_m) end) as last_m,
        min(
            case
                when
                    back > 1 and hours <= $max_silence_h
                    and distance_m <= $slack_m + 1852 * hours * cast($max_speed_kn as double)
                    then least(distance_m, projected_m)
            end
        ) as older_m
    from scored
    group by mmsi, n, reached
)

select mmsi, n
from matched
where not reached or coalesce(last_m > $far_m + 2 * older_m, false)
