-- Events between two actors, whoever they are, of [$first, $last).
--
-- One row an event. A joint event is of no dyad.
select id, "date", source_actor, target_actor, kind, certainty, description, source
from events
where "date" >= cast($first as date)
    and "date" < cast($last as date)
    and parties is null
    and source_actor <> target_actor
order by "date" nulls last, id nulls last
