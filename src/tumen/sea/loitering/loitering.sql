-- Stretches of at least $min_duration_h hours in which every leg is slow and further than $min_shore_nm from shore.
--
-- One row a stretch.
with far as (
    select
        l.*, least(coalesce(o.shore_nm, 1e9), coalesce(o_2.shore_nm, 1e9)) as shore_nm,
        l.place - row_number() over (partition by l.mmsi, l.segment order by l.place nulls last) as stretch
    from slow_legs as l
    inner join shore_off as o on l.x = o.x and l.y = o.y
    inner join shore_off as o_2 on l.x_2 = o_2.x and l.y_2 = o_2.y
    where
        not o.on_land and not o_2.on_land
        and coalesce(o.shore_nm, 1e9) > $min_shore_nm and coalesce(o_2.shore_nm, 1e9) > $min_shore_nm
),

stretches as (
    select
        mmsi, min(t) as "start", max(t_2) as "end", sum(hours) as duration_h, max(hours) as longest_silence_h,
        count(*) + 1 as messages, sum(distance_nm) as distance_nm, min(shore_nm) as shore_nm,
        avg(cos(radians(lat)) * cos(radians(lon))) as east, avg(cos(radians(lat)) * sin(radians(lon))) as north,
        avg(sin(radians(lat))) as up
    from far
    group by mmsi, segment, stretch
)

select
    s.mmsi, w.name, w.imo, w.ship_type, s."start", s."end", s.duration_h, s.longest_silence_h, s.messages,
    s.distance_nm / s.duration_h as speed_kn,
    s.distance_nm,
    degrees(atan2(s.north, s.east)) as lon,
    degrees(atan2(s.up, sqrt(s.east * s.east + s.north * s.north))) as lat,
    case when s.shore_nm < 1e9 then s.shore_nm end as shore_nm
from stretches as s
left join ships as w on s.mmsi = w.mmsi
where s.duration_h >= $min_duration_h - 1e-9
