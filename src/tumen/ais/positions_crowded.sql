-- Moments at which one MMSI is in more than $most places: no telling which of them is the ship.
--
-- One row an MMSI and moment, with the number of its places.
select mmsi, t, count(*) as places
from single_positions
group by mmsi, t
having count(*) > $most
order by mmsi nulls last, t nulls last
