-- Positions of the ships of findings, from $pad_h hours before each finding to as long after it.
--
-- One row a position of a ship of a finding, ordered by both and by time. finding: its number, from 1.
select d.finding, d.mmsi, p.t, p.lon, p.lat
from drawn as d
join positions as p
  on p.mmsi = d.mmsi
  and p.t >= d."start" - cast($pad_h as double) * interval '1 hour'
  and p.t <= d."end" + cast($pad_h as double) * interval '1 hour'
order by d.finding nulls last, d.mmsi nulls last, p.t nulls last, p.lon nulls last, p.lat nulls last
