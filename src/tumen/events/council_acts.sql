-- Acts about $target in [$first, $last) that can be used, as each source tells them.
--
-- One row an act and source.
select id, "date", act, description, fate, blocked_by, quality, source
from council_acts
where target = $target
    and "date" >= cast($first as date)
    and "date" < cast($last as date)
    and quality not in ('suspect', 'garbled', 'missing')
order by "date" nulls last, id nulls last
