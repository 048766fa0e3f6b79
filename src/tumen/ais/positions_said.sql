-- What each MMSI said of itself in rows without a position, and from when until when it holds.
--
-- One row an MMSI and span in which nothing changes; `since` is null where it holds from the beginning, `until` where it
-- holds to the end. Each of the four is the last said at or before, and before the first the first. What was said at
-- no known time counts as said before all else.
with moments as (
    select mmsi, t, max(name) as name, max(imo) as imo, max(ship_type) as ship_type, max(draught_m) as draught_m
    from judged_positions
    where reason = 'what a ship says of itself, without a position'
    group by mmsi, t
),

numbered as (
    select
        *,
        row_number() over (partition by mmsi order by t nulls first) as place,
        count(name) over (partition by mmsi order by t nulls first) as names,
        count(imo) over (partition by mmsi order by t nulls first) as imos,
        count(ship_type) over (partition by mmsi order by t nulls first) as ship_types,
        count(draught_m) over (partition by mmsi order by t nulls first) as draughts
    from moments
),

known as (
    select
        mmsi, t, place,
        max(name) over (partition by mmsi, greatest(names, 1)) as name,
        max(imo) over (partition by mmsi, greatest(imos, 1)) as imo,
        max(ship_type) over (partition by mmsi, greatest(ship_types, 1)) as ship_type,
        max(draught_m) over (partition by mmsi, greatest(draughts, 1)) as draught_m
    from numbered
),

compared as (
    select
        *,
        lag(name) over (partition by mmsi order by place nulls last) as name_0,
        lag(imo) over (partition by mmsi order by place nulls last) as imo_0,
        lag(ship_type) over (partition by mmsi order by place nulls last) as ship_type_0,
        lag(draught_m) over (partition by mmsi order by place nulls last) as draught_m_0
    from known
),

changed as (
    select mmsi, t, place, name, imo, ship_type, draught_m
    from compared
    where
        place = 1
        or name is distinct from name_0
        or imo is distinct from imo_0
        or ship_type is distinct from ship_type_0
        or draught_m is distinct from draught_m_0
)

select
    mmsi,
    case when place > 1 then t end as since,
    lead(t) over (partition by mmsi order by place nulls last) as until,
    name, imo, ship_type, draught_m
from changed
