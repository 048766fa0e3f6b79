-- What an actor's officials said in [$first, $last), whatever the topic.
--
-- One row a rendering and coder.
select id, "date", date_precision, speaker, actor, topic, stance, kind, phrase, remark, coder, source
from statements
where actor = $actor
    and "date" >= cast($first as date)
    and "date" < cast($last as date)
order by "date" nulls last, id nulls last
