-- Encounters: meetings of slow ships away from ports, with what is told of them.
--
-- One row a pair and encounter. Medians are over the samples at which neither ship was silent; over all where
-- there is none. `silence_before_1_h` is the ship's longest silence of those that end in the day before the
-- start, and `silence_after_1_h` of those that begin in the day after the end; 0 where it had none, null where
-- there is no position before or after.
with told as (
    select s.*, max(case when observed then 1 else 0 end) over (partition by meeting) as any_observed
    from encounter_samples as s
),

counted as (
    select *
    from told
    where observed or any_observed = 0
),

speeds as (
    select meeting, speed_1_kn as value from counted where speed_1_kn is not null
    union all
    select meeting, speed_2_kn as value from counted where speed_2_kn is not null
),

ranked_speeds as (
    select
        meeting, value, row_number() over (partition by meeting order by value nulls last) as place,
        count(*) over (partition by meeting) as many
    from speeds
),

ranked_distances as (
    select
        meeting, distance_m as value, row_number() over (partition by meeting order by distance_m nulls last) as place,
        count(*) over (partition by meeting) as many
    from counted
),

middle_speeds as (
    select meeting, (min(value) + max(value)) / 2 as median_kn
    from ranked_speeds
    where place between many / 2e0 and many / 2e0 + 1
    group by meeting
),

middle_distances as (
    select meeting, (min(value) + max(value)) / 2 as median_m
    from ranked_distances
    where place between many / 2e0 and many / 2e0 + 1
    group by meeting
),

places as (
    select
        meeting, avg(x) as x, avg(y) as y, avg(z) as z
    from encounter_samples
    group by meeting
),

slow as (
    select
        m.meeting, w.mmsi_1, w.mmsi_2, m.start_s, m.end_s, m.bridged_s, m.longest_silence_s, m.nearest_m, d.median_m, s.median_kn,
        p.x, p.y, p.z, sqrt(p.x * p.x + p.y * p.y + p.z * p.z) as radius_m
    from encounter_meetings as m
    inner join encounter_windows as w on m.watch = w.watch
    inner join middle_distances as d on m.meeting = d.meeting
    inner join middle_speeds as s on m.meeting = s.meeting
    inner join places as p on m.meeting = p.meeting
    where s.median_kn < cast($slower_kn as double)
),

berths as (
    select
        cos(radians(lat)) * cos(radians(lon)) as x, cos(radians(lat)) * sin(radians(lon)) as y, sin(radians(lat)) as z
    from ports
),

in_port as (
    select distinct s.meeting
    from slow as s
    cross join berths as b
    where
        power(s.x / s.radius_m - b.x, 2) + power(s.y / s.radius_m - b.y, 2) + power(s.z / s.radius_m - b.z, 2)
        < power(2 * sin(cast($port_km as double) * 500 / 6371008.8), 2)
),

kept as (
    select s.*
    from slow as s
    left join in_port as p on s.meeting = p.meeting
    where p.meeting is null
),

ships as (
    select meeting, 1 as side, mmsi_1 as mmsi, start_s, end_s from kept
    union all
    select meeting, 2 as side, mmsi_2 as mmsi, start_s, end_s from kept
),

silences as (
    select
        p.meeting, p.side, p.start_s, p.end_s, s.t_0, s.t_1,
        case when s.t_1 - s.t_0 > 3600 * cast($leg_h as double) then (s.t_1 - s.t_0) / 3600 else 0 end as hours
    from ships as p
    inner join encounter_steps as s
        on p.mmsi = s.mmsi and s.t_1 > p.start_s - 86400 and s.t_0 < p.end_s + 86400
),

around as (
    select
        meeting,
        max(case when side = 1 and t_0 < start_s then hours end) as silence_before_1_h,
        max(case when side = 1 and t_1 > end_s then hours end) as silence_after_1_h,
        max(case when side = 2 and t_0 < start_s then hours end) as silence_before_2_h,
        max(case when side = 2 and t_1 > end_s then hours end) as silence_after_2_h
    from silences
    group by meeting
)

select
    k.mmsi_1, k.mmsi_2,
    make_timestamp(cast(round(k.start_s) as bigint) * 1000000) as "start",
    make_timestamp(cast(round(k.end_s) as bigint) * 1000000) as "end",
    round((k.end_s - k.start_s) / 3600, 4) as duration_h,
    round((k.end_s - k.start_s - k.bridged_s) / 3600, 4) as observed_h,
    round(k.longest_silence_s / 3600, 4) as longest_silence_h,
    round(k.nearest_m, 1) as min_distance_m, round(k.median_m, 1) as median_distance_m, round(k.median_kn, 3) as median_speed_kn,
    round(degrees(atan2(k.y, k.x)), 6) as lon, round(degrees(asin(k.z / k.radius_m)), 6) as lat,
    round(a.silence_before_1_h, 4) as silence_before_1_h, round(a.silence_after_1_h, 4) as silence_after_1_h,
    round(a.silence_before_2_h, 4) as silence_before_2_h, round(a.silence_after_2_h, 4) as silence_after_2_h
from kept as k
left join around as a on k.meeting = a.meeting
