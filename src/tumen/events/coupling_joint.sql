-- Joint events in [$first, $last) to which three actors are all party, by day and source.
--
-- One row a day and source, of events whose day is known.
select e."date", e.source, count(*) as events
from events as e
where e."date" >= cast($first as date)
    and e."date" < cast($last as date)
    and e.date_precision = 'day'
    and contains(e.parties, $one)
    and contains(e.parties, $two)
    and contains(e.parties, $three)
group by e."date", e.source
order by e."date" nulls last, e.source nulls last
