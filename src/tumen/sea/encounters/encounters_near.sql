-- Positions of ships that are looked at closely, in the stretches in which they are, and in the ones next to these.
--
-- A ship's stretch before and after counts whenever it was heard again, so that no way into a window or out of it is
-- missing.
with ships as (
    select mmsi_1 as mmsi, from_s, until_s
    from encounter_windows
    union all
    select mmsi_2 as mmsi, from_s, until_s
    from encounter_windows
),

spans as (
    select
        mmsi, cast(floor(from_s / cast($mark_s as double)) as bigint) as first_one,
        cast(ceil(until_s / cast($mark_s as double)) as bigint) - 1 as last_one
    from ships
),

touched as (
    select s.mmsi, s.stretch_before, s.stretch
    from encounter_steps as s
    inner join spans as p on s.mmsi = p.mmsi and s.stretch >= p.first_one and s.stretch_before <= p.last_one
),

wanted as (
    select mmsi, stretch_before as stretch
    from touched
    union
    select mmsi, stretch
    from touched
)

select p.mmsi, p.t, p.lon, p.lat, p.speed_kn, p.course_deg
from positions as p
inner join wanted as w
    on p.mmsi = w.mmsi
    and cast(floor(date_diff('microsecond', timestamp '1970-01-01', p.t) / 1e6 / cast($mark_s as double)) as bigint) = w.stretch
where p.lon between -180 and 180 and p.lat between -90 and 90
