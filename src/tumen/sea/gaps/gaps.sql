-- Silences, each with how well its ship was heard before and who else was heard near.
--
-- One row a gap. Reception is good from $enough_before messages in the $before_h hours before, if another ship was
-- heard there in the same time after; poor with fewer; untested where no other was heard, or where positions begin
-- too late to tell. A gap begins in the nearest port within $port_km. One without an end is open, and lasts until the
-- last position.
with distances as (
    select
        s.*,
        case when s.t_2 is not null then 2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(s.lat_2 - s.lat) / 2), 2)
            + cos(radians(s.lat)) * cos(radians(s.lat_2)) * power(sin(radians(s.lon_2 - s.lon) / 2), 2)
        ))) / 1852 end as distance_nm,
        (epoch(coalesce(s.t_2, e.last_t)) - epoch(s.t)) / 3600e0 as hours
    from silences as s
    cross join (select max(t) as last_t from tracked) as e
),

beside as (
    select
        s.mmsi, s.segment, s.t, p.name,
        2 * 6371008.8 * asin(sqrt(least(
            1e0,
            power(sin(radians(p.lat - s.lat) / 2), 2)
            + cos(radians(p.lat)) * cos(radians(s.lat)) * power(sin(radians(p.lon - s.lon) / 2), 2)
        ))) as off_m
    from silences as s
    cross join ports as p
),

nearest as (
    select
        mmsi, segment, t, name,
        row_number() over (partition by mmsi, segment, t order by off_m nulls last, name nulls last) as place
    from beside
    where off_m <= 1000 * cast($port_km as double)
)

select
    d.mmsi, w.name, w.imo, w.ship_type,
    d.t as "start", d.t_2 as "end", d.hours as duration_h,
    d.lon as lon_1, d.lat as lat_1, d.lon_2, d.lat_2,
    d.distance_nm,
    d.distance_nm / d.hours as speed_kn,
    b.messages as messages_before,
    b.messages / cast($before_h as double) as rate_before_per_h,
    r.rate_per_h as own_rate_per_h,
    o.messages_before / nullif(cast(o.ship_hours_before as double), 0) as area_rate_per_h,
    coalesce(o.others_after, 0) as others_after,
    case
        when b.messages < $enough_before and epoch(d.t) - epoch(e.first_t) >= 3600 * $before_h then 'poor'
        when b.messages < $enough_before or coalesce(o.others_after, 0) = 0 then 'untested'
        else 'good'
    end as reception,
    n.name as port,
    case when d.t_2 is null then 'open' else 'closed' end as state
from distances as d
inner join gap_before as b on d.mmsi = b.mmsi and d.segment = b.segment and d.t = b.t
cross join (select min(t) as first_t from tracked) as e
left join own_rates as r on d.mmsi = r.mmsi
left join gap_others as o on d.mmsi = o.mmsi and d.segment = o.segment and d.t = o.t
left join nearest as n on d.mmsi = n.mmsi and d.segment = n.segment and d.t = n.t and n.place = 1
left join ships as w on d.mmsi = w.mmsi
