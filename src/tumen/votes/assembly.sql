-- How every member voted on each roll call of [$first, $last) on which a reference member cast a vote.
--
-- One row a roll call and source of members' votes. `voted` holds each member's code and its vote (yes, no or
-- abstention), in order of the members, with nothing between them; absences are left out.
select
    v."date", v.resolution, r.vote as reference_vote, v.source, r.source as reference_source,
    array_to_string(list_sort(array_agg(concat(v.actor, v.vote))), '') as voted
from votes as v
inner join votes as r on v.resolution = r.resolution and v."date" = r."date"
where r.actor = $reference
    and r.vote <> '-'
    and v.actor <> $reference
    and v.vote <> '-'
    and v."date" >= cast($first as date)
    and v."date" < cast($last as date)
group by v."date", v.resolution, r.vote, v.source, r.source
order by v."date" nulls last, v.resolution nulls last, v.source nulls last
