-- Every different row of a file of text as numbers, times and words, before anything of it is judged.
--
-- One row for all rows of the file that say the same, `copies` of them: no row is read twice. A cell that cannot be read
-- is null. `type_number` is a type of ship as a number, `type_word` as a word. `zoned` says that the time names its zone;
-- `placeless` that neither of the two cells for the place holds anything. With $month_first the month stands before the
-- day in days such as 03/10/2024.
with different as (
    select
        mmsi, stamp, lon, lat, geometry, speed_kn, course_deg, heading_deg, ship_type, name, imo, draught_m, receiver,
        mobile, count(*) as copies
    from written_positions
    group by
        mmsi, stamp, lon, lat, geometry, speed_kn, course_deg, heading_deg, ship_type, name, imo, draught_m, receiver,
        mobile
),

pointed as (
    select
        *,
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

placed as (
    select
        *,
        coalesce(lon, regexp_extract(point, '(?i)point *z?m? *[(] *([^ ]+) +([^ )]+)', 1)) as lon_cell,
        coalesce(lat, regexp_extract(point, '(?i)point *z?m? *[(] *([^ ]+) +([^ )]+)', 2)) as lat_cell
    from pointed
)

select
    p.copies,
    try_cast(trim(p.mmsi) as double) as number,
    case when $month_first then s.month_first else s.day_first end as moment,
    coalesce(s.has_zone, false) as zoned,
    coalesce(
        try_cast(replace(p.lon_cell, ',', '.') as double),
        case when regexp_matches(p.lon_cell, '^ *[0-9]+([.,][0-9]+)? ?°? ?[EeWw] *$') then 1e0 end
        * case when regexp_matches(p.lon_cell, '[Ww]') then -1 else 1 end
        * try_cast(replace(regexp_extract(p.lon_cell, '[0-9]+([.,][0-9]+)?', 0), ',', '.') as double)
    ) as lon_said,
    coalesce(
        try_cast(replace(p.lat_cell, ',', '.') as double),
        case when regexp_matches(p.lat_cell, '^ *[0-9]+([.,][0-9]+)? ?°? ?[NnSs] *$') then 1e0 end
        * case when regexp_matches(p.lat_cell, '[Ss]') then -1 else 1 end
        * try_cast(replace(regexp_extract(p.lat_cell, '[0-9]+([.,][0-9]+)?', 0), ',', '.') as double)
    ) as lat,
    coalesce(lower(trim(p.lon_cell)), '') in ('', 'nan', 'null', 'none')
    and coalesce(lower(trim(p.lat_cell)), '') in ('', 'nan', 'null', 'none') as placeless,
    try_cast(replace(p.speed_kn, ',', '.') as double) as speed_said,
    try_cast(replace(p.course_deg, ',', '.') as double) as course,
    try_cast(replace(p.heading_deg, ',', '.') as double) as heading,
    try_cast(trim(p.ship_type) as double) as type_number,
    lower(trim(p.ship_type)) as type_word,
    case when not regexp_full_match(p.name, '(?i)[ @]*(null|nan|none|n/a)?[ @]*') then trim(p.name) end as name,
    try_cast(nullif(regexp_extract(upper(trim(p.imo)), '^(IMO)? ?([1-9][0-9]{6})([.]0)?$', 2), '') as bigint) as imo,
    try_cast(replace(p.draught_m, ',', '.') as double) as draught_said,
    nullif(trim(p.receiver), '') as receiver,
    lower(trim(p.mobile)) as mobile
from placed as p
left join stamps as s on p.stamp = s.stamp
