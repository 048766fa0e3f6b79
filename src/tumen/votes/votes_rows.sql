-- Votes as rows of the record's table, in order of time.
--
-- One row a member's vote in one roll call.
select distinct "day" as "date", resolution, actor, vote, cast($source as varchar) as source
from judged_votes
where reason is null
order by "date" nulls last, resolution nulls last, actor nulls last
