-- Published cases of evasion by $actor, with what is said of the part of $part_of, that ended in [$first, $last).
--
-- One row a case as one source tells it. Cases that go on count by their end: what they tell is known then.
select
    id, actor, part_of, "start", "end", channels, description, part, part_kinds, quantity, quantity_unit, reported_by,
    source
from evasion_parts
where actor = $actor
    and part_of = $part_of
    and "end" > cast($first as date)
    and "start" < cast($last as date)
order by "start" nulls last, "end" nulls last, id nulls last
