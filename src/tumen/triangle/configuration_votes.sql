-- How three actors voted in each year of [$first, $last): votes counted by pattern.
--
-- One row a year, a pattern of the three votes ('-' where none was cast) and the sources that each was read in.
with calls as (
    select
        v."date", v.resolution,
        coalesce(max(case when v.actor = $one then v.vote end), '-') as one,
        coalesce(max(case when v.actor = $two then v.vote end), '-') as two,
        coalesce(max(case when v.actor = $three then v.vote end), '-') as three,
        max(case when v.actor = $one then v.source end) as source_one,
        max(case when v.actor = $two then v.source end) as source_two,
        max(case when v.actor = $three then v.source end) as source_three
    from votes as v
    where v.actor in ($one, $two, $three)
        and v."date" >= cast($first as date)
        and v."date" < cast($last as date)
    group by v."date", v.resolution
)
select
    year(c."date") as "year", c.one, c.two, c.three, c.source_one, c.source_two, c.source_three, count(*) as calls
from calls as c
group by year(c."date"), c.one, c.two, c.three, c.source_one, c.source_two, c.source_three
order by
    year(c."date") nulls last, c.one nulls last, c.two nulls last, c.three nulls last,
    c.source_one nulls last, c.source_two nulls last, c.source_three nulls last
