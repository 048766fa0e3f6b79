-- The declared topics, each with the one above it.
--
-- One row a topic.
select id, parent, label
from topics
where id is not null
order by id nulls last
