-- Positions, each once, without moments at which one MMSI is everywhere.
--
-- One row a position, in no order. `single_positions` and `crowded_positions` are of shared moments only.
select
    j.mmsi, j.t, j.lon, j.lat, j.speed_kn, j.course_deg, j.heading_deg,
    j.ship_type, j.name, j.imo, j.draught_m, j.receiver
from judged_positions as j
left join shared_moments as m on hash(j.mmsi, j.t) = m.moment
where j.reason is null and m.moment is null
union all
select
    p.mmsi, p.t, p.lon, p.lat, p.speed_kn, p.course_deg, p.heading_deg,
    p.ship_type, p.name, p.imo, p.draught_m, p.receiver
from single_positions as p
left join crowded_positions as c on p.mmsi = c.mmsi and p.t = c.t
where c.mmsi is null
