-- Votes in [$first, $last) of three actors, of a reference, and of every member comparable to the three.
--
-- Comparable: it votes alike with the reference in no greater a share of the votes that both cast than the one
-- of the three that does so most, plus $within. One row a vote that was cast; `focal` marks the three and the
-- reference; `alike` is the member's share of votes alike with the reference, null where they share none.
with cast_votes as (
    select v."date", v.resolution, v.actor, v.vote, v.source
    from votes as v
    where v."date" >= cast($first as date)
        and v."date" < cast($last as date)
        and v.vote <> '-'
),
rates as (
    select a.actor, avg(case when a.vote = b.vote then 1.0e0 else 0.0e0 end) as alike
    from cast_votes as a
    inner join cast_votes as b on a.resolution = b.resolution and a."date" = b."date"
    where b.actor = $reference
    group by a.actor
),
most as (
    select max(r.alike) as alike from rates as r where r.actor in ($one, $two, $three)
)
select
    c."date", c.resolution, c.actor, c.vote, c.source,
    c.actor in ($one, $two, $three, $reference) as focal, r.alike as alike
from cast_votes as c
left join rates as r on r.actor = c.actor
cross join most as m
where c.actor in ($one, $two, $three, $reference)
    or r.alike <= m.alike + $within
order by c."date" nulls last, c.resolution nulls last, c.actor nulls last
