-- Events of [$first, $last), whoever acted.
--
-- One row an event. A joint event is nobody's act toward one other.
select id, "date", date_precision, source_actor, target_actor, kind, sign, certainty, description, source
from events
where "date" >= cast($first as date)
    and "date" < cast($last as date)
    and parties is null
order by "date" nulls last, id nulls last
