-- Moments at which one MMSI has several positions: in one of them the same may be told twice, or no ship be there.
--
-- One row a hash of MMSI and time; rarely one of two moments that share it, which does no harm.
select hash(mmsi, t) as moment
from judged_positions
where reason is null
group by 1
having sum(copies) > 1
