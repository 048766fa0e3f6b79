-- The different times of a file as it writes them, each with the moments in UTC that it may mean.
--
-- One row a stamp: the cell for the time, or those for day and clock with a blank between. `day_first` and
-- `month_first` are the moment if the day stands before the month or after it; they differ for a day such as 03/10/2024
-- only, and are null where no time can be read. `first_number` and `second_number` are the two of such a day, null for
-- all others. `has_zone` says that a stamp names its zone; one that names none is UTC. A number counts since 1970: of
-- nine or ten digits seconds, of thirteen ms, of sixteen µs, of nineteen ns. A day with dots has the day first.
with stamps as materialized (
    select stamp, count(*) as copies
    from written_positions
    group by stamp
),

quick as materialized (
    select
        stamp, copies,
        case
            when length(stamp) = 19 and stamp like '____-__-__%:__:__' and substr(stamp, 11, 1) in ('T', ' ')
                then try_cast(stamp as timestamp)
        end as moment
    from stamps
),

plain as (
    select
        stamp, copies,
        case
            when regexp_matches(stamp, '^(19|20)[0-9]{6}[T _]?[0-9]{2}:?[0-9]{2}:?[0-9]{2}([.,][0-9]+)?( ?[Zz]| ?UTC| ?GMT| ?[+-][0-9]{2}(:?[0-9]{2})?)?$')
                then regexp_replace(
                    regexp_replace(stamp, '^([0-9]{4})([0-9]{2})([0-9]{2})[T _]?([0-9]{2}):?([0-9]{2}):?([0-9]{2})', '\1-\2-\3 \4:\5:\6'),
                    ',', '.'
                )
            else
                regexp_replace(
                    regexp_replace(
                        regexp_replace(stamp, '(:[0-9]{2}),([0-9]+)', '\1.\2'),
                        '^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +', ''
                    ),
                    '^([A-Z][a-z]{2})[a-z]* ([0-9]{1,2}),? +([0-9]{4})', '\2 \1 \3'
                )
        end as text
    from quick
    where moment is null
),

tailed as (
    select
        stamp, copies, text,
        case
            when regexp_matches(text, '^[0-9]{9,10}([.][0-9]*)?$') then 1e0
            when regexp_matches(text, '^[0-9]{13}([.][0-9]*)?$') then 1e3
            when regexp_matches(text, '^[0-9]{16}([.][0-9]*)?$') then 1e6
            when regexp_matches(text, '^[0-9]{19}([.][0-9]*)?$') then 1e9
            when regexp_matches(text, '^[1-9]([.][0-9]*)?[eE][+]?0?9$') then 1e0
            when regexp_matches(text, '^[1-9]([.][0-9]*)?[eE][+]?12$') then 1e3
            when regexp_matches(text, '^[1-9]([.][0-9]*)?[eE][+]?15$') then 1e6
            when regexp_matches(text, '^[1-9]([.][0-9]*)?[eE][+]?18$') then 1e9
        end as per_second,
        regexp_extract(
            text,
            '^.*[0-9][T _,]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]*)?)?(.*)$', 3
        ) as tail
    from plain
),

pieces as (
    select
        stamp, copies, text, per_second,
        case
            when regexp_matches(tail, '^( ?[AaPp][.]?[Mm][.]?)?$') then false
            when regexp_matches(tail, '^( ?[AaPp][.]?[Mm][.]?)? ?(Z|z|UTC|GMT|(UTC|GMT)?[+-][0-9]{2}(:?[0-9]{2})?( ?(UTC|GMT))?)$') then true
        end as zone_named,
        upper(regexp_extract(tail, '^ ?([AaPp])[.]?[Mm]', 1)) as half,
        case when regexp_matches(tail, '-[0-9]{2}(:?[0-9]{2})?( ?(UTC|GMT))?$') then -1 else 1 end as sign,
        coalesce(try_cast(nullif(regexp_extract(tail, '[+-]([0-9]{2})(:?[0-9]{2})?( ?(UTC|GMT))?$', 1), '') as integer), 0) as zone_h,
        coalesce(try_cast(nullif(regexp_extract(tail, '[+-][0-9]{2}:?([0-9]{2})( ?(UTC|GMT))?$', 1), '') as integer), 0) as zone_min,
        regexp_extract(text, '[T _,]+([0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)', 1) as clock,
        regexp_extract(text, '^(.*[0-9])[T _,]+[0-9]{1,2}:[0-9]{2}', 1) as day
    from tailed
),

days as (
    select
        stamp, copies, text, per_second, zone_named, half, clock,
        sign * (60 * zone_h + zone_min) as zone_offset_min,
        case
            when regexp_matches(day, '^[0-9]{4}([-/.])[0-9]{1,2}([-/.])[0-9]{1,2}$')
                then replace(replace(day, '/', '-'), '.', '-')
            when regexp_matches(day, '^[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}$')
                then regexp_replace(day, '^([0-9]+)[.]([0-9]+)[.]([0-9]+)$', '\3-\2-\1')
            when regexp_matches(day, '^[0-9]{1,2}[- /][A-Za-z]{3}[a-z]*[- /,]+[0-9]{4}$')
                then
                    right(day, 4) || '-' || cast(cast((position(upper(regexp_extract(day, '[A-Za-z]{3}', 0)) in 'xxJANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC')) / 3 as integer) as varchar)
                    || '-' || regexp_extract(day, '^[0-9]+', 0)
        end as known_day,
        try_cast(nullif(regexp_extract(day, '^([0-9]{1,2})[-/][0-9]{1,2}[-/][0-9]{4}$', 1), '') as integer) as first_number,
        try_cast(nullif(regexp_extract(day, '^[0-9]{1,2}[-/]([0-9]{1,2})[-/][0-9]{4}$', 1), '') as integer) as second_number,
        right(day, 4) as year
    from pieces
),

local_times as (
    select
        stamp, copies, text, per_second, first_number, second_number, zone_offset_min,
        case when half = '' or try_cast(regexp_extract(clock, '^[0-9]+', 0) as integer) between 1 and 12 then zone_named end as zone_named,
        case
            when half = 'P' and not clock like '12:%' then 12
            when half = 'A' and clock like '12:%' then -12
            else 0
        end as half_day_h,
        case
            when zone_named is null then null
            when known_day is not null then try_cast(known_day || ' ' || clock as timestamp)
            else try_cast(year || '-' || second_number || '-' || first_number || ' ' || clock as timestamp)
        end as day_first,
        case
            when zone_named is null then null
            when known_day is not null then try_cast(known_day || ' ' || clock as timestamp)
            else try_cast(year || '-' || first_number || '-' || second_number || ' ' || clock as timestamp)
        end as month_first
    from days
)

select
    stamp, copies, first_number, second_number,
    coalesce(zone_named or per_second is not null, false) as has_zone,
    case
        when per_second is not null
            then make_timestamp(cast(round(try_cast(text as double) / per_second * 1e6) as bigint))
        when zone_named is not null then day_first + half_day_h * interval '1' hour - zone_offset_min * interval '1' minute
    end as day_first,
    case
        when per_second is not null
            then make_timestamp(cast(round(try_cast(text as double) / per_second * 1e6) as bigint))
        when zone_named is not null then month_first + half_day_h * interval '1' hour - zone_offset_min * interval '1' minute
    end as month_first
from local_times
union all
select
    stamp, copies, null as first_number, null as second_number, false as has_zone,
    moment as day_first, moment as month_first
from quick
where moment is not null
