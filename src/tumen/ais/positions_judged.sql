-- Every row of a file of positions in our columns and types, with the reason why it must be left out.
--
-- One row for all rows of the file that say the same, `copies` of them: no row is judged twice. `reason` is null
-- where the row can be used; `swapped` says that the position would be on the globe if its two numbers changed
-- places; `zoned` that the time names its zone. A time that names none is UTC. What AIS sends for "not available" is null: speed 102.3 and 1023, course 360,
-- heading 511, draught 0, type 0. Types in words are those of the Danish authority's files.
with different as (
    select
        mmsi, t, "timestamp", basedatetime, base_date_time, lon, longitude, lat, latitude, speed_kn, sog, course_deg, cog,
        heading_deg, heading, ship_type, shiptype, vesseltype, vessel_type, name, vesselname, vessel_name, imo,
        draught_m, draught, draft, receiver, mobile, count(*) as copies
    from raw_positions
    group by
        mmsi, t, "timestamp", basedatetime, base_date_time, lon, longitude, lat, latitude, speed_kn, sog, course_deg, cog,
        heading_deg, heading, ship_type, shiptype, vesseltype, vessel_type, name, vesselname, vessel_name, imo,
        draught_m, draught, draft, receiver, mobile
),

named as (
    select
        copies,
        trim(mmsi) as mmsi,
        trim(coalesce(t, "timestamp", basedatetime, base_date_time)) as t,
        try_cast(coalesce(lon, longitude) as double) as lon,
        try_cast(coalesce(lat, latitude) as double) as lat,
        try_cast(coalesce(speed_kn, sog) as double) as speed,
        try_cast(coalesce(course_deg, cog) as double) as course,
        try_cast(coalesce(heading_deg, heading) as double) as heading,
        lower(trim(coalesce(ship_type, shiptype, vesseltype, vessel_type))) as ship_type,
        nullif(trim(coalesce(name, vesselname, vessel_name)), '') as name,
        upper(trim(imo)) as imo,
        try_cast(coalesce(draught_m, draught, draft) as double) as draught,
        nullif(trim(receiver), '') as receiver,
        lower(trim(mobile)) as mobile
    from different
),

stamped as (
    select
        *,
        try_cast(mmsi as double) as number,
        case
            when t like '__/__/____ __:__:__'
                then substr(t, 7, 4) || '-' || substr(t, 4, 2) || '-' || substr(t, 1, 2) || substr(t, 11)
            else t
        end as stamp
    from named
),

zoned as (
    select
        *,
        case when length(stamp) = 19 and stamp like '%:__' then '' else substr(stamp, 17) end as tail
    from stamped
),

parts as (
    select
        *,
        case
            when tail = '' or regexp_matches(tail, '^(:[0-9]{2}([.][0-9]+)?)?$') then false
            when regexp_matches(tail, '^(:[0-9]{2}([.][0-9]+)?)? ?(Z|z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)$') then true
        end as has_zone,
        case when tail = '' then stamp else substr(stamp, 1, 16) || regexp_extract(tail, '^(:[0-9]{2}([.][0-9]+)?)?', 0) end as local
    from zoned
),

timed as (
    select
        *,
        case
            when has_zone is null or not regexp_matches(local, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}') then null
            when not has_zone then try_cast(local as timestamp)
            else
                try_cast(local as timestamp) - (
                    case when regexp_matches(tail, '-[0-9]{2}(:?[0-9]{2})?$') then -1 else 1 end
                    * (
                        60 * coalesce(try_cast(nullif(regexp_extract(tail, '[+-]([0-9]{2})(:?[0-9]{2})?$', 1), '') as integer), 0)
                        + coalesce(try_cast(nullif(regexp_extract(tail, '[+-][0-9]{2}:?([0-9]{2})$', 1), '') as integer), 0)
                    )
                ) * interval '1' minute
        end as moment
    from parts
)

select
    copies,
    case when number between 1 and 999999999 and number = floor(number) then cast(number as bigint) end as mmsi,
    moment as t,
    lon,
    lat,
    case when speed between 0 and 102.2 then speed end as speed_kn,
    case when course >= 0 and course < 360 then course end as course_deg,
    case when heading >= 0 and heading < 360 then heading end as heading_deg,
    case
        when try_cast(ship_type as double) between 1 and 99 then cast(floor(try_cast(ship_type as double)) as integer)
        when ship_type = 'wig' then 20
        when ship_type = 'fishing' then 30
        when ship_type = 'towing' then 31
        when ship_type = 'towing long/wide' then 32
        when ship_type = 'dredging' then 33
        when ship_type = 'diving' then 34
        when ship_type = 'military' then 35
        when ship_type = 'sailing' then 36
        when ship_type = 'pleasure' then 37
        when ship_type = 'hsc' then 40
        when ship_type = 'pilot' then 50
        when ship_type = 'sar' then 51
        when ship_type = 'tug' then 52
        when ship_type = 'port tender' then 53
        when ship_type = 'anti-pollution' then 54
        when ship_type = 'law enforcement' then 55
        when ship_type = 'medical' then 58
        when ship_type = 'not party to conflict' then 59
        when ship_type = 'passenger' then 60
        when ship_type = 'cargo' then 70
        when ship_type = 'tanker' then 80
        when ship_type = 'other' then 90
    end as ship_type,
    name,
    try_cast(nullif(regexp_extract(imo, '^(IMO)? ?([1-9][0-9]{6})([.]0)?$', 2), '') as bigint) as imo,
    case when draught > 0 and draught <= 25.5 then draught end as draught_m,
    receiver,
    case
        when number is null or not number between 1 and 999999999 or number <> floor(number) then 'no MMSI'
        when
            mobile in ('base station', 'aton', 'sar airborne', 'search and rescue transponder', 'man overboard device')
            or number between 2000000 and 7999999
            or number between 111000000 and 111999999
            or number between 970000000 and 979999999
            or number between 990000000 and 999999999
            then 'not a ship''s position'
        when moment is null then 'no time that can be read'
        when moment < cast('1995-01-01' as timestamp) then 'a time before AIS'
        when moment > cast($now as timestamp) + interval '1' day then 'a time in the future'
        when lon is null or lat is null or not lon between -1e9 and 1e9 or not lat between -1e9 and 1e9 then 'no position'
        when abs(lat) = 91 or abs(lon) = 181 or (lat = 0 and lon = 0) then 'a filler for a position (91, 181 or 0, 0)'
        when abs(lat) > 90 or abs(lon) > 180 then 'a position off the globe'
        when speed < 0 or (speed > 102.2 and speed <= 1e9 and not speed between 102.25 and 102.35 and speed <> 1023)
            then 'an impossible speed'
    end as reason,
    coalesce(abs(lat) > 90 and abs(lat) <= 180 and abs(lon) <= 90 and abs(lat) <> 91, false) as swapped,
    coalesce(has_zone, false) as zoned
from timed
