-- Positions and static data of sentences, with the reason why a position must be left out.
--
-- One row a message, judged as in positions_judged.sql: `reason` is null where it can be used. Static data have no place;
-- their time is kept where it can be. What AIS sends for "not available" is null: speed 102.3, course 360, heading 511,
-- draught 0, type 0. `station` becomes the receiver's name.
with messages as (
    select
        mmsi, t, station, false as is_said, lon, lat, speed_kn, course_deg, heading_deg,
        cast(null as integer) as ship_type, cast(null as varchar) as name, cast(null as bigint) as imo,
        cast(null as double) as draught_m
    from said_positions
    union all
    select
        mmsi, t, station, true as is_said, cast(null as double) as lon, cast(null as double) as lat,
        cast(null as double) as speed_kn, cast(null as double) as course_deg, cast(null as double) as heading_deg,
        case when ship_type between 1 and 99 then ship_type end as ship_type, nullif(name, '') as name,
        case when imo between 1000000 and 9999999 then imo end as imo, nullif(draught_m, 0) as draught_m
    from said_statics
)

select
    case when m.mmsi between 1 and 999999999 then m.mmsi end as mmsi,
    case
        when not m.is_said or m.t between cast('1995-01-01' as timestamp) and cast($now as timestamp) + interval '1' day
            then m.t
    end as t,
    m.lon, m.lat,
    case when m.speed_kn <= 102.2 then m.speed_kn end as speed_kn,
    case when m.course_deg < 360 then m.course_deg end as course_deg,
    case when m.heading_deg < 360 then m.heading_deg end as heading_deg,
    m.ship_type, m.name, m.imo, m.draught_m, s.receiver,
    case
        when not m.mmsi between 1 and 999999999 then 'no MMSI'
        when
            m.mmsi between 2000000 and 7999999
            or m.mmsi between 111000000 and 111999999
            or m.mmsi between 970000000 and 979999999
            or m.mmsi between 990000000 and 999999999
            then 'not a ship''s position'
        when m.is_said then 'what a ship says of itself, without a position'
        when m.t is null then 'no time that can be read'
        when m.t < cast('1995-01-01' as timestamp) then 'a time before AIS'
        when m.t > cast($now as timestamp) + interval '1' day then 'a time in the future'
        when abs(m.lat) = 91 or abs(m.lon) = 181 or (m.lat = 0 and m.lon = 0) then 'a filler for a position (91, 181 or 0, 0)'
        when abs(m.lat) > 90 or abs(m.lon) > 180 then 'a position off the globe'
    end as reason,
    cast(1 as bigint) as copies,
    false as swapped,
    false as zoned
from messages as m
left join stations as s on m.station = s.station
