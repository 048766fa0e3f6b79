-- Every spelling of a member, and how many votes name it.
--
-- One row a spelling.
select member, count(*) as votes
from read_votes
where member is not null
group by member
order by member nulls last
