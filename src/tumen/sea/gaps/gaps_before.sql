-- In how many moments a ship was heard in the $before_h hours before each of its silences, its last included.
--
-- One row a silence.
select s.mmsi, s.segment, s.t, cast(sum(k.counts) as bigint) as messages
from silences as s
inner join heard as k on s.mmsi = k.mmsi and s.segment = k.segment
where k.t <= s.t and epoch(k.t) > epoch(s.t) - 3600 * $before_h
group by s.mmsi, s.segment, s.t
