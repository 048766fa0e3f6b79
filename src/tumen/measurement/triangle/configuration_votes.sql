-- How three actors voted in each year of [$first, $last): votes counted by pattern.
--
-- One row a year, a pattern of the three votes ('-' where none was cast) and the sources they were read in.
with calls as (
    select
        v."date", v.resolution,
        coalesce(max(case when v.actor = $one then v.vote end), '-') as one,
        coalesce(max(case when v.actor = $two then v.vote end), '-') as two,
        coalesce(max(case when v.actor = $three then v.vote end), '-') as three,
        min(v.source) as source, max(v.source) as other_source
    from votes as v
    where v.actor in ($one, $two, $three)
        and v."date" >= cast($first as date)
        and v."date" < cast($last as date)
    group by v."date", v.resolution
)
select
    year(c."date") as "year", c.one, c.two, c.three, c.source, c.other_source, count(*) as calls
from calls as c
group by year(c."date"), c.one, c.two, c.three, c.source, c.other_source
order by
    year(c."date") nulls last, c.one nulls last, c.two nulls last, c.three nulls last,
    c.source nulls last, c.other_source nulls last
