-- One row a ship, moment and place: what several receivers heard, or a file repeats, is one position.
--
-- `copies` is how many rows it stands for. Of what the copies say differently the larger value is taken.
select
    mmsi,
    t,
    lon,
    lat,
    max(speed_kn) as speed_kn,
    max(course_deg) as course_deg,
    max(heading_deg) as heading_deg,
    max(ship_type) as ship_type,
    max(name) as name,
    max(imo) as imo,
    max(draught_m) as draught_m,
    max(receiver) as receiver,
    sum(copies) as copies
from judged_positions
where reason is null
group by mmsi, t, lon, lat
