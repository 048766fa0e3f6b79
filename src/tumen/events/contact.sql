-- Events between two actors, in either direction, of [$first, $last).
--
-- One row an event. A joint event is of no dyad.
select id, "date", source_actor, target_actor, kind, certainty, description, source
from events
where "date" >= cast($first as date)
    and "date" < cast($last as date)
    and parties is null
    and ((source_actor = $one and target_actor = $other) or (source_actor = $other and target_actor = $one))
order by "date" nulls last, id nulls last
