-- Gaps and ports that a straight line at $most_kn does not rule out.
select pair, port, lon, lat, lon_1, lat_1, lon_2, lat_2
from call_pairs
where straight_speed_kn <= $most_kn
order by pair nulls last
