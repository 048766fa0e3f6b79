-- Every row of a file of positions in our columns and types, with the reason why it must be left out.
--
-- One row for all rows of the file that say the same, `copies` of them: no row is judged twice. `reason` is null
-- where the row can be used; `swapped` says that the position would be on the globe if its two numbers changed
-- places; `zoned` that the time names its zone. What AIS sends for "not available" is null: speed 102.3 and 1023, course
-- 360, heading 511, draught 0, type 0. Types in words are those of the Danish authority's files. With $wraps longitudes
-- run from 0 to 360, with $speed_tenths speeds are tenths of a knot, with $draught_tenths draughts tenths of a metre.
with different as (
    select
        mmsi, t, day, clock, lon, lat, geometry, speed_kn, course_deg, heading_deg, ship_type, name, imo, draught_m,
        receiver, mobile, count(*) as copies
    from raw_positions
    group by
        mmsi, t, day, clock, lon, lat, geometry, speed_kn, course_deg, heading_deg, ship_type, name, imo, draught_m,
        receiver, mobile
),

placed as (
    select
        *,
        case
            when t is null
                then
                    regexp_replace(trim(day), '[T ]0?0:00(:00([.]0+)?)?$', '')
                    || ' ' || regexp_replace(trim(clock), '^([0-9]{2})([0-9]{2})([0-9]{2})([.][0-9]+)?$', '\1:\2:\3\4')
            else trim(t)
        end as stamp,
        case
            when geometry is null then null
            when regexp_matches(geometry, '(?i)^(srid=[0-9]+;)? *point') then geometry
            when regexp_matches(geometry, '^0101000020[0-9A-Fa-f]{40}$')
                then try(cast(st_geomfromwkb(unhex('0101000000' || substr(geometry, 19))) as varchar))
            when regexp_matches(geometry, '^[0-9A-Fa-f]{42}$') then try(cast(st_geomfromwkb(unhex(geometry)) as varchar))
            else try(cast(st_geomfromwkb(cast(geometry as blob)) as varchar))
        end as point
    from different
),

numbered as (
    select
        copies,
        stamp,
        try_cast(trim(mmsi) as double) as number,
        coalesce(lon, regexp_extract(point, '(?i)point *z?m? *[(] *([^ ]+) +([^ )]+)', 1)) as lon_cell,
        coalesce(lat, regexp_extract(point, '(?i)point *z?m? *[(] *([^ ]+) +([^ )]+)', 2)) as lat_cell,
        try_cast(replace(speed_kn, ',', '.') as double) as speed_said,
        try_cast(replace(course_deg, ',', '.') as double) as course,
        try_cast(replace(heading_deg, ',', '.') as double) as heading,
        lower(trim(ship_type)) as ship_type,
        case when not lower(trim(name, ' @')) in ('', 'null', 'nan', 'none', 'n/a') then trim(name) end as name,
        upper(trim(imo)) as imo,
        try_cast(replace(draught_m, ',', '.') as double) as draught_said,
        nullif(trim(receiver), '') as receiver,
        lower(trim(mobile)) as mobile
    from placed
),

read_cells as (
    select
        *,
        coalesce(
            try_cast(replace(lon_cell, ',', '.') as double),
            case when regexp_matches(lon_cell, '^ *[0-9]+([.,][0-9]+)? ?°? ?[EeWw] *$') then 1e0 end
            * case when regexp_matches(lon_cell, '[Ww]') then -1 else 1 end
            * try_cast(replace(regexp_extract(lon_cell, '[0-9]+([.,][0-9]+)?', 0), ',', '.') as double)
        ) as lon_said,
        coalesce(
            try_cast(replace(lat_cell, ',', '.') as double),
            case when regexp_matches(lat_cell, '^ *[0-9]+([.,][0-9]+)? ?°? ?[NnSs] *$') then 1e0 end
            * case when regexp_matches(lat_cell, '[Ss]') then -1 else 1 end
            * try_cast(replace(regexp_extract(lat_cell, '[0-9]+([.,][0-9]+)?', 0), ',', '.') as double)
        ) as lat,
        case when $speed_tenths then speed_said / 10 else speed_said end as speed,
        case when $draught_tenths then draught_said / 10 else draught_said end as draught,
        (
            coalesce(lower(trim(lon_cell)), '') in ('', 'nan', 'null', 'none')
            and coalesce(lower(trim(lat_cell)), '') in ('', 'nan', 'null', 'none')
            and (
                name is not null
                or not coalesce(ship_type, '') in ('', '0', '0.0', 'undefined', 'unknown', 'null', 'nan', 'none')
                or regexp_matches(imo, '[1-9][0-9]{6}')
                or draught_said > 0
            )
        ) as is_said
    from numbered
),

timed as (
    select
        r.*,
        case when $wraps and r.lon_said > 180 and r.lon_said <= 360 then r.lon_said - 360 else r.lon_said end as lon,
        case when $month_first then s.month_first else s.day_first end as moment,
        s.has_zone
    from read_cells as r
    left join stamps as s on r.stamp = s.stamp
)

select
    copies,
    case when number between 1 and 999999999 and number = floor(number) then cast(number as bigint) end as mmsi,
    case
        when not is_said or moment between cast('1995-01-01' as timestamp) and cast($now as timestamp) + interval '1' day
            then moment
    end as t,
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
        when is_said then 'what a ship says of itself, without a position'
        when moment is null then 'no time that can be read'
        when moment < cast('1995-01-01' as timestamp) then 'a time before AIS'
        when moment > cast($now as timestamp) + interval '1' day then 'a time in the future'
        when lon is null or lat is null or not lon between -1e9 and 1e9 or not lat between -1e9 and 1e9 then 'no position'
        when abs(lat) = 91 or abs(lon_said) = 181 and not ($wraps and lat between -90 and 90) or (lat = 0 and lon = 0) then 'a filler for a position (91, 181 or 0, 0)'
        when abs(lat) > 90 or abs(lon) > 180 then 'a position off the globe'
        when speed < 0 or (speed > 102.2 and speed <= 1e9 and not speed between 102.25 and 102.35 and speed <> 1023)
            then 'an impossible speed'
    end as reason,
    coalesce(abs(lat) > 90 and abs(lat) <= 180 and abs(lon) <= 90 and abs(lat) <> 91, false) as swapped,
    coalesce(has_zone, false) as zoned
from timed
