-- Every row of a file of positions in our columns and types, with the reason why it must be left out.
--
-- One row a row of `cells`. `reason` is null where the row can be used; `swapped` says that the position would be on the
-- globe if its two numbers changed places. What AIS sends for "not available" is null: speed 102.3 and 1023, course 360,
-- heading 511, draught 0, type 0. Types in words are those of the Danish authority's files. With $wraps longitudes run
-- from 0 to 360, with $speed_tenths speeds are tenths of a knot, with $draught_tenths draughts tenths of a metre. Which rows
-- can be used hangs on ship, time, place and speed alone, so that to count them no other column need be read.
with scaled as (
    select
        *,
        case when $wraps and lon_said > 180 and lon_said <= 360 then lon_said - 360 else lon_said end as lon,
        case when $speed_tenths then speed_said / 10 else speed_said end as speed,
        case when $draught_tenths then draught_said / 10 else draught_said end as draught
    from cells
),

placed as (
    select
        *,
        case
            when number is null or not number between 1 and 999999999 or number <> floor(number) then 'no MMSI'
            when
                mobile in ('base station', 'aton', 'sar airborne', 'search and rescue transponder', 'man overboard device')
                or number between 2000000 and 7999999
                or number between 111000000 and 111999999
                or number between 970000000 and 979999999
                or number between 990000000 and 999999999
                then 'not a ship''s position'
            when placeless then 'no position'
            when moment is null then 'no time that can be read'
            when moment < timestamp '1995-01-01' then 'a time before AIS'
            when moment > cast($now as timestamp) + interval '1' day then 'a time in the future'
            when lon is null or lat is null or not lon between -1e9 and 1e9 or not lat between -1e9 and 1e9 then 'no position'
            when abs(lat) = 91 or abs(lon_said) = 181 and not ($wraps and lat between -90 and 90) or (lat = 0 and lon = 0)
                then 'a filler for a position (91, 181 or 0, 0)'
            when abs(lat) > 90 or abs(lon) > 180 then 'a position off the globe'
            when speed < 0 or (speed > 102.2 and speed <= 1e9 and not speed between 102.25 and 102.35 and speed <> 1023)
                then 'an impossible speed'
        end as ill
    from scaled
)

select
    copies,
    case when number between 1 and 999999999 and number = floor(number) then cast(number as bigint) end as mmsi,
    case
        when not placeless or moment between timestamp '1995-01-01' and cast($now as timestamp) + interval '1' day
            then moment
    end as t,
    lon,
    lat,
    case when speed between 0 and 102.2 then speed end as speed_kn,
    case when course >= 0 and course < 360 then course end as course_deg,
    case when heading >= 0 and heading < 360 then heading end as heading_deg,
    case
        when type_number between 1 and 99 then cast(floor(type_number) as integer)
        when type_word = 'wig' then 20
        when type_word = 'fishing' then 30
        when type_word = 'towing' then 31
        when type_word = 'towing long/wide' then 32
        when type_word = 'dredging' then 33
        when type_word = 'diving' then 34
        when type_word = 'military' then 35
        when type_word = 'sailing' then 36
        when type_word = 'pleasure' then 37
        when type_word = 'hsc' then 40
        when type_word = 'pilot' then 50
        when type_word = 'sar' then 51
        when type_word = 'tug' then 52
        when type_word = 'port tender' then 53
        when type_word = 'anti-pollution' then 54
        when type_word = 'law enforcement' then 55
        when type_word = 'medical' then 58
        when type_word = 'not party to conflict' then 59
        when type_word = 'passenger' then 60
        when type_word = 'cargo' then 70
        when type_word = 'tanker' then 80
        when type_word = 'other' then 90
    end as ship_type,
    name,
    imo,
    case when draught > 0 and draught <= 25.5 then draught end as draught_m,
    receiver,
    case
        when
            ill = 'no position' and placeless
            and (
                name is not null or imo is not null or draught_said > 0 or type_number between 1 and 99
                or type_number is null and not coalesce(type_word, '') in ('', 'undefined', 'unknown', 'null', 'none')
            )
            then 'what a ship says of itself, without a position'
        else ill
    end as reason,
    coalesce(abs(lat) > 90 and abs(lat) <= 180 and abs(lon) <= 90 and abs(lat) <> 91, false) as swapped,
    zoned
from placed
