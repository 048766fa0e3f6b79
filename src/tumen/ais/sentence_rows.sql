-- Positions and static data of sentences in the columns of a table of positions; `station` becomes the receiver's name.
--
-- Static data have no place. What a message leaves open is null.
with rows_said as (
    select
        mmsi, t, lon, lat, speed_kn, course_deg, heading_deg,
        cast(null as integer) as ship_type, cast(null as varchar) as name, cast(null as bigint) as imo,
        cast(null as double) as draught_m, station
    from said_positions
    union all
    select
        mmsi, t,
        cast(null as double) as lon, cast(null as double) as lat, cast(null as double) as speed_kn,
        cast(null as double) as course_deg, cast(null as double) as heading_deg,
        nullif(ship_type, 0) as ship_type, nullif(name, '') as name, nullif(imo, 0) as imo,
        nullif(draught_m, 0) as draught_m, station
    from said_statics
)

select
    r.mmsi, r.t, r.lon, r.lat, r.speed_kn, r.course_deg, r.heading_deg, r.ship_type, r.name, r.imo, r.draught_m,
    s.receiver
from rows_said as r
left join stations as s on r.station = s.station and s.station > 0
