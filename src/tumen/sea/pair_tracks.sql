-- Positions of the two ships of each chosen encounter, from $pad_h hours before it until as long after.
--
-- One row a position and encounter; `which` is 1 for the smaller MMSI.
select
    chosen.id,
    case when positions.mmsi = chosen.mmsi_1 then 1 else 2 end as which,
    date_diff('second', chosen."start", positions.t) / 3600e0 as hours,
    positions.lon, positions.lat, positions.speed_kn
from chosen
join positions
    on (positions.mmsi = chosen.mmsi_1 or positions.mmsi = chosen.mmsi_2)
    and date_diff('second', chosen."start", positions.t) >= -3600 * $pad_h
    and date_diff('second', chosen."end", positions.t) <= 3600 * $pad_h
order by chosen.id nulls last, which nulls last, hours nulls last, lon nulls last, lat nulls last
