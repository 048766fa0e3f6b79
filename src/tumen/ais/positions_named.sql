-- Positions with what their ships said of themselves elsewhere, where the position's own row leaves it open.
--
-- One row a position.
select
    p.mmsi, p.t, p.lon, p.lat, p.speed_kn, p.course_deg, p.heading_deg,
    coalesce(p.ship_type, s.ship_type) as ship_type,
    coalesce(p.name, s.name) as name,
    coalesce(p.imo, s.imo) as imo,
    coalesce(p.draught_m, s.draught_m) as draught_m,
    p.receiver
from bare_positions as p
left join said_spans as s
    on p.mmsi = s.mmsi and (s.since is null or p.t >= s.since) and (s.until is null or p.t < s.until)
