-- What coders say each actor did, by period.
--
-- One row a coder, period, actor and move.
select id, coder, period, start, "end", actor, move, level, second, certainty, source
from moves
order by start nulls last, actor nulls last, move nulls last, coder nulls last, id nulls last
