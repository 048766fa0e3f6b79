-- The members whose votes are kept, and how often each voted.
--
-- One row a member; `cast_votes` leaves out absences.
select actor, count(*) filter (where vote <> '-') as cast_votes
from judged_votes
where reason is null
group by actor
order by actor nulls last
