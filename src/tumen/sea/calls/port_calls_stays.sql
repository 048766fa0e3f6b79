-- Stays at a port: positions of a segment that follow each other near it, from the first within $entry_km on.
--
-- One row a stay. Below $stop_kn a ship stops, above $go_kn it goes; in between it does what it did before.
with islands as (
    select
        *,
        place - row_number() over (partition by mmsi, segment, port order by place nulls last) as island,
        case when speed_kn < $stop_kn then 1 when speed_kn > $go_kn then 0 end as stops
    from port_fixes
),

entered as (
    select
        *,
        min(case when distance_m <= 1000 * cast($entry_km as double) then place end) over (
            partition by mmsi, segment, port, island
        ) as first_place,
        max(place) over (partition by mmsi, segment, port, island) as end_place,
        min(place) over (partition by mmsi, segment, port, island) as island_place,
        count(stops) over (partition by mmsi, segment, port, island order by place nulls last) as told
    from islands
),

states as (
    select
        *,
        max(stops) over (partition by mmsi, segment, port, island, told) as stopped,
        case when place < end_place then (epoch(t_next) - epoch(t)) / 3600e0 end as step_h
    from entered
    where place >= first_place
)

select
    mmsi, segment, port, max(name) as name, max(kind) as kind, bool_or(focal) as focal,
    max(port_lon) as lon, max(port_lat) as lat,
    min(t) as t_first, max(t) as t_last, count(*) as messages, min(distance_m) as distance_m,
    coalesce(sum(case when stopped = 1 and step_h < $dark_h then step_h end), 0) as stopped_h,
    coalesce(max(step_h), 0) as silent_inside_h,
    bool_or(coalesce(stopped, 0) = 1) as stops,
    min(island_place) > 1 as entered,
    max(end_place) < max(last_place) as departed
from states
group by mmsi, segment, port, island
