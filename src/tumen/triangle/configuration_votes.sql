-- How three actors voted in each year of [$first, $last): votes counted by pattern.
--
-- One row a year, a pattern of the three votes ('-' where none was cast), the sources that each was read in, and a
-- resolution that had several roll calls; those that had one are counted together, under no name.
-- $unnamed: what stands before the # of roll calls that are on no resolution.
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
),

named as (
    select
        *, year("date") as "year",
        case
            when split_part(resolution, '#', 1) = $unnamed then resolution else split_part(resolution, '#', 1)
        end as symbol
    from calls
),

sized as (
    select *, count(*) over (partition by "year", symbol) as on_it from named
)

select
    s."year", case when s.on_it > 1 then s.symbol else '' end as resolution, s.one, s.two, s.three,
    s.source_one, s.source_two, s.source_three, count(*) as calls
from sized as s
group by
    s."year", case when s.on_it > 1 then s.symbol else '' end, s.one, s.two, s.three,
    s.source_one, s.source_two, s.source_three
order by
    s."year" nulls last, resolution nulls last, s.one nulls last, s.two nulls last, s.three nulls last,
    s.source_one nulls last, s.source_two nulls last, s.source_three nulls last
