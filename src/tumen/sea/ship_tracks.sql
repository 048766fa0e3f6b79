-- Every position of the ships that were found, with the segment of the track that it is in.
--
-- One row a position, by ship, segment and time.
select k.mmsi, s.name, k.segment, k.t, k.lon, k.lat
from tracked as k
left join ships as s on k.mmsi = s.mmsi
order by k.mmsi nulls last, k.segment nulls last, k.t nulls last, k.n nulls last
