-- Every spelling of a member, its code and its name apart, and how many votes name it so.
--
-- One row a spelling.
select member, code, name, count(*) as votes
from read_votes
where member is not null
group by member, code, name
order by member nulls last, code nulls last, name nulls last
