-- Cooperative and conflictual events between three actors in each year of [$first, $last).
--
-- One row a year, a dyad, a sign and a source; `id` is that of an event counted alone, `turns` how many events are not
-- of the sign of the dyad's event before in that year. A joint event is of no dyad.
-- $certainties: those that count, joined by +.
with counted as (
    select
        year(e."date") as "year", e."date",
        case when e.source_actor < e.target_actor then e.source_actor else e.target_actor end as one,
        case when e.source_actor < e.target_actor then e.target_actor else e.source_actor end as other,
        e.sign, e.source, e.id
    from events as e
    where e.source_actor in ($one, $two, $three)
        and e.target_actor in ($one, $two, $three)
        and e."date" >= cast($first as date)
        and e."date" < cast($last as date)
        and e.sign <> 0
        and e.parties is null
        and contains(cast($certainties as varchar), e.certainty)
),

in_time as (
    select
        *, lag(sign) over (
            partition by "year", one, other order by "date" nulls last, id nulls last
        ) as before
    from counted
)

select
    "year", one, other, sign, source, count(*) as events, min(id) as id, max("date") as last_day,
    sum(case when sign * before < 0 then 1 else 0 end) as turns
from in_time
group by "year", one, other, sign, source
order by "year" nulls last, one nulls last, other nulls last, sign nulls last, source nulls last
