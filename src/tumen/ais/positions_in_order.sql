-- Positions in the order of ship, time and place.
select
    mmsi, t, lon, lat, speed_kn, course_deg, heading_deg, ship_type, name, imo, draught_m, receiver
from positions
order by mmsi nulls last, t nulls last, lon nulls last, lat nulls last
