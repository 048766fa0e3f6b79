-- Calls at ports: stays in which a ship stopped or went dark, those that a silence in port parts put together.
--
-- One row a call. Silences are told of from $dark_h hours.
with before as (
    select
        s.*, q.segment as from_segment, q.t as from_t,
        (epoch(s.t_first) - epoch(q.t)) / 3600e0 as silent_before_h
    from port_stays as s
    left join silences as q on s.mmsi = q.mmsi and s.segment = q.segment_2 and s.t_first = q.t_2
),

after as (
    select
        b.*, (epoch(q.t_2) - epoch(b.t_last)) / 3600e0 as silent_after_h,
        lag(b.segment) over (partition by b.mmsi, b.port order by b.t_first nulls last, b.segment nulls last) as segment_0,
        lag(b.t_last) over (partition by b.mmsi, b.port order by b.t_first nulls last, b.segment nulls last) as t_0
    from before as b
    left join silences as q on b.mmsi = q.mmsi and b.segment = q.segment and b.t_last = q.t
),

marked as (
    select
        *,
        case when from_segment = segment_0 and from_t = t_0 then 0 else 1 end as begins
    from after
),

numbered as (
    select
        *,
        sum(begins) over (
            partition by mmsi, port
            order by t_first nulls last, segment nulls last
            rows between unbounded preceding and current row
        ) as call
    from marked
),

ends as (
    select
        *,
        row_number() over (partition by mmsi, port, call order by t_first nulls last, segment nulls last) as from_first,
        row_number() over (partition by mmsi, port, call order by t_first desc nulls last, segment desc nulls last) as from_last
    from numbered
),

calls as (
    select
        mmsi, max(name) as port, max(kind) as kind, bool_or(focal) as focal,
        min(t_first) as "start", max(t_last) as "end",
        (epoch(max(t_last)) - epoch(min(t_first))) / 3600e0 as duration_h,
        sum(stopped_h) as stopped_h, sum(messages) as messages, min(distance_m) as distance_m,
        max(case when from_first = 1 then silent_before_h end) as silent_before_h,
        greatest(
            max(silent_inside_h), max(case when from_first > 1 then silent_before_h else 0 end)
        ) as silent_inside_h,
        max(case when from_last = 1 then silent_after_h end) as silent_after_h,
        bool_or(stops) as stops,
        bool_or(from_first = 1 and entered) as entered,
        bool_or(from_last = 1 and departed) as departed,
        max(lon) as lon, max(lat) as lat
    from ends
    group by mmsi, port, call
),

dark as (
    select
        *,
        greatest(coalesce(silent_before_h, 0), silent_inside_h, coalesce(silent_after_h, 0)) >= $dark_h as went_dark
    from calls
)

select
    d.mmsi, w.name, w.imo, w.ship_type, d.port, d.kind, d.focal, d."start", d."end", d.duration_h, d.stopped_h,
    d.messages, d.distance_m, d.silent_before_h, d.silent_inside_h, d.silent_after_h, d.went_dark, d.entered,
    d.departed, d.lon, d.lat
from dark as d
left join ships as w on d.mmsi = w.mmsi
where d.stops or d.went_dark
