-- What an actor's officials answered in [$first, $last), whatever the topic.
--
-- One row an answer and coder, with the columns of statements.sql.
select id, "date", 'day' as date_precision, speaker, actor, topic, stance, kind, phrase, answer as remark, coder, source
from answers
where actor = $actor
    and "date" >= cast($first as date)
    and "date" < cast($last as date)
order by "date" nulls last, id nulls last
