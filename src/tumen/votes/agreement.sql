-- How an actor and a reference actor voted on each resolution of [$first, $last).
--
-- One row a resolution on which both cast a vote: yes, no or abstention. Absences are left out.
select
    a."date", a.resolution, a.vote as vote, b.vote as reference_vote, a.source, b.source as reference_source
from votes as a
inner join votes as b on a.resolution = b.resolution and a."date" = b."date"
where a.actor = $actor
    and b.actor = $reference
    and a."date" >= cast($first as date)
    and a."date" < cast($last as date)
    and a.vote <> '-'
    and b.vote <> '-'
order by a."date" nulls last, a.resolution nulls last
