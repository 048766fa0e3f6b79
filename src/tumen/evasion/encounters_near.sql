-- Positions of ships that are looked at closely, in the stretches in which they are.
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
        cast(floor(until_s / cast($mark_s as double)) as bigint) as last_one
    from ships
),

listed as (
    select mmsi, unnest(generate_series(first_one, last_one)) as stretch
    from spans
),

wanted as (
    select distinct mmsi, stretch
    from listed
)

select p.mmsi, p.t, p.lon, p.lat, p.speed_kn, p.course_deg
from positions as p
inner join wanted as w
    on p.mmsi = w.mmsi
    and cast(floor(date_diff('microsecond', timestamp '1970-01-01', p.t) / 1e6 / cast($mark_s as double)) as bigint) = w.stretch
where p.lon between -180 and 180 and p.lat between -90 and 90
