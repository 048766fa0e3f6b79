-- Acts between two of three actors in [$first, $last) that are not neutral, in either direction.
--
-- One row an event. A joint event is of no dyad.
select id, "date", source_actor, target_actor, kind, sign, description, source
from events
where source_actor in ($one, $two, $three)
    and target_actor in ($one, $two, $three)
    and "date" >= cast($first as date)
    and "date" < cast($last as date)
    and sign <> 0
    and parties is null
order by "date" nulls last, id nulls last
