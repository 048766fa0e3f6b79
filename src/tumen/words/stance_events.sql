-- Events of [$first, $last), whoever acted.
--
-- One row an event; `parties` are those of a joint event.
select id, "date", date_precision, source_actor, target_actor, kind, sign, certainty, description, parties, source
from events
where "date" >= cast($first as date)
    and "date" < cast($last as date)
order by "date" nulls last, id nulls last
