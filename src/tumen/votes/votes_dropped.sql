-- How many votes of each file are kept, and how many left out, by reason.
--
-- One row a file and reason; `reason` is null for those that are kept.
select _file, reason, count(*) as votes
from judged_votes
group by _file, reason
order by _file nulls last, reason nulls last
