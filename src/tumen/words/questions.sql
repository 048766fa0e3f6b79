-- How many questions to an actor's officials name each topic, by period that lies in [$first, $last).
--
-- One row a period, topic and publisher.
select id, start, "end", topic, naming, asked, publisher, source
from questions
where actor = $actor
    and named_in = $named_in
    and start >= cast($first as date)
    and "end" <= cast($last as date)
    and quality not in ('suspect', 'garbled', 'missing')
order by start nulls last, topic nulls last, publisher nulls last, id nulls last
