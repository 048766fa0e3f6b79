-- The rows of a file that are kept, in the columns of a position.
select mmsi, t, lon, lat, speed_kn, course_deg, heading_deg, ship_type, name, imo, draught_m, receiver
from judged_positions
where reason is null
