-- Positions in the order of ship, time and place, without moments at which one MMSI is everywhere.
select
    p.mmsi, p.t, p.lon, p.lat, p.speed_kn, p.course_deg, p.heading_deg,
    p.ship_type, p.name, p.imo, p.draught_m, p.receiver
from single_positions as p
left join crowded_positions as c on p.mmsi = c.mmsi and p.t = c.t
where c.mmsi is null
order by p.mmsi nulls last, p.t nulls last, p.lon nulls last, p.lat nulls last
